"""Finds the programs of this desk's browsers on Linux and macOS, and starts them."""

import configparser
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

_NAMES = {
    "Chrome": ("google-chrome", "google-chrome-stable"),
    "Edge": ("microsoft-edge", "microsoft-edge-stable"),
    "Chromium": ("chromium", "chromium-browser"),
    "Brave": ("brave-browser", "brave"),
    "Vivaldi": ("vivaldi", "vivaldi-stable"),
    "Firefox": ("firefox", "firefox-esr"),
}
_MAC = {
    "Chrome": "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Edge": "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Chromium": "Chromium.app/Contents/MacOS/Chromium",
    "Brave": "Brave Browser.app/Contents/MacOS/Brave Browser",
    "Vivaldi": "Vivaldi.app/Contents/MacOS/Vivaldi",
    "Firefox": "Firefox.app/Contents/MacOS/firefox",
}
_ASK_SECONDS = 5.0


class BrowserPrograms:
    """The browsers of a desk by what is in its PATH and by what its desktop says."""

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self._variables = os.environ if variables is None else variables

    def executable(self, browser: str) -> str:
        """See ports.BrowserLauncher."""
        if sys.platform == "darwin":
            place = Path("/Applications") / _MAC.get(browser, "-")
            return str(place) if place.is_file() else ""
        path = self._variables.get("PATH")
        found = (shutil.which(name, path=path) for name in _NAMES.get(browser, ()))
        return next(filter(None, found), "")

    def usual(self) -> str:
        """See ports.BrowserLauncher: the command of the desktop file that xdg-settings names."""
        asker = shutil.which("xdg-settings", path=self._variables.get("PATH"))
        if not asker:
            return ""
        try:
            answer = subprocess.run(
                [asker, "get", "default-web-browser"],
                env=dict(self._variables),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_ASK_SECONDS,
                check=False,
            )
        except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
            return ""
        return next(self._commands(answer.stdout.strip()), "")

    def start(self, command: Sequence[str]) -> bool:
        """See ports.BrowserLauncher; the program outlives us and holds nothing of ours open."""
        return started(command, self._variables)

    def _commands(self, desktop_file: str) -> Iterator[str]:
        """The program of each desktop file of this name, the user's own first."""
        if not desktop_file or "/" in desktop_file:
            return
        home = self._variables.get("HOME", "~")
        own = self._variables.get("XDG_DATA_HOME") or f"{home}/.local/share"
        shared = self._variables.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        for folder in (own, *shared.split(":")):
            said = configparser.RawConfigParser(strict=False)
            try:
                file = Path(folder, "applications", desktop_file)
                said.read_string(file.read_text(encoding="utf-8"))
                words = shlex.split(said.get("Desktop Entry", "Exec", fallback=""))
            except (OSError, ValueError, configparser.Error):
                continue
            # With anything but a program and what stands for the addresses (an environment, a
            # sandbox) the command is not ours to take apart.
            plain = words and all(word.startswith("%") for word in words[1:])
            if plain and (program := shutil.which(words[0], path=self._variables.get("PATH"))):
                yield program


def started(command: Sequence[str], variables: Mapping[str, str] | None = None) -> bool:
    """Start a program apart from us; false where that cannot be done."""
    surroundings = None if variables is None else dict(variables)
    try:
        if sys.platform == "win32":
            flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
            subprocess.Popen(list(command), env=surroundings, creationflags=flags)
            return True
        if not shutil.which(command[0]):
            return False
        # The shell ends at once and leaves the program to the system: no dead child waits for us.
        done = subprocess.run(
            ["/bin/sh", "-c", '"$@" &', "sh", *command],
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            timeout=_ASK_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
