"""The command a softphone runs when a call has ended."""

from argparse import Namespace

from companion.cli.arguments import Branch, whole_number
from companion.cli.context import Answer, Context
from companion.reflection.calls import CHANNELS, ended


def register(commands: Branch) -> None:
    """Add ``call ended``."""
    verb = commands.branch("call").verb("ended", _ended)
    verb.takes("--seconds", metavar="N", type=whole_number(0), required=True)
    verb.takes("--channel", choices=CHANNELS, default=CHANNELS[0])


def _ended(args: Namespace, context: Context) -> Answer:
    session = context.open()
    found = ended(session.profile, args.seconds, args.channel)
    context.saved(session)
    key = "ask" if found.ask else "hard" if found.hard else "noted"
    return Answer(found, context.words.say(f"call.{key}"))
