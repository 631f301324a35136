"""Chromium's Bookmarks file: as it really is, there and back, and what a merge must leave alone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FormatBroken
from companion.formats import chromium, netscape
from companion.formats import chromium_tree as tree
from companion.formats.items import BookmarkItem, Problem
from companion.formats.reading import read_file

# As Chromium 156 wrote it, after a test had made these bookmarks in it.
REAL = (Path(__file__).parent / "written_by_chromium.json").read_bytes()


def test_what_chromium_wrote_is_read_and_written_byte_for_byte() -> None:
    root = tree.loads(REAL)
    assert tree.checksum(root) == root["checksum"]
    assert tree.dumps(root) == REAL
    parsed = chromium.read(REAL, "Bookmarks")
    assert [(one.title, one.url, one.folder) for one in parsed.bookmarks] == [
        ('订单<后台>"é 😀\x7f\\u00ab/ x', "https://x.test/%3Ca%3E?b=c&d", ()),
        ("http://y.test/", "http://y.test/", ('售后 "A" & B', "内")),
        ("脚本", 'javascript:alert("<x>")', ('售后 "A" & B', "内")),
        ("别的", "https://o.test/%E9%80%80%E6%AC%BE?q=1", ()),
    ]
    assert {one.added for one in parsed.bookmarks} == {1795783589}
    top = ('售后 "A" & B',)
    assert parsed.folders == [top, (*top, "空"), (*top, "内")]
    assert parsed.problems == []
    assert read_file(REAL, "Bookmarks", "bookmarks")[0] == "chromium"


CHANGES: list[Callable[[list[Any]], object]] = [
    lambda bar: bar.reverse(),
    lambda bar: bar[0].update(name="x"),
    lambda bar: bar[0].update(url="x:"),
    lambda bar: bar[0].update(id="99"),
    lambda bar: bar[1]["children"].pop(),
]


def test_the_sum_tells_every_node_and_its_order() -> None:
    root = tree.loads(REAL)
    seen = {tree.checksum(root)}
    for change in CHANGES:
        changed = tree.loads(REAL)
        change(changed["roots"]["bookmark_bar"]["children"])
        seen.add(tree.checksum(changed))
    assert len(seen) == 6
    root["roots"]["bookmark_bar"]["meta_info"] = {"a": "b"}
    assert tree.checksum(root) in seen
    assert "checksum_sha256" not in tree.loads(tree.dumps(root))
    newer = tree.loads(tree.dumps({**root, "checksum_sha256": ""}))
    assert newer["checksum_sha256"] == tree.checksum(root, "sha256")
    assert len(newer["checksum_sha256"]) == 64


def test_unknown_keys_and_places_are_kept() -> None:
    root = tree.loads(REAL)
    root["sync_metadata"], root["roots"]["x_later"] = "AA==", {"children": [], "n": [1.5, None]}
    root["roots"]["bookmark_bar"]["children"][0]["unknown"] = {"deep": [True, {}]}
    assert tree.loads(tree.dumps(root)) == {**root, "checksum": tree.checksum(root)}
    root["roots"]["workspaces"] = {"children": [{"type": "url", "name": "W", "url": "http://w/"}]}
    assert chromium.read(tree.dumps(root), "b").bookmarks[-1] == BookmarkItem("W", "http://w/")


def test_nodes_are_taken_out_wherever_they_are() -> None:
    root = tree.loads(REAL)
    folder = root["roots"]["bookmark_bar"]["children"][1]
    inner = folder["children"][1]["children"][0]
    left, taken = tree.without(root, [folder["guid"], inner["guid"]])
    assert [one["guid"] for one in taken] == [folder["guid"]]
    assert [one["id"] for one in left["roots"]["bookmark_bar"]["children"]] == ["5"]
    assert tree.dumps(root) == REAL
    left, taken = tree.without(root, [inner["guid"]])
    assert [one["guid"] for one in taken] == [inner["guid"]]
    assert tree.highest_id(root) == 11


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'{"roots": {"bookmark_bar": {}},\n "x": }', 2),
        (b'{"roots": [], "bookmark_bar": 1}', 0),
        (b"[1]", 0),
        (b'{"roots": {"bookmark_bar": ' + b'{"children": [' * 50_000, 0),
    ],
)
def test_a_broken_file_is_refused(data: bytes, line: int) -> None:
    with pytest.raises(FormatBroken) as caught:
        chromium.read(data, "Bookmarks")
    assert caught.value.facts == {"place": "Bookmarks", "format": "chromium", "line": line}


def test_a_file_cut_short_gives_what_was_complete() -> None:
    parsed = chromium.read(REAL[: REAL.index(b"https://o.test/")], "Bookmarks")
    assert [one.folder for one in parsed.bookmarks] == [(), *[('售后 "A" & B', "内")] * 2]
    assert parsed.broken is not None
    assert int(parsed.broken.facts["line"]) > 1


def test_entries_that_cannot_be_read_cost_no_others() -> None:
    children: list[Any] = [
        3,
        {"type": "url", "name": "no address"},
        {"type": "url", "name": 4, "url": "http://x/"},
        {"type": "folder", "name": "", "children": [{"url": "http://in/", "name": "In"}]},
        {"type": "folder", "name": "list of none", "children": {"a": 1}},
        {"type": "url", "name": "last", "url": "http://y/", "date_added": "soon"},
    ]
    data = json.dumps({"roots": {"bookmark_bar": {"children": children}, "other": None}}).encode()
    parsed = chromium.read(data, "b")
    assert [one.title for one in parsed.bookmarks] == ["In", "last"]
    assert parsed.folders == [("list of none",)]
    unreadable = Problem("entry_unreadable")
    assert parsed.problems == [
        unreadable,
        Problem("link_without_address", "no address"),
        unreadable,
    ]


def test_folders_deeper_than_chromium_reads_become_one() -> None:
    deep = BookmarkItem("T", "http://x/", tuple(map(str, range(150))))
    made = chromium.write_bookmarks([deep])
    assert made.problems == [Problem("folders_flattened", "T")]
    (item,) = chromium.read(made.data, "b").bookmarks
    assert item.folder == deep.folder[: tree.DEEPEST]


NAMED = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    | st.sampled_from('退{}"\\<\n\t'),
    min_size=1,
)
URL = NAMED.map(str.strip).filter(bool)
PATH = st.lists(st.sampled_from("ab") | NAMED, max_size=3).map(tuple)
ITEM = st.builds(BookmarkItem, NAMED, URL, PATH, st.just(()), st.integers(0, 9_999_999_999))


@given(st.lists(ITEM))
def test_the_way_there_and_back_keeps_all_but_tags(items: list[BookmarkItem]) -> None:
    made = chromium.write_bookmarks(items)
    root = tree.loads(made.data)
    assert root["checksum"] == tree.checksum(root)
    parsed = chromium.read(made.data, "b")
    assert sorted(parsed.bookmarks, key=repr) == sorted(items, key=repr)
    for folder in {item.folder for item in items}:
        kept = [one for one in parsed.bookmarks if one.folder == folder]
        assert kept == [one for one in items if one.folder == folder]
    assert parsed.problems == []
    numbers = [node["id"] for node in tree.walk(root)]
    assert len(numbers) == len(set(numbers)) == len({node["guid"] for node in tree.walk(root)})


@given(st.lists(ITEM, max_size=4))
def test_both_formats_of_browsers_hold_the_same(items: list[BookmarkItem]) -> None:
    ours = chromium.read(chromium.write_bookmarks(items).data, "b").bookmarks
    theirs = netscape.read(netscape.write_bookmarks(items).data, "b").bookmarks
    assert sorted(ours, key=repr) == sorted(theirs, key=repr)
