"""What the draft check offers for each sentence that it has marked: why, and how to say it."""

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from companion.empathy.drafts import Draft, Finding
from companion.ui.parts import label, put_inside
from companion.ui.prompt_style import repolish
from companion.ui.style import Tokens
from companion.ui.words import Words

EDGE, GAP = 16, 8
_SLOT = re.compile(r"\{[^{}]+\}")


class Advice(NamedTuple):
    """One marked sentence: what was found in it, and the first of that, which has its rewrite."""

    first: Finding
    found: tuple[Finding, ...]


def advice(draft: Draft) -> list[Advice]:
    """One for each sentence, in their order: the findings of a sentence share its rewrite."""
    made: list[Advice] = []
    for finding in draft.findings:
        if made and made[-1].first.rewrite == finding.rewrite:
            made[-1] = Advice(made[-1].first, (*made[-1].found, finding))
        else:
            made.append(Advice(finding, (finding,)))
    return made


class AdviceRow(QFrame):
    """The reasons, and the sentence as it would be said."""

    clicked = Signal()

    def __init__(self, words: Words, tokens: Tokens, number: int, text: str, one: Advice) -> None:
        super().__init__()
        self.setObjectName("line")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        reasons = [
            words.say("reply.reason", words=text[each.start : each.end], why=each.why)
            for each in one.found
        ]
        self.setAccessibleName("\n".join([*reasons, one.first.rewrite]))
        why = label("\n".join(dict.fromkeys(reasons)), "small", wrap=True)
        slot = rf'<span style="color:{tokens.amber}">\g<0></span>'
        said = QLabel(_SLOT.sub(slot, html.escape(one.first.rewrite)))
        said.setTextFormat(Qt.TextFormat.RichText)
        said.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(2)
        for part in (why, said):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, 6, GAP, 6)
        row.setSpacing(GAP)
        if number <= 9:
            row.addWidget(label(str(number), "key"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def mark(self, current: bool) -> None:
        """Show whether Enter means this one."""
        self.setProperty("current", current)
        repolish(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click takes it."""
        super().mouseReleaseEvent(event)
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()


class AdviceRows(QScrollArea):
    """The rows, one of which is chosen."""

    taken = Signal(object)
    """The Finding whose rewrite is taken."""

    def __init__(self, words: Words, tokens: Tokens, keys: QObject) -> None:
        """``keys`` filters the events of every row."""
        super().__init__()
        self._words, self._tokens, self._keys = words, tokens, keys
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(words.say("reply.advice"))
        self.rows: list[AdviceRow] = []
        self._advice: Sequence[Advice] = ()
        self._at = 0

    def show_draft(self, text: str, draft: Draft) -> None:
        """Show what was found in a text, the first chosen."""
        self._advice = advice(draft)
        self.rows = [
            AdviceRow(self._words, self._tokens, number, text, one)
            for number, one in enumerate(self._advice, 1)
        ]
        inside = QWidget()
        inside.setObjectName("inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(EDGE, GAP, EDGE, GAP)
        column.setSpacing(2)
        for at, row in enumerate(self.rows):
            row.installEventFilter(self._keys)
            row.clicked.connect(lambda at=at: self.take(at))
            column.addWidget(row)
        column.addStretch()
        put_inside(self, inside)
        self._choose(min(self._at, len(self.rows) - 1) if self.rows else 0)

    def forget(self) -> None:
        """Hold nothing of a reply any more."""
        self.rows, self._advice, self._at = [], (), 0
        put_inside(self, QWidget())

    def turn_to(self) -> None:
        """Give the focus to the row that is chosen."""
        if self.rows:
            self.rows[self._at].setFocus()
            self.ensureWidgetVisible(self.rows[self._at], 0, GAP)

    def go(self, by: int) -> bool:
        """Choose the next row or the one before; false where there is none."""
        if not 0 <= self._at + by < len(self.rows):
            return False
        self._choose(self._at + by)
        self.turn_to()
        return True

    def take(self, at: int | None = None) -> None:
        """Take the rewrite of a row, or of the one that is chosen."""
        at = self._at if at is None else at
        if at < len(self._advice):
            self._at = at
            self.taken.emit(self._advice[at].first)

    def _choose(self, at: int) -> None:
        self._at = at
        for number, row in enumerate(self.rows):
            row.mark(number == at)
