"""The commands of a shift: sit down, exchange with the store, stand up, and how this desk is."""

import time
from argparse import Namespace

import msgspec

from companion.cli.arguments import Branch
from companion.cli.context import Answer, Context
from companion.cli.logins import card_in, login_for
from companion.session.remembering import remember
from companion.session.sitting import sign_in, status_sealed
from companion.session.standing import Status
from companion.ui.messages import explain
from companion.ui.remaining import what_remains
from companion.ui.standing import counted, sentences
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
    # The app looks by itself, when nobody waits for it any more.
    if session.teams.update():
        session.save()
    if args.remember:
        remember(session, context.secret("new_pin"))
    context.opened(session)
    return _stands(session.status(), context.words)


class Synced(msgspec.Struct, omit_defaults=True):
    """What a sync did: packs by direction, requests, seconds, changes the store does not have.

    ``teams`` gives, by name, the error's code of each that could not be looked at.
    """

    pulled: int
    pushed: int
    requests: int
    seconds: float
    waiting: int
    unreadable: list[str]
    teams: dict[str, str] = {}


def _sync(_args: Namespace, context: Context) -> Answer:
    session = context.open()
    began = time.monotonic()
    report = session.sync()
    seconds = round(time.monotonic() - began, 3)
    waiting = session.status().waiting or 0
    counts = {"pulled": report.pulled, "pushed": report.pushed, "requests": report.requests}
    troubled = session.teams.troubled()
    codes = {name: error.code for name, error in troubled.items()}
    synced = Synced(
        report.pulled, report.pushed, report.requests, seconds, waiting, report.unreadable, codes
    )
    said = [context.words.say("cli.said.synced", **counts, seconds=f"{seconds:.1f}")]
    for key, count in (("to_send", waiting), ("unreadable", len(report.unreadable))):
        if count:
            said.append(counted(context.words, f"standing.{key}", count))
    said += [f"{name}: {explain(error, context.words)}" for name, error in troubled.items()]
    return Answer(synced, "\n".join(said))


def _sign_out(_args: Namespace, context: Context) -> Answer:
    left = context.sign_out(context.open())
    if left.traces:
        said = context.words.say("cli.said.traces", paths="\n".join(left.traces))
    else:
        said = context.words.say("cli.said.left_sealed" if left.kept_sealed else "cli.said.left")
    if left.remains:
        lines = what_remains(left.remains, context.words)
        said = "\n".join([said, context.words.say("loans.remains"), *lines])
    return Answer(left, said)


def _status(_args: Namespace, context: Context) -> Answer:
    session = context.open_if_easy()
    return _stands(session.status() if session else status_sealed(context.seat()), context.words)


def _stands(status: Status, words: Words) -> Answer:
    if not status.signed_in:
        return Answer(status, words.say("cli.said.nobody"))
    lines = [words.say("cli.said.seated", agent=status.agent, store=status.store)]
    lines += sentences(words, status, time.time())
    if status.phrases is not None:
        counts = {"phrases": status.phrases, "bookmarks": status.bookmarks}
        lines.append(words.say("cli.said.counts", **counts))
    if status.conflicts:
        lines.append(words.say("cli.said.conflicts", count=status.conflicts))
    return Answer(status, "\n".join(lines))
