"""What the windows for double and for dead links share: one by one, each is settled."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QPushButton

from companion.session.bookmark_checks import Spot
from companion.ui.bookmarks_line import apart
from companion.ui.finding import Finding, listing
from companion.ui.parts import button
from companion.ui.style import Tokens
from companion.ui.words import Words

_I = TypeVar("_I")


class Checks(Finding, Generic[_I]):
    """What was found at the left, one of it at the right; what is settled leaves the list."""

    acted = Signal(str, dict)
    """An act of session.bookmark_edits by its name, with what it is to be done to."""

    def __init__(self, words: Words, tokens: Tokens, title: str, names: str) -> None:
        super().__init__(words, tokens, title)
        self.found: list[_I] = []
        self._before: list[tuple[list[_I], int]] = []
        self.items = listing(names)
        self.items.currentRowChanged.connect(lambda _row: self._show_item())
        self.undo = button(f"{words.say('library.undo')}  Ctrl Z", "link", self.undo_wanted.emit)
        self.undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.skip = button(words.say("library.dup.skip"), "", self._skip)

    @property
    def item(self) -> _I | None:
        """What is chosen at the left."""
        row = self.items.currentRow()
        return self.found[row] if 0 <= row < len(self.found) else None

    def take_back(self) -> None:
        """What was settled last is there again."""
        if self._before:
            found, row = self._before.pop()
            self._list(found, row)

    # ---- what each window has of its own

    def _line(self, item: _I) -> str:
        """What stands at the left."""
        raise NotImplementedError

    def _show_item(self) -> None:
        """Show at the right what is chosen."""
        raise NotImplementedError

    def _sum(self) -> tuple[str, str]:
        """What is said of all that is left, and in small print."""
        raise NotImplementedError

    def _buttons(self) -> Sequence[QPushButton]:
        """What can be done with what is chosen."""
        raise NotImplementedError

    # ---- for both

    def _begin(self, found: Sequence[_I]) -> None:
        self._before.clear()
        self._list(list(found), 0)

    def _list(self, found: list[_I], row: int) -> None:
        self.found = found
        self.items.blockSignals(True)
        self.items.clear()
        for item in found:
            self.items.addItem(QListWidgetItem(self._line(item)))
        self.items.blockSignals(False)
        self.items.setCurrentRow(min(row, len(found) - 1))
        self._show_item()
        heading, text = self._sum()
        self.heading.setText(heading)
        self.text.setText(text)
        self._page(searching=False)
        if found:
            self.items.setFocus()

    def _settle(self, gone: Sequence[_I], name: str, facts: dict[str, Any]) -> None:
        """Have an act done, and list no more what it settles."""
        self._before.append((self.found, max(0, self.items.currentRow())))
        self.acted.emit(name, facts)
        self._list([item for item in self.found if item not in gone], self._before[-1][1])

    def _skip(self) -> None:
        item = self.item
        if item is not None:
            rest = [one for one in self.found if one is not item]
            self._list(rest, self.items.currentRow())

    def _empty(self) -> None:
        self.found = []
        self._before.clear()
        self.items.clear()

    def _listed(self) -> bool:
        return bool(self.found)

    def _page(self, searching: bool) -> None:
        super()._page(searching)
        for one in (self.skip, *self._buttons()):
            one.setVisible(self._listed() and not searching)
        self.undo.setVisible(bool(self._before) and not searching)


def path_of(words: Words, spot: Spot) -> str:
    """The folders that a bookmark stands in, for people."""
    return " / ".join(map(apart, spot.path)) or words.say("marks.loose")
