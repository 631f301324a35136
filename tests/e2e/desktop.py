"""A desktop of its own for a test: a virtual screen, a window manager, programs and key presses."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
_T = TypeVar("_T")


def _nothing() -> str:
    return ""


def wait_for(
    look: Callable[[], _T], seconds: float = 15.0, told: Callable[[], str] = _nothing
) -> _T:
    """What look gives as soon as it is true; fails the test, and says what is told, if never."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < end, " ".join(["waited in vain:", told()])
        time.sleep(0.03)


def finish(process: subprocess.Popen[bytes]) -> None:
    """End a process, where it has not ended."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Desktop:
    """Xvfb and openbox, and what runs on them; everything ends with close().

    Where not ``managed``, no window manager runs.
    """

    def __init__(self, folder: Path, screen: str = "1280x800x24", managed: bool = True) -> None:
        self.folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        read, write = os.pipe()
        server = ["Xvfb", "-displayfd", str(write), "-screen", "0", screen]
        self._running.append(
            subprocess.Popen(
                [*server, "-nolisten", "tcp", "-noreset"],
                pass_fds=[write],
                stderr=subprocess.DEVNULL,
            )
        )
        os.close(write)
        with os.fdopen(read) as number:
            display = f":{number.readline().strip()}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
        for name in ("WAYLAND_DISPLAY", "XAUTHORITY", "LC_ALL", "LANGUAGE", "SESSION_MANAGER"):
            kept.pop(name, None)
        self.environment = kept | {
            "DISPLAY": display,
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
        }
        if not managed:
            return
        self.start("openbox", "--sm-disable")
        wait_for(lambda: self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK").count("window id"))

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a program on this desktop."""
        assert shutil.which(command[0]), f"{command[0]} is not installed"
        started = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "stderr").open("ab"),
        )
        self._running.append(started)
        return started

    def run(self, *command: str, text: str = "", check: bool = False) -> str:
        """Run a program on this desktop to its end; what it printed."""
        done = subprocess.run(
            command,
            env=self.environment,
            input=text,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout

    def companion(self, *arguments: str, check: bool = True) -> str:
        """Run a command of Companion; what it printed."""
        return self.run(sys.executable, "-m", "companion", *arguments, check=check)

    def window(self, name: str, seconds: float = 15.0) -> str:
        """The id of a visible window whose title matches, waiting for it to come."""
        search = ("xdotool", "search", "--onlyvisible", "--name", name)
        return wait_for(lambda: self.run(*search).split()[:1], seconds)[0]

    def gone(self, name: str) -> None:
        """Wait until no such window is visible."""
        wait_for(lambda: not self.run("xdotool", "search", "--onlyvisible", "--name", name))

    def focus(self, window: str) -> None:
        """Give a window the focus and wait until it has it."""

        def activate() -> bool:
            # A window that was mapped a moment ago may not be the window manager's yet.
            self.run("xdotool", "windowactivate", window)
            return self.focused() == window

        wait_for(activate)

    def focused(self) -> str:
        """The id of the window that has the focus."""
        return self.run("xdotool", "getactivewindow").strip()

    def keys(self, *keys: str) -> None:
        """Press key combinations, one after the other."""
        self.run("xdotool", "key", *keys)

    def type(self, text: str) -> None:
        """Type a text; what is on no key needs time to be put on one."""
        self.run("xdotool", "type", "--delay", "15" if text.isascii() else "250", text)

    def close(self) -> None:
        """End everything that runs here, the screen last."""
        for process in reversed(self._running):
            finish(process)
