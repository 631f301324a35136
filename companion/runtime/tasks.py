"""Work off the GUI thread with answers on it, and step-by-step work on a GUI timer."""

import time
from collections.abc import Callable, Generator
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal

_T = TypeVar("_T")
_R = TypeVar("_R")
_POLL_MS = 2


class Waiting(Protocol):
    """What a step-by-step work waits for."""

    @property
    def until(self) -> Callable[[], bool]:
        """Asked again and again; true ends the wait."""

    @property
    def at_most(self) -> float:
        """Seconds after which the wait ends unfulfilled."""


class Tasks(QObject):
    """One worker thread, so that works never overlap; answers arrive on the GUI thread."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        # An idle worker is let go: no wake-ups, no memory.
        self._pool.setExpiryTimeout(10_000)
        self._answered.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], _T],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do work on the worker thread, then call done or failed on the GUI thread."""

        def act() -> None:
            try:
                answer = work()
            except Exception as error:
                # Whatever it is, it must reach the one door for errors, not die with the thread.
                caught = error
                self._answered.emit(lambda: failed(caught))
            else:
                self._answered.emit(lambda: done(answer))

        # Not QRunnable.create(): its wrapper outlives the freed object, and the next object at
        # that address (a socket, say) would come out of Qt as a QRunnable.
        self._pool.start(act)

    def tell(self, act: Callable[[], None]) -> None:
        """Call act on the GUI thread; may be called from any thread."""
        self._answered.emit(act)

    def finish(self, at_most_ms: int = 30_000) -> None:
        """Wait for the works that were begun."""
        self._pool.waitForDone(at_most_ms)

    def _answer(self, act: Callable[[], None]) -> None:
        act()


class Stepper(QObject):
    """Runs a generator of waits on a timer of the GUI thread."""

    def __init__(
        self,
        steps: Generator[Waiting, bool, _R],
        done: Callable[[_R], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._steps, self._done = steps, done
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._waiting: Waiting | None = None
        self._until = 0.0
        self._advance(None)

    def _look(self) -> None:
        if self._waiting is None:
            return
        try:
            met = self._waiting.until()
        except Exception:
            self._timer.stop()
            raise
        if met or time.monotonic() >= self._until:
            self._advance(met)

    def _advance(self, answer: bool | None) -> None:
        try:
            self._waiting = next(self._steps) if answer is None else self._steps.send(answer)
        except StopIteration as end:
            self._timer.stop()
            self._waiting = None
            self._done(end.value)
            self.deleteLater()
            return
        except Exception:
            # Nobody will answer the work any more: asking on would only repeat the failure.
            self._timer.stop()
            raise
        self._until = time.monotonic() + self._waiting.at_most
        self._timer.start(_POLL_MS)
