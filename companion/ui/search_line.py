"""The picker's search line: what is still being composed by an input method is searched for too."""

import re

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit

from companion.ui.composing import guesses

_SCOPE = re.compile(r"^\s*[@＠]\S*\s*")


class SearchLine(QLineEdit):
    """A line of text whose last word may still be in the hands of an input method."""

    sought = Signal()
    """There is something else to look for."""
    listening = Signal()
    """Keys arrive here, and an input method that is there has been told so."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._composed = self._last = ""
        self.textChanged.connect(lambda _text: self._seek())

    @property
    def composing(self) -> bool:
        """Whether an input method has something here that it may still change."""
        return bool(self._composed)

    def queries(self) -> list[str]:
        """What to look for: the text, and what is being composed where it would go.

        There are several where that may stand for several, the likeliest first.
        """
        at = self.cursorPosition()
        before, after = self.text()[:at], self.text()[at:]
        return [before + guess + after for guess in guesses(self._composed)]

    def below(self) -> QPoint:
        """The point of the screen below its left end."""
        return self.mapToGlobal(self.rect().bottomLeft())

    def query(self) -> str:
        """The likeliest of these."""
        return self.queries()[0]

    def begin(self) -> None:
        """Empty the line, whatever an input method was about to put into it."""
        if self._composed:
            QGuiApplication.inputMethod().reset()
        self._composed = self._last = ""
        # Not clear(): that can be undone, and so the line would remember what was typed.
        self.setText("")

    def drop_scope(self) -> None:
        """Take away the part that says where to look, and keep what to look for."""
        self.setText(_SCOPE.sub("", self.text()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so when this is all done: input methods are told of a new focus last."""
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self.listening.emit)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what is composed or committed, and look for it."""
        # First, since a commit changes the text, and the query is asked for at once.
        self._composed = event.preeditString()
        super().inputMethodEvent(event)
        self._seek()

    def _seek(self) -> None:
        query = self.query()
        if query != self._last:
            self._last = query
            self.sought.emit()
