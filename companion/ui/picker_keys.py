"""The keys of the picker: what each means, what it is called, and what it does something to."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from companion.phrases.search import Entry

PAGE = 8
"""Rows that a page key goes: one less than there are, so that one stays in sight."""


class Act(Enum):
    """What the picker can be asked to do; the value is the end of its word's key."""

    INSERT = "insert"
    COPY = "copy"
    WORDING = "wording"
    ROW = "row"
    OPEN = "open"
    EDIT = "edit"
    FAVOURITE = "favourite"
    PIN = "pin"
    NEW = "new"
    CLIPBOARD = "clipboard"
    IMPORT = "import"
    COMPLETE = "complete"
    DROP = "drop"
    GO = "go"
    ENDS = "ends"
    SCROLL = "scroll"
    MENU = "menu"
    APP = "app"
    HELP = "help"
    CLOSE = "close"


@dataclass(frozen=True)
class Press:
    """An act, and how far it goes or which row it means, where it does."""

    act: Act
    by: int = 0


NAMES = {
    Act.INSERT: "Enter",
    Act.COPY: "Ctrl Enter",
    Act.WORDING: "Alt Enter",
    Act.ROW: "Alt 1…9",
    Act.GO: "↑ ↓ PgUp PgDn",
    Act.ENDS: "Ctrl Home End",
    Act.SCROLL: "Ctrl ↑ ↓",
    Act.COMPLETE: "Tab",
    Act.DROP: "Shift Tab",
    Act.OPEN: "Ctrl O",
    Act.EDIT: "Ctrl E",
    Act.FAVOURITE: "Ctrl D",
    Act.PIN: "Ctrl P",
    Act.NEW: "Ctrl N",
    Act.CLIPBOARD: "Ctrl Shift N",
    Act.MENU: "Shift F10",
    Act.APP: "F10",
    Act.HELP: "F1",
    Act.CLOSE: "Esc",
}
"""How the keys are written, in the order in which they are explained."""

_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_KEYS = {
    (Qt.Key.Key_Down, _NONE): Press(Act.GO, 1),
    (Qt.Key.Key_Up, _NONE): Press(Act.GO, -1),
    (Qt.Key.Key_PageDown, _NONE): Press(Act.GO, PAGE),
    (Qt.Key.Key_PageUp, _NONE): Press(Act.GO, -PAGE),
    (Qt.Key.Key_Home, _CONTROL): Press(Act.ENDS, 0),
    (Qt.Key.Key_End, _CONTROL): Press(Act.ENDS, 1),
    (Qt.Key.Key_Down, _CONTROL): Press(Act.SCROLL, 1),
    (Qt.Key.Key_Up, _CONTROL): Press(Act.SCROLL, -1),
    (Qt.Key.Key_Return, _NONE): Press(Act.INSERT),
    (Qt.Key.Key_Return, _CONTROL): Press(Act.COPY),
    (Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier): Press(Act.WORDING),
    (Qt.Key.Key_Tab, _NONE): Press(Act.COMPLETE),
    (Qt.Key.Key_Backtab, _SHIFT): Press(Act.DROP),
    (Qt.Key.Key_O, _CONTROL): Press(Act.OPEN),
    (Qt.Key.Key_E, _CONTROL): Press(Act.EDIT),
    (Qt.Key.Key_D, _CONTROL): Press(Act.FAVOURITE),
    (Qt.Key.Key_P, _CONTROL): Press(Act.PIN),
    (Qt.Key.Key_N, _CONTROL): Press(Act.NEW),
    (Qt.Key.Key_N, _CONTROL | _SHIFT): Press(Act.CLIPBOARD),
    (Qt.Key.Key_Menu, _NONE): Press(Act.MENU),
    (Qt.Key.Key_F10, _SHIFT): Press(Act.MENU),
    (Qt.Key.Key_F10, _NONE): Press(Act.APP),
    (Qt.Key.Key_F1, _NONE): Press(Act.HELP),
    (Qt.Key.Key_Escape, _NONE): Press(Act.CLOSE),
}


def read(event: QKeyEvent) -> Press | None:
    """What a key means to the picker, None where the search line has it."""
    key, held = Qt.Key(event.key()), event.modifiers()
    if held == Qt.KeyboardModifier.AltModifier and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
        return Press(Act.ROW, key - Qt.Key.Key_1)
    if key == Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    return _KEYS.get((key, held & ~Qt.KeyboardModifier.KeypadModifier))


def does(act: Act, entry: Entry | None) -> bool:
    """Whether an act does something to what is selected, which may be nothing."""
    if act in (Act.INSERT, Act.COPY, Act.PIN):
        return entry is not None
    if act is Act.OPEN:
        return entry is not None and entry.kind == "bookmark"
    if act is Act.EDIT:
        return entry is not None and entry.kind in ("phrase", "bookmark")
    if act is Act.WORDING:
        return entry is not None and entry.kind == "phrase"
    if act is Act.FAVOURITE:
        # What a team shares is the team's, and only phrases have such a mark.
        return entry is not None and entry.kind == "phrase" and not entry.team
    return True
