"""What the tests do to a Windows desktop as its user would: open programs, press keys, look.

Declared apart from companion.desk.win32_api, so that a mistake there cannot hide itself here.
"""

import ctypes
import subprocess
import sys
import time
import winreg
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import wintypes

from PySide6.QtCore import QCoreApplication

from companion.desk.ports import Target
from companion.desk.windows import Win32Windows

if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

SHIFT, CTRL, ALT, LEFT_WIN, RIGHT_WIN = 0x10, 0x11, 0x12, 0x5B, 0x5C

_KEY_UP = 0x2
_MINIMISE = 6
_WM_GETTEXT, _WM_GETTEXTLENGTH = 0xD, 0xE
_WS_VISIBLE_POPUP = 0x90000000
_DPI_UNAWARE = -1

_user32 = ctypes.WinDLL("user32", use_last_error=True)
_user32.FindWindowExW.restype = wintypes.HWND
_user32.FindWindowExW.argtypes = [wintypes.HWND, wintypes.HWND, wintypes.LPCWSTR, wintypes.LPCWSTR]
_user32.SendMessageW.argtypes = [wintypes.HWND, wintypes.UINT, wintypes.WPARAM, ctypes.c_void_p]
_user32.CreateWindowExW.restype = wintypes.HWND
_user32.CreateWindowExW.argtypes = [
    *(wintypes.DWORD, wintypes.LPCWSTR, wintypes.LPCWSTR, wintypes.DWORD),
    *(ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int),
    *(wintypes.HWND, wintypes.HMENU, wintypes.HINSTANCE, wintypes.LPVOID),
]
for _name in ("SetForegroundWindow", "IsWindowVisible", "IsIconic", "DestroyWindow"):
    _user32[_name].argtypes = [wintypes.HWND]
_user32.SetThreadDpiAwarenessContext.argtypes = [wintypes.HANDLE]
_user32.SetThreadDpiAwarenessContext.restype = wintypes.HANDLE
_user32.ShowWindow.argtypes = [wintypes.HWND, ctypes.c_int]
_user32.GetWindowThreadProcessId.argtypes = [wintypes.HWND, wintypes.LPDWORD]
_user32.GetForegroundWindow.restype = wintypes.HWND


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether the condition became true in time; it is asked every 20 ms.

    Where this process has a GUI, it goes on meanwhile.
    """
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        QCoreApplication.processEvents()
        time.sleep(0.02)
    return True


@contextmanager
def held(*keys: int) -> Iterator[None]:
    """Keys (virtual-key codes) that are down for a while, as under the user's fingers."""
    try:
        assert wait_until(lambda: all(_stays_down(key) for key in keys))
        yield
    finally:
        _let_go(*keys)


def _stays_down(key: int) -> bool:
    # Under Wine the X server, which knows nothing of this key, may let it up with a window's
    # focus: as on a keyboard, it is then pressed again.
    for _ in range(5):
        if not _user32.GetAsyncKeyState(key) & 0x8000:
            _user32.keybd_event(key, 0, 0, 0)
            return False
        time.sleep(0.02)
    return True


def press(*keys: int) -> None:
    """Press keys one after the other and let them go again."""
    for key in keys:
        _user32.keybd_event(key, 0, 0, 0)
    _let_go(*keys)


def _let_go(*keys: int) -> None:
    for key in reversed(keys):
        _user32.keybd_event(key, 0, _KEY_UP, 0)


def type_text(text: str) -> None:
    """Type small letters, digits and spaces, as on any keyboard."""
    for sign in text:
        press(ord(sign.upper()))


def find_window(title: str) -> int:
    """A visible window of this title, 0 where there is none."""
    window = None
    while window := _user32.FindWindowExW(None, window, None, title):
        if _user32.IsWindowVisible(window):
            return int(window)
    return 0


def is_focused(title: str) -> bool:
    """Whether a window of this title has the focus."""
    window = find_window(title)
    return bool(window) and _user32.GetForegroundWindow() == window


