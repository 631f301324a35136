"""Whether an agent's clipboard is watched: read when a session opens, chosen in a small window."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from companion.session.watching import Wanted, want, wanted
from companion.ui.program_names import listed

if TYPE_CHECKING:
    from companion.app.tray_app import TrayApp
    from companion.session.session import Session
    from companion.ui.watch_window import WatchWindow

_RECORDS = frozenset({"option:watch_clipboard", "option:watch_programs"})


class WatchOptions(QObject):
    """Has what watches made only where it is wanted; ``show`` names the programs in the tray."""

    def __init__(self, app: TrayApp, show: Callable[[str], None]) -> None:
        super().__init__(app)
        self._app, self._show = app, show
        self._session: Session | None = None
        self._wanted = Wanted()

    @cached_property
    def window(self) -> WatchWindow:
        """Where it is chosen; most shifts choose nothing."""
        from companion.ui.watch_window import WatchWindow

        made = WatchWindow(self._app.words)
        made.wished.connect(self._wish)
        return made

    def take(self, session: Session | None) -> None:
        """Do what this agent wants, also when that changes; nothing for nobody."""
        self._session = session
        if session is None:
            self._follow(Wanted())
            return
        session.profile.listen(lambda ids: self._heard(session, ids))
        self._read(session)

    def open(self, session: Session) -> None:
        """Let the agent choose."""
        app = self._app
        front = app.desk.windows.focused()
        copies = app.copies
        there = [front.program] if front is not None and front.program else []
        there += copies.programs() if copies is not None else []
        self.window.open_for(self._wanted, list(dict.fromkeys(there)), copies is not None)

    def off(self) -> None:
        """Watch no more."""
        self._wish(Wanted(False, self._wanted.programs))

    def put_away(self) -> None:
        """Whoever chose here leaves."""
        if "window" in vars(self):
            self.window.close()

    def _heard(self, session: Session, ids: frozenset[str]) -> None:
        """On whichever thread has changed the profile."""
        if ids & _RECORDS:
            self._app.tasks.tell(lambda: self._read(session))

    def _read(self, session: Session) -> None:
        def done(wish: Wanted) -> None:
            if session is self._session:
                self._follow(wish)

        self._app.tasks.run(lambda: wanted(session), done, self._app.fail)

    def _wish(self, wish: Wanted) -> None:
        session = self._session
        if session is not None:
            # At once, whatever the worker is busy with: off means off.
            self._follow(wish)
            self._app.tasks.run(lambda: want(session, wish), lambda _: None, self._app.fail)

    def _follow(self, wish: Wanted) -> None:
        self._wanted = wish
        app, session = self._app, self._session
        on = wish.on and bool(wish.programs) and session is not None
        if on and session is not None and app.watching is not None:
            app.watching.take(session, frozenset(wish.programs))
            self._show(listed(wish.programs, app.words))
        else:
            self._show("")
            if "watching" in vars(app) and app.watching is not None:
                app.watching.rest()
        if "window" in vars(self) and self.window.isVisible():
            self.window.show_wanted(wish)
