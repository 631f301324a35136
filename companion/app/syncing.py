"""Background sync: after edits, by a quiet timer, when the network is back, and by hand."""

from __future__ import annotations

import random
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from companion.errors import CompanionError, Stopped, StoreBusy
from companion.runtime.network import Network
from companion.runtime.tasks import Tasks
from companion.sync.progress import SyncReport

if TYPE_CHECKING:
    from companion.session.session import Session

# What passes by itself: the agent works on, and nothing is said but in the tray's menu.
PASSING = {"store_unreachable", "store_missing", "store_busy", "store_answer_strange"}
# Some services lock the account after a few tries: only the agent tries this again.
_NEVER_AGAIN = {"store_login_refused"}
_PROGRESS_S = 0.1
_A_DAY_S = 86_400.0


@dataclass(frozen=True)
class Pace:
    """How long what is put off, in seconds."""

    after_edit: float = 3.0
    """From the last edit to a sync, and ``edits_at_most`` from the first."""
    edits_at_most: float = 30.0
    count_saved: float = 10.0
    """From a use that was counted to this desk's disk; ``count_sent`` to the store."""
    count_sent: float = 300.0
    retry: float = 30.0
    """From a first failure to the next try, doubled with each one up to ``retry_at_most``."""
    retry_at_most: float = 900.0
    minute: float = 60.0
    long: float = 1.0
    """A sync that takes longer shows how far it is, and can be stopped."""


@dataclass
class _Due:
    """When to sync next, by time.monotonic(); None where nothing calls for it."""

    edits: float | None = None
    first_edit: float | None = None
    counts: float | None = None
    quiet: float | None = None
    not_before: float = 0.0

    def next(self) -> float | None:
        moments = [at for at in (self.edits, self.counts, self.quiet) if at is not None]
        return max(min(moments), self.not_before) if moments else None


