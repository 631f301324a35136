"""What every format must do, whichever it is: one suite over all that are found."""

import random
import re
import struct
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.errors import CompanionError, Stopped
from companion.formats.detection import (
    bookmark_writer_named,
    folder_readers,
    reader_named,
    reader_names,
    readers,
    writer_named,
    writer_names,
)
from companion.formats.items import BookmarkItem, Parsed, PhraseItem, Written
from companion.formats.reading import read_file, read_files
from companion.ui.words import Words

PAGE = Path(__file__).resolve().parents[2] / "docs/formats.md"
HOLDS = ("phrases", "bookmarks")
READERS = [(holds, reader.NAME) for holds in HOLDS for reader in readers(holds)]
WRITERS = [(holds, name) for holds in HOLDS for name in writer_names(holds)]
BOTH = [pair for pair in WRITERS if pair[1] in reader_names(pair[0])]
LETTERS = str.maketrans("0123456789", "abcdefghij")
# Short, with a code of letters (pinyin methods choose by digits) and without what only some
# formats can say: all of them hold these.
PHRASES = [
    PhraseItem(f"退款{n}", f"亲，退款{n}已经办好。", f"tk{str(n).translate(LETTERS)}", "售后")
    for n in range(3_000)
]
BOOKMARKS = [
    BookmarkItem(f"物流{n}", f"https://x.test/{n}?a=1&b=2", ("售后",)) for n in range(3_000)
]
HOSTILE = [
    b"",
    b"\x00" * 4_096,
    b"\xff\xfe" + b"\x00\xd8" * 512,
    b"\xed\xa0\x80" * 512,
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"combos": ' + b"[" * 100_000,
    b'{"roots": {"bookmark_bar": ' + b'{"children": [' * 50_000,
    b"- " * 100_000,
    b"{" * 100_000,
    b"&a [" * 10_000,
    b"<DL><p>" * 100_000,
    b"<plist>" + b"<dict><key>a</key>" * 50_000,
    b'"' * 100_001,
    b"a,1=\r\n" * 10_000,
    b"mschxudp" + struct.pack("<6I", 0x00600002, 1, 0x40, 0xFFFFFFFF, 0, 0xFFFFFFFF) + b"\0" * 64,
    b"mozLz40\0" + struct.pack("<I", 0xFFFFFFFF) + b"\xff" * 512,
    b"SQLite format 3\0" + b"\xff" * 4_096,
    b"PK\x03\x04" + b"\xff" * 512,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4_096,
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]><plist><string>&m;</string></plist>",
]


def written(holds: str, name: str, items: Any) -> Written:
    if holds == "bookmarks":
        return bookmark_writer_named(name).write_bookmarks(items)
    return writer_named(name).write_phrases(items)


def read_again(holds: str, name: str, made: Written, watch: Any = lambda *_: None) -> Parsed:
    if made.files:
        return read_files(made.files, "folder", holds, name, watch)[1]
    return read_file(made.data, "file", holds, name, watch)[1]


@pytest.mark.parametrize("holds", HOLDS)
def test_every_format_has_a_row_that_says_what_is_kept_and_lost(holds: str) -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    for name in {*reader_names(holds), *writer_names(holds)}:
        word = re.split(r"[ （(,、]", Words("en").say(f"format.{name}"))[0].lower()
        found = [row for row in rows if word in row.split("|")[1].lower()]
        assert found, (name, word)
        assert all(cell.strip() for row in found for cell in row.split("|")[4:6])


@pytest.mark.parametrize("holds", HOLDS)
def test_every_format_has_a_name_for_people(holds: str) -> None:
    for language in ("zh", "en"):
        words = Words(language)
        for name in {*reader_names(holds), *writer_names(holds)}:
            assert words.say(f"format.{name}")


@pytest.mark.parametrize(("holds", "name"), BOTH)
def test_what_a_format_writes_is_known_and_read_as_its_own(holds: str, name: str) -> None:
    items: list[Any] = list(PHRASES[:50] if holds == "phrases" else BOOKMARKS[:50])
    made = written(holds, name, items)
    if made.files:
        found, parsed = read_files(made.files, "folder", holds)
    else:
        found, parsed = read_file(made.data, "file", holds)
    assert found == name
    if holds == "phrases":
        assert [item.body for item in parsed.phrases] == [item.body for item in items]
    else:
        assert [item.url for item in parsed.bookmarks] == [item.url for item in items]
    assert parsed.broken is None


@pytest.mark.parametrize(("holds", "name"), BOTH)
def test_a_long_reading_says_how_far_it_is_and_can_be_stopped(holds: str, name: str) -> None:
    made = written(holds, name, PHRASES if holds == "phrases" else BOOKMARKS)
    said: list[tuple[int, int]] = []

    def watch(done: int, of: int) -> None:
        said.append((done, of))
        if len(said) == 3:
            raise Stopped

    with pytest.raises(Stopped):
        read_again(holds, name, made, watch)
    assert said == sorted(said)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_file_is_read_safely_or_refused(number: int) -> None:
    for _, name in READERS:
        refused_or_read(name, HOSTILE[number])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_safely_or_refused(data: bytes) -> None:
    for _, name in READERS:
        refused_or_read(name, data)


@pytest.mark.parametrize(("holds", "name"), BOTH)
def test_a_damaged_file_is_read_safely_or_refused(holds: str, name: str) -> None:
    made = written(holds, name, PHRASES[:40] if holds == "phrases" else BOOKMARKS[:40])
    if made.files:
        return
    dice = random.Random(1)
    for _ in range(40):
        broken = bytearray(made.data[: dice.randrange(1, len(made.data) + 1)])
        for _ in range(dice.randrange(4)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        refused_or_read(name, bytes(broken))


def test_an_archive_that_swells_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.txt", "xl/workbook.xml", "[Content_Types].xml", "b.json"):
            archive.writestr(name, b" " * 40_000_000)
    for holds in HOLDS:
        with pytest.raises(CompanionError):
            read_file(out.getvalue(), "bomb.zip", holds)
    for _, name in READERS:
        refused_or_read(name, out.getvalue())


def refused_or_read(name: str, data: bytes) -> None:
    """Also where the agent has named the format, and it is a wrong one."""
    reader = reader_named(name)
    for act in (reader.matches, reader.read):
        try:
            act(data, "file.txt")
        except CompanionError as refusal:
            assert refusal.code in ("format_broken", "file_too_large")
    for folders in folder_readers(reader.HOLDS):
        try:
            if folders.matches_folder({"file.txt": data, ".file.json": data, "file.json": data}):
                folders.read_folder({"file.json": data, "file.txt": data}, "folder")
        except CompanionError as refusal:
            assert refusal.code in ("format_broken", "file_too_large")
