"""Whether somebody sits at a Linux desk: what the desktop and logind say on D-Bus, and idle time.

The connections, and the package that speaks D-Bus, are brought in when somebody listens.
"""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from typing import TYPE_CHECKING

from companion.desk import presence_calls
from companion.desk.bus_thread import BusThread, Pace
from companion.desk.ports import Going

if TYPE_CHECKING:
    from companion.desk.bus import Bus

_PATIENCE_S = 0.03


class LinuxPresence:
    """The Presence port. The same going may be heard twice, from the desktop and from logind.

    ``idle`` tells the idle time where the desktop need not be asked for it (X11).
    """

    def __init__(
        self, idle: Callable[[], float | None] | None = None, pace: Pace | None = None
    ) -> None:
        self._idle = idle
        self._heard: presence_calls.Heard | None = None
        self._asked: Future[float | None] | None = None
        self._session = BusThread(self._serve_session, pace=pace)
        self._system = BusThread(self._serve_system, system=True, pace=pace)

    def idle_s(self) -> float | None:
        """Seconds since the last key or move of the mouse; None where the desktop does not say.

        A desktop that is asked over D-Bus answers within a few milliseconds; None where it takes
        more than 30, as it may do the first time.
        """
        if self._idle is not None:
            return self._idle()
        if self._asked is not None and not self._asked.done():
            # It is busy; nobody need wait for it again.
            return None
        asked = self._asked = Future()
        self._session.begin()
        self._session.wake()
        try:
            return asked.result(_PATIENCE_S)
        except TimeoutError:
            return None

    def listen(self, heard: presence_calls.Heard) -> None:
        """Call heard on a thread of its own; sleep and shutting down wait for logind's patience."""
        self._heard = heard
        self._session.begin()
        self._system.begin()

    def close(self) -> None:
        """Hear nothing more, and hold nothing up."""
        self._heard = None
        self._session.close()
        self._system.close()

    def _serve_session(self, bus: "Bus") -> None:
        from companion.desk import screen_locks

        screen_locks.hear(bus)
        while True:
            if self._asked is not None and not self._asked.done():
                self._asked.set_result(screen_locks.idle_s(bus))
            heard = bus.next(None)
            if heard is not None and screen_locks.locked(heard):
                self._tell(Going.LOCKED, presence_calls.nothing)

    def _serve_system(self, bus: "Bus") -> None:
        from companion.desk.logind import Logind

        with closing(Logind(bus, self._tell)) as logind:
            logind.greet()
            while True:
                heard = bus.next(None)
                if heard is not None:
                    logind.take(heard)

    def _tell(self, going: Going, safe: presence_calls.Safe) -> None:
        heard = self._heard
        if heard is None:
            safe()
        else:
            presence_calls.tell(heard, going, safe)
