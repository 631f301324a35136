"""The command that has the running app put a phrase into the focused window."""

from argparse import Namespace

from companion.cli.arguments import Branch
from companion.cli.context import Answer, Context
from companion.formats.encoding import clean


def register(commands: Branch) -> None:
    """Add ``insert``."""
    commands.verb("insert", _insert).takes("query", metavar="QUERY", type=clean)


def _insert(args: Namespace, context: Context) -> Answer:
    context.insert_phrase(args.query)
    return Answer({"inserted": True}, context.words.say("cli.said.inserted"))
