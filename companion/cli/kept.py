"""The commands on what was set aside, not lost: values written apart, and the trash."""

from argparse import Namespace
from typing import Any

from companion.cli.arguments import Branch, whole_number
from companion.cli.context import Answer, Context
from companion.errors import InputInvalid, NothingFound
from companion.profile.records import View
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
            "title": title_of(profile.get(id)),
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
        lines += [f"  {number}: {value}" for number, value in enumerate(values)]
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
    said = context.words.say("cli.said.resolved", title=title_of(profile.get(args.id)))
    return Answer({"id": args.id, "field": args.field, "value": value}, said)


def _trash(_args: Namespace, context: Context) -> Answer:
    profile = context.open().profile
    rows = [
        {"id": view.id, "kind": profile.kind(view.id), "title": title_of(view)}
        for view in profile.trash_can()
    ]
    lines = [f"{row['id']} {row['kind']}\t{row['title']}" for row in rows]
    said = "\n".join(lines) or context.words.say("cli.said.empty_trash")
    return Answer({"trash": rows}, said)


def _restore(args: Namespace, context: Context) -> Answer:
    session = context.open()
    gone = {view.id: view for view in session.profile.trash_can()}
    if args.id not in gone:
        raise NothingFound(kind="trash")
    session.profile.restore(args.id)
    context.saved(session)
    said = context.words.say("cli.said.restored", title=title_of(gone[args.id]))
    return Answer({"id": args.id}, said)


def phrase_named(session: Session, id: str) -> View:
    """The agent's own phrase with this id. Raises NothingFound, TeamReadOnly."""
    found = session.profile.get(id)
    if found is None and session.teams.phrase(id) is not None:
        raise TeamReadOnly
    if found is None or session.profile.kind(id) != "phrase":
        raise NothingFound(kind="phrase")
    return found


def title_of(view: View | None) -> str:
    """What a record is called, for people."""
    return str(getattr(view, "title", "")) if view is not None else ""
