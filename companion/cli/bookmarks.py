"""The commands on bookmarks: list, find, open, import, export, and this desk's browsers."""

from argparse import Namespace

from companion.bookmarks.browsers import browsers
from companion.bookmarks.opening import open_address, open_set
from companion.cli import exported, imported
from companion.cli.arguments import Branch, whole_number
from companion.cli.context import Answer, Context
from companion.cli.phrases import HITS
from companion.cli.this_desk import browser_named
from companion.errors import NothingFound
from companion.formats.encoding import clean
from companion.phrases.entries import entries_of
from companion.phrases.search import Index
from companion.profile.team import entry_id
from companion.session.browser_reading import read_from
from companion.session.exporting import export_bookmarks, folder_paths
from companion.session.session import Session
from companion.wiring.browsers import launcher

_Row = dict[str, object]


def register(commands: Branch) -> None:
    """Add the verbs of ``bookmarks``."""
    bookmarks = commands.branch("bookmarks")
    bookmarks.verb("list", _list)
    find = bookmarks.verb("find", _find)
    find.takes("query", metavar="QUERY", type=clean)
    find.takes("--limit", metavar="N", type=whole_number(1), default=HITS)
    imported.register(bookmarks, "bookmarks")
    of = bookmarks.verb("import-from", _import_from)
    of.takes("browser", metavar="BROWSER", type=clean)
    of.takes("--browser-profile", metavar="P", type=clean)
    imported.takes_choices(of)
    opened = bookmarks.verb("open-set", _open_set)
    opened.takes("folder", metavar="FOLDER", type=clean)
    opened.takes("--browser", metavar="NAME", type=clean)
    opened.takes("--browser-profile", metavar="P", type=clean)
    exported.register(bookmarks, "bookmarks")
    bookmarks.verb("open", _open).takes("name", metavar="NAME", type=clean)
    bookmarks.verb("browsers", _browsers, opens=False)


def _list(_args: Namespace, context: Context) -> Answer:
    rows = _rows(context.open()).values()
    return Answer({"bookmarks": list(rows)}, "\n".join(map(_line, rows)))


def _find(args: Namespace, context: Context) -> Answer:
    found = [row | {"score": score} for row, score in _hits(context.open(), args.query, args.limit)]
    lines = "\n".join(map(_line, found))
    return Answer({"hits": found}, lines or context.words.say("cli.said.no_hits"))


def _hits(session: Session, query: str, limit: int) -> list[tuple[_Row, float]]:
    rows = _rows(session)
    entries = entries_of(session.profile, session.teams.shared())
    index = Index(entry for entry in entries if entry.id in rows)
    return [(rows[hit.entry.id], hit.score) for hit in index.find(query, limit)]


def _rows(session: Session) -> dict[str, _Row]:
    """By id every bookmark as it is said, the agent's own and then what his teams share."""
    profile = session.profile
    paths = folder_paths(profile.folders())
    own: list[_Row] = [
        {"id": mark.id, "title": mark.title, "url": mark.url}
        | {"folder": paths.get(mark.parent, ()), "tags": mark.tags}
        for mark in profile.bookmarks()
    ]
    shared: list[_Row] = [
        {"id": entry_id(team, mark.id), "title": mark.title, "url": mark.url}
        | {"folder": (folder.title,), "tags": (), "team": pack.name}
        for team, pack in session.teams.shared().items()
        for folder in pack.folders
        for mark in folder.bookmarks
    ]
    return {str(row["id"]): row for row in own + shared}


def _line(row: _Row) -> str:
    return f"{row['title']}\t{row['url']}"


def _open(args: Namespace, context: Context) -> Answer:
    session = context.open()
    named = [row for row in _rows(session).values() if row["title"] == args.name]
    found = named or [row for row, _ in _hits(session, args.name, 1)]
    if not found or not args.name.strip():
        raise NothingFound(kind="bookmark")
    row = {name: str(found[0][name]) for name in ("id", "title", "url")}
    open_address(row["url"])
    session.profile.count_use(row["id"])
    context.saved(session)
    return Answer(row, context.words.say("cli.said.opened", title=row["title"]))


def _import_from(args: Namespace, context: Context) -> Answer:
    browser = browser_named(args.browser, args.browser_profile)
    return imported.bring(read_from(browser), browser.browser, args, context, "bookmarks")


def _open_set(args: Namespace, context: Context) -> Answer:
    """A folder's bookmarks, those of the folders in it too."""
    path = tuple(part for part in args.folder.split("/") if part)
    items = export_bookmarks(context.open().profile)
    inside = [item for item in items if path and item.folder[: len(path)] == path]
    urls = [item.url for item in inside]
    if not urls:
        raise NothingFound(kind="folder")
    browser = browser_named(args.browser, args.browser_profile) if args.browser else None
    opened = open_set(urls, launcher(), browser)
    lines = [context.words.say("cli.said.opened_set", count=opened.count)]
    lines += [f"- {url}: {context.words.say('problem.not_openable')}" for url in opened.refused]
    return Answer({"opened": opened.count, "refused": opened.refused}, "\n".join(lines))


def _browsers(_args: Namespace, context: Context) -> Answer:
    found = browsers()
    lines = [f"{one.browser}\t{one.profile}\t{one.folder}" for one in found]
    return Answer(
        {"browsers": found}, "\n".join(lines) or context.words.say("cli.said.no_browsers")
    )
