"""What the tray says and offers: how the open profile stands, and what is under way."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from companion.app.leaving import Leaving
from companion.app.syncing import Syncing
from companion.errors import Stopped, StoreLoginRefused
from companion.runtime.tasks import Tasks
from companion.sync.progress import SyncReport
from companion.ui.messages import explain
from companion.ui.standing import lines
from companion.ui.tray import Tray
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.session.session import Session
    from companion.session.standing import Status


class Showing(QObject):
    """Keeps the tray true; ``here`` looks how the profile stands."""

    def __init__(
        self, tray: Tray, words: Words, here: Tasks, syncing: Syncing, leaving: Leaving
    ) -> None:
        super().__init__(tray)
        self._tray, self._words, self._here = tray, words, here
        self._syncing, self._leaving = syncing, leaving
        self._session: Session | None = None
        self._status: Status | None = None
        self._agent = self._watched = ""
        tray.looked_at.connect(self._looked_at)
        syncing.moved.connect(self.look)
        syncing.progressed.connect(self.show)
        syncing.asked.connect(self._synced)
        syncing.trouble.connect(self.fail)

    def take(self, session: Session | None, agent: str = "") -> None:
        """Show this session from now on, or that nobody is signed in, or an ``agent`` locked."""
        self._session, self._status, self._agent = session, None, agent
        self.look()

    def watch(self, programs: str) -> None:
        """Say in which programs copied messages are read; empty where none are."""
        self._watched = programs
        self.show()

    def look(self) -> None:
        """Have the worker look how the profile stands, and show it."""
        session = self._session
        self.show()
        if session is None:
            return

        def done(status: Status) -> None:
            if self._session is session:
                self._status = status
                self.show()

        def failed(error: Exception) -> None:
            if self._session is session:
                self.fail(error)

        self._here.run(session.status, done, failed)

    def show(self) -> None:
        """Show what is known, in the words of now."""
        say, status, syncing = self._words.say, self._status, self._syncing
        if self._leaving.under_way:
            self._tray.set_leaving(say("tray.leaving"))
        elif self._session is None and self._agent:
            self._tray.set_locked(say("tray.status.locked", agent=self._agent))
        elif self._session is None:
            self._tray.set_open(False, say("tray.status.closed"))
        elif status is not None:
            who, *said = lines(self._words, status, time.time())
            if syncing.stopping:
                said = [say("tray.stopping")]
            elif syncing.progress is not None:
                done, of = syncing.progress
                said = [say("tray.syncing_at", done=done, of=of) if of else say("tray.syncing")]
            can_stop = syncing.progress is not None and not syncing.stopping
            refused = status.problem == StoreLoginRefused.code
            names = self._watched
            watched = [say("watch.tray", names=names)] if names else []
            text = "\n".join((who, *watched, *said))
            self._tray.set_open(True, text, can_stop, refused, watching=bool(names))

    def fail(self, error: Exception) -> None:
        """The one door: every error that an agent must know of goes through here."""
        leads_to = "store_login" if isinstance(error, StoreLoginRefused) else ""
        self._tray.tell(str(explain(error, self._words)), leads_to)

    def _looked_at(self) -> None:
        # What it says of times has grown old.
        self.show()
        self._syncing.wake()

    def _synced(self, how: SyncReport | Exception) -> None:
        if isinstance(how, SyncReport):
            facts = {"pulled": how.pulled, "pushed": how.pushed}
            self._tray.tell(self._words.say("note.synced", **facts))
        elif not isinstance(how, Stopped):
            self.fail(how)
