"""Watches how long a window holds up its own thread."""

import json
import sys
import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from build_spec.bench.figures import Figure, say
from build_spec.bench.running import Screenful

BAR_MS = 50.0
"""So long a window may hold up its own thread."""
_WAIT_S = 60.0


class Gaps(QObject):
    """Watches how long the event loop does not come round."""

    def __init__(self) -> None:
        super().__init__()
        self.longest: dict[str, float] = {}
        self._name, self._last = "", 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(1)

    def of(self, name: str, act: Callable[[], object], done: Callable[[], object]) -> None:
        """Do an act, and wait until it is done and everything has come to rest."""
        self._name, self._last = name, time.perf_counter()
        self.longest.setdefault(name, 0.0)
        QTimer.singleShot(0, act)
        end = time.monotonic() + _WAIT_S
        _go_on(20)
        while not done():
            if time.monotonic() > end:
                raise TimeoutError(name)
            _go_on(5)
        _go_on(300)

    def _tick(self) -> None:
        now = time.perf_counter()
        gap = (now - self._last) * 1e3
        self.longest[self._name] = max(self.longest.get(self._name, 0.0), gap)
        self._last = now


def _go_on(ms: int) -> None:
    """Let the event loop run as an app does: QTest.qWait() keeps the workers from theirs."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def of_window(screenful: Screenful, name: str, holds: str) -> Iterator[Figure]:
    """The longest gap of each act of a window, in a process of its own on the bench's screen.

    Its module has that ``name``, and prints them as JSON.
    """
    desktop = screenful.desktop()
    home = desktop.folder / name
    home.mkdir()
    title = name.replace("_", " ")
    say(f"{title}: {holds}")
    command = (sys.executable, "-m", f"build_spec.bench.{name}", str(home))
    longest: dict[str, float] = json.loads(desktop.run(*command, check=True))
    how = f"longest time between two rounds of the event loop, {holds}"
    for act, gap in longest.items():
        yield Figure(f"{title}: {act}", gap, "ms", how, BAR_MS)
