"""An agent's reply before it is sent, with a ground behind the words that the check has marked."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from companion.empathy.drafts import Draft
from companion.ui.draft_marks import SLOT, tier_colours
from companion.ui.growing_text import GrowingText
from companion.ui.style import Tokens
from companion.ui.words import Words

MOST_CHARACTERS = 500
"""Hardly anybody sends a longer reply; so much of it is checked between two keys."""
MOST_KEPT = 50_000
"""What is longer is no reply."""


class ReplyText(GrowingText):
    """Nothing of it can be got back once it is forgotten."""

    def __init__(self, words: Words, tokens: Tokens, keys: QObject) -> None:
        """``keys`` filters its events."""
        name, hint = words.say("reply.text"), words.say("reply.text.hint")
        super().__init__(name, hint, keys, lines=(2, 8), around=20)
        self._slots = set[str]()
        self._colours = tier_colours(tokens)

    def begin(self, text: str) -> None:
        """Show a text from its beginning; nothing leads back to what was there."""
        self._slots.clear()
        super().begin(text)

    def expect(self, text: str) -> None:
        """Take the slots of a text of ours as such; other braces are the agent's own."""
        self._slots |= set(SLOT.findall(text))

    def put(self, text: str) -> None:
        """Say all of it otherwise; Ctrl+Z leads back."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def mark(self, draft: Draft) -> None:
        """Lay a ground behind what was found in the text as it is now."""
        text, marks = self.toPlainText(), []
        for finding in draft.findings:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._cursor(text, finding.start, finding.end)
            look = QTextCharFormat()
            colour, ground = self._colours[finding.tier]
            look.setForeground(QColor(colour))
            look.setBackground(QColor(ground))
            mark.format = look
            marks.append(mark)
        self.setExtraSelections(marks)

    def choose_slot(self) -> str:
        """Select the first slot that is still to be filled in; it, or empty where there is none."""
        text = self.toPlainText()
        slots = [slot for slot in SLOT.finditer(text) if slot[0] in self._slots]
        if not slots:
            return ""
        self.setTextCursor(self._cursor(text, *slots[0].span()))
        self.setFocus()
        return slots[0][0]

    def _cursor(self, text: str, start: int, end: int) -> QTextCursor:
        """A cursor over code points; Qt counts in units of UTF-16."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(text[:start]))
        cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