class Syncing(QObject):
    """Decides when the open profile meets its store, never twice at once.

    ``here`` does what concerns this desk's disk only, ``away`` what waits for the store.
    """

    moved = Signal()
    """How things stand may have changed."""
    progressed = Signal()
    asked = Signal(object)
    """How a sync that was asked for by hand ended: SyncReport or an exception."""
    trouble = Signal(object)
    """An exception that only the agent can do something about; said once until a sync works."""

    def __init__(self, here: Tasks, away: Tasks, pace: Pace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._here, self._away, self._pace = here, away, pace
        self._session: Session | None = None
        # Whose edits are heard of; who has left is held by nothing.
        self._heard: Callable[[], Session | None] = lambda: None
        self._due = _Due()
        self._timer = self._once(self._run)
        self._long = self._once(self._took_long)
        self._save_counts = self._once(self._save)
        self._stop: threading.Event | None = None
        self._by_hand = False
        self._failures, self._said, self._minutes = 0, "", 0
        self._tried_at = self._asked_until = 0.0
        self._network = Network(self.wake, self)
        self.progress: tuple[int, int] | None = None
        """Packs done and all, once a sync has taken long; None before and after."""

    @property
    def running(self) -> bool:
        """Whether a sync is under way."""
        return self._stop is not None

    @property
    def stopping(self) -> bool:
        """Whether one is under way that was told to stop."""
        return self._stop is not None and self._stop.is_set()

    def begin(self, session: Session) -> None:
        """Look after a session that was just opened."""
        self.end()
        self._session, self._due, self._failures, self._said = session, _Due(), 0, ""

        if session is not self._heard():
            self._heard = weakref.ref(session)
            session.profile.listen(lambda _ids: self._hear(session))
        self._run()

    def end(self) -> None:
        """Look after it no more; a sync that is under way is stopped."""
        self.stop()
        self._session = None
        for timer in (self._timer, self._long, self._save_counts):
            timer.stop()

    def now(self) -> None:
        """Sync because the agent asks for it."""
        self._by_hand = True
        self._run()

    def cleared(self) -> None:
        """What only the agent could mend is mended: sync now."""
        self._said = ""
        self._run()

    def stop(self) -> None:
        """Stop what is under way; what is done stays done, and the next sync goes on from there."""
        if self._stop is not None:
            self._by_hand = False
            self._stop.set()
            self.progressed.emit()

    def wake(self) -> None:
        """The network is back, or the agent after a while: sync now where that was put off."""
        waited = time.time() - self._tried_at
        overdue = self._minutes > 0 and waited > self._minutes * self._pace.minute
        refused = self._said in _NEVER_AGAIN or time.monotonic() < self._asked_until
        if (self._failures or overdue) and waited > self._pace.after_edit and not refused:
            self._run()

    def _hear(self, session: Session) -> None:
        """On whichever thread has changed the profile, be it by an edit or by what was fetched."""
        edit = session.profile.has_changes(uses=False)
        if edit or session.profile.has_changes():
            self._here.tell(lambda: self._changed(session, edit))

    def _changed(self, session: Session, edit: bool) -> None:
        """The profile was changed at this desk: an edit, or only a use that was counted."""
        if session is not self._session:
            return
        now, due = time.monotonic(), self._due
        if not edit:
            due.counts = due.counts or now + self._pace.count_sent
            if not self._save_counts.isActive():
                self._save_counts.start(_ms(self._pace.count_saved))
            self._plan()
            return
        self._save()
        due.first_edit = due.first_edit or now
        due.edits = min(now + self._pace.after_edit, due.first_edit + self._pace.edits_at_most)
        self._plan()

    def _save(self) -> None:
        session = self._session
        if session is not None:
            self._here.run(session.save, lambda _: self.moved.emit(), self.trouble.emit)

    def _plan(self) -> None:
        """Set the timer to when the next sync is due."""
        at = self._due.next()
        session = self._session
        if session is None or self.running or at is None or self._said in _NEVER_AGAIN:
            self._timer.stop()
            at = None
        else:
            self._timer.start(_ms(at - time.monotonic()))
        if session is not None:
            session.next_at = 0 if at is None else round(time.time() + at - time.monotonic())

    def _run(self) -> None:
        session = self._session
        if session is None or self.running:
            return
        stop = self._stop = threading.Event()
        self._due.edits = self._due.first_edit = self._due.counts = None
        self._tried_at = time.time()
        self._plan()
        self._long.start(_ms(self._pace.long))
        told_at = 0.0

        def steps(_step: str, done: int, of: int) -> None:
            nonlocal told_at
            if time.monotonic() - told_at > _PROGRESS_S:
                told_at = time.monotonic()
                self._away.tell(lambda: self._progressed(stop, done, of))

        def work() -> tuple[SyncReport, int]:
            report = session.sync(steps, stop.is_set)
            return report, int(session.option("sync_minutes"))

        self._away.run(
            work,
            lambda answer: self._done(session, *answer),
            lambda error: self._failed(session, error),
        )

    def _done(self, session: Session, report: SyncReport, minutes: int) -> None:
        if not self._ended(session):
            return
        self._failures, self._said = 0, ""
        self._minutes = max(0, min(minutes, int(_A_DAY_S / 60)))
        self._due.not_before = 0.0
        self._due.quiet = None
        if self._minutes:
            self._due.quiet = self._in(self._minutes * self._pace.minute)
        for trouble in session.teams.unsaid():
            self.trouble.emit(trouble)
        self._answer(report)

    def _failed(self, session: Session, error: Exception) -> None:
        if not self._ended(session):
            return
        if isinstance(error, Stopped):
            # By the agent, who wants to be left alone for a while.
            self._due.quiet = self._in(max(self._minutes * self._pace.minute, self._pace.retry))
            self._due.not_before = self._due.quiet
            self._answer(error)
            return
        code = error.code if isinstance(error, CompanionError) else "unexpected"
        wait = self._pace.retry * 2**self._failures
        self._failures = min(self._failures + 1, 20)
        self._due.quiet = self._in(min(wait, self._pace.retry_at_most))
        # What a server asks for is kept, and new edits do not call for a try at once.
        now, asked = time.monotonic(), min(_asked_s(error), _A_DAY_S)
        self._asked_until = now + asked
        self._due.not_before = now + max(asked, min(wait, self._pace.retry))
        if code in PASSING:
            self._network.listen()
        elif code != self._said and not self._by_hand:
            self.trouble.emit(error)
        self._said = code
        self._answer(error)

    def _ended(self, session: Session) -> bool:
        """A sync has ended; whether it was the open session's."""
        self._stop, self.progress = None, None
        self._long.stop()
        if session is self._session:
            return True
        if self._session is not None:
            # The next one has waited for this.
            self._run()
        return False

    def _answer(self, how: object) -> None:
        by_hand, self._by_hand = self._by_hand, False
        self._plan()
        self.moved.emit()
        if by_hand:
            self.asked.emit(how)

    def _progressed(self, stop: threading.Event, done: int, of: int) -> None:
        if stop is self._stop and self.progress is not None:
            self.progress = (done, of)
            self.progressed.emit()

    def _took_long(self) -> None:
        self.progress = (0, 0)
        self.progressed.emit()

    def _in(self, seconds: float) -> float:
        """That much later, give or take a tenth: desks that began together must not stay so."""
        return time.monotonic() + seconds * random.uniform(0.9, 1.1)

    def _once(self, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        return timer


def _asked_s(error: Exception) -> float:
    """How long a server asks to be left alone."""
    return float(error.facts.get("seconds", 0)) if isinstance(error, StoreBusy) else 0.0


def _ms(seconds: float) -> int:
    return round(1000 * max(0.0, min(seconds, _A_DAY_S)))
