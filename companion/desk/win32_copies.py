"""Hearing on Windows that another program copies: Qt says when, Windows' own count by whom."""

import os
import sys

from companion.desk import win32_api as api
from companion.desk import win32_memory as memory
from companion.desk.qt_copies import QtCopies
from companion.desk.win32_clipboard import Win32Clipboard
from companion.desk.win32_content import MARKS, UNICODE_TEXT, plain_text
from companion.desk.win32_process import owner

if sys.platform != "win32":
    raise ImportError("companion.desk.win32_copies is for Windows only")

# That a program allows its content in histories is said by a number other than nought.
_ALLOWED = {"CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"}


class Win32Copies(QtCopies):
    """The Copies port; ``ours`` knows which change was made here."""

    def __init__(self, ours: Win32Clipboard) -> None:
        super().__init__()
        self._ours = ours

    def from_here(self) -> bool:
        """Whether the last change was ours, or a window of this process has promised content."""
        if self._ours.changed and self._ours.changed == api.get_clipboard_sequence_number():
            return True
        return owner(api.get_clipboard_owner())[1] == os.getpid()

    def text(self, most: int) -> str | None:
        """What stands there now; None while another program keeps the clipboard open."""
        if not memory.owner_answers():
            return None
        with memory.opened(0) as ready:
            if not ready:
                return None
            content = b"" if _secret() else memory.read(UNICODE_TEXT) or b""
        # A character may be two units, and a line break is two here and one with us.
        text = plain_text(content[: 4 * (most + 1)])
        return text if len(text) <= most else ""


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
