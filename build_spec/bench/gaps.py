"""Watches how long a window holds up its own thread."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

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
        QTest.qWait(20)
        while not done():
            if time.monotonic() > end:
                raise TimeoutError(name)
            QTest.qWait(5)
        QTest.qWait(300)

    def _tick(self) -> None:
        now = time.perf_counter()
        gap = (now - self._last) * 1e3
        self.longest[self._name] = max(self.longest.get(self._name, 0.0), gap)
        self._last = now
