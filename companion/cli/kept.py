"""The commands on what was set aside, not lost: values written apart, and the trash."""

from argparse import Namespace
from typing import Any

from companion.cli.arguments import Branch, whole_number
from companion.cli.context import Answer, Context
from companion.errors import CompanionError, InputInvalid, NothingFound
from companion.profile.fields import plain_text, rich_text
from companion.profile.profile import Profile
from companion.profile.records import KINDS, UNKNOWN_KIND, Phrase
from companion.profile.tree import PARTS
from companion.session.session import Session
from companion.team_errors import TeamReadOnly


def register(commands: Branch) -> None:
    """Add the verbs of ``conflicts`` and ``trash``."""
    conflicts = commands.branch("conflicts")
    conflicts.verb("list", _conflicts)
    resolve = conflicts.verb("resolve", _resolve)
    resolve.takes("id", metavar="ID")
    resolve.takes("field", metavar="FIELD")
    resolve.takes("--take", metavar="N", type=whole_number(0), required=True)
    trash = commands.branch("trash")
    trash.verb("list", _trash)
    trash.verb("restore", _restore).takes("id", metavar="ID")


def _conflicts(_args: Namespace, context: Context) -> Answer:
    profile = context.open().profile
    rows: list[dict[str, Any]] = [
        {
            "id": id,
            "kind": profile.kind(id),
            "title": name_of(profile, id),
            "field": field,
            "now": profile.value(id, field),
            "others": [version.value for version in versions],
        }
        for id, fields in profile.conflicts().items()
        for field, versions in fields.items()
    ]
    lines = []
    for row in rows:
        lines.append(f"{row['id']} {row['field']}\t{row['title']}")
        values = [row["now"], *row["others"]]
        lines += [f"  {number}: {_line(value)}" for number, value in enumerate(values)]
    said = "\n".join(lines) or context.words.say("cli.said.no_conflicts")
    return Answer({"conflicts": rows}, said)


def _resolve(args: Namespace, context: Context) -> Answer:
    session = context.open()
    profile = session.profile
    versions = profile.conflicts().get(args.id, {}).get(args.field)
    if versions is None:
        raise NothingFound(kind="conflict")
    if args.take > len(versions):
        raise InputInvalid(name="--take", allowed=f"0-{len(versions)}")
    value = profile.value(args.id, args.field)
    if args.take:
        value = versions[args.take - 1].value
    profile.resolve(args.id, args.field, value)
    context.saved(session)
    said = context.words.say("cli.said.resolved", title=name_of(profile, args.id))
    return Answer({"id": args.id, "field": args.field, "value": value}, said)


def _trash(_args: Namespace, context: Context) -> Answer:
    profile = context.open().profile
    rows = [
        {"id": view.id, "kind": profile.kind(view.id), "title": name_of(profile, view.id)}
        for view in profile.trash_can()
    ]
    lines = [f"{row['id']} {row['kind']}\t{row['title']}" for row in rows]
    said = "\n".join(lines) or context.words.say("cli.said.empty_trash")
    return Answer({"trash": rows}, said)


def _restore(args: Namespace, context: Context) -> Answer:
    session = context.open()
    if args.id not in {view.id for view in session.profile.trash_can()}:
        raise NothingFound(kind="trash")
    session.profile.restore(args.id)
    context.saved(session)
    said = context.words.say("cli.said.restored", title=name_of(session.profile, args.id))
    return Answer({"id": args.id}, said)


def phrase_named(session: Session, id: str) -> Phrase:
    """The agent's own phrase with this id. Raises NothingFound, TeamReadOnly."""
    found = session.profile.get(id)
    if not isinstance(found, Phrase):
        raise _not_his(session, id)
    return found


def texts_of(session: Session, id: str) -> str:
    """The field with a history of this phrase, variant or opening.

    Raises NothingFound, TeamReadOnly.
    """
    profile = session.profile
    if profile.get(id) is not None:
        for field in KINDS.get(profile.kind(id), UNKNOWN_KIND).history:
            return field
    raise _not_his(session, id)


def _not_his(session: Session, id: str) -> CompanionError:
    return TeamReadOnly() if session.teams.phrase(id) else NothingFound(kind="phrase")


def name_of(profile: Profile, id: str) -> str:
    """What a record is called, for people; a part of a phrase after its phrase."""
    view = profile.shown(id)
    named = (str(getattr(view, field, "")) for field in ("title", "program", "text"))
    own = " ".join(next(filter(None, named), "").split())
    if profile.kind(id) in PARTS and view.parent:
        return f"{name_of(profile, view.parent)} / {own}"
    return own


def _line(value: Any) -> str:
    """A value on one line: of a text with its HTML the text, of bytes how many."""
    if isinstance(value, bytes):
        return f"({len(value)})"
    if isinstance(value, list):
        return f"{plain_text(value)} (HTML)" if rich_text(value) else str(value)
    return str(value)
