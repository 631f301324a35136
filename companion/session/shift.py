"""When a shift ends by itself: at a time of day, by the agent's word or by the desk's policy."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum

NOTICE = timedelta(minutes=5)
MORE = timedelta(minutes=30)
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class Phase(Enum):
    """How near the end of a shift is."""

    WORK = "work"
    NOTICE = "notice"
    OVER = "over"


class Shift:
    """One shift, from ``began`` on. All times are local, as the clock on the wall has them.

    So a machine that slept, or whose clock was put right, is judged by what the clock says now.
    """

    def __init__(self, began: datetime, times: Iterable[str] = ()) -> None:
        self._began = began
        self._until: datetime | None = None
        self._ends: list[datetime] = []
        self.set_times(times)

    def set_times(self, times: Iterable[str]) -> None:
        """The times of day such as ``18:30`` at which it ends, whichever is first; others are none.

        What the agent has asked for with more() stays.
        """
        self._ends = [end for said in times if (end := next_at(self._began, said)) is not None]

    @property
    def end(self) -> datetime | None:
        """When it ends, or None for never."""
        if not self._ends:
            return None
        return max(min(self._ends), self._until or self._began)

    def more(self, now: datetime) -> None:
        """Let it go on for a while, from when it would have ended."""
        self._until = max(self.end or now, now) + MORE

    def phase(self, now: datetime) -> Phase:
        """How near its end is."""
        end = self.end
        if end is None or now < end - NOTICE:
            return Phase.WORK
        return Phase.NOTICE if now < end else Phase.OVER

    def changes_in(self, now: datetime) -> float | None:
        """Seconds until the phase changes, or None for never."""
        end = self.end
        if end is None or now >= end:
            return None
        begins = end - NOTICE
        return ((begins if now < begins else end) - now).total_seconds()


def next_at(began: datetime, said: str) -> datetime | None:
    """The first moment after ``began`` at which a clock shows a time of day; None for no time."""
    found = _TIME.fullmatch(said.strip())
    if found is None:
        return None
    at = began.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
    return at if at > began else at + timedelta(days=1)
