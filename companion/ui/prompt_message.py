"""The customer's words at the top of the prompt window: what the cards are about."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from companion.ui.words import Words

_LEAST, _MOST = 1, 4
_AROUND = 10
MOST_CHARACTERS = 4_000
"""Of a longer text, which is no message, the beginning."""


class Message(QPlainTextEdit):
    """A few lines that grow with their text; nothing of it can be got back once it is forgotten."""

    def __init__(self, words: Words, keys: QObject) -> None:
        """``keys`` filters its events."""
        super().__init__()
        self.setAccessibleName(words.say("prompt.message"))
        self.setPlaceholderText(words.say("prompt.message.hint"))
        self.setTabChangesFocus(True)
        self.installEventFilter(keys)
        self.textChanged.connect(self.fit)

    def begin(self, text: str) -> None:
        """Show a text from its beginning."""
        # Not insert: that could be undone, and so the field would remember what was there before.
        self.setPlainText(text[:MOST_CHARACTERS].strip())
        self.fit()

    def turn_to(self) -> None:
        """Give it the focus, behind what is there."""
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.setFocus()

    def at_end(self) -> bool:
        """Whether the cursor is in the last line, so that Down leads out of it."""
        cursor = self.textCursor()
        moved = QTextCursor(cursor)
        return not moved.movePosition(QTextCursor.MoveOperation.Down)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width the text has other lines."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Be as high as the text, within a few lines."""
        # QPlainTextEdit counts its height in lines, as they are broken now.
        needed = round(self.document().size().height())
        lines = max(_LEAST, min(_MOST, needed))
        margins = 2 * round(self.document().documentMargin())
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + margins + _AROUND)
        # One line that fits would have a bar, for the sake of what stands around it.
        off, on = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(on if needed > _MOST else off)
