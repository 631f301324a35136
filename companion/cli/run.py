"""Runs one command line in given surroundings: in a shell, or in the app for a shell."""

import importlib
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from typing import TextIO

import msgspec

from companion.cli.arguments import Branch, HelpAsked, UsageError, root
from companion.cli.context import Act, Context
from companion.cli.forwarding import forwarded
from companion.cli.secrets import PassphraseMissing
from companion.errors import CompanionError, InputInvalid, Stopped
from companion.ui.messages import Message, explain
from companion.ui.words import Words

OK, FAILED, WRONG_USAGE = 0, 1, 2
# By verb, the module that has it: a command imports what it needs, not what all of them need.
VERBS = {
    "profile": "profile",
    "sign-in": "desk",
    "sync": "desk",
    "sign-out": "desk",
    "status": "desk",
    "lock": "locking",
    "unlock": "locking",
    "remember": "locking",
    "phrases": "phrases",
    "bookmarks": "bookmarks",
    "prompt": "prompt",
    "draft": "prompt",
    "practice": "practice",
    "conflicts": "kept",
    "trash": "kept",
    "log": "log",
    "call": "call",
    "team": "team",
    "insert": "insert",
    "programs": "programs",
    "desk": "this_desk",
    "leftovers": "leftovers",
    "stand-down": "leftovers",
}


def parse(argv: list[str], words: Words) -> Namespace:
    """The command in a command line: its ``act`` and arguments. Raises UsageError, HelpAsked."""
    parser, commands = root(words)
    named = VERBS.get(_verb(argv))
    for module in dict.fromkeys(VERBS.values()) if named is None else (named,):
        register(module, commands)
    args = parser.parse_args(argv)
    if args.takes_text and args.each_line and args.text == "-":
        # That it is standard input goes without saying.
        args.text = None
    if args.takes_text and (args.text is not None) == args.each_line:
        key = "text_and_lines" if args.each_line else "required"
        raise UsageError(words.say(f"cli.wrong.{key}", name="TEXT"))
    return args


def register(module: str, commands: Branch) -> None:
    """Add the verbs of a module of this package."""
    importlib.import_module(f"companion.cli.{module}").register(commands)


def _verb(argv: list[str]) -> str:
    """The verb of a command line, empty where it has none."""
    rest = argv[2:] if argv[:1] == ["--home"] else argv
    return next((said for said in rest if not said.startswith("-")), "")


def run(argv: list[str], context: Context, out: TextIO, err: TextIO) -> int:
    """Do what a command line says; the exit status.

    ``--json`` prints one document on out; errors go to err, in words or as one document.
    """
    as_json = "--json" in argv
    words = context.words
    try:
        context.args = parse(argv, words)
        return _do(argv, context, out, err)
    except HelpAsked as asked:
        out.write(asked.text)
        return OK
    except UsageError as error:
        _tell(err, as_json, "usage", Message(error.what, "", error.usage.strip()))
        return WRONG_USAGE
    except PassphraseMissing as missing:
        _tell(err, as_json, "usage", Message(words.say(missing.says), "", ""))
        return WRONG_USAGE
    except BrokenPipeError:
        raise
    except (Exception, KeyboardInterrupt) as error:
        known = _known(error)
        code = known.code if isinstance(known, CompanionError) else "unexpected"
        _tell(err, as_json, code, explain(known, words))
        return FAILED


def _known(error: BaseException) -> BaseException:
    """An error as Companion names it."""
    if isinstance(error, KeyboardInterrupt):
        return Stopped()
    if isinstance(error, UnicodeDecodeError):
        # Files are decoded where they are read; what is left is what a pipe brought.
        return InputInvalid(name="stdin", allowed="UTF-8")
    return error


def _do(argv: list[str], context: Context, out: TextIO, err: TextIO) -> int:
    args = context.args
    if args.opens and context.forward is not None:
        reply = forwarded(argv, context, context.forward)
        if reply is not None:
            out.write(reply.out)
            err.write(reply.err)
            return reply.exit
    act: Act = args.act
    answer = act(args, context)
    if isinstance(answer, Iterator):
        for document in answer:
            out.write(_json(document))
            # Whoever writes the lines may wait for the answer to one before the next.
            out.flush()
    elif args.json:
        out.write(_json(answer.document))
    elif answer.text:
        out.write(answer.text + "\n")
    return OK


def _tell(err: TextIO, as_json: bool, code: str, message: Message) -> None:
    """Say what went wrong, in words or as one document."""
    if as_json:
        err.write(_json({"error": code} | asdict(message)))
    else:
        parts = (message.what, message.safe, message.do)
        err.write("\n".join(filter(None, parts)) + "\n")


def _json(document: object) -> str:
    return msgspec.json.encode(document).decode() + "\n"
