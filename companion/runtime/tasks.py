"""Work off the GUI thread with answers on it, and step-by-step work on a GUI timer."""

import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_T = TypeVar("_T")
_R = TypeVar("_R")
_POLL_MS = 2
_PATIENCE_MS = 5_000
_IDLE_S = 10.0


class Waiting(Protocol):
    """What a step-by-step work waits for."""

    @property
    def until(self) -> Callable[[], bool]:
        """Asked again and again; true ends the wait."""

    @property
    def at_most(self) -> float:
        """Seconds after which the wait ends unfulfilled."""


class Tasks(QObject):
    """One worker thread, so that works never overlap; answers arrive on the GUI thread.

    The thread is let go when nothing was asked of it for a while, and the program may end while
    it hangs: a network that never answers must not keep a desk from being left.
    """

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._works: deque[Callable[[], None]] = deque()
        self._turn = threading.Condition()
        self._thread: threading.Thread | None = None
        self._busy = self._over = False
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
                self.tell(lambda: failed(caught))
            else:
                self.tell(lambda: done(answer))

        with self._turn:
            self._works.append(act)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True, name="worker")
                self._thread.start()
            self._turn.notify_all()

    def tell(self, act: Callable[[], None]) -> None:
        """Call act on the GUI thread; may be called from any thread."""
        if not self._over:
            self._answered.emit(act)

    def finish(self, at_most_ms: int = 30_000) -> bool:
        """Wait for the works that were begun; false where they took longer."""
        with self._turn:
            return self._turn.wait_for(
                lambda: not self._busy and not self._works, at_most_ms / 1000
            )

    def go_before(self, others: Iterable["Tasks"]) -> None:
        """What others are asked for from now on waits until what was begun here is done."""
        for one in others:
            one.run(lambda: self.finish(_PATIENCE_MS), lambda _: None, lambda _: None)

    def end(self) -> None:
        """Do nothing more that was not begun, and answer nothing more."""
        self._over = True
        with self._turn:
            self._works.clear()

    def _work(self) -> None:
        while True:
            with self._turn:
                # An idle worker is let go: no wake-ups, no memory.
                if not self._turn.wait_for(lambda: self._works, _IDLE_S):
                    self._thread = None
                    return
                act = self._works.popleft()
                self._busy = True
            try:
                act()
            finally:
                # Else what the work held would live until the next one.
                del act
                with self._turn:
                    self._busy = False
                    self._turn.notify_all()

    def _answer(self, act: Callable[[], None]) -> None:
        act()


class Stepper(QObject):
    """Runs a generator of waits on a timer of the GUI thread.

    What a step raises goes to the one door for errors, after ``broken`` was called.
    """

    def __init__(
        self,
        steps: Generator[Waiting, bool, _R],
        done: Callable[[_R], None],
        parent: QObject | None = None,
        broken: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self._steps, self._done, self._broken = steps, done, broken
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
            self._break_off()
            raise
        if met or time.monotonic() >= self._until:
            self._advance(met)

    def _advance(self, answer: bool | None) -> None:
        try:
            self._waiting = next(self._steps) if answer is None else self._steps.send(answer)
        except StopIteration as end:
            outcome = end.value
        except Exception:
            self._break_off()
            raise
        else:
            self._wait(self._waiting)
            return
        # Not while that is caught: it has the outcome in it, and an error from here would print it.
        self._timer.stop()
        self._waiting = None
        self.deleteLater()
        self._done(outcome)

    def _wait(self, waiting: Waiting) -> None:
        self._until = time.monotonic() + waiting.at_most
        self._timer.start(_POLL_MS)

    def _break_off(self) -> None:
        # Nobody will answer the work any more: asking on would only repeat the failure.
        self._timer.stop()
        self._waiting = None
        self._broken()
