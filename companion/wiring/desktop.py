"""Picks the adapters for the windows, keys and clipboard of this PC."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from companion.desk import activation, desktop_session, input_method, memory
from companion.desk.clipboard import QtClipboard
from companion.desk.copies import Copies
from companion.desk.copy_only import CopyOnlyHotkeys, CopyOnlyTypist, CopyOnlyWindows, NoPresence
from companion.desk.ports import Clipboard, Hotkeys, Presence, Rect, Target, Typist, Windows


class DeskKind(Enum):
    """What a PC lets a program do."""

    WINDOWS = "windows"
    X11 = "x11"
    WAYLAND = "wayland"
    COPY_ONLY = "copy only"


def no_copies() -> None:
    """Nothing is heard of what other programs copy while none of our windows has the focus."""


@dataclass(frozen=True)
class DeskAdapters:
    """The adapters that fit this PC, and how its people call the keys that paste.

    ``copies`` makes what hears other programs copy: few want it. It gives None where this desktop
    tells a program in the background neither that nor which program is in front.
    """

    clipboard: Clipboard
    windows: Windows
    typist: Typist
    hotkeys: Hotkeys
    presence: Presence
    paste_keys: str = "Ctrl V"
    copies: Callable[[], Copies | None] = no_copies

    def place_of(self, target: Target | None) -> Rect | None:
        """Where text goes in a window, in pixels of the screen; None where that is not known."""
        return self.windows.place(target) if target is not None else None

    def bring_back(self, target: Target | None) -> None:
        """Give the focus to the window the agent came from, where there is one."""
        if target is not None:
            self.windows.bring_back(target)


def desk_kind(platform: str, environment: Mapping[str, str]) -> DeskKind:
    """What kind of desk a PC is, by the name of its platform (of ``sys``) and its variables."""
    if platform == "win32":
        return DeskKind.WINDOWS
    if platform != "linux":
        return DeskKind.COPY_ONLY
    # On Wayland an X server is there too, but it only knows the windows of X programs.
    if environment.get("WAYLAND_DISPLAY"):
        return DeskKind.WAYLAND
    return DeskKind.X11 if environment.get("DISPLAY") else DeskKind.COPY_ONLY


def prepare() -> None:
    """Make this process a good guest of the PC; to be called before the QApplication is made."""
    memory.give_back_large_blocks()
    memory.keep_out_of_dumps()
    if sys.platform == "win32":
        from companion.desk.win32_process import load_nothing_from_the_current_folder

        load_nothing_from_the_current_folder()
    if sys.platform == "linux":
        os.environ.update(input_method.input_variables(os.environ))


def overwrite_freed() -> None:
    """Overwrite what this process has freed, as far as a program can."""
    memory.overwrite_freed()


def overwrite_as_freed(on: bool) -> None:
    """Have this process overwrite what it frees from now on, or no more, where it can."""
    memory.overwrite_as_freed(on)


def given_token() -> str:
    """By what the window that this start wants to see may take the focus; empty for nothing."""
    return activation.given_token()


def focus_with(token: str) -> None:
    """Have the next window that is activated take the focus with a token; on the GUI thread."""
    activation.focus_with(token)


def desktop_names() -> list[str]:
    """What tells this desktop from others of the same user."""
    return desktop_session.desktop_names()


def on_another_desktop(theirs: list[str]) -> bool:
    """Whether a process that gave these names is on another desktop than this one."""
    return desktop_session.is_another(theirs, desktop_names())


def adapters() -> DeskAdapters:
    """The adapters that fit this PC; a QGuiApplication must exist."""
    # Checkers know a platform's own modules by this form of the question only.
    if sys.platform == "win32":
        from companion.desk.win32_clipboard import Win32Clipboard
        from companion.desk.win32_presence import Win32Presence
        from companion.desk.windows import Win32Hotkeys, Win32Typist, Win32Windows

        promising = Win32Clipboard()

        def heard_here() -> Copies:
            from companion.desk.win32_copies import Win32Copies

            return Win32Copies(promising)

        return DeskAdapters(
            promising,
            Win32Windows(),
            Win32Typist(),
            Win32Hotkeys(),
            Win32Presence(),
            copies=heard_here,
        )
    kind = desk_kind(sys.platform, os.environ)
    if kind is DeskKind.X11:
        from companion.desk.linux_presence import LinuxPresence
        from companion.desk.x11 import X11Typist, X11Windows
        from companion.desk.x11_hotkeys import X11Hotkeys
        from companion.desk.x11_presence import X11Idle

        presence, clipboard = LinuxPresence(X11Idle()), QtClipboard()

        def heard() -> Copies:
            from companion.desk.x11_copies import X11Copies

            return X11Copies(clipboard)

        return DeskAdapters(
            clipboard, X11Windows(), X11Typist(), X11Hotkeys(), presence, copies=heard
        )
    if kind is DeskKind.WAYLAND:
        return _wayland()
    paste = "⌘V" if sys.platform == "darwin" else "Ctrl V"
    return DeskAdapters(
        QtClipboard(), CopyOnlyWindows(), CopyOnlyTypist(), CopyOnlyHotkeys(), NoPresence(), paste
    )


def _wayland() -> DeskAdapters:
    from PySide6.QtGui import QGuiApplication

    from companion.desk.linux_presence import LinuxPresence
    from companion.desk.wayland import WaylandHotkeys
    from companion.desk.wayland_clipboard import WaylandClipboard

    # Where Qt was told to go by the X server, the clipboard does too.
    native = QGuiApplication.platformName().startswith("wayland")
    hotkeys = WaylandHotkeys(QGuiApplication.desktopFileName(), activation.Activation().hand)
    return DeskAdapters(
        WaylandClipboard() if native else QtClipboard(),
        CopyOnlyWindows(),
        CopyOnlyTypist(),
        hotkeys,
        LinuxPresence(),
    )
