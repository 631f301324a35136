"""Takes back out of a browser's files what was lent to it, and nothing else."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path

from companion.bookmarks.browsers import Browser
from companion.bookmarks.running import is_running
from companion.errors import FileTooLarge, FileUnreadable, FileUnwritable
from companion.formats import chromium_tree as tree
from companion.formats.bundle import read_bytes
from companion.formats.items import BookmarkItem
from companion.notes import drop_drafts, hashed
from companion.session.browser_reading import SEAL_BYTES, SEALED
from companion.session.lent import Ledger, Loan
from companion.whole_file import rewrite, write_whole

# One may begin within what looks like another.
_GUID = re.compile(rb"(?=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))")
# What a browser that was killed in the middle of saving leaves behind.
_DRAFTS = ("*.tmp", ".org.chromium.Chromium.*", ".com.google.Chrome.*")


class Remains(Enum):
    """Why something of ours is still there; resources/i18n has the words (browser.remains.X)."""

    RUNNING = "running"
    SEALED = "sealed"
    UNKNOWN = "unknown"
    UNWRITABLE = "unwritable"


@dataclass(frozen=True)
class Returned:
    """How one browser stands after a sign-out; nothing of ours is left where nothing ``remains``.

    ``added`` is what the agent put into our folder during the shift: it went with the folder, and
    is the agent's to keep, whose profile is ``owner``. It is held in memory only.
    """

    browser: str
    profile: str
    folder: str
    remains: Remains | None = None
    added: list[BookmarkItem] = field(default_factory=list)
    owner: str = ""


def take_out(ledger: Ledger, only: str = "") -> list[Returned]:
    """Take back all that is lent, or only what the browser's folder of that name has. Raises
    FileUnreadable where the ledger cannot be read.

    To be called again for what remains: once the browser is closed, at the next start.
    """
    returned = [take_back(loan, ledger) for loan in ledger.notes() if only in ("", loan.folder)]
    ledger.tidy()
    return returned


def take_back(loan: Loan, ledger: Ledger) -> Returned:
    """Take back one loan; it is dropped from the ledger when nothing of it is left."""
    returned = Returned(loan.browser, loan.profile, loan.folder)
    browser = Browser(loan.browser, loan.profile, loan.folder)
    if is_running(browser):
        return Returned(loan.browser, loan.profile, loan.folder, Remains.RUNNING)
    try:
        remains = _take_back(loan, ledger, returned.added)
    except (FileTooLarge, ValueError, RecursionError):
        remains = Remains.UNKNOWN
    except (FileUnreadable, OSError):
        remains = Remains.UNWRITABLE
    if remains is None and is_running(browser):
        # It may have read its file while ours was in it, and will write that again.
        remains = Remains.RUNNING
    if remains is None:
        # A note that stays costs nothing: whoever takes back next finds nothing, and drops it.
        with suppress(FileUnreadable, FileUnwritable):
            ledger.drop(loan)
    facts = (loan.browser, loan.profile, loan.folder, remains, returned.added, loan.owner)
    return Returned(*facts)


class _Ours:
    """What of a loan is ours, and what among that is the desk's own."""

    def __init__(self, loan: Loan, ledger: Ledger) -> None:
        self._loan, self._ledger = loan, ledger
        self.folder = loan.guids[0]
        self.guids = frozenset(loan.guids)

    @cached_property
    def spared(self) -> frozenset[str]:
        """The guids of the desk's own bookmarks: one may have been moved into our folder."""
        original = self._ledger.kept(self._loan.copy, self._loan.before)
        if original is None:
            return frozenset()
        return frozenset(str(node.get("guid")) for node in tree.walk(tree.loads(original)))

    def are_in(self, data: bytes) -> bool:
        """Whether anything of ours is in a file; in one look, however many there are."""
        return any(found[1].decode() in self.guids for found in _GUID.finditer(data))


