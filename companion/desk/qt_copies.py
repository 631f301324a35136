"""What hears other programs copy through Qt, which every desktop tells of each change."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication


class QtCopies:
    """The part of the Copies port that is the same wherever Qt hears of every change."""

    def __init__(self) -> None:
        self._clipboard = QGuiApplication.clipboard()
        self._changed: Callable[[], None] | None = None

    def listen(self, changed: Callable[[], None] | None) -> None:
        """Call changed each time the clipboard holds something else, ours too; None ends it."""
        if self._changed is not None:
            self._clipboard.dataChanged.disconnect(self._heard)
        self._changed = changed
        if changed is not None:
            self._clipboard.dataChanged.connect(self._heard)
        else:
            self.rest()

    def rest(self) -> None:
        """Nothing is held, where what stands there is read at once."""

    def _heard(self) -> None:
        # What was read is of what stood there before.
        self.rest()
        if self._changed is not None:
            self._changed()
