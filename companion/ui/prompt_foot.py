"""The prompt window's foot: what has just happened, and the keys that do something now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.session.prompting import Card
from companion.ui.parts import label, rule
from companion.ui.picker_foot import KeyHint
from companion.ui.picker_target import TargetName
from companion.ui.prompt_keys import NAMES, Act
from companion.ui.words import Words

EDGE, GAP, PAD = 16, 16, 8
_KEYS = (Act.INSERT, Act.COPY, Act.OWN, Act.PICK)
_JUDGING = (Act.NOT_THIS, Act.HIDE)


class Foot(QWidget):
    """Two lines: what is said of the card, and what the keys do to what is chosen."""

    asked = Signal(object)
    """An Act whose key was clicked."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.hints = {act: self._hint(act) for act in (*_KEYS, *_JUDGING, Act.UNDO, Act.CLOSE)}
        self.said = label(look="small")
        self.target = TargetName(words)
        above = _row()
        above.setContentsMargins(EDGE, PAD, EDGE, 0)
        above.addWidget(self.said)
        above.addWidget(self.hints[Act.UNDO])
        above.addStretch()
        for act in _JUDGING:
            above.addWidget(self.hints[act])
        below = _row()
        for act in _KEYS:
            below.addWidget(self.hints[act])
        below.addStretch()
        below.addWidget(self.target)
        below.addWidget(self.hints[Act.CLOSE])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(PAD)
        column.addLayout(above)
        column.addWidget(rule())
        column.addLayout(below)
        column.addSpacing(PAD)

    def fit(self, width: int) -> None:
        """Take a width in px; the keys come first, the window's name has what is left."""
        keys = (Act.INSERT, Act.COPY, Act.OWN, Act.CLOSE)
        used = GAP + sum(self.hints[act].sizeHint().width() + GAP for act in keys)
        self.target.fit(max(0, width - 2 * EDGE - used))

    def show_card(self, card: Card) -> None:
        """The keys of a card."""
        copies = self.target.copies
        self.hints[Act.INSERT].say(self._word(Act.COPY if copies else Act.INSERT))
        self._offer(Act.INSERT, Act.OWN, *((Act.COPY,) if not copies else ()))
        for act in _JUDGING:
            self.hints[act].setVisible(not card.safety)
        shown = "show" if card.hidden else Act.HIDE.value
        self.hints[Act.HIDE].say(self._words.say(f"prompt.key.{shown}"))
        self.hints[Act.CLOSE].say(self._word(Act.CLOSE))

    def show_situations(self, can_return: bool) -> None:
        """The keys of the list; from there one can return to a card, or only close."""
        self._offer(Act.PICK)
        self._judge_nothing()
        key = "prompt.key.cards" if can_return else "prompt.key.close"
        self.hints[Act.CLOSE].say(self._words.say(key))

    def show_nothing(self) -> None:
        """No key but the one that closes."""
        self._offer()
        self._judge_nothing()
        self.hints[Act.CLOSE].say(self._word(Act.CLOSE))

    def say(self, said: str, can_undo: bool = False) -> None:
        """Say what has just happened; empty: nothing has."""
        self.said.setText(said)
        self.hints[Act.UNDO].setVisible(can_undo)

    def _offer(self, *acts: Act) -> None:
        for act in _KEYS:
            self.hints[act].setVisible(act in acts)

    def _judge_nothing(self) -> None:
        for act in _JUDGING:
            self.hints[act].hide()

    def _hint(self, act: Act) -> KeyHint:
        made = KeyHint(NAMES[act], self._word(act))
        made.clicked.connect(lambda _checked: self.asked.emit(act))
        return made

    def _word(self, act: Act) -> str:
        return self._words.say(f"prompt.key.{act.value}")


def _row() -> QHBoxLayout:
    made = QHBoxLayout()
    made.setContentsMargins(EDGE, 0, EDGE, 0)
    made.setSpacing(GAP)
    made.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return made