def _take_back(loan: Loan, ledger: Ledger, added: list[BookmarkItem]) -> Remains | None:
    folder, ours = Path(loan.folder), _Ours(loan, ledger)
    file = folder / "Bookmarks"
    data = read_bytes(file) if file.is_file() else b""
    agree = _agree(folder, loan, data)
    restored = (hashed(data) if data else "") == loan.before
    if data and hashed(data) == loan.after:
        restored = _restore(file, loan, ledger)
    if data and not restored:
        _strip(file, ours, added)
    for other in _others(folder):
        _strip(other, ours, [])
    drop_drafts(folder)
    for pattern in _DRAFTS:
        for draft in folder.glob(pattern):
            if draft.is_file() and ours.are_in(read_bytes(draft)):
                draft.unlink()
    if not agree:
        return Remains.SEALED
    _drop_sealed(folder, loan)
    if restored:
        for name, copy in loan.moved.items():
            held = ledger.kept(copy, loan.sealed[name])
            if held is not None and not (folder / name).exists():
                write_whole(folder / name, held)
    left = [one for one in (file, *_others(folder)) if one.is_file()]
    return Remains.UNKNOWN if any(ours.are_in(read_bytes(one)) for one in left) else None


def _agree(folder: Path, loan: Loan, data: bytes) -> bool:
    """Whether the browser has the same in its plain file as in the encrypted one beside it.

    Where it has not, newer bookmarks of the desk may be in the encrypted one alone.
    """
    changed = [name for name in _sealed_now(folder, loan) if not name.endswith(".bak")]
    sizes = [(folder / name).stat().st_size for name in changed if name == SEALED[0]]
    return not changed or (bool(data) and all(size - len(data) in SEAL_BYTES for size in sizes))


def _sealed_now(folder: Path, loan: Loan) -> list[str]:
    """The encrypted files that are not what they were: what is in them nobody else can see."""
    names = [name for one in SEALED for name in (one, f"{one}.bak") if (folder / name).is_file()]
    return [name for name in names if hashed(read_bytes(folder / name)) != loan.sealed.get(name)]


def _drop_sealed(folder: Path, loan: Loan) -> None:
    """Without them the browser reads its plain file, and makes them anew from that."""
    for name in _sealed_now(folder, loan):
        (folder / name).unlink()


def _restore(file: Path, loan: Loan, ledger: Ledger) -> bool:
    """The file as it was, byte for byte; the browser has not written it since."""
    if not loan.before:
        file.unlink()
        return True
    original = ledger.kept(loan.copy, loan.before)
    if original is None:
        return False
    rewrite(file, original)
    return True


def _strip(file: Path, ours: _Ours, added: list[BookmarkItem]) -> None:
    """Take our nodes out of a file, and tell what the agent has added to them."""
    data = read_bytes(file)
    if not ours.are_in(data):
        return
    left, taken = tree.without(tree.loads(data), ours.guids, ours.spared)
    for node in taken:
        added += _added(node, ours)
    rewrite(file, tree.dumps(left))


def _added(node: tree.Node, ours: _Ours) -> Iterator[BookmarkItem]:
    stack: list[tuple[tree.Node, tuple[str, ...]]] = [(node, ())]
    while stack:
        one, path = stack.pop()
        guid, title = str(one.get("guid")), str(one.get("name", ""))
        if guid in ours.spared:
            continue
        if one.get("type") == "url" and guid not in ours.guids:
            url = str(one.get("url", ""))
            yield BookmarkItem(title or url, url, path, added=tree.seconds(one))
        # Our folder's own name is not part of the agent's paths.
        inside = path if guid == ours.folder else (*path, title)
        stack += [(c, inside) for c in reversed(tree.children(one)) if isinstance(c, dict)]


def _others(folder: Path) -> list[Path]:
    """What else Chromium keeps of its plain file: the backup, and snapshots from its updates."""
    found = list(folder.glob("*Bookmarks*"))
    with suppress(OSError):
        found += (folder.parent / "Snapshots").glob(f"*/{folder.name}/*Bookmarks*")
    sealed = {name for one in SEALED for name in (one, f"{one}.bak")}
    plain = [one for one in found if one.is_file() and one.name not in sealed]
    return [one for one in plain if one != folder / "Bookmarks"]
