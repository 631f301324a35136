"""Firefox's backups: plain and packed; old ways of saying tags; what only Firefox can answer."""

import base64
import json
import random
import struct
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FileTooLarge, FormatBroken
from companion.formats import firefox_json, firefox_jsonlz4
from companion.formats.chromium_tree import DEEPEST
from companion.formats.items import BookmarkItem, Parsed, Problem
from companion.formats.reading import read_file

# Eight bookmarks and 600 blanks, packed by liblz4 1.9.4 itself.
PACKED = base64.b64decode(
    "bW96THo0MACOBgAA43siZ3VpZCI6InJvb3RfAQCwIiwidGl0bGUiOiILAKJ5cGVDb2RlIjoyDQDxECI6InRleHQveC1t"
    "b3otcGxhY2UtY29udGFpbmVyIixLADEiOiIZAPUEc1Jvb3QiLCJjaGlsZHJlbiI6W3MAcXRvb2xiYXJ1AABoAANzAAMX"
    "AAASAA9tABcDNQBBRm9sZIQACXAABM0Af+iuouWNlTBaAAfwDyIsInVyaSI6Imh0dHBzOi8veC50ZXN0L29yZGVyLzkA"
    "6WRhdGVBZGRlZCI6MTcwAQAsfSxqAB8xagAlADkAD2oAGh8yagAlADkAD2oAGh8zagAlADkAD2oAGh80agAlADkAD2oA"
    "Gh81agAlADkAD2oAGh82agAlADkAD2oAGh83agAlADkAD2oACV9dfV19IAEA//9BUCAgICAg"
)


def link(title: Any, uri: Any, **more: Any) -> dict[str, Any]:
    return {"type": "text/x-moz-place", "title": title, "uri": uri, **more}


def box(title: str, *children: Any, **more: Any) -> dict[str, Any]:
    kind = "text/x-moz-place-container"
    return {"type": kind, "title": title, "children": list(children), **more}


def read(*places: dict[str, Any]) -> Parsed:
    root = box("", *places, guid="root________", root="placesRoot")
    return firefox_json.read(json.dumps(root).encode(), "b.json")


def test_places_are_no_folders_and_the_toolbar_comes_first() -> None:
    separator = {"type": "text/x-moz-place-separator", "title": ""}
    menu = box(
        "menu",
        link("M", "http://m/", dateAdded=1_700_000_000_123_456, tags="售后, b,,b"),
        separator,
        box("空"),
        box("夹", box("内", link("", "http://in/"))),
        guid="menu________",
    )
    parsed = read(
        menu,
        box("toolbar", link("T", "http://t/"), guid="toolbar_____"),
        box("", link("U", "http://u/"), root="unfiledBookmarksFolder"),
        box("手机", link("P", "http://p/"), guid="mobile______"),
        box("later", link("L", "http://l/")),
    )
    assert parsed.bookmarks == [
        BookmarkItem("T", "http://t/"),
        BookmarkItem("M", "http://m/", (), ("售后", "b"), 1_700_000_000),
        BookmarkItem("http://in/", "http://in/", ("夹", "内")),
        BookmarkItem("U", "http://u/"),
        BookmarkItem("P", "http://p/"),
        BookmarkItem("L", "http://l/", ("later",)),
    ]
    assert parsed.folders == [("空",), ("夹",), ("夹", "内"), ("later",)]
    assert parsed.problems == []


def test_a_backup_cut_short_gives_what_was_complete() -> None:
    inside = box("夹", link("B", "http://b/"), link("C", "http://c/"))
    root = box("", box("", link("A", "http://a/"), inside, guid="toolbar_____"))
    data = json.dumps(root, indent=1).encode()
    parsed = firefox_json.read(data[: data.index(b"http://c/")], "b")
    assert [(one.title, one.folder) for one in parsed.bookmarks] == [("A", ()), ("B", ("夹",))]
    assert parsed.broken is not None
    assert int(parsed.broken.facts["line"]) > 1


def test_queries_and_what_cannot_be_read_are_told() -> None:
    parsed = read(
        box(
            "toolbar",
            link("最常访问", "place:sort=8&maxResults=10"),
            link("none", ""),
            7,
            {"type": "text/later", "title": "x"},
            link(4, "http://x/"),
            guid="toolbar_____",
        )
    )
    assert parsed.bookmarks == [BookmarkItem("http://x/", "http://x/")]
    unreadable = Problem("entry_unreadable")
    told = [Problem("query_left_out", "最常访问"), Problem("link_without_address", "none")]
    assert parsed.problems == [*told, unreadable, unreadable]


