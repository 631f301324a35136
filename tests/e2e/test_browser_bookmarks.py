"""A real Chromium is lent bookmarks for a shift, and has none of them after it."""

from pathlib import Path

import pytest

from companion.bookmarks.browsers import Browser
from companion.formats import chromium_tree as tree
from companion.formats.items import BookmarkItem
from companion.session.browser_reading import read_from
from companion.session.lending import Lent, Refusal, put
from companion.session.lent import Ledger
from companion.session.returning import Remains, take_out
from tests.e2e.piped_chromium import chromium, needed

pytestmark = needed

ITEMS = [
    BookmarkItem("查订单 <A&B>", "https://order.test/?a=1&b=2", ("售后",), (), 1_700_000_000),
    BookmarkItem("物流", "https://wuliu.test/", ("售后", "快递")),
    BookmarkItem("首页", "https://home.test/"),
]
OURS = ["随席", "售后", "查订单 <A&B>", "快递", "物流", "首页"]
OWN = ["柜台", "工具", "内网"]
WORDS = ["随席", "查订单", "wuliu.test", "order.test"]


@pytest.fixture
def desk(tmp_path: Path) -> Browser:
    """A profile that has bookmarks of its own."""
    data = tmp_path / "data"
    with chromium(data) as browser:
        browser.create("1", "柜台", "https://desk.test/退款")
        folder = browser.create("2", "工具")
        browser.create(folder, "内网", "http://intranet.test/")
    return Browser("Chromium", "我", str(data / "Default"))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "home" / "lent")


def files(desk: Browser) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(desk.folder).glob("*Bookmarks*")}


def holds_ours(desk: Browser) -> list[str]:
    """The files of the whole profile in which a word of ours can be read."""
    words = [word.encode(code) for word in WORDS for code in ("utf-8", "utf-16-le")]
    return [
        str(path.relative_to(desk.folder))
        for path in sorted(Path(desk.folder).rglob("*"))
        if path.is_file() and any(word in path.read_bytes() for word in words)
    ]


def test_lent_seen_and_taken_back_to_the_byte(desk: Browser, ledger: Ledger) -> None:
    before = files(desk)
    assert put(desk, ITEMS, "随席", ledger) == Lent(3)
    (noted,) = (file.read_text("utf-8") for file in ledger.folder.glob("*.note"))
    assert not any(word in noted for word in [*WORDS, *OWN, "http"])
    with chromium(Path(desk.folder).parent) as browser:
        assert browser.titles() == ["柜台", *OURS, "工具", "内网"]
        folder = browser.tree()[0][1]["children"]
        assert [one.get("url") for one in folder] == [None, "https://home.test/"]
        assert folder[0]["children"][0]["url"] == "https://order.test/?a=1&b=2"
        assert folder[0]["children"][0]["dateAdded"] == 1_700_000_000_000
    assert [(one.remains, one.added) for one in take_out(ledger)] == [(None, [])]
    assert files(desk)["Bookmarks"] == before["Bookmarks"]
    assert holds_ours(desk) == []
    assert not ledger.folder.exists()
    with chromium(Path(desk.folder).parent) as browser:
        assert browser.titles() == OWN


def test_without_a_start_between_everything_is_as_it_was(desk: Browser, ledger: Ledger) -> None:
    before = files(desk)
    put(desk, ITEMS, "随席", ledger)
    assert files(desk) != before
    take_out(ledger)
    assert files(desk) == before


def test_a_busy_shift_leaves_the_desk_its_own(desk: Browser, ledger: Ledger) -> None:
    put(desk, ITEMS, "随席", ledger)
    with chromium(Path(desk.folder).parent) as browser:
        ours = browser.tree()[0][1]["id"]
        browser.create("1", "新的", "https://new.test/")
        browser.create(ours, "班上加的", "https://mine.test/")
        # One of ours goes out of our folder, one of the desk's own goes in.
        browser.move("首页", "2")
        browser.move("柜台", ours)
    (returned,) = take_out(ledger)
    assert returned.remains is None
    assert [(one.title, one.url) for one in returned.added] == [("班上加的", "https://mine.test/")]
    assert holds_ours(desk) == []
    assert "EncryptedBookmarks2" not in files(desk)
    data = files(desk)["Bookmarks"]
    root = tree.loads(data)
    assert (tree.checksum(root), tree.dumps(root)) == (root["checksum"], data)
    with chromium(Path(desk.folder).parent) as browser:
        assert sorted(browser.titles()) == sorted([*OWN, "新的"])
    # What it read needed no mending: it had nothing to save.
    assert files(desk)["Bookmarks"] == data


def test_a_running_browser_is_left_alone_and_told(desk: Browser, ledger: Ledger) -> None:
    with chromium(Path(desk.folder).parent):
        assert put(desk, ITEMS, "随席", ledger) == Lent(refused=Refusal.RUNNING)
        assert read_from(desk).bookmarks[0].title == "柜台"
    assert not ledger.folder.exists()
    put(desk, ITEMS, "随席", ledger)
    assert put(desk, ITEMS, "随席", ledger) == Lent(refused=Refusal.ALREADY)
    with chromium(Path(desk.folder).parent) as browser:
        (returned,) = take_out(ledger)
        assert returned.remains is Remains.RUNNING
        assert "首页" in browser.titles()
    assert [one.remains for one in take_out(ledger)] == [None]
    assert holds_ours(desk) == []


def test_a_killed_browser_is_no_running_one(desk: Browser, ledger: Ledger) -> None:
    put(desk, ITEMS, "随席", ledger)
    with chromium(Path(desk.folder).parent) as browser:
        browser.create("1", "新的", "https://new.test/")
        browser.process.kill()
        browser.process.wait(20)
    assert (Path(desk.folder).parent / "SingletonLock").is_symlink()
    assert [one.remains for one in take_out(ledger)] == [None]
    assert holds_ours(desk) == []


def test_a_profile_without_bookmarks_is_as_bare_afterwards(tmp_path: Path, ledger: Ledger) -> None:
    with chromium(tmp_path / "data"):
        pass
    desk = Browser("Chromium", "我", str(tmp_path / "data" / "Default"))
    assert "Bookmarks" not in files(desk)
    put(desk, ITEMS, "随席", ledger)
    with chromium(tmp_path / "data") as browser:
        assert browser.titles() == OURS
    take_out(ledger)
    assert "Bookmarks" not in files(desk)
    with chromium(tmp_path / "data") as browser:
        assert browser.titles() == []
