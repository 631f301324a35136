"""One card: what the customer may really need, what to ask, how to begin, what comes next."""

import html
import re

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from companion.session.prompting import Card, Line
from companion.ui.choice_rows import GAP, ChoiceRows
from companion.ui.parts import label, put_inside
from companion.ui.prompt_line import LineRow
from companion.ui.style import Tokens
from companion.ui.words import Words

EDGE = 16
_STEP = re.compile(r"\s*[；;]\s*")
_BETWEEN = "\u2002·\u2002"


class CardView(ChoiceRows[LineRow]):
    """Shows a card; one of its lines is chosen, first an opening."""

    picked = Signal(bool)
    """The chosen line was clicked; true with Ctrl held."""

    def __init__(self, words: Words, tokens: Tokens, keys: QObject) -> None:
        """``keys`` filters the events of every line."""
        super().__init__(words.say("prompt.card"), keys)
        self._words, self._tokens = words, tokens

    def show_card(self, card: Card) -> None:
        """Show a card, its first opening chosen."""
        rows = [LineRow(self._words, self._tokens, line) for line in card.lines]
        self._take_rows(rows, self._click)
        inside = QWidget()
        inside.setObjectName("inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(EDGE, 4, EDGE, GAP)
        column.setSpacing(GAP)
        self._add_need(column, card)
        if card.safety:
            column.addWidget(self._steps(card))
        if card.ask:
            column.addWidget(rows[0])
        self._add_lines(column, rows[1 if card.ask else 0 :])
        column.addLayout(self._rest(card))
        column.addStretch()
        put_inside(self, inside)
        self.verticalScrollBar().setValue(0)
        self._choose(1 if card.ask else 0)

    def line(self) -> Line | None:
        """The line that is chosen."""
        return self.rows[self._at].line if self.rows else None

    def scroll_lines(self, by: int) -> None:
        """Move what is shown by a few lines."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * 5 * self.fontMetrics().lineSpacing())

    def _click(self, at: int, copies: bool) -> None:
        self._choose(at)
        self.picked.emit(copies)

    def _add_need(self, column: QVBoxLayout, card: Card) -> None:
        key = "prompt.safety.need" if card.safety else "prompt.need"
        said = QLabel(
            f"<b>{html.escape(card.need)}</b>"
            f' <span style="color:{self._tokens.soft}">· {html.escape(card.emotion)}</span>'
        )
        said.setObjectName("need")
        said.setTextFormat(Qt.TextFormat.RichText)
        said.setWordWrap(True)
        column.addLayout(_stacked(label(self._words.say(key), "small"), said))

    def _steps(self, card: Card) -> QFrame:
        """What to do, one step a line: for when nobody has time to read."""
        block = QFrame()
        block.setObjectName("steps")
        lines = QVBoxLayout(block)
        lines.setContentsMargins(12, GAP, 12, GAP)
        lines.setSpacing(4)
        lines.addWidget(label(self._words.say("prompt.safety.steps"), "small"))
        for number, step in enumerate(_STEP.split(card.next), 1):
            line = QHBoxLayout()
            line.setSpacing(GAP)
            line.addWidget(label(str(number), "key"), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(step[:1].upper() + step[1:], wrap=True), 1)
            lines.addLayout(line)
        return block

    def _add_lines(self, column: QVBoxLayout, rows: list[LineRow]) -> None:
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(label(self._words.say("prompt.lines"), "small"))
        for row in rows:
            lines.addWidget(row)
        column.addLayout(lines)

    def _rest(self, card: Card) -> QGridLayout:
        """What comes next, and what would make it worse."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GAP)
        grid.setVerticalSpacing(GAP)
        grid.setColumnStretch(1, 1)
        # The steps of a safety card say it already.
        said = {} if card.safety else {"prompt.next": label(card.next, wrap=True)}
        said["prompt.avoid"] = _struck(card.avoid)
        for row, (key, part) in enumerate(said.items()):
            name = label(self._words.say(key), "small")
            name.setContentsMargins(0, 1, 0, 0)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(part, row, 1)
        return grid


def _stacked(*parts: QWidget) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(2)
    for part in parts:
        made.addWidget(part)
    return made


def _struck(texts: tuple[str, ...]) -> QLabel:
    """Words struck through, so that nobody takes them for an offer."""
    made = QLabel(_BETWEEN.join(f"<s>{html.escape(text)}</s>" for text in texts))
    made.setObjectName("avoid")
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(True)
    return made
