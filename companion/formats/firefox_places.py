"""Firefox's database of bookmarks (places.sqlite), read; nothing is ever written to it."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from companion.errors import FileTooLarge, FileUnreadable, FormatBroken
from companion.formats.encoding import clean
from companion.formats.firefox_json import parsed_tree
from companion.formats.items import Parsed, Watch, unwatched

NAME = "firefox_places"
HOLDS = "bookmarks"

_MAGIC = b"SQLite format 3\0"
# A profile's database holds the whole history beside the bookmarks, so it may be large.
_MOST_COPIED = 512 * 1024 * 1024
_TRIES = 5
# An honest database of 100,000 bookmarks takes about 40 million steps of SQLite's machine.
_MOST_STEPS = 400_000_000
_STEPS = 100_000
_KINDS = {
    1: "text/x-moz-place",
    2: "text/x-moz-place-container",
    3: "text/x-moz-place-separator",
}
_ENTRIES = """SELECT mark.id, mark.type, mark.parent, mark.title, mark.dateAdded, {guid}, place.url
FROM moz_bookmarks AS mark LEFT JOIN moz_places AS place ON place.id = mark.fk
ORDER BY mark.parent, mark.position, mark.id"""
_OLD_ROOTS = {
    "places": "root________",
    "menu": "menu________",
    "toolbar": "toolbar_____",
    "tags": "tags________",
    "unfiled": "unfiled_____",
    "mobile": "mobile______",
}


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is such a database: the name of its table tells."""
    if not data.startswith(_MAGIC):
        return 0.0
    # The schema stands in the first pages of every database that Firefox has made.
    return 0.95 if b"moz_bookmarks" in data[: 1024 * 1024] else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The bookmarks of toolbar, menu and the rest, with their tags. Raises FormatBroken.

    Problems: query_left_out, link_without_address, entry_unreadable, folders_flattened.
    """
    if not data.startswith(_MAGIC):
        raise FormatBroken(place=name, format=NAME, line=0)
    # In memory there is no log beside the database; these two bytes would ask for one.
    with _broken(name), closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data[:18] + b"\1\1" + data[20:])
        return _read(database, watch)


def read_database(path: Path, watch: Watch = unwatched) -> Parsed:
    """The bookmarks of a profile that may be in use, with what is still in its log.

    A copy is read, which this user alone may see and which is gone afterwards. Raises
    FileUnreadable, FileTooLarge, FormatBroken.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="companion-places-") as folder:
            copy = _copied(path, Path(folder))
            with _broken(str(path)), closing(sqlite3.connect(copy)) as database:
                return _read(database, watch)
    except OSError as error:
        raise FileUnreadable(place=str(path), reason=type(error).__name__) from error


def _copied(path: Path, folder: Path) -> Path:
    """The database and its log as they are at one moment, as far as that can be had."""
    log = path.with_name(f"{path.name}-wal")
    copy = folder / path.name
    copied_log = folder / log.name
    for _ in range(_TRIES):
        before = _state(path), _state(log)
        if sum(size for size, *_ in before) > _MOST_COPIED:
            raise FileTooLarge(place=str(path), most=_MOST_COPIED // 1024**2)
        shutil.copyfile(path, copy)
        copied_log.unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            shutil.copyfile(log, copied_log)
        # Between the two copies the log may have been worked into the database: again, then.
        if before == (_state(path), _state(log)):
            break
    return copy


def _state(path: Path) -> tuple[int, int, bytes]:
    """What changes when a file is written: size, time, and the head, which numbers the log."""
    try:
        about = path.stat()
        with path.open("rb") as file:
            return about.st_size, about.st_mtime_ns, file.read(100)
    except FileNotFoundError:
        return 0, 0, b""


@contextmanager
def _broken(place: str) -> Iterator[None]:
    """Makes of what SQLite raises over a damaged file one of our errors."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeError) as error:
        raise FormatBroken(place=place, format=NAME, line=0) from error


def _read(database: sqlite3.Connection, watch: Watch) -> Parsed:
    rows: list[tuple[Any, ...]] = []
    steps = 0
    stopped: list[BaseException] = []

    def on() -> int:
        nonlocal steps
        steps += _STEPS
        try:
            watch(len(rows), 0)
        except BaseException as error:
            # SQLite's own callbacks cannot raise; what stops us is raised again below.
            stopped.append(error)
            return 1
        return int(steps > _MOST_STEPS)

    _harden(database)
    database.set_progress_handler(on, _STEPS)
    try:
        _check(database)
        columns = {row[1] for row in database.execute("PRAGMA table_info(moz_bookmarks)")}
        guid = "mark.guid" if "guid" in columns else "NULL"
        for row in database.execute(_ENTRIES.format(guid=guid)):
            if len(rows) % 256 == 0:
                watch(len(rows), 0)
            rows.append(row)
        roots = dict(_old_roots(database))
    except sqlite3.Error:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        database.set_progress_handler(None, 0)
    read = len(rows)
    return parsed_tree(_tree(rows, roots), lambda done, _: watch(read + done, 0), [], of=read)


def _harden(database: sqlite3.Connection) -> None:
    """Nobody knows who made the file: nothing in it may run, and nothing is written."""
    database.text_factory = lambda text: text.decode("utf-8", "replace")
    for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        database.execute(f"PRAGMA {pragma}")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024)


def _check(database: sqlite3.Connection) -> None:
    """Whether the two tables are tables: a view of that name could be anything."""
    real = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name IN"
    (found,) = database.execute(f"{real} ('moz_bookmarks', 'moz_places')").fetchone()
    if found != 2:
        raise sqlite3.DatabaseError("no tables of Firefox's")


def _old_roots(database: sqlite3.Connection) -> Iterator[tuple[object, str]]:
    """Up to Firefox 53 a table says which entries are the roots."""
    with suppress(sqlite3.OperationalError):
        for name, number in database.execute(
            "SELECT root_name, folder_id FROM moz_bookmarks_roots"
        ):
            if name in _OLD_ROOTS:
                yield number, _OLD_ROOTS[name]


def _tree(rows: list[tuple[Any, ...]], roots: dict[object, str]) -> dict[str, Any]:
    """The rows as the tree that a backup would have; rows in a circle hang nowhere and are gone."""
    nodes: dict[object, dict[str, Any]] = {}
    parents: dict[object, object] = {}
    for number, kind, parent, title, added, guid, url in rows:
        # Numbers are unique in an honest file; one that came twice could hang in itself.
        if number in nodes:
            continue
        parents[number] = parent
        nodes[number] = {
            "type": _KINDS.get(kind, ""),
            "title": clean(title) if isinstance(title, str) else "",
            "dateAdded": added,
            "guid": roots.get(number, guid),
            "uri": url if isinstance(url, str) else "",
            "children": [],
        }
    none: dict[str, Any] = {"children": []}
    top = next((one for one in nodes.values() if one["guid"] == "root________"), none)
    for number, parent in parents.items():
        if parent in nodes and nodes[number] is not top:
            nodes[parent]["children"].append(nodes[number])
    return top
