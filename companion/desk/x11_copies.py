"""Hearing on X11 that another program copies: Qt says when, its owner is asked without waiting."""

import os
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from Xlib import X, display, error
from Xlib.xobject.drawable import Window

from companion.desk.clipboard import QtClipboard
from companion.desk.x11_selection import TEXT, Reading, Selections

_CLIPBOARD = "CLIPBOARD"
_NO_PROGRAMS = {"_NET_WM_WINDOW_TYPE_DOCK", "_NET_WM_WINDOW_TYPE_DESKTOP"}
_MOST_BYTES = 4
"""How many a character takes in UTF-8."""


class X11Copies:
    """The Copies port; ``ours`` knows what was copied here."""

    def __init__(self, ours: QtClipboard) -> None:
        self._ours = ours
        self._clipboard = QGuiApplication.clipboard()
        self._changed: Callable[[], None] | None = None
        self._selections: Selections | None = None
        self._reading: Reading | None = None

    def listen(self, changed: Callable[[], None] | None) -> None:
        """Call changed whenever the clipboard has another owner; the server tells Qt of each."""
        if (self._changed is None) != (changed is None):
            if changed is None:
                self._clipboard.dataChanged.disconnect(self._heard)
            else:
                self._clipboard.dataChanged.connect(self._heard)
        self._changed = changed
        if changed is None:
            self.rest()

    def from_here(self) -> bool:
        """Whether this process owns the clipboard, by what the server says."""
        return self._reader().owned(_CLIPBOARD)

    def text(self, most: int) -> str | None:
        """What its owner hands over, piece by piece; None until it has."""
        reader = self._reader()
        if self._reading is None:
            self._reading = reader.read([_CLIPBOARD], texts=_MOST_BYTES * most)
        if not reader.complete(self._reading):
            return None
        found = self._reading.formats[_CLIPBOARD].get(TEXT, b"").decode("utf-8", "replace")
        return "" if len(found) > most or self._ours.carries(found) else found

    def rest(self) -> None:
        """Ask no more, and forget what was read."""
        self._reading = None
        if self._selections is not None:
            self._selections.rest()

    def programs(self) -> list[str]:
        """By the window manager's list, the foremost first; empty where none keeps one."""
        connection = display.Display()
        try:
            root = connection.screen().root
            handles = reversed(_values(connection, root, "_NET_CLIENT_LIST_STACKING"))
            names = [_program(connection, handle) for handle in handles]
        finally:
            connection.close()
        return list(dict.fromkeys(filter(None, names)))

    def _heard(self) -> None:
        # What was read was of the owner before.
        self._reading = None
        if self._changed is not None:
            self._changed()

    def _reader(self) -> Selections:
        # A connection of its own: an insertion may be reading at the same time.
        if self._selections is None:
            self._selections = Selections()
        return self._selections


def _program(connection: display.Display, handle: int) -> str:
    """The short name of a window's program, as X11Windows has it.

    Empty where it is gone, ours, or what nobody copies in: a panel, or the desktop itself.
    """
    window = connection.create_resource_object("window", handle)
    try:
        if os.getpid() in _values(connection, window, "_NET_WM_PID"):
            return ""
        kinds = _values(connection, window, "_NET_WM_WINDOW_TYPE")
        if any(connection.get_atom_name(kind) in _NO_PROGRAMS for kind in kinds):
            return ""
        names = window.get_wm_class()
    except error.XError:
        return ""
    return str(names[0]).lower() if names else ""


def _values(connection: display.Display, window: Window, name: str) -> list[int]:
    """The numbers that a property of a window holds."""
    held = window.get_full_property(connection.intern_atom(name), X.AnyPropertyType)
    return [int(value) for value in held.value] if held else []
