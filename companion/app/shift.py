"""Signs out at the end of a shift, where the agent or the desk's policy has set one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from companion.app.following import follow
from companion.session.shift import Phase, Shift

if TYPE_CHECKING:
    from companion.app.tray_app import TrayApp
    from companion.session.session import Session
    from companion.ui.shift import ShiftNotice

# A timer stands still while the machine sleeps: the clock on the wall is looked at now and then.
_LOOK_AGAIN_S = 300.0


class EndOfShift(QObject):
    """Follows the open session; where no time is set, it wakes nobody."""

    over = Signal()
    """The shift is over, or the agent wants it to be."""
    over_locked = Signal()
    """It is over while the desk is locked, and nobody's key is here."""

    def __init__(self, app: TrayApp, now: Callable[[], datetime] = datetime.now) -> None:
        super().__init__(app)
        self._app, self._now = app, now
        self._locked = False
        self._shift = Shift(now())
        self._window: ShiftNotice | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    @property
    def window(self) -> ShiftNotice:
        """The notice, made when it is needed first."""
        if self._window is None:
            from companion.ui.shift import ShiftNotice

            window = self._window = ShiftNotice(self._app.words)
            window.more_wanted.connect(self._more)
            window.end_wanted.connect(self._end)
        return self._window

    def take(self, session: Session | None) -> None:
        """A session was opened, or left."""
        self._locked = False
        self._timer.stop()
        self._hide()
        if session is not None:
            self._shift = Shift(self._now())
            follow(self._app, session, ["shift_end"], self._set_times)

    def lock(self) -> None:
        """The desk was locked: whoever is signed in is signed out at the end all the same."""
        self._locked = True
        self.look()

    def look(self) -> None:
        """See what time it is; also when the machine, or the agent, is back after a while."""
        if self._app.session is None and not self._locked:
            return
        now = self._now()
        phase, end = self._shift.phase(now), self._shift.end
        if phase is Phase.OVER:
            self._end()
            return
        if phase is Phase.NOTICE and end is not None and not self._locked:
            minutes = max(1, round((end - now).total_seconds() / 60))
            self.window.tell(f"{end:%H:%M}", minutes)
        else:
            self._hide()
        wait = self._shift.changes_in(now)
        if wait is None:
            self._timer.stop()
        else:
            # A little later, so that it is past the moment and not just before it.
            self._timer.start(round(1000 * min(wait + 0.05, _LOOK_AGAIN_S)))

    def _set_times(self, values: list[str | int | bool]) -> None:
        self._shift.set_times([str(values[0]), self._app.seat.policy.shift_end])
        self.look()

    def _more(self) -> None:
        self._shift.more(self._now())
        self.look()

    def _end(self) -> None:
        self._timer.stop()
        self._hide()
        locked, self._locked = self._locked, False
        (self.over_locked if locked else self.over).emit()

    def _hide(self) -> None:
        if self._window is not None:
            self._window.hide()
