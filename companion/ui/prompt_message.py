"""The customer's words at the top of the prompt window: what the cards are about."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor

from companion.ui.growing_text import GrowingText
from companion.ui.words import Words

MOST_CHARACTERS = 4_000
"""Of a longer text, which is no message, the beginning."""


class Message(GrowingText):
    """A few lines; nothing of them can be got back once they are forgotten."""

    def __init__(self, words: Words, keys: QObject) -> None:
        """``keys`` filters its events."""
        name, hint = words.say("prompt.message"), words.say("prompt.message.hint")
        super().__init__(name, hint, keys, lines=(1, 4), around=10)

    def begin(self, text: str) -> None:
        """Show a text from its beginning."""
        super().begin(text[:MOST_CHARACTERS].strip())

    def at_end(self) -> bool:
        """Whether the cursor is in the last line, so that Down leads out of it."""
        cursor = self.textCursor()
        moved = QTextCursor(cursor)
        return not moved.movePosition(QTextCursor.MoveOperation.Down)
