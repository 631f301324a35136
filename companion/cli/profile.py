"""The commands on the profile itself: make one, show its seat card."""

from argparse import Namespace

from companion.cli.arguments import Branch
from companion.cli.context import Answer, Context
from companion.session.session import create
from companion.wiring.seats import copy_to_clipboard, full_address


def register(commands: Branch) -> None:
    """Add ``profile new`` and ``profile card``."""
    profile = commands.branch("profile")
    new = profile.verb("new", _new, secret="new")
    new.takes("--store", metavar="URL", required=True)
    new.takes("--name", metavar="N", required=True)
    card = profile.verb("card", _card)
    card.takes("--copy", action="store_true")


def _new(args: Namespace, context: Context) -> Answer:
    address = full_address(args.store, context.cwd)
    secret = context.passphrase(new=True)
    session, code = create(context.seat(), address, args.name, secret)
    context.opened(session)
    card = session.card().text()
    return Answer(
        {"profile": session.profile.id, "card": card, "recovery_code": code},
        context.words.say("cli.said.new", card=card, code=code),
    )


def _card(args: Namespace, context: Context) -> Answer:
    session = context.open()
    card = session.card().text()
    if args.copy:
        copy_to_clipboard(card)
    return Answer({"profile": session.profile.id, "card": card}, card)
