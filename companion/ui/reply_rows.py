"""What the draft check offers for each sentence that it has marked: why, and how to say it."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from companion.empathy.draft_rules import sentences
from companion.empathy.drafts import Draft, Finding
from companion.ui.choice_rows import GAP, ChoiceRow, ChoiceRows
from companion.ui.draft_marks import slots_marked
from companion.ui.parts import label, put_inside
from companion.ui.style import Tokens
from companion.ui.words import Words

EDGE = 16
MOST_ROWS = 9
"""A key is there for each, and more would take longer to show than one may wait for a key."""


class Advice(NamedTuple):
    """One marked sentence: what was found in it, and the first of that, which has its rewrite."""

    first: Finding
    found: tuple[Finding, ...]


def advice(text: str, draft: Draft) -> list[Advice]:
    """One for each sentence, in their order: the findings of a sentence share its rewrite."""
    made: dict[tuple[int, int], Advice] = {}
    spans = sentences(text)
    for finding in draft.findings:
        span = next((one for one in spans if one[0] <= finding.start < one[1]), (0, 0))
        before = made.get(span)
        found = (*before.found, finding) if before is not None else (finding,)
        made[span] = Advice(found[0], found)
    return list(made.values())


class AdviceRow(ChoiceRow):
    """The reasons, and the sentence as it would be said."""

    def __init__(self, words: Words, tokens: Tokens, number: int, text: str, one: Advice) -> None:
        super().__init__()
        reasons = [
            words.say("reply.reason", words=text[each.start : each.end], why=each.why)
            for each in one.found
        ]
        self.setAccessibleName("\n".join([*reasons, one.first.rewrite]))
        why = label("\n".join(dict.fromkeys(reasons)), "small", wrap=True)
        said = QLabel(slots_marked(one.first.rewrite, tokens))
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
        row.addWidget(label(str(number), "key"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)


class AdviceRows(ChoiceRows[AdviceRow]):
    """A row for each sentence that is marked."""

    taken = Signal(object)
    """The Finding whose rewrite is taken."""

    def __init__(self, words: Words, tokens: Tokens, keys: QObject) -> None:
        """``keys`` filters the events of every row."""
        super().__init__(words.say("reply.advice"), keys)
        self._words, self._tokens = words, tokens
        self._advice: Sequence[Advice] = ()

    def show_draft(self, text: str, draft: Draft) -> None:
        """Show what was found in a text, the first chosen; what has no room comes later."""
        everything = advice(text, draft)
        self._advice = everything[:MOST_ROWS]
        rows = [
            AdviceRow(self._words, self._tokens, number, text, one)
            for number, one in enumerate(self._advice, 1)
        ]
        self._take_rows(rows, lambda at, _held: self.take(at))
        inside = QWidget()
        inside.setObjectName("inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(EDGE, GAP, EDGE, GAP)
        column.setSpacing(2)
        for row in rows:
            column.addWidget(row)
        if more := len(everything) - len(rows):
            column.addWidget(label(self._words.say("reply.more", count=more), "small", wrap=True))
        column.addStretch()
        put_inside(self, inside)
        self._choose(min(self._at, len(self.rows) - 1) if self.rows else 0)

    def forget(self) -> None:
        """Hold nothing of a reply any more."""
        super().forget()
        self._advice = ()

    def take(self, at: int | None = None) -> None:
        """Take the rewrite of a row, or of the one that is chosen."""
        at = self._at if at is None else at
        if at < len(self._advice):
            self._at = at
            self.taken.emit(self._advice[at].first)
