"""The commands on what others left on this desk: list it, clear it, sign out who forgot to."""

import time
from argparse import Namespace

from companion.cli.arguments import Branch
from companion.cli.context import Answer, Context
from companion.session.leftovers import Leftover, clear, leftovers, stand_down
from companion.session.standing import SignedOut
from companion.ui.left import report
from companion.ui.leftovers_words import described
from companion.ui.words import Words


def register(commands: Branch) -> None:
    """Add ``leftovers`` with its verbs, and ``stand-down``."""
    left = commands.branch("leftovers")
    left.verb("list", _list)
    left.verb("clear", _clear).takes("--even-unsent", action="store_true")
    commands.verb("stand-down", _stand_down)


def _list(_args: Namespace, context: Context) -> Answer:
    found = leftovers(context.seat())
    lines = [_line(one, context.words) for one in found]
    document = {"leftovers": [_shown(one) for one in found]}
    return Answer(document, "\n".join(lines) or context.words.say("leftovers.none"))


def _clear(args: Namespace, context: Context) -> Answer:
    seat = context.seat()
    found = leftovers(seat)
    going = [one for one in found if args.even_unsent or not one.waits]
    for one in going:
        clear(seat, one)
    kept = len(found) - len(going)
    said = [context.words.say("leftovers.cleared", count=len(going))]
    if kept:
        said.append(context.words.say("cli.said.leftovers_kept", count=kept))
    return Answer({"cleared": len(going), "kept": kept}, "\n".join(said))


def _stand_down(_args: Namespace, context: Context) -> Answer:
    if context.session is not None:
        # It is open: then it can be left as always, with everything sent.
        out = context.sign_out(context.session)
    else:
        stood = stand_down(context.seat())
        out = SignedOut(0, stood.kept_sealed, "", stood.traces, stood.remains)
    words = context.words
    said = [words.say("leftovers.stood_down"), report(out, words).text()]
    return Answer(out, "\n".join(said))


def _line(one: Leftover, words: Words) -> str:
    line = described(one, words, time.time())
    return f"{line}\n  {words.say('leftovers.waits')}" if one.waits else line


def _shown(one: Leftover) -> dict[str, object]:
    """Without the profile: nobody is to know whose it is."""
    return {"packs": one.packs, "bytes": one.bytes, "since": one.since, "waits": one.waits}
