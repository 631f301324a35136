"""Finds the programs of this desk's browsers on Windows, by what the registry says of them."""

import sys
from collections.abc import Sequence
from pathlib import PureWindowsPath

from companion.desk.browser_programs import started

if sys.platform != "win32":
    raise ImportError("companion.desk.win32_browsers is for Windows only")

import winreg

_PROGRAMS = {
    "Chrome": ("chrome.exe",),
    "Edge": ("msedge.exe",),
    "Chromium": ("chromium.exe",),
    "Brave": ("brave.exe",),
    "Vivaldi": ("vivaldi.exe",),
    "Firefox": ("firefox.exe",),
    "360安全浏览器": ("360se.exe", "360se6.exe"),
    "360极速浏览器": ("360chrome.exe",),
    "360极速浏览器X": ("360ChromeX.exe",),
    "QQ浏览器": ("QQBrowser.exe",),
}
_PATHS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"
_CHOICE = r"SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice"
_ROOTS = (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE)


class Win32Browsers:
    """The browsers of a Windows desk."""

    def executable(self, browser: str) -> str:
        """See ports.BrowserLauncher: what "App Paths" says, the user's own first."""
        said = (
            _value(root, rf"{_PATHS}\{program}", "")
            for program in _PROGRAMS.get(browser, ())
            for root in _ROOTS
        )
        return next(filter(None, (text.strip('"') for text in said)), "")

    def usual(self) -> str:
        """See ports.BrowserLauncher: what the user has chosen for https."""
        kind = _value(winreg.HKEY_CURRENT_USER, _CHOICE, "ProgId")
        if not kind:
            return ""
        command = _value(winreg.HKEY_CLASSES_ROOT, rf"{kind}\shell\open\command", "").strip()
        program = command[1:].partition('"')[0] if command[:1] == '"' else command.partition(" ")[0]
        return program if PureWindowsPath(program).suffix.lower() == ".exe" else ""

    def start(self, command: Sequence[str]) -> bool:
        """See ports.BrowserLauncher."""
        return started(command)


def _value(root: int, key: str, name: str) -> str:
    try:
        with winreg.OpenKey(root, key) as opened:
            found, _ = winreg.QueryValueEx(opened, name)
    except OSError:
        return ""
    return found if isinstance(found, str) else ""
