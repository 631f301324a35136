"""Lends this desk's browser the agent's bookmarks for a shift: one folder in the browser's file."""

import json
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

import msgspec

from companion.bookmarks.browsers import Browser
from companion.bookmarks.opening import openable
from companion.bookmarks.running import is_running
from companion.errors import FileTooLarge, FileUnreadable, FileUnwritable
from companion.formats import chromium
from companion.formats import chromium_tree as tree
from companion.formats.bundle import read_bytes
from companion.formats.items import BookmarkItem, Problem
from companion.notes import hashed
from companion.session.browser_reading import SEAL_BYTES, SEALED
from companion.session.lent import Ledger, Loan
from companion.session.returning import take_back
from companion.whole_file import rewrite

# Those whose file this was tried on, or that write it by the same source code. Firefox's database
# has triggers, counters and a sync of its own, which only Firefox itself keeps right.
WRITABLE = ("Chromium", "Chrome", "Edge", "Brave")


class Refusal(Enum):
    """Why a browser's file was not written; resources/i18n has the words (browser.refused.X)."""

    RUNNING = "running"
    NOT_WRITABLE = "not_writable"
    SYNCED = "synced"
    SEALED = "sealed"
    UNKNOWN = "unknown"
    ALREADY = "already"


@dataclass(frozen=True)
class Lent:
    """How many bookmarks the browser has now; ``problems`` names what was left out."""

    count: int = 0
    problems: list[Problem] = field(default_factory=list)
    refused: Refusal | None = None


def put(
    browser: Browser,
    items: Sequence[BookmarkItem],
    title: str,
    ledger: Ledger,
    even_synced: bool = False,
    *,
    owner: str = "",
) -> Lent:
    """Put bookmarks of the profile ``owner`` into a folder called ``title`` at the end of the
    bookmarks bar.

    The ledger knows of it before the browser's file does. A browser that somebody has signed in to
    would carry the bookmarks to that account, where no sign-out of ours reaches: it is refused,
    unless the agent says so. Raises FileUnreadable, FileTooLarge, FileUnwritable.
    """
    file = Path(browser.folder) / "Bookmarks"
    data = _held(file)
    lent = any(loan.folder == browser.folder for loan in ledger.notes())
    refused = _refusal(browser, data, lent, even_synced)
    if refused:
        return Lent(refused=refused)
    root = tree.loads(data) if data else tree.empty()
    good = [item for item in items if openable(item.url)]
    problems = [Problem("address_left_out", one.title) for one in items if not openable(one.url)]
    first = tree.highest_id(root) + 1
    salt = str(uuid.uuid4())
    # Our own folder is one level by itself.
    shortened = [replace(item, folder=item.folder[: tree.DEEPEST - 1]) for item in good]
    inside, _ = chromium.nodes_of(shortened, first + 1, salt)
    ours = tree.folder(title, first, str(uuid.uuid4()), inside)
    tree.children(root["roots"]["bookmark_bar"]).append(ours)
    after = tree.dumps(root)
    loan = msgspec.structs.replace(_loan(browser, data, after, ours, ledger), owner=owner)
    ledger.add(loan)
    # One that was opened and closed meanwhile may have written its file.
    if is_running(browser) or _held(file) != data:
        ledger.drop(loan)
        return Lent(refused=Refusal.RUNNING)
    try:
        for name in loan.moved:
            (file.parent / name).unlink()
        rewrite(file, after)
    except OSError as error:
        take_back(loan, ledger)
        raise FileUnwritable(place=str(file), reason=type(error).__name__) from error
    return Lent(len(good), problems)


def signed_in(browser: Browser) -> bool:
    """Whether somebody has signed in to this browser, so that it may carry bookmarks elsewhere."""
    with suppress(OSError, ValueError, RecursionError, AttributeError):
        said = json.loads((Path(browser.folder) / "Preferences").read_bytes())
        return bool(said.get("account_info")) or bool(
            said.get("google", {}).get("services", {}).get("account_id")
        )
    return False


def refusal(browser: Browser, even_synced: bool = False) -> Refusal | None:
    """Why the browser's file would not be written now, whether it has something of ours or not.

    One that cannot be read is unknown.
    """
    file = Path(browser.folder) / "Bookmarks"
    try:
        data = _held(file)
    except (FileUnreadable, FileTooLarge, OSError):
        return Refusal.UNKNOWN
    return _refusal(browser, data, False, even_synced)


def _held(file: Path) -> bytes:
    """What a file holds, nothing where it is not there."""
    return read_bytes(file) if file.exists() else b""


def _refusal(browser: Browser, data: bytes, lent: bool, even_synced: bool) -> Refusal | None:
    if browser.browser not in WRITABLE or browser.engine != "chromium":
        return Refusal.NOT_WRITABLE
    if is_running(browser):
        return Refusal.RUNNING
    if lent:
        return Refusal.ALREADY
    if not _is_what_is_read(Path(browser.folder), data):
        return Refusal.SEALED
    try:
        root = tree.loads(data) if data else tree.empty()
        known = isinstance(root["roots"]["bookmark_bar"]["children"], list)
        # A relative of Chromium that sums up otherwise would find our sum wrong.
        known = known and (not data or root.get("checksum") == tree.checksum(root))
        tree.dumps(root)
    except (ValueError, RecursionError, LookupError, TypeError):
        known = False
    if not known:
        return Refusal.UNKNOWN
    if not even_synced and (root.get("sync_metadata") or signed_in(browser)):
        return Refusal.SYNCED
    return None


def _is_what_is_read(folder: Path, data: bytes) -> bool:
    """Whether the browser reads the plain file: where an encrypted one is, it must say the same.

    Nobody but the browser can open that one, but it is a little longer than what is in it.
    """
    sealed = [folder / name for name in SEALED[:1] if (folder / name).is_file()]
    return all(data and one.stat().st_size - len(data) in SEAL_BYTES for one in sealed)


def _loan(browser: Browser, data: bytes, after: bytes, ours: tree.Node, ledger: Ledger) -> Loan:
    folder = Path(browser.folder)
    sealed = {
        name: (folder / name).read_bytes()
        for one in SEALED
        for name in (one, f"{one}.bak")
        if (folder / name).is_file()
    }
    # Without its encrypted twin the plain file is read in every version, and the twin made anew.
    moved = {name: ledger.keep(sealed[name]) for name in SEALED[:1] if name in sealed}
    return Loan(
        browser=browser.browser,
        profile=browser.profile,
        folder=browser.folder,
        guids=tuple(node["guid"] for node in tree.below(ours)),
        before=hashed(data) if data else "",
        after=hashed(after),
        copy=ledger.keep(data) if data else "",
        sealed={name: hashed(held) for name, held in sealed.items()},
        moved=moved,
        count=sum(node.get("type") == "url" for node in tree.below(ours)),
    )
