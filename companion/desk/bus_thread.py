"""A thread on a D-Bus: it sleeps while nothing is said, and comes back when the bus was lost."""

import os
import select
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from companion.desk.bus import Bus

_END_S = 5.0


@dataclass(frozen=True)
class Pace:
    """When to look for a bus again."""

    pause: float = 1.0
    """Seconds after it was lost; twice as many each further time."""
    tries: int = 10
    """How often, 17 minutes in all: after that nothing wakes the machine for it any more."""
    steady: float = 60.0
    """Seconds that a connection must have held for the next loss to be the first one."""


class BusThread:
    """Gives ``serve`` the connections, one after the other; it waits in them until they are lost.

    Begins with begin(), ends with close(), which makes whatever ``serve`` waits for raise Ended.
    """

    def __init__(
        self, serve: "Callable[[Bus], None]", system: bool = False, pace: Pace | None = None
    ) -> None:
        self._serve, self._system, self._pace = serve, system, pace or Pace()
        self._lock = threading.Lock()
        self._over = False
        self._wake, self._waker = os.pipe()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Listen from now on, where it does not yet; once closed, never again."""
        with self._lock:
            if self._thread is None and not self._over:
                self._thread = threading.Thread(target=self._run, daemon=True, name="presence")
                self._thread.start()

    def wake(self) -> None:
        """Have ``serve`` look up: its wait ends with None."""
        with self._lock:
            if not self._over:
                os.write(self._waker, b"!")

    def close(self) -> None:
        """End the thread; waits for it, unless it is the one that calls."""
        with self._lock:
            over, self._over = self._over, True
            if not over:
                os.write(self._waker, b"!")
        if over or self._thread is threading.current_thread():
            return
        if self._thread is not None:
            self._thread.join(_END_S)
            if self._thread.is_alive():
                return
        os.close(self._wake)
        os.close(self._waker)

    def _run(self) -> None:
        # Seldom needed at once, and never by whoever has no such bus.
        from companion.desk.bus import Bus, BusLost, Ended

        lost, met = 0, False
        while lost < self._pace.tries:
            began = time.monotonic()
            try:
                bus = Bus(self._wake, lambda: self._over, self._system)
                met = True
                try:
                    self._serve(bus)
                finally:
                    bus.close()
            except Ended:
                return
            except BusLost:
                if not met:
                    # A desk has its buses before it has us: this one has none.
                    return
                lost = 0 if time.monotonic() - began > self._pace.steady else lost
            if self._ended_within(self._pace.pause * 2**lost):
                return
            lost += 1

    def _ended_within(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while not self._over and (left := until - time.monotonic()) > 0:
            if select.select([self._wake], [], [], left)[0]:
                os.read(self._wake, 4096)
        return self._over
