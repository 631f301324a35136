"""A real Firefox imports what we export, and all that it writes itself is read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.bookmarks.browsers import Browser
from companion.bookmarks.running import is_running
from companion.formats import netscape
from companion.formats.items import BookmarkItem
from companion.formats.reading import read_path
from companion.session.browser_reading import read_from
from tests.e2e.asked_firefox import Firefox, firefox, needed

pytestmark = needed

# Firefox gives the tags of a bookmark in the order of the alphabet.
ITEMS = [
    BookmarkItem(
        "查订单 <A&B>", "https://order.test/?a=1&copy=2", ("售后",), ("b c", "急"), 1_700_000_000
    ),
    BookmarkItem(
        "物流 “快”", "https://wuliu.test/#/%E5%8D%95", ("售后", "快递"), (), 1_700_000_001
    ),
    BookmarkItem("引号 \"x\" 'y'", "https://q.test/%22", (), (), 1_700_000_002),
    BookmarkItem("emoji 🙂", "https://e.test/", ("空 格",), (), 1_700_000_003),
]
_IMPORT = """const {BookmarkHTMLUtils} = load("BookmarkHTMLUtils");
return BookmarkHTMLUtils.importFromFile(given[0]);"""
_MORE = """const {PlacesUtils} = load("PlacesUtils"), {bookmarks} = PlacesUtils;
await bookmarks.insert({parentGuid: bookmarks.toolbarGuid, type: bookmarks.TYPE_SEPARATOR});
await bookmarks.insert({parentGuid: bookmarks.toolbarGuid, title: "栏上", url: "https://bar.test/"});
await bookmarks.insert({parentGuid: bookmarks.menuGuid, title: "查询", url: "place:sort=8"});"""
_EXPORT = """const {BookmarkHTMLUtils} = load("BookmarkHTMLUtils");
const {BookmarkJSONUtils} = load("BookmarkJSONUtils"), [folder] = given;
await BookmarkHTMLUtils.exportToFile(`${folder}/own.html`);
await BookmarkJSONUtils.exportToFile(`${folder}/own.json`);
await BookmarkJSONUtils.exportToFile(`${folder}/own.jsonlz4`, {compress: true});"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Firefox, Path]]:
    folder = tmp_path_factory.mktemp("firefox")
    with firefox(folder / "profile") as running:
        exported = folder / "ours.html"
        exported.write_bytes(netscape.write_bookmarks(ITEMS).data)
        running.run(_IMPORT, str(exported))
        running.run(_MORE)
        running.run(_EXPORT, str(folder))
        yield running, folder


def ours(found: list[BookmarkItem]) -> list[BookmarkItem]:
    """Without what Firefox brings along, and what the test has added to it."""
    mine = {item.url for item in ITEMS}
    return sorted((one for one in found if one.url in mine), key=lambda one: one.added)


def test_what_we_export_is_in_a_running_firefox(browser: tuple[Firefox, Path]) -> None:
    profile = browser[1] / "profile"
    before = {path.name: path.stat().st_mtime_ns for path in profile.glob("places.sqlite*")}
    desk = Browser("Firefox", "x", str(profile), "firefox")
    parsed = read_from(desk)
    assert ours(parsed.bookmarks) == ITEMS
    assert {("售后",), ("售后", "快递"), ("空 格",)} <= set(parsed.folders)
    assert "https://bar.test/" in {one.url for one in parsed.bookmarks}
    assert "query_left_out" in {one.kind for one in parsed.problems}
    assert is_running(desk)
    # Nothing of the profile was touched, and nothing was left beside it.
    after = {path.name: path.stat().st_mtime_ns for path in profile.glob("places.sqlite*")}
    assert after == before


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("own.html", "netscape"),
        ("own.json", "firefox_json"),
        ("own.jsonlz4", "firefox_jsonlz4"),
    ],
)
def test_what_firefox_writes_itself_is_read(
    browser: tuple[Firefox, Path], name: str, format: str
) -> None:
    found, parsed = read_path(browser[1] / name, "bookmarks")
    assert found == format
    assert ours(parsed.bookmarks) == ITEMS
    assert "https://bar.test/" in {one.url for one in parsed.bookmarks}
    # In HTML it is an address like others, kept as it stands and never opened.
    kept = "place:sort=8" in {one.url for one in parsed.bookmarks}
    told = ("query_left_out", "查询") in {(one.kind, one.name) for one in parsed.problems}
    assert (kept, told) == ((True, False) if format == "netscape" else (False, True))


def test_a_firefox_that_has_ended_is_read_too(tmp_path: Path) -> None:
    with firefox(tmp_path / "profile") as running:
        exported = tmp_path / "ours.html"
        exported.write_bytes(netscape.write_bookmarks(ITEMS).data)
        running.run(_IMPORT, str(exported))
    desk = Browser("Firefox", "x", str(tmp_path / "profile"), "firefox")
    assert not is_running(desk)
    assert ours(read_from(desk).bookmarks) == ITEMS
    path = tmp_path / "profile" / "places.sqlite"
    assert ours(read_path(path, "bookmarks")[1].bookmarks) == ITEMS
