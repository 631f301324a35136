"""Another program of the agent's desk: it copies things, and a window of its own flashes up.

    python -m build_spec.bench.bystander FOLDER

It does what it is told, a line of JSON on standard input each, and writes down in FOLDER/events
what it did and when; FOLDER/texts is what came into its window.
"""

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication

from build_spec.bench.selection import Selection
from build_spec.bench.target import Editor
from companion.desk.ports import Target
from companion.desk.x11 import X11Windows
from tests.e2e.desktop import wait_for

TITLE = "bench bystander"
COPIED, SHOWN, FOCUSED, HIDDEN, STOPPED = "copied", "shown", "focused", "hidden", "stopped"
# The window manager may need a moment before a new window is its own.
_ASK_AGAIN_MS = (0, 4, 10)


@dataclass(frozen=True)
class Order:
    """What to do: copy texts and show the window, each so many milliseconds after ``begin``."""

    copies: list[tuple[float, str]] = field(default_factory=list)
    flash: tuple[float, float] | None = None
    """When, and for how long."""
    begin: float = 0.0
    """A time of time.monotonic(); what lies in the past is now."""
    stop: bool = False
    """Forget what was ordered and is not done yet, and say so."""

    def line(self) -> bytes:
        """The order as it is sent."""
        return json.dumps(asdict(self)).encode() + b"\n"


@dataclass(frozen=True)
class Event:
    """Something the bystander did, in seconds of time.monotonic()."""

    at: float
    what: str
    text: str = ""


class Bystander:
    """The bystander of a desktop, as the measures see it: told what to do, and what it did."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        folder.mkdir()
        self._events, self.texts = folder / "events", folder / "texts"
        for file in (self._events, self.texts):
            file.write_text("")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "build_spec.bench.bystander", str(folder)],
            env=environment,
            stdin=subprocess.PIPE,
        )
        self.stop()

    def order(self, order: Order) -> None:
        """Tell it what to do; it begins at once."""
        if self._process.stdin is None:
            raise RuntimeError("the bystander was not started")
        self._process.stdin.write(order.line())
        self._process.stdin.flush()

    def stop(self) -> None:
        """Have it forget its orders and hide its window, and wait until it has."""
        self._done(Order(stop=True), STOPPED)

    def copy(self, text: str) -> None:
        """Have it copy a text now, and wait until it has."""
        self._done(Order(copies=[(0, text)]), COPIED)

    def events(self) -> list[Event]:
        """What it has written down so far."""
        whole = self._events.read_bytes().rpartition(b"\n")[0]
        return [Event(**json.loads(line)) for line in whole.split(b"\n") if line]

    def close(self) -> None:
        """End it: its input ends, and it with it."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(10)

    def _done(self, order: Order, what: str) -> None:
        before = len(self.events())
        self.order(order)
        wait_for(lambda: any(event.what == what for event in self.events()[before:]))


class _Window(Editor):
    """A window that takes the focus, notes what comes into it, and goes away."""

    def __init__(self, file: Path, note: Callable[[str], None]) -> None:
        super().__init__(TITLE, file)
        self._note, self._windows = note, X11Windows()
        # Made once, as every other window of a program that has been used for a while.
        self._target = Target(int(self.winId()), "", TITLE)

    def flash(self) -> None:
        """Come up and take the focus, as a call that comes in does."""
        self.show()
        self._note(SHOWN)
        for wait in _ASK_AGAIN_MS:
            QTimer.singleShot(wait, self._take)

    def _take(self) -> None:
        if self.isVisible() and not self.isActiveWindow():
            self._windows.bring_back(self._target)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note that it has the focus."""
        super().focusInEvent(event)
        self._note(FOCUSED)

    def leave(self) -> None:
        """Go away."""
        self.hide()
        self._note(HIDDEN)


class _Program:
    def __init__(self, application: QApplication, folder: Path) -> None:
        self._application = application
        self._events = folder / "events"
        self._window = _Window(folder / "texts", self._note)
        self._selection = Selection(os.environ["DISPLAY"])
        self._pending: list[QTimer] = []
        self._rest = b""
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._input.activated.connect(self._read)

    def _note(self, what: str, text: str = "") -> None:
        with self._events.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"at": time.monotonic(), "what": what, "text": text}) + "\n")

    def _read(self) -> None:
        read = os.read(sys.stdin.fileno(), 1 << 16)
        if not read:
            self._application.quit()
            return
        *lines, self._rest = (self._rest + read).split(b"\n")
        for line in lines:
            self._obey(Order(**json.loads(line)))

    def _obey(self, order: Order) -> None:
        if order.stop:
            # A timer that nobody holds is gone.
            self._pending.clear()
            self._window.leave()
            self._note(STOPPED)
        ahead_ms = max(0.0, (order.begin - time.monotonic()) * 1e3)
        for wait, text in order.copies:
            self._later(ahead_ms + wait, partial(self._copy, text))
        if order.flash is not None:
            wait, duration = order.flash
            self._later(ahead_ms + wait, self._window.flash)
            self._later(ahead_ms + wait + duration, self._window.leave)

    def _later(self, wait_ms: float, act: Callable[[], None]) -> None:
        timer = QTimer()
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(act)
        timer.start(math.ceil(wait_ms))
        self._pending.append(timer)

    def _copy(self, text: str) -> None:
        self._application.clipboard().setText(text)
        # The screen refuses it where another program took the clipboard in the same millisecond,
        # and Qt believes to own it all the same: the screen is asked.
        if self._selection.owner() == self._selection.connection(int(self._window.winId())):
            self._note(COPIED, text)


def main(folder: Path) -> int:
    """Do what comes in until the input ends."""
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    program = _Program(application, folder)
    status = application.exec()
    del program
    return status


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
