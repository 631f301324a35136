"""Firefox's database: of old and of now, in use, and made by somebody who means no good."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from companion.errors import FileTooLarge, FileUnreadable, FormatBroken, Stopped
from companion.formats import firefox_places
from companion.formats.items import BookmarkItem, Parsed, Problem
from companion.formats.reading import read_path

SCHEMA = """
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR);
CREATE TABLE moz_bookmarks (id INTEGER PRIMARY KEY, type INTEGER, fk INTEGER, parent INTEGER,
  position INTEGER, title LONGVARCHAR, dateAdded INTEGER, guid TEXT);
"""
ROOTS = ["root________", "menu________", "toolbar_____", "tags________", "unfiled_____"]
Row = tuple[Any, ...]


def fill(database: sqlite3.Connection, rows: list[Row], guids: bool = True) -> None:
    """Rows are (parent, kind, title, url); they are numbered from 6 on, below the five roots."""
    for number, guid in enumerate(ROOTS, 1):
        said = guid if guids else None
        database.execute(
            "INSERT INTO moz_bookmarks VALUES (?, 2, NULL, ?, ?, ?, 0, ?)",
            (number, int(number > 1), number, guid, said),
        )
    for number, (parent, kind, title, url) in enumerate(rows, 6):
        if url:
            database.execute("INSERT INTO moz_places VALUES (?, ?, ?)", (number, url, title))
        database.execute(
            "INSERT INTO moz_bookmarks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, kind, number, parent, -number, title, 1_700_000_000_000_000, f"g{number}"),
        )
    database.commit()


ROWS: list[Row] = [
    (3, 1, "T", "http://t/"),
    (2, 2, "夹", None),
    (7, 1, "内", "http://in/"),
    (7, 3, None, None),
    (2, 1, "查询", "place:type=6"),
    (4, 2, "售后", None),
    (11, 1, None, "http://in/"),
    (5, 1, None, "http://u/"),
    (2, 1, "none", None),
]
FOUND = [
    BookmarkItem("T", "http://t/", (), (), 1_700_000_000),
    BookmarkItem("内", "http://in/", ("夹",), ("售后",), 1_700_000_000),
    BookmarkItem("http://u/", "http://u/", (), (), 1_700_000_000),
]


def made(path: Path, rows: list[Row], schema: str = SCHEMA, guids: bool = True) -> bytes:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(schema)
        fill(database, rows, guids)
    return path.read_bytes()


def test_a_database_is_read_with_tags_and_without_queries(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    data = made(path, ROWS)
    parsed = firefox_places.read(data, path.name)
    assert parsed.bookmarks == FOUND
    assert parsed.folders == [("夹",)]
    # Positions decide, and the fixture counts them down.
    told = [Problem("link_without_address", "none"), Problem("query_left_out", "查询")]
    assert parsed.problems == told
    assert read_path(path, "bookmarks") == ("firefox_places", parsed)
    assert path.read_bytes() == data


def test_a_database_of_old_says_its_roots_in_a_table(tmp_path: Path) -> None:
    roots = "CREATE TABLE moz_bookmarks_roots (root_name VARCHAR(16), folder_id INTEGER);"
    names = ("places", "menu", "toolbar", "tags", "unfiled", "x")
    roots += "".join(
        f"INSERT INTO moz_bookmarks_roots VALUES ('{name}', {number});"
        for number, name in enumerate(names, 1)
    )
    data = made(tmp_path / "places.sqlite", ROWS, SCHEMA + roots, guids=False)
    assert firefox_places.read(data, "p").bookmarks == FOUND


def test_a_profile_in_use_is_read_with_its_log_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(path)) as running:
        running.execute("PRAGMA journal_mode = WAL")
        running.execute("PRAGMA wal_autocheckpoint = 0")
        running.executescript(SCHEMA)
        fill(running, ROWS)
        # Not in the database itself yet: a reader of that file alone finds nothing.
        before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
        assert before["places.sqlite-wal"]
        with pytest.raises(FormatBroken):
            firefox_places.read(before["places.sqlite"], "p")
        assert firefox_places.read_database(path).bookmarks == FOUND
        assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
        # A writer in the middle of its work is not kept waiting, and half of it is not seen.
        running.execute("BEGIN EXCLUSIVE")
        running.execute("DELETE FROM moz_bookmarks")
        assert firefox_places.read_database(path).bookmarks == FOUND
        running.rollback()


def test_what_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        firefox_places.read_database(tmp_path / "places.sqlite")


def test_a_giant_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with path.open("wb") as file:
        file.write(b"SQLite format 3\0")
        file.truncate(600 * 1024 * 1024)
    with pytest.raises(FileTooLarge):
        firefox_places.read_database(path)


@pytest.mark.parametrize(
    "schema",
    [
        # A view by that name, which would count for ever.
        """CREATE TABLE moz_places (id INTEGER, url TEXT);
        CREATE VIEW moz_bookmarks AS WITH RECURSIVE n(id) AS
        (SELECT 1 UNION ALL SELECT id + 1 FROM n)
        SELECT id, 1 AS type, id AS fk, 1 AS parent, 1 AS position, 'x' AS title, 1 AS dateAdded,
        'g' AS guid FROM n;""",
        # One that ends is none either: only what Firefox makes is asked.
        """CREATE TABLE moz_places (id INTEGER, url TEXT);
        CREATE VIEW moz_bookmarks AS SELECT 1 AS id, 2 AS type, 0 AS fk, 0 AS parent, 1 AS position,
        '' AS title, 1 AS dateAdded, 'root________' AS guid;""",
        "CREATE VIRTUAL TABLE moz_bookmarks USING fts5(id, type, fk, parent, position, title);",
        "CREATE TABLE moz_bookmarks (id); CREATE TABLE moz_places (id);",
        "CREATE TABLE moz_bookmarksx (id);",
    ],
)
def test_tables_that_are_none_of_firefox_are_refused(schema: str, tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(schema)
    began = time.monotonic()
    with pytest.raises(FormatBroken):
        firefox_places.read(path.read_bytes(), "p")
    assert time.monotonic() - began < 20


def test_a_column_that_computes_without_end_is_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(firefox_places, "_MOST_STEPS", 2_000_000)
    path = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(SCHEMA)
        fill(database, [(3, 1, "x", "http://x/")] * 5_000)
        # Joining without an index costs a step for every pair.
        database.execute("ALTER TABLE moz_places RENAME TO old")
        database.execute("CREATE TABLE moz_places (id TEXT, url TEXT)")
        database.execute("INSERT INTO moz_places SELECT CAST(id AS TEXT), url FROM old")
        database.commit()
    data = path.read_bytes()
    said: list[int] = []
    with pytest.raises(FormatBroken):
        firefox_places.read(data, "p", lambda done, _of: said.append(done))
    assert said


def test_rows_in_a_circle_and_numbers_twice_end(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    loose = SCHEMA.replace("moz_bookmarks (id INTEGER PRIMARY KEY", "moz_bookmarks (id INTEGER")
    with closing(sqlite3.connect(path)) as database:
        database.executescript(loose)
        fill(database, [(7, 2, "a", None), (6, 2, "b", None), (8, 2, "self", None)])
        for parent in (2, 9):
            database.execute(
                "INSERT INTO moz_bookmarks VALUES (9, 2, 0, ?, 0, 'twice', 0, 'g')", (parent,)
            )
        database.commit()
    assert firefox_places.read(path.read_bytes(), "p") == Parsed(folders=[("twice",)])


def test_a_long_reading_says_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    data = made(tmp_path / "places.sqlite", [(3, 1, "x", "http://x/")] * 3_000)
    said: list[int] = []

    def watch(done: int, _of: int) -> None:
        said.append(done)
        if len(said) == 5:
            raise Stopped

    with pytest.raises(Stopped):
        firefox_places.read(data, "p", watch)
    whole = list[int]()
    firefox_places.read(data, "p", lambda done, _of: whole.append(done))
    assert whole == sorted(whole)
