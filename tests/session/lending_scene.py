"""A made-up Chromium profile with bookmarks of its own, as a scene for tests of lending."""

from pathlib import Path

from companion.bookmarks.browsers import Browser
from companion.formats.items import BookmarkItem
from companion.session.lending import Lent, put
from companion.session.lent import Ledger

ITEMS = [
    BookmarkItem("查单", "https://order.test/", ("售后",)),
    BookmarkItem("家", "http://h.test/"),
]
OWN = [BookmarkItem("柜台", "https://desk.test/", ("台",)), BookmarkItem("网", "http://n.test/")]


def browser(profile: Path, name: str = "Chromium", engine: str = "chromium") -> Browser:
    return Browser(name, "我", str(profile), engine)


def state(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def lent(profile: Path, ledger: Ledger) -> bytes:
    """The file with ours in it."""
    assert put(browser(profile), ITEMS, "随席", ledger) == Lent(2)
    return (profile / "Bookmarks").read_bytes()


def sealed(profile: Path) -> bytes:
    """An encrypted twin of the plain file, as long as Chromium makes it."""
    return b"v10" + b"\x01" * (len((profile / "Bookmarks").read_bytes()) + 12)