def test_tags_of_old_backups_are_folders_with_copies() -> None:
    tags = box("", box("售后", link("", "http://a/")), box("b", link("", "http://a/")))
    tags["root"] = "tagsFolder"
    parsed = read(
        tags, box("", link("A", "http://a/"), link("B", "http://b/"), root="toolbarFolder")
    )
    assert [(one.title, one.tags) for one in parsed.bookmarks] == [("A", ("售后", "b")), ("B", ())]
    assert parsed.folders == []


def test_nesting_without_end_is_flattened_or_refused() -> None:
    deep: dict[str, Any] = link("T", "http://x/")
    for n in range(200):
        deep = box(str(n), deep)
    parsed = read(box("", deep, guid="menu________"))
    assert len(parsed.bookmarks[0].folder) == DEEPEST
    assert {one.kind for one in parsed.problems} == {"folders_flattened"}
    for data in (b'{"children": [' * 50_000, b'{"children": 3}', b"[]", b'{"children": [],\n}'):
        with pytest.raises(FormatBroken):
            firefox_json.read(data, "b")


def test_what_liblz4_packed_is_unpacked() -> None:
    parsed = firefox_jsonlz4.read(PACKED, "b.jsonlz4")
    assert parsed.bookmarks == [
        BookmarkItem(f"订单{n}", f"https://x.test/order/{n}", (), (), 1_700_000_000)
        for n in range(8)
    ]
    assert read_file(PACKED, "b", "bookmarks")[0] == "firefox_jsonlz4"


def test_the_size_a_file_says_it_has_is_not_believed() -> None:
    for said in (0, 1, 0xFFFFFFFF):
        data = PACKED[:8] + struct.pack("<I", said) + PACKED[12:]
        assert len(firefox_jsonlz4.read(data, "b").bookmarks) == 8


def test_a_block_that_swells_is_refused_at_once() -> None:
    began = time.monotonic()
    # One byte, and then it again for a length of 255 times half a million.
    swelling = b"\x1f " + b"\x01\x00" + b"\xff" * 500_000 + b"\x00" + b"\x50" + b"     "
    with pytest.raises(FileTooLarge):
        firefox_jsonlz4.read(b"mozLz40\0\0\0\0\0" + swelling, "b")
    many = b"\x1f " + b"\x01\x00" + (b"\xff" * 2000 + b"\x00\x0f\x01\x00") * 5_000
    with pytest.raises(FileTooLarge):
        firefox_jsonlz4.read(b"mozLz40\0\0\0\0\0" + many, "b")
    # Not even a single repeat may take more memory than is allowed.
    assert 1_000 < len(firefox_jsonlz4.unpacked(swelling, 1_000)) < 2_100
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    "block",
    [b"\x10", b"\x50abc", b"\x10a\x02\x00", b"\x10a\x00\x00", b"\x1fa\x01\x00\xff", b"\xf0"],
)
def test_a_damaged_block_is_refused(block: bytes) -> None:
    with pytest.raises(ValueError, match=r"cut short|beginning|literals"):
        firefox_jsonlz4.unpacked(block, 1_000)
    with pytest.raises(FormatBroken):
        firefox_jsonlz4.read(b"mozLz40\0\0\0\0\0" + block, "b")


def packed(text: bytes, dice: random.Random) -> bytes:
    """An LZ4 block by another way than liblz4's: it takes any match that it stumbles over."""
    out, at, start = bytearray(), 0, 0
    while at < len(text) - 5:
        before = text.rfind(text[at : at + 4], max(0, at - 60_000), at + 3)
        if before < 0 or dice.random() < 0.2:
            at += 1
            continue
        length = 4
        while at + length < len(text) - 5 and text[before + length] == text[at + length]:
            length += 1
        literals = text[start:at]
        out.append(min(len(literals), 15) << 4 | min(length - 4, 15))
        out += _rest(len(literals)) + literals + struct.pack("<H", at - before) + _rest(length - 4)
        at = start = at + length
    literals = text[start:]
    out.append(min(len(literals), 15) << 4)
    return bytes(out + _rest(len(literals)) + literals)


def _rest(length: int) -> bytes:
    left = length - 15
    return b"" if left < 0 else b"\xff" * (left // 255) + bytes([left % 255])


@given(st.lists(st.binary(max_size=12) | st.sampled_from([b"abcd", b"a" * 40])), st.integers(0, 9))
def test_whatever_was_packed_comes_out(pieces: list[bytes], seed: int) -> None:
    text = b"".join(pieces * 3)
    assert firefox_jsonlz4.unpacked(packed(text, random.Random(seed)), 10_000) == text
