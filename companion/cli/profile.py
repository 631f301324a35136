"""The commands on the profile itself: make one, show its seat card, change what opens it."""

from argparse import Namespace

from companion.cli.arguments import Branch
from companion.cli.context import Answer, Context
from companion.session.session import create
from companion.wiring.seats import copy_to_clipboard, full_address


def register(commands: Branch) -> None:
    """Add the verbs of ``profile``."""
    profile = commands.branch("profile")
    new = profile.verb("new", _new, secret="new")
    new.takes("--store", metavar="URL", required=True)
    new.takes("--name", metavar="N", required=True)
    card = profile.verb("card", _card)
    card.takes("--copy", action="store_true")
    change = profile.verb("passphrase", _passphrase, secret="both")
    change.takes("--new-passphrase-file", metavar="FILE")
    profile.verb("recovery", _recovery, secret="old")


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


def _passphrase(_args: Namespace, context: Context) -> Answer:
    session = context.open()
    session.change_passphrase(context.passphrase(), context.new_passphrase())
    return Answer({"profile": session.profile.id}, context.words.say("cli.said.passphrase"))


def _recovery(_args: Namespace, context: Context) -> Answer:
    session = context.open()
    code = session.renew_recovery(context.passphrase())
    document = {"profile": session.profile.id, "recovery_code": code}
    return Answer(document, context.words.say("cli.said.recovery", code=code))
