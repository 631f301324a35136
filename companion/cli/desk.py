"""The commands of a shift: sit down, exchange with the store, stand up, and how this desk is."""

from argparse import Namespace
from datetime import datetime

from companion.cli.arguments import Branch
from companion.cli.context import Answer, Context
from companion.cli.logins import card_in, login_for
from companion.session.sitting import sign_in, status_sealed
from companion.session.standing import Status
from companion.ui.words import Words
from companion.wiring.seats import full_address


def register(commands: Branch) -> None:
    """Add ``sign-in``, ``sync``, ``sign-out`` and ``status``."""
    sit = commands.verb("sign-in", _sign_in, secrets=("passphrase", "store_password"))
    sit.takes_one_of("--card", "--store", metavars=("CARD", "URL"))
    sit.takes("--remember", action="store_true")
    commands.verb("sync", _sync)
    commands.verb("sign-out", _sign_out)
    commands.verb("status", _status)


def _sign_in(args: Namespace, context: Context) -> Answer:
    card = card_in(args.card, context) if args.card is not None else None
    address = card.store if card else full_address(args.store, context.cwd)
    secret, login = context.secret("passphrase"), login_for(address, context)
    session = sign_in(context.seat(), address, secret, card, login=login)
    if args.remember:
        session.remember()
    context.opened(session)
    return _stands(session.status(), context.words)


def _sync(_args: Namespace, context: Context) -> Answer:
    session = context.open()
    report = session.sync()
    said = context.words.say("cli.said.synced", pulled=report.pulled, pushed=report.pushed)
    if report.unreadable:
        said += "\n" + context.words.say("cli.said.unreadable", count=len(report.unreadable))
    return Answer(report, said)


def _sign_out(_args: Namespace, context: Context) -> Answer:
    left = context.sign_out(context.open())
    if left.traces:
        said = context.words.say("cli.said.traces", paths="\n".join(left.traces))
    else:
        said = context.words.say("cli.said.left_sealed" if left.kept_sealed else "cli.said.left")
    return Answer(left, said)


def _status(_args: Namespace, context: Context) -> Answer:
    session = context.open_if_easy()
    return _stands(session.status() if session else status_sealed(context.seat()), context.words)


def _stands(status: Status, words: Words) -> Answer:
    if not status.signed_in:
        return Answer(status, words.say("cli.said.nobody"))
    time = words.say("cli.said.never")
    if status.synced_at:
        time = datetime.fromtimestamp(status.synced_at).astimezone().strftime("%Y-%m-%d %H:%M")
    lines = [words.say("cli.said.seated", agent=status.agent, store=status.store, time=time)]
    if status.phrases is not None:
        counts = {"phrases": status.phrases, "bookmarks": status.bookmarks}
        lines.append(words.say("cli.said.counts", **counts))
    if status.conflicts:
        lines.append(words.say("cli.said.conflicts", count=status.conflicts))
    if status.unreadable:
        lines.append(words.say("cli.said.unreadable", count=len(status.unreadable)))
    return Answer(status, "\n".join(lines))
