"""Picks the adapters for the windows, keys and clipboard of this PC."""

import os
import sys
from dataclasses import dataclass

from companion.desk import memory
from companion.desk.clipboard import QtClipboard
from companion.desk.copy_only import CopyOnlyHotkeys, CopyOnlyTypist, CopyOnlyWindows
from companion.desk.ports import Clipboard, Hotkeys, Typist, Windows


@dataclass(frozen=True)
class DeskAdapters:
    """The adapters that fit this PC."""

    clipboard: Clipboard
    windows: Windows
    typist: Typist
    hotkeys: Hotkeys


def spare_memory() -> None:
    """Make this process a good guest of the PC; to be called before it does anything large."""
    memory.give_back_large_blocks()


def adapters() -> DeskAdapters:
    """The adapters that fit this PC; a QGuiApplication must exist."""
    if sys.platform == "win32":
        from companion.desk.win32_clipboard import Win32Clipboard
        from companion.desk.windows import Win32Hotkeys, Win32Typist, Win32Windows

        return DeskAdapters(Win32Clipboard(), Win32Windows(), Win32Typist(), Win32Hotkeys())
    if sys.platform == "linux" and os.environ.get("DISPLAY"):
        # On Wayland an X server is there too, but it only knows the windows of X programs.
        if not os.environ.get("WAYLAND_DISPLAY"):
            from companion.desk.x11 import X11Typist, X11Windows
            from companion.desk.x11_hotkeys import X11Hotkeys

            return DeskAdapters(QtClipboard(), X11Windows(), X11Typist(), X11Hotkeys())
    return DeskAdapters(QtClipboard(), CopyOnlyWindows(), CopyOnlyTypist(), CopyOnlyHotkeys())
