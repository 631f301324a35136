"""Notices that nobody has touched the desk for a while, and is asleep until that can be."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

MOST_MINUTES = 24 * 60
_MINUTE_S = 60.0
# Nobody minds a lock that comes a second late.
_LEAST_S = 1.0


def minutes_allowed(chosen: int, most: int) -> int:
    """After how many idle minutes to lock, by the agent's choice and the desk's policy; 0: never.

    0 is the agent's never, and a policy's word that he may choose as he likes.
    """
    wanted = min(max(0, chosen), MOST_MINUTES)
    return min(wanted or most, most) if most else wanted


class Idling(QObject):
    """``idle_s`` says how long nobody has touched the desk (ports.Presence)."""

    idle = Signal()

    def __init__(
        self,
        idle_s: Callable[[], float | None],
        parent: QObject | None = None,
        *,
        minute_s: float = _MINUTE_S,
    ) -> None:
        super().__init__(parent)
        self._idle_s, self._minute_s = idle_s, minute_s
        self._limit_s = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def begin(self, minutes: int) -> None:
        """Say so after so many idle minutes; 0 for never."""
        self._limit_s = minutes * self._minute_s
        if minutes:
            self._look()
        else:
            self._timer.stop()

    def end(self) -> None:
        """Say nothing any more."""
        self._timer.stop()

    def _look(self) -> None:
        idle = self._idle_s()
        if idle is not None and idle >= self._limit_s:
            self._timer.stop()
            self.idle.emit()
            return
        # Where it cannot be known now it may be later.
        left = self._limit_s - (idle or 0.0)
        least = min(_LEAST_S, self._minute_s)
        self._timer.start(round(1000 * max(left, least)))
