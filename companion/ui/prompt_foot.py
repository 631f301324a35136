"""The prompt window's foot: what has just happened, and the keys that do something now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.session.prompting import Card
from companion.ui.parts import grown, hint_of, label, rule
from companion.ui.picker_foot import KeyHint
from companion.ui.picker_target import TargetName
from companion.ui.prompt_keys import NAMES, Act
from companion.ui.words import Words

EDGE, GAP, PAD = 16, 16, 8
_LEAST_NAME = 80
_KEYS = (Act.INSERT, Act.COPY, Act.OWN, Act.PICK, Act.REPLY)
_JUDGING = (Act.NOT_THIS, Act.HIDE)


class Foot(QWidget):
    """Two lines: what is said of the card, and what the keys do to what is chosen."""

    asked = Signal(object)
    """An Act whose key was clicked."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words, self._width = words, 0
        self._useful, self._told, self._can_undo = set[Act](), "", False
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
        """Take a width in px."""
        self._width = width
        self._arrange()

    def show_card(self, card: Card) -> None:
        """The keys of a card."""
        copies = self.target.copies
        self.hints[Act.INSERT].say(self._word(Act.COPY if copies else Act.INSERT))
        shown = "show" if card.hidden else Act.HIDE.value
        self.hints[Act.HIDE].say(self._words.say(f"prompt.key.{shown}"))
        self.hints[Act.CLOSE].say(self._word(Act.CLOSE))
        self._useful = {Act.INSERT, Act.OWN, Act.REPLY, Act.CLOSE}
        self._useful |= set() if copies else {Act.COPY}
        self._useful |= set() if card.safety else set(_JUDGING)
        self._arrange()

    def show_situations(self, can_return: bool) -> None:
        """The keys of the list; from there one can return to a card, or only close."""
        key = "prompt.key.cards" if can_return else "prompt.key.close"
        self.hints[Act.CLOSE].say(self._words.say(key))
        self._useful = {Act.PICK, Act.REPLY, Act.CLOSE}
        self._arrange()

    def show_nothing(self) -> None:
        """No key but the one that closes."""
        self.hints[Act.CLOSE].say(self._word(Act.CLOSE))
        self._useful = {Act.CLOSE}
        self._arrange()

    def say(self, said: str, can_undo: bool = False) -> None:
        """Say what has just happened; empty: nothing has."""
        self._told, self._can_undo = said, can_undo
        self._arrange()

    def _arrange(self) -> None:
        """Name the keys that do something, the most useful first, as far as there is room."""
        room = self._width - 2 * EDGE - GAP
        keys = (Act.CLOSE, Act.PICK, Act.INSERT, Act.COPY, Act.OWN, Act.REPLY)
        left = self._name_keys(keys, room)
        # Of fewer letters nobody could tell which window that is.
        self.target.fit(left if left >= grown(self, _LEAST_NAME) else 0)
        undo = {Act.UNDO} if self._can_undo else set[Act]()
        self._useful = self._useful - {Act.UNDO} | undo
        left = self._name_keys((Act.UNDO, *_JUDGING), room)
        end = Qt.TextElideMode.ElideRight
        self.said.setText(self.said.fontMetrics().elidedText(self._told, end, max(0, left)))
        self.said.setToolTip(hint_of(self._told))

    def _name_keys(self, acts: tuple[Act, ...], room: int) -> int:
        """Show of some keys those that are useful and have room; the room that is left."""
        for act in acts:
            hint = self.hints[act]
            needed = hint.sizeHint().width() + GAP
            shown = act in self._useful and needed <= room
            hint.setVisible(shown)
            room -= needed if shown else 0
        return room

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
