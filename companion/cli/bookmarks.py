"""The commands on bookmarks: list, find, open, import, export, and this desk's browsers."""

from argparse import Namespace

from companion.bookmarks.browsers import browsers
from companion.bookmarks.opening import open_address
from companion.cli import files
from companion.cli.arguments import Branch, whole_number
from companion.cli.context import Answer, Context
from companion.cli.imported import told
from companion.cli.phrases import HITS
from companion.errors import NothingFound
from companion.formats.detection import (
    bookmark_writer_named,
    read_file,
    reader_names,
    writer_names,
)
from companion.formats.encoding import clean
from companion.phrases.entries import entries_of
from companion.phrases.search import Index
from companion.profile.profile import Profile
from companion.profile.records import Bookmark
from companion.session.importing import export_bookmarks, folder_paths, import_bookmarks

_WRITTEN = "netscape"


def register(commands: Branch) -> None:
    """Add the verbs of ``bookmarks``."""
    bookmarks = commands.branch("bookmarks")
    bookmarks.verb("list", _list)
    find = bookmarks.verb("find", _find)
    find.takes("query", metavar="QUERY", type=clean)
    find.takes("--limit", metavar="N", type=whole_number(1), default=HITS)
    get = bookmarks.verb("import", _import)
    get.takes("file", metavar="FILE")
    get.takes("--format", metavar="F", choices=reader_names("bookmarks"))
    get.takes("--into", metavar="S", type=clean)
    get.takes("--dry-run", action="store_true")
    put = bookmarks.verb("export", _export)
    put.takes("file", metavar="FILE")
    put.takes("--format", metavar="F", choices=writer_names("bookmarks"), default=_WRITTEN)
    bookmarks.verb("open", _open).takes("name", metavar="NAME", type=clean)
    bookmarks.verb("browsers", _browsers, opens=False)


def _list(_args: Namespace, context: Context) -> Answer:
    profile = context.open().profile
    paths = folder_paths(profile.folders())
    marks = profile.bookmarks()
    return Answer(
        {"bookmarks": [_row(mark, paths) for mark in marks]},
        "\n".join(f"{mark.title}\t{mark.url}" for mark in marks),
    )


def _find(args: Namespace, context: Context) -> Answer:
    profile = context.open().profile
    paths = folder_paths(profile.folders())
    found = _hits(profile, args.query, args.limit)
    return Answer(
        {"hits": [_row(mark, paths) | {"score": score} for mark, score in found]},
        "\n".join(f"{mark.title}\t{mark.url}" for mark, _ in found)
        or context.words.say("cli.said.no_hits"),
    )


def _hits(profile: Profile, query: str, limit: int) -> list[tuple[Bookmark, float]]:
    marks = {mark.id: mark for mark in profile.bookmarks()}
    index = Index(entry for entry in entries_of(profile) if entry.id in marks)
    return [(marks[hit.entry.id], hit.score) for hit in index.find(query, limit)]


def _row(mark: Bookmark, paths: dict[str, tuple[str, ...]]) -> dict[str, object]:
    row = {"id": mark.id, "title": mark.title, "url": mark.url}
    return row | {"folder": paths.get(mark.parent, ()), "tags": mark.tags}


def _open(args: Namespace, context: Context) -> Answer:
    session = context.open()
    named = [mark for mark in session.profile.bookmarks() if mark.title == args.name]
    found = named or [mark for mark, _ in _hits(session.profile, args.name, 1)]
    if not found or not args.name.strip():
        raise NothingFound(kind="bookmark")
    open_address(found[0].url)
    session.profile.count_use(found[0].id)
    context.saved(session)
    row = {"id": found[0].id, "title": found[0].title, "url": found[0].url}
    return Answer(row, context.words.say("cli.said.opened", title=found[0].title))


def _import(args: Namespace, context: Context) -> Answer:
    path = context.path(args.file)
    _, parsed = read_file(files.read(path), path.name, "bookmarks", args.format)
    session = context.open()
    report = import_bookmarks(session.profile, parsed, args.into, args.dry_run)
    if not args.dry_run:
        context.saved(session)
    return told(report, args.dry_run, context.words)


def _export(args: Namespace, context: Context) -> Answer:
    path = context.path(args.file)
    items = export_bookmarks(context.open().profile)
    files.write(path, bookmark_writer_named(args.format).write_bookmarks(items))
    return Answer(
        {"file": str(path), "format": args.format, "exported": len(items)},
        context.words.say("cli.said.exported", count=len(items), file=path),
    )


def _browsers(_args: Namespace, context: Context) -> Answer:
    found = browsers()
    lines = [f"{one.browser}\t{one.profile}\t{one.folder}" for one in found]
    return Answer(
        {"browsers": found}, "\n".join(lines) or context.words.say("cli.said.no_browsers")
    )
