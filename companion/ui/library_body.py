"""The field for a phrase's text: its slots stand out, doubled braces step back."""

import re
from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit

from companion.profile.template import parse
from companion.ui.style import Tokens

_BRACES = re.compile(r"\{\{|\}\}|\{[^{}\n]*\}")


def slots_in(line: str) -> Iterator[tuple[int, int, bool]]:
    """Where something of a line is no plain text: from, to, and whether it is a slot.

    Whatever the syntax takes for more than text is a slot, also what only a newer one knows; the
    rest are braces that stand for themselves.
    """
    for found in _BRACES.finditer(line):
        said = found.group()
        if said in ("{{", "}}"):
            yield found.start(), found.end(), False
        elif any(not isinstance(part, str) for part in parse(said)):
            yield found.start(), found.end(), True


class _Marks(QSyntaxHighlighter):
    """Paints what slots_in() finds."""

    def __init__(self, document: QTextDocument, tokens: Tokens) -> None:
        super().__init__(document)
        self._slot, self._brace = QTextCharFormat(), QTextCharFormat()
        self._slot.setBackground(QColor(tokens.wash))
        self._slot.setForeground(QColor(tokens.accent))
        self._brace.setForeground(QColor(tokens.soft))

    def highlightBlock(self, text: str) -> None:
        """Paint one line."""
        for start, end, slot in slots_in(text):
            self.setFormat(start, end - start, self._slot if slot else self._brace)


class Body(QPlainTextEdit):
    """A text field that Tab leaves, and that says when it is left."""

    left = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(True)
        self._marks = _Marks(self.document(), tokens)

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        layout = self.textCursor().block().layout()
        return bool(layout is not None and layout.preeditAreaText())

    def text(self) -> str:
        """What is written, with every blank as it is: toPlainText() would make them all plain."""
        return self.document().toRawText().replace("\u2029", "\n")

    def put(self, text: str) -> None:
        """Show another text, with the cursor where it was as far as that can be."""
        if text == self.text():
            return
        at = self.textCursor().position() if self.hasFocus() else 0
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(text)))
        self.setTextCursor(cursor)

    def go_on(self) -> None:
        """Have the agent write on at the end."""
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.setFocus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It is left."""
        super().focusOutEvent(event)
        self.left.emit()
