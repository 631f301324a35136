"""Hearing on X11 that another program copies: Qt says when, its owner is asked without waiting."""

from companion.desk.clipboard import QtClipboard
from companion.desk.qt_copies import QtCopies
from companion.desk.x11_selection import TEXT, Reading, Selections

_CLIPBOARD = "CLIPBOARD"
_MOST_BYTES = 4
"""How many a character takes in UTF-8."""


class X11Copies(QtCopies):
    """The Copies port; ``ours`` knows what was copied here."""

    def __init__(self, ours: QtClipboard) -> None:
        super().__init__()
        self._ours = ours
        self._selections: Selections | None = None
        self._reading: Reading | None = None

    def from_here(self) -> bool:
        """Whether this process owns the clipboard, by what the server says."""
        return self._reader().owned(_CLIPBOARD)

    def text(self, most: int) -> str | None:
        """What its owner hands over, piece by piece; None until it has."""
        reader = self._reader()
        if self._reading is None:
            self._reading = reader.read([_CLIPBOARD], texts=_MOST_BYTES * most)
        if not reader.complete(self._reading):
            return None
        found = self._reading.formats[_CLIPBOARD].get(TEXT, b"").decode("utf-8", "replace")
        return "" if len(found) > most or self._ours.carries(found) else found

    def rest(self) -> None:
        """Ask no more, and forget what was read."""
        self._reading = None
        if self._selections is not None:
            self._selections.rest()

    def _reader(self) -> Selections:
        # A connection of its own: an insertion may be reading at the same time.
        if self._selections is None:
            self._selections = Selections()
        return self._selections
