"""What this desk's input methods and browsers have of the agent's for a shift, and taking it back.

Every call may block: never on the GUI thread.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from companion.bookmarks.browsers import Browser
from companion.desk.ports import Programs
from companion.errors import CompanionError
from companion.formats.items import BookmarkItem, PhraseItem
from companion.input_methods import putting
from companion.input_methods.finding import InputMethod
from companion.input_methods.ledger import Ledger
from companion.phrases.pinyin import coded, initials
from companion.session import lending, lent, returning
from companion.session.remaining import TITLE, Remaining, TakenBack, is_lent

Lender = InputMethod | Browser
"""What of this desk can be lent to."""
_Taken = tuple[int, list[Remaining], list[tuple[str, BookmarkItem]]]

# The app's windows and the shell work on the same ledgers: what one begins, the other waits for.
_TURN = threading.Lock()
# Sogou, Rime and the others take codes of this length.
_LONGEST_CODE = 32


class DeskLoans:
    """Two ledgers in a folder of this desk, written before anything is put anywhere.

    They hold places and hashes, and no word of the agent's: they outlast a crash, and whoever
    starts Companion next takes back what they name.
    """

    def __init__(self, folder: Path, programs: Programs) -> None:
        self._folder, self._programs = folder, programs
        self._methods = Ledger(folder / "input-methods")
        self._browsers = lent.Ledger(folder / "browsers")

    def any(self) -> bool:
        """Whether anything is lent, or may be; see remaining.is_lent()."""
        return is_lent(self._folder)

    def methods(self) -> list[str]:
        """The input methods that have phrases of the agent. Raises FileUnreadable."""
        return [note.name for note in self._methods.notes()]

    def folders(self) -> list[str]:
        """The folders of the browsers that have bookmarks of the agent. Raises FileUnreadable."""
        return [loan.folder for loan in self._browsers.notes()]

    def counts(self) -> tuple[Counter[str], Counter[str]]:
        """How many phrases each input method has, by its name, and how many bookmarks each folder
        of a browser. Raises FileUnreadable.
        """
        phrases, bookmarks = Counter[str](), Counter[str]()
        for note in self._methods.notes():
            phrases[note.name] += len(note.ours)
        for loan in self._browsers.notes():
            bookmarks[loan.folder] += loan.count
        return phrases, bookmarks

    def put_phrases(self, method: InputMethod, items: Iterable[PhraseItem]) -> putting.Put:
        """Put phrases into an input method, in the place of those put there before.

        One without a code gets the initials of its title. Raises as putting.put() does.
        """
        coded_items = [with_code(item) for item in items]
        with _TURN:
            return putting.put(method, coded_items, self._methods, self._programs)

    def put_bookmarks(
        self,
        browser: Browser,
        items: Sequence[BookmarkItem],
        owner: str,
        even_synced: bool = False,
    ) -> lending.Lent:
        """Put bookmarks of the profile ``owner`` into a browser's own file, in a folder of its
        own; see lending.put().
        """
        with _TURN:
            return lending.put(browser, items, TITLE, self._browsers, even_synced, owner=owner)

    def take_back(self, only: Lender | None = None) -> TakenBack:
        """Take everything back that can be, or only from one. Never raises: what stays is said."""
        gone, remains, added = 0, list[Remaining](), list[tuple[str, BookmarkItem]]()
        steps: list[tuple[str, Callable[[], _Taken]]] = []
        if not isinstance(only, Browser):
            steps.append(("input_methods", lambda: self._from_methods(only.name if only else "")))
        if not isinstance(only, InputMethod):
            steps.append(("browsers", lambda: self._from_browsers(only.folder if only else "")))
        for where, take in steps:
            try:
                with _TURN:
                    went, left, new = take()
            except CompanionError:
                remains.append(Remaining(where, "loans.unreadable"))
            else:
                gone += went
                remains += left
                added += new
        return TakenBack(gone, tuple(remains), tuple(added))

    def _from_methods(self, only: str) -> _Taken:
        report = putting.take_out(self._methods, self._programs, only=only)
        left = [Remaining(name, f"remains.{why}") for name, why in report.remains]
        return len(report.gone), left, []

    def _from_browsers(self, only: str) -> _Taken:
        returned = returning.take_out(self._browsers, only)
        left = [
            Remaining(one.browser, f"browser.remains.{one.remains.value}", one.profile)
            for one in returned
            if one.remains is not None
        ]
        added = [(one.owner, item) for one in returned for item in one.added]
        return len(returned) - len(left), left, added


def with_code(item: PhraseItem) -> PhraseItem:
    """The phrase with a code to type: its own, or the initials of its title."""
    if item.abbr.strip():
        return item
    letters = "".join(sign for sign in initials(coded(item.title)).lower() if sign.isascii())
    code = "".join(sign for sign in letters if sign.isalpha())
    return replace(item, abbr=code[:_LONGEST_CODE])
