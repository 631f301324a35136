"""Whether an agent's clipboard is watched: read when a session opens, chosen in a small window."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from companion.app.following import follow
from companion.phrases.rules import short_name
from companion.session.watching import OPTIONS, Watch, keep_watch, watch_of
from companion.ui.program_names import listed

if TYPE_CHECKING:
    from companion.app.tray_app import TrayApp
    from companion.session.session import Session
    from companion.ui.watch_window import WatchWindow


class WatchOptions(QObject):
    """Has what watches made only where it is wanted; ``show`` names the programs in the tray."""

    def __init__(self, app: TrayApp, show: Callable[[str], None]) -> None:
        super().__init__(app)
        self._app, self._show = app, show
        self._watch = Watch()

    @cached_property
    def window(self) -> WatchWindow:
        """Where it is chosen; most shifts choose nothing."""
        from companion.ui.watch_window import WatchWindow

        made = WatchWindow(self._app.words)
        made.wished.connect(self._wish)
        return made

    def take(self, session: Session | None) -> None:
        """Do what this agent wants, also when that changes; nothing for nobody."""
        if session is None:
            self._follow(Watch())
        else:
            follow(self._app, session, OPTIONS, lambda said: self._follow(watch_of(*said)))

    def open(self, session: Session) -> None:
        """Let the agent choose."""
        windows = self._app.desk.windows
        front = windows.focused()
        there = [front.program] if front is not None else []
        # By the names that Watching looks for, not by those that a desk has.
        names = dict.fromkeys(filter(None, map(short_name, there + windows.programs())))
        self.window.open_for(self._watch, list(names), self._app.copies is not None)

    def off(self) -> None:
        """Watch no more."""
        self._wish(Watch(False, self._watch.programs))

    def put_away(self) -> None:
        """Whoever chose here leaves."""
        if "window" in vars(self):
            self.window.close()

    def _wish(self, watch: Watch) -> None:
        app, session = self._app, self._app.session
        if session is not None:
            # At once, whatever the worker is busy with: off means off.
            self._follow(watch)
            app.tasks.run(lambda: keep_watch(session, watch), lambda _: None, app.fail)

    def _follow(self, watch: Watch) -> None:
        self._watch = watch
        app, session = self._app, self._app.session
        on = watch.on and bool(watch.programs)
        if on and session is not None and app.watching is not None:
            app.watching.take(session, frozenset(watch.programs))
            self._show(listed(watch.programs, app.words))
        else:
            self._show("")
            if "watching" in vars(app) and app.watching is not None:
                app.watching.rest()
        if "window" in vars(self) and self.window.isVisible():
            self.window.show_watch(watch)
