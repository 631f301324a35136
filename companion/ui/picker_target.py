"""Names the window that the text goes to, at the right of the picker's search line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from companion.ui.words import Words


class TargetName(QLabel):
    """A name shortened in the middle to its room; a screen reader reads the whole of it."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("small")
        self._words = words
        self._target: str | None = None
        self.gone = False
        """Whether that window is there no more, so that the text can only be copied."""
        self._pinned = False
        self._room = 0

    def name(self, target: str | None, gone: bool) -> bool:
        """Name a window, empty where it has no name, None for none; false where nothing changed."""
        before = self._target, self.gone
        self._target, self.gone = target, gone
        self._show()
        return before != (target, gone)

    @property
    def copies(self) -> bool:
        """Whether Enter can only copy: there is no window for the text to go to."""
        return self.gone or self._target is None

    def pin(self, pinned: bool) -> None:
        """Say whether the picker stays for this window."""
        self._pinned = pinned
        self._show()

    def fit(self, room: int) -> None:
        """Take at most so many pixels."""
        self._room = room
        self._show()

    def _show(self) -> None:
        said = self._said()
        if self._pinned:
            said = self._words.say("picker.pinned", target=said)
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(said, middle, self._room))
        self.setAccessibleName(said)

    def _said(self) -> str:
        if self.gone:
            return self._words.say("picker.target_gone")
        if self._target is None:
            return self._words.say("picker.no_target")
        if self._target:
            return self._words.say("picker.target", title=self._target)
        return self._words.say("picker.nameless_target")