def keep_focus(window: int) -> bool:
    """Whether a window keeps the focus for a while; it is given to it where it has not got it."""
    # Under Wine a change of focus comes back from the X server as an event, and a window takes
    # the focus when it appears: only what lasts has been settled.
    for _ in range(10):
        if _user32.GetForegroundWindow() != window:
            _user32.SetForegroundWindow(window)
            return False
        time.sleep(0.02)
    return True


class Notepad:
    """A running notepad of its own process, which has the focus when it is there."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(["notepad.exe"])
        self.handle = 0
        assert wait_until(self._has_window), "notepad shows no window"
        self.focus()

    def focus(self) -> None:
        """Click on it, as it were, and wait until the keys go there."""
        assert wait_until(lambda: keep_focus(self.handle)), "notepad does not get the focus"

    def waits_for_keys(self) -> bool:
        """Whether it has the focus, or gets it back in time."""
        return wait_until(lambda: bool(_user32.GetForegroundWindow() == self.handle))

    def minimise(self) -> None:
        _user32.ShowWindow(self.handle, _MINIMISE)
        assert wait_until(self.is_minimised)

    def is_minimised(self) -> bool:
        return bool(_user32.IsIconic(self.handle))

    def text(self) -> str:
        """What stands in it."""
        edit = _user32.FindWindowExW(self.handle, None, "Edit", None)
        length = _user32.SendMessageW(edit, _WM_GETTEXTLENGTH, 0, None) + 1
        text = ctypes.create_unicode_buffer(length)
        _user32.SendMessageW(edit, _WM_GETTEXT, length, ctypes.addressof(text))
        return text.value

    def close(self) -> None:
        """End it; its window is gone when this returns."""
        self._process.kill()
        self._process.wait()
        assert wait_until(lambda: not _user32.IsWindow(wintypes.HWND(self.handle)))

    def _has_window(self) -> bool:
        window = None
        while window := _user32.FindWindowExW(None, window, "Notepad", None):
            owner = wintypes.DWORD()
            _user32.GetWindowThreadProcessId(window, ctypes.byref(owner))
            if owner.value == self._process.pid and _user32.IsWindowVisible(window):
                self.handle = window
                return True
        return False


def rectangle(window: int) -> tuple[int, int, int, int]:
    """Left, top, width and height of a window."""
    found = wintypes.RECT()
    assert _user32.GetWindowRect(wintypes.HWND(window), ctypes.byref(found))
    return found.left, found.top, found.right - found.left, found.bottom - found.top


def old_window() -> int:
    """A line to write in at (100, 100) in this process, for which a pixel is 1/96 of an inch."""
    ours = _user32.SetThreadDpiAwarenessContext(_DPI_UNAWARE)
    window = _user32.CreateWindowExW(
        0, "EDIT", None, _WS_VISIBLE_POPUP, 100, 100, 300, 200, None, None, None, None
    )
    _user32.SetFocus(wintypes.HWND(window))
    _user32.SetThreadDpiAwarenessContext(ours)
    return int(window)


@contextmanager
def large_pixels() -> Iterator[None]:
    """A screen with twice the pixels to an inch, for the programs that are started meanwhile."""
    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, r"Control Panel\Desktop") as key:
        winreg.SetValueEx(key, "LogPixels", 0, winreg.REG_DWORD, 192)
        try:
            yield
        finally:
            winreg.DeleteValue(key, "LogPixels")


@contextmanager
def own_window() -> Iterator[int]:
    """A window of this very process that has the focus."""
    window = _user32.CreateWindowExW(
        0, "STATIC", "own", _WS_VISIBLE_POPUP, 0, 0, 100, 100, None, None, None, None
    )
    _user32.SetForegroundWindow(window)
    try:
        assert _user32.GetForegroundWindow() == window
        yield window
    finally:
        _user32.DestroyWindow(window)


def focused(windows: Win32Windows) -> Target:
    """The window that has the focus, which must be there."""
    target = windows.focused()
    assert target is not None
    return target
