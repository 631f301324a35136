"""The command line's grammar: verbs with their options, and words for whoever gets it wrong."""

import argparse
import re
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from companion.cli.context import Act
from companion.cli.secrets import SecretName
from companion.formats.encoding import clean
from companion.ui.words import Words

# What argparse says in English, and the key of our words for it.
_COMPLAINTS = (
    (re.compile(r"arguments are required: (?P<name>.+)"), "required"),
    (re.compile(r"unrecognized arguments: (?P<name>.+)"), "unknown"),
    (re.compile(r"argument (?P<name>\S+): .*choose from (?P<allowed>.+)\)"), "choice"),
    (re.compile(r"argument (?P<name>\S+): expected one argument"), "value_missing"),
    (re.compile(r"argument (?P<name>\S+): not allowed with .*argument (?P<other>.+)"), "clash"),
    (re.compile(r"one of the arguments (?P<name>.+) is required"), "required_one"),
    (re.compile(r"argument (?P<name>\S+): "), "value"),
)


class UsageError(Exception):
    """The command line is wrong. ``what`` says how, ``usage`` how it should look."""

    def __init__(self, what: str, usage: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.usage = usage


class HelpAsked(Exception):
    """The help was asked for instead of a command."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class _Help(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_rest: object) -> NoReturn:
        raise HelpAsked(parser.format_help())


class _Formatter(argparse.HelpFormatter):
    """The help with its headings in the agent's language."""

    def __init__(self, words: Words, prog: str) -> None:
        super().__init__(prog)
        self.words = words

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        prefix = self.words.say("cli.usage") if prefix is None else prefix
        super().add_usage(usage, actions, groups, prefix)

    def start_section(self, heading: str | None) -> None:
        names = {"positional arguments": "cli.arguments", "options": "cli.options"}
        key = names.get(heading or "")
        super().start_section(self.words.say(key) if key else heading)


class _Parser(argparse.ArgumentParser):
    """A parser that raises instead of ending the process."""

    def __init__(self, words: Words, **rest: Any) -> None:
        super().__init__(
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: _Formatter(words, prog),
            **rest,
        )
        self.words = words
        self.add_argument("-h", "--help", action=_Help, nargs=0, help=words.say("cli.option.help"))

    def error(self, message: str) -> NoReturn:
        for pattern, key in _COMPLAINTS:
            if found := pattern.search(message):
                what = self.words.say(f"cli.wrong.{key}", **found.groupdict())
                raise UsageError(what, self.format_usage())
        raise UsageError(message, self.format_usage())


class Branch:
    """A place in the tree of commands that verbs and further branches hang on."""

    def __init__(self, parser: _Parser, path: str = "") -> None:
        self._path = path
        self._words = parser.words
        self._below = parser.add_subparsers(
            dest="verb",
            metavar=self._words.say("cli.verb"),
            title=self._words.say("cli.verbs"),
            required=True,
        )

    def branch(self, name: str) -> "Branch":
        """A noun with verbs of its own."""
        return Branch(self._add(name), f"{self._path}{name}.")

    def verb(
        self, name: str, act: Act, *, opens: bool = True, secrets: tuple[SecretName, ...] = ()
    ) -> "Verb":
        """A command; ``opens`` says that it is for the app, where one runs at this desk.

        ``secrets`` are those it cannot do without, also where the app has the profile open; the
        PIN stands for whatever opens the desk.
        """
        parser = self._add(name)
        parser.set_defaults(act=act, opens=opens, secrets=secrets, takes_text=False)
        parser.set_defaults(text=None, each_line=False)
        verb = Verb(parser)
        verb.takes("--passphrase-file", metavar="FILE")
        verb.takes("--pin-file", metavar="FILE")
        for secret in secrets:
            if secret in ("new_passphrase", "store_password"):
                verb.takes(f"--{secret.replace('_', '-')}-file", metavar="FILE")
            if secret == "store_password":
                verb.takes("--store-user", metavar="U", default="", type=clean)
        verb.takes("--json", action="store_true")
        return verb

    def _add(self, name: str) -> _Parser:
        about = self._words.say(f"cli.about.{self._path}{name}")
        return self._below.add_parser(name, words=self._words, help=about, description=about)


class Verb:
    """A command that arguments are being added to."""

    def __init__(self, parser: _Parser) -> None:
        self._parser = parser

    def takes(self, *names: str, **rest: Any) -> None:
        """Add an argument as argparse does; its help is ``cli.option.NAME`` of the catalogues."""
        name = names[0].lstrip("-").replace("-", "_")
        self._parser.add_argument(*names, help=self._parser.words.say(f"cli.option.{name}"), **rest)

    def takes_text(self, metavar: str) -> None:
        """Add a text, ``-`` for standard input, or ``--each-line`` for many."""
        self._parser.set_defaults(takes_text=True)
        self.takes("text", metavar=metavar, nargs="?", type=clean)
        self.takes("--each-line", action="store_true")

    def takes_one_of(self, *names: str, metavars: Iterable[str]) -> None:
        """Add options of which exactly one is given."""
        group = self._parser.add_mutually_exclusive_group(required=True)
        for name, metavar in zip(names, metavars, strict=True):
            about = self._parser.words.say(f"cli.option.{name.lstrip('-').replace('-', '_')}")
            group.add_argument(name, metavar=metavar, help=about)


def root(words: Words) -> tuple[argparse.ArgumentParser, Branch]:
    """The parser of the whole command line, with ``--home`` only, and where nouns hang on."""
    parser = _Parser(words, prog="companion", description=words.say("cli.about"))
    parser.add_argument("--home", metavar="DIR", help=words.say("cli.option.home"))
    return parser, Branch(parser)


def whole_number(least: int, most: int | None = None) -> Callable[[str], int]:
    """A type of argument: a whole number from least to most."""

    def number(said: str) -> int:
        value = int(said)
        if value < least or (most is not None and value > most):
            raise ValueError(said)
        return value

    return number
