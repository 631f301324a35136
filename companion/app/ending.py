"""The end of the desktop's session, or of this process: everything safe and left within 2 seconds.

See docs/adr/0019-forced-end.md for what is given up for that.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QSessionManager

from companion.runtime.signals import EndSignals
from companion.runtime.tasks import Tasks
from companion.session.remaining import is_lent

if TYPE_CHECKING:
    from companion.app.tray_app import TrayApp

# Windows ends what takes 5 seconds, some desktops sooner.
AT_MOST_S = 1.5
# Of these, until what input methods and browsers had is back.
_LOANS_S = 1.0


def _nothing() -> None: ...


class Ending(QObject):
    """Ends the app once, whoever asks first: the window system, a signal, the desk's Presence."""

    def __init__(self, app: "TrayApp") -> None:
        super().__init__(app)
        self._app = app
        self._over = False
        self._loans, self._own = Tasks(self), Tasks(self)
        self._signals: EndSignals | None = None

    def listen(self, application: QGuiApplication) -> None:
        """Hear of the end from the window system and by signals."""
        application.commitDataRequest.connect(self._commit)
        self._signals = EndSignals(self)
        self._signals.came.connect(self.end_fast)
        application.aboutToQuit.connect(self._signals.close)

    def end_fast(self, safe: Callable[[], None] = _nothing) -> None:
        """Save, sign out where that is safe, call ``safe`` and end the app; on the GUI thread.

        Nobody waits for the store: what is sealed stays. Where saving fails, or something of the
        desk's programs takes too long to take back, the agent stays signed in and nothing is lost.
        """
        if not self._over:
            self._over = True
            self._leave()
        safe()
        self._app.quit(patience_ms=0)

    def _leave(self) -> None:
        until = time.monotonic() + AT_MOST_S
        app, session = self._app, self._app.session
        app.syncing.end()
        app.leaving.give_up()
        app.put_away()
        app.desk.clipboard.forget()
        if session is None:
            # A lock may still write what waits; until then nobody can tell that nothing does.
            if app.tasks.finish(_ms(until - 0.3)):
                self._own.run(self._stand_down, lambda _: None, lambda _: None)
                self._own.finish(_ms(until))
            return
        # What was typed is written by workers, which put_away() has told to.
        self._loans.run(session.take_back_loans, lambda _: None, lambda _: None)
        written = app.tasks.finish(_ms(until - 0.3))
        back = self._loans.finish(_ms(until - AT_MOST_S + _LOANS_S))
        if written and back:
            self._own.run(session.leave_at_once, lambda _: None, lambda _: None)
        else:
            # What comes of it later must find an open profile, or be there the next time.
            self._own.run(session.save, lambda _: None, lambda _: None)
        self._own.finish(_ms(until))

    def _stand_down(self) -> None:
        """Sign out who is signed in and locked, where nothing is lent.

        What he has added in a browser needs his key to be kept: then he stays signed in.
        """
        from companion.session.leftovers import stand_down

        seat = self._app.seat
        if seat.settings.read()["profile"] and not is_lent(seat.lent_folder):
            stand_down(seat)

    def _commit(self, manager: QSessionManager) -> None:
        # The window system waits for this to return, and starts nothing again by itself.
        manager.setRestartHint(QSessionManager.RestartHint.RestartNever)
        self.end_fast()


def _ms(until: float) -> int:
    return max(0, round(1000 * (until - time.monotonic())))
