"""The keys of the prompt window: what each means on a card, in a text, and among the situations."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class Act(Enum):
    """What the window can be asked to do; the value is the end of its word's key, where shown."""

    INSERT = "insert"
    COPY = "copy"
    CARD = "card"
    TURN = "turn"
    GO = "go"
    SCROLL = "scroll"
    OTHER = "other"
    OWN = "own"
    REPLY = "reply"
    NOT_THIS = "not_this"
    HIDE = "hide"
    UNDO = "undo"
    CLOSE = "close"
    PICK = "pick"
    ROW = "row"
    BELOW = "below"
    """From the customer's words to what is below them."""
    MESSAGE = "message"
    """Back to the customer's words."""
    KEEP = "keep"


@dataclass(frozen=True)
class Press:
    """An act, and how far it goes or which card it means, where it does."""

    act: Act
    by: int = 0


NAMES = {
    Act.INSERT: "Enter",
    Act.COPY: "Ctrl Enter",
    Act.OWN: "F2",
    Act.REPLY: "F4",
    Act.NOT_THIS: "Del",
    Act.HIDE: "Shift Del",
    Act.UNDO: "Ctrl Z",
    Act.PICK: "Enter",
    Act.CLOSE: "Esc",
}
"""How the keys are written."""

_Key = Qt.Key
_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_Table = dict[tuple[Qt.Key, Qt.KeyboardModifier], Press]
_CARDS = (_Key.Key_1, _Key.Key_2, _Key.Key_3)

ANYWHERE: _Table = {
    (_Key.Key_Escape, _NONE): Press(Act.CLOSE),
    **{(key, _ALT): Press(Act.CARD, at) for at, key in enumerate(_CARDS)},
}
ON_CARD: _Table = ANYWHERE | {
    **{(key, _NONE): Press(Act.CARD, at) for at, key in enumerate(_CARDS)},
    (_Key.Key_0, _NONE): Press(Act.OTHER),
    (_Key.Key_Tab, _NONE): Press(Act.TURN, 1),
    (_Key.Key_Right, _NONE): Press(Act.TURN, 1),
    (_Key.Key_Backtab, _SHIFT): Press(Act.TURN, -1),
    (_Key.Key_Left, _NONE): Press(Act.TURN, -1),
    (_Key.Key_Down, _NONE): Press(Act.GO, 1),
    (_Key.Key_Up, _NONE): Press(Act.GO, -1),
    (_Key.Key_PageDown, _NONE): Press(Act.SCROLL, 1),
    (_Key.Key_PageUp, _NONE): Press(Act.SCROLL, -1),
    (_Key.Key_Return, _NONE): Press(Act.INSERT),
    (_Key.Key_Return, _CONTROL): Press(Act.COPY),
    (_Key.Key_F2, _NONE): Press(Act.OWN),
    (_Key.Key_F4, _NONE): Press(Act.REPLY),
    (_Key.Key_Delete, _NONE): Press(Act.NOT_THIS),
    (_Key.Key_Delete, _SHIFT): Press(Act.HIDE),
    (_Key.Key_Z, _CONTROL): Press(Act.UNDO),
}
IN_MESSAGE: _Table = ANYWHERE | {
    (_Key.Key_Return, _NONE): Press(Act.BELOW),
    (_Key.Key_Tab, _NONE): Press(Act.BELOW),
    (_Key.Key_Backtab, _SHIFT): Press(Act.BELOW),
    (_Key.Key_Return, _CONTROL): Press(Act.COPY),
    (_Key.Key_F2, _NONE): Press(Act.OWN),
    (_Key.Key_F4, _NONE): Press(Act.REPLY),
}
AMONG_SITUATIONS: _Table = {
    (_Key.Key_Escape, _NONE): Press(Act.CLOSE),
    (_Key.Key_F4, _NONE): Press(Act.REPLY),
    **{(_Key(_Key.Key_1 + at), _ALT): Press(Act.ROW, at) for at in range(9)},
    (_Key.Key_Return, _NONE): Press(Act.PICK),
    (_Key.Key_Down, _NONE): Press(Act.GO, 1),
    (_Key.Key_Up, _NONE): Press(Act.GO, -1),
    (_Key.Key_Tab, _NONE): Press(Act.MESSAGE),
    (_Key.Key_Backtab, _SHIFT): Press(Act.MESSAGE),
}
IN_OWN: _Table = {
    (_Key.Key_Escape, _NONE): Press(Act.CLOSE),
    (_Key.Key_Return, _CONTROL): Press(Act.KEEP),
}


def read(event: QKeyEvent, table: _Table) -> Press | None:
    """What a key means by one of these tables, None where whatever has the focus has it."""
    key = _Key(event.key())
    if key == _Key.Key_Enter:
        key = _Key.Key_Return
    return table.get((key, event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
