"""The commands of a shift: sit down, exchange with the store, stand up, and how this desk is."""

import time
from argparse import Namespace

import msgspec

from companion.cli.arguments import Branch
from companion.cli.context import Answer, Context
from companion.cli.logins import address_in, card_in, login_for
from companion.session.remaining import Remaining
from companion.session.remembering import remember
from companion.session.searching import Looked, Trace
from companion.session.sitting import sign_in, status_sealed
from companion.session.standing import Status
from companion.ui.left import report
from companion.ui.messages import explain
from companion.ui.standing import counted, sentences
from companion.ui.words import Words


def register(commands: Branch) -> None:
    """Add ``sign-in``, ``sync``, ``sign-out`` and ``status``."""
    sit = commands.verb("sign-in", _sign_in, secrets=("passphrase", "store_password"))
    sit.takes_one_of("--card", "--store", "--name", metavars=("CARD", "URL", "N"))
    sit.takes("--remember", action="store_true")
    commands.verb("sync", _sync)
    out = commands.verb("sign-out", _sign_out)
    out.takes("--hand-over", metavar="FILE")
    out.takes("--delete-here", action="store_true")
    commands.verb("status", _status)


def _sign_in(args: Namespace, context: Context) -> Answer:
    card = card_in(args.card, context) if args.card is not None else None
    address = card.store if card else address_in(args, context)
    secret, login = context.secret("passphrase"), login_for(address, context, card)
    # Asked for before anything is done, as the others are.
    pin = context.secret("new_pin") if args.remember else ""
    session = sign_in(context.seat(), address, secret, card, agent=args.name or "", login=login)
    # The app looks by itself, when nobody waits for it any more.
    if session.teams.update():
        session.save()
    if session.behind and not context.in_app and not session.offline:
        session.sync(teams=False)
    # First: where no PIN can be set, whoever sat down sits there all the same.
    context.opened(session)
    if args.remember:
        remember(session, pin)
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


class Gone(msgspec.Struct):
    """What signing out did, as SignedOut has it; the file that what waits was handed over in."""

    pushed: int
    kept_sealed: bool
    reason: str
    traces: list[Trace]
    remains: tuple[Remaining, ...]
    looked: Looked
    handed_over: str | msgspec.UnsetType = msgspec.UNSET


def _sign_out(args: Namespace, context: Context) -> Answer:
    session = context.open()
    seat, profile = session.seat, session.profile.id
    out = context.sign_out(session)
    words, handed = context.words, list[str]()
    gone = Gone(out.pushed, out.kept_sealed, out.reason, out.traces, out.remains, out.looked)
    if out.kept_sealed and args.hand_over:
        from companion.session.handing_over import delete_here, hand_over

        file = context.path(args.hand_over)
        hand_over(seat, profile, file)
        gone.handed_over = str(file)
        handed.append(words.say("cli.said.handed_over", file=file))
        if args.delete_here:
            delete_here(seat, profile, file)
            gone.kept_sealed = False
            handed.append(words.say("cli.said.deleted_here"))
    said = [words.say("leaving.left"), report(out, words).text(), *handed]
    return Answer(gone, "\n".join(said))


def _status(_args: Namespace, context: Context) -> Answer:
    session, seat = context.open_if_easy(), context.seat()
    status = session.status() if session else status_sealed(seat)
    trouble = seat.policy_trouble
    if trouble is None:
        return _stands(status, context.words)
    status.policy_broken = trouble.facts
    text = f"{_stands(status, context.words).text}\n{explain(trouble, context.words)}"
    return Answer(status, text)


def _stands(status: Status, words: Words) -> Answer:
    if not status.signed_in:
        return Answer(status, words.say("cli.said.nobody"))
    seated = "cli.said.seated" if status.agent else "cli.said.seated_unnamed"
    lines = [words.say(seated, agent=status.agent, store=status.store)]
    lines += sentences(words, status, time.time())
    if status.phrases is not None:
        counts = {"phrases": status.phrases, "bookmarks": status.bookmarks}
        lines.append(words.say("cli.said.counts", **counts))
    if status.conflicts:
        lines.append(words.say("cli.said.conflicts", count=status.conflicts))
    return Answer(status, "\n".join(lines))
