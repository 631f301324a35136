"""The foot of the draft check's window: what has just happened, and the keys that do something."""

from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.ui.parts import grown, label, rule
from companion.ui.picker_foot import KeyHint
from companion.ui.picker_target import TargetName
from companion.ui.words import Words

EDGE, GAP = 16, 8
_LEAST_NAME = 80


class Act(Enum):
    """What a key in the foot does; the value is the end of its word's key."""

    TAKE = "take"
    SEND = "send"
    EDIT = "edit"
    CLOSE = "close"


_NAMES = {Act.TAKE: "Enter", Act.SEND: "Ctrl Enter", Act.EDIT: "Tab", Act.CLOSE: "Esc"}


class ReplyFoot(QWidget):
    """A line that is there when something is said, and one of keys, each to be clicked too."""

    asked = Signal(object)
    """An Act whose key was clicked."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.said = label(look="small", wrap=True)
        self.said.setContentsMargins(EDGE, GAP, EDGE, 0)
        self.target = TargetName(words)
        self.hints = {act: self._hint(act) for act in Act}
        keys = QHBoxLayout()
        keys.setContentsMargins(EDGE, 0, EDGE, GAP)
        keys.setSpacing(EDGE)
        for act in (Act.TAKE, Act.SEND, Act.EDIT):
            keys.addWidget(self.hints[act])
        keys.addStretch()
        keys.addWidget(self.target)
        keys.addWidget(self.hints[Act.CLOSE])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.said)
        column.addWidget(rule())
        column.addLayout(keys)

    def say(self, said: str) -> None:
        """Say what has just happened; empty: nothing has."""
        self.said.setText(said)
        self.said.setVisible(bool(said))

    def show_keys(self, has_advice: bool, width: int) -> None:
        """Name the keys that do something now, and the window, in a width in px."""
        key = "copy" if self.target.copies else Act.SEND.value
        self.hints[Act.SEND].say(self._words.say(f"reply.key.{key}"))
        room = width - 3 * EDGE
        # The most useful first, as far as there is room.
        for act in (Act.SEND, Act.TAKE, Act.CLOSE, Act.EDIT):
            needed = self.hints[act].sizeHint().width() + EDGE
            shown = needed <= room and (has_advice or act in (Act.SEND, Act.CLOSE))
            self.hints[act].setVisible(shown)
            room -= needed if shown else 0
        # Of fewer letters nobody could tell which window that is.
        self.target.fit(room if room >= grown(self, _LEAST_NAME) else 0)

    def _hint(self, act: Act) -> KeyHint:
        made = KeyHint(_NAMES[act], self._words.say(f"reply.key.{act.value}"))
        made.clicked.connect(lambda _checked: self.asked.emit(act))
        return made
