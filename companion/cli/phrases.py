"""The commands on phrases: add, list, find, import, export, delete, and their earlier texts."""

import time
from argparse import Namespace
from collections.abc import Iterator

from companion.cli import exported, imported
from companion.cli.arguments import Branch, whole_number
from companion.cli.context import Answer, Context
from companion.cli.kept import name_of, phrase_named, texts_of
from companion.errors import NothingFound
from companion.formats.encoding import clean
from companion.phrases.entries import entries_of
from companion.phrases.search import Entry, Index
from companion.profile.fields import plain_text
from companion.profile.sets import set_named

HITS = 10


def register(commands: Branch) -> None:
    """Add the verbs of ``phrases``."""
    phrases = commands.branch("phrases")
    add = phrases.verb("add", _add)
    add.takes("--title", metavar="T", required=True, type=clean)
    add.takes("--body", metavar="B", required=True, type=clean)
    add.takes("--set", metavar="S", default="", type=clean)
    add.takes("--abbr", metavar="A", default="", type=clean)
    phrases.verb("list", _list)
    find = phrases.verb("find", _find)
    find.takes_text("QUERY")
    find.takes("--limit", metavar="N", type=whole_number(1), default=HITS)
    imported.register(phrases, "phrases")
    exported.register(phrases, "phrases")
    acts = (("show", _show), ("delete", _delete), ("history", _history), ("undo", _undo))
    for name, act in acts:
        phrases.verb(name, act).takes("id", metavar="ID")
    phrases.verb("openings", _openings)


def _add(args: Namespace, context: Context) -> Answer:
    session = context.open()
    profile = session.profile
    with profile.together():
        parent = set_named(profile, args.set.strip())
        id = profile.add("phrase", title=args.title, body=args.body, abbr=args.abbr, parent=parent)
    context.saved(session)
    said = {"id": id, "title": args.title, "body": args.body, "abbr": args.abbr}
    return Answer(
        said | {"set": args.set.strip()}, context.words.say("cli.said.added", title=args.title)
    )


def _list(_args: Namespace, context: Context) -> Answer:
    session = context.open()
    entries = entries_of(session.profile, session.teams.shared())
    found = [entry for entry in entries if entry.kind == "phrase"]
    rows = [
        {
            "id": entry.id,
            "title": entry.title,
            "body": entry.body,
            "abbr": entry.abbr,
            "set": entry.set,
            "tags": entry.tags,
            "favourite": entry.favourite,
            "uses": entry.uses,
        }
        | marked(entry)
        for entry in found
    ]
    return Answer({"phrases": rows}, "\n".join(_line(e.set, e.title, e.body) for e in found))


def _find(args: Namespace, context: Context) -> Answer | Iterator[object]:
    session = context.open()
    entries = entries_of(session.profile, session.teams.shared())
    phrases = (entry for entry in entries if entry.kind == "phrase")
    index = Index(phrases, int(time.time()))

    def hits(query: str) -> dict[str, list[dict[str, object]]]:
        return {
            "hits": [
                {
                    "id": hit.entry.id,
                    "title": hit.entry.title,
                    "body": hit.entry.body,
                    "set": hit.entry.set,
                    "score": hit.score,
                }
                | marked(hit.entry)
                | ({"near": True} if hit.near else {})
                for hit in index.find(query, args.limit)
            ]
        }

    if args.each_line:
        return (hits(clean(line.rstrip("\r\n"))) for line in context.lines())
    query = context.text()
    found = hits(query)
    lines = [_line(str(h["set"]), str(h["title"]), str(h["body"])) for h in found["hits"]]
    return Answer(found, "\n".join(lines) or context.words.say("cli.said.no_hits"))


def marked(entry: Entry) -> dict[str, object]:
    """What is said besides of an entry that a team shares."""
    return {"team": entry.team} if entry.team else {}


def _line(group: str, title: str, body: str) -> str:
    head = f"[{group}] {title}" if group else title
    return f"{head}\t{' '.join(body.split())}"


def _show(args: Namespace, context: Context) -> Answer:
    """A phrase with all its parts."""
    session = context.open()
    phrase, profile = phrase_named(session, args.id), session.profile
    variants, programs = profile.variants(args.id), profile.programs(args.id)
    pictures = [
        {"id": image.id, "title": image.title, "media_type": image.media_type,
         "bytes": len(image.data)}
        for image in profile.images(args.id)
    ]  # fmt: skip
    lines = [phrase.title, phrase.body]
    lines += [f"{variant.id}\t{variant.title}\t{variant.body}" for variant in variants]
    lines += [f"{row['id']}\t{row['title']}\t{row['media_type']}" for row in pictures]
    lines += [f"{program.id}\t{program.program}\t{program.keys}" for program in programs]
    parts = {"variants": variants, "images": pictures, "programs": programs}
    return Answer({"phrase": phrase, **parts}, "\n".join(lines))


def _openings(_args: Namespace, context: Context) -> Answer:
    """The agent's own openings for empathy situations."""
    openings = context.open().profile.openings()
    lines = [f"{held.id} {held.situation}\t{held.text}" for held in openings]
    said = "\n".join(lines) or context.words.say("cli.said.no_openings")
    return Answer({"openings": openings}, said)


def _delete(args: Namespace, context: Context) -> Answer:
    session = context.open()
    phrase_named(session, args.id)
    title = name_of(session.profile, args.id)
    session.profile.trash(args.id)
    context.saved(session)
    return Answer({"id": args.id}, context.words.say("cli.said.deleted", title=title))


def _history(args: Namespace, context: Context) -> Answer:
    session = context.open()
    profile = session.profile
    field = texts_of(session, args.id)
    bodies = [plain_text(body) for body in profile.history(args.id, field)]
    lines = [f"{number}: {' '.join(body.split())}" for number, body in enumerate(bodies, 1)]
    said = "\n".join(lines) or context.words.say("cli.said.no_history")
    return Answer({"id": args.id, "history": bodies}, said)


def _undo(args: Namespace, context: Context) -> Answer:
    """The text before becomes the text now; the one it replaces is kept as well."""
    session = context.open()
    profile = session.profile
    field = texts_of(session, args.id)
    if not profile.undo(args.id, field):
        raise NothingFound(kind="history")
    context.saved(session)
    said = context.words.say("cli.said.undone", title=name_of(profile, args.id))
    return Answer({"id": args.id, "body": plain_text(profile.value(args.id, field))}, said)
