"""Hearing on Windows that another program copies: Qt says when, Windows' own count by whom."""

import os
import sys
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from companion.desk import win32_api as api
from companion.desk import win32_memory as memory
from companion.desk import win32_process
from companion.desk.win32_clipboard import Win32Clipboard
from companion.desk.win32_content import MARKS, UNICODE_TEXT

if sys.platform != "win32":
    raise ImportError("companion.desk.win32_copies is for Windows only")

# That a program allows its content in histories is said by a number other than nought.
_ALLOWED = {"CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"}


class Win32Copies:
    """The Copies port; ``ours`` knows which change was made here."""

    def __init__(self, ours: Win32Clipboard) -> None:
        self._ours = ours
        self._clipboard = QGuiApplication.clipboard()
        self._changed: Callable[[], None] | None = None

    def listen(self, changed: Callable[[], None] | None) -> None:
        """Call changed after each change; Windows tells every window that asked for it."""
        if (self._changed is None) != (changed is None):
            if changed is None:
                self._clipboard.dataChanged.disconnect(self._heard)
            else:
                self._clipboard.dataChanged.connect(self._heard)
        self._changed = changed

    def from_here(self) -> bool:
        """Whether the last change was ours, or a window of this process has promised content."""
        if self._ours.changed and self._ours.changed == api.get_clipboard_sequence_number():
            return True
        return win32_process.owner(api.get_clipboard_owner())[1] == os.getpid()

    def text(self, most: int) -> str | None:
        """What stands there now; None while another program keeps the clipboard open."""
        if not memory.owner_answers():
            return None
        with memory.opened(0) as ready:
            if not ready:
                return None
            content = b"" if _secret() else memory.read(UNICODE_TEXT) or b""
        # A character may be two units, and a line break is two here and one with us.
        units = content[: 4 * (most + 1)].decode("utf-16-le", "replace")
        text = units.partition("\0")[0].replace("\r\n", "\n")
        return text if len(text) <= most else ""

    def rest(self) -> None:
        """Nothing is held."""

    def _heard(self) -> None:
        if self._changed is not None:
            self._changed()


def _secret() -> bool:
    """Whether a program asks histories to look away from what is on the clipboard, now open."""
    numbers, number = set[int](), 0
    while number := api.enum_clipboard_formats(number):
        numbers.add(number)
    for name in MARKS:
        mark = api.register_clipboard_format(name)
        if mark in numbers and not (name in _ALLOWED and any(memory.read(mark) or b"")):
            return True
    return False
