"""Signing out: sends what waits for as long as the agent waits, then leaves the desk."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from companion.app.handing_over import HandingOver
from companion.errors import Stopped
from companion.runtime.tasks import Tasks
from companion.ui.leaving import Leaving as Window
from companion.ui.left import report
from companion.ui.messages import Message, explain
from companion.ui.standing import counted
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.session.session import Session
    from companion.session.standing import SignedOut, Status

# Why the sealed packs stay, where it is no error that Companion knows.
UNEXPECTED = "unexpected"


class Leaving(QObject):
    """Takes one session from the question to the bare desk.

    ``here`` works on this desk's disk, ``away`` waits for the store: whatever becomes of the
    sending, leaving never waits behind it.
    """

    begun = Signal()
    """From here on nothing else is to be done with the session."""
    stayed = Signal()
    """The agent stays after all, or the desk could not be left."""
    left = Signal()

    def __init__(
        self, words: Words, here: Tasks, away: Tasks, patience_s: float, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._words, self._here, self._away = words, here, away
        self.window = Window(words)
        self.window.skipped.connect(self.skip)
        self.window.stayed.connect(self._stay)
        self._handing = HandingOver(words, self.window, here, self)
        self._session: Session | None = None
        self._stop: threading.Event | None = None
        self._at = (0, 0)
        self._card_copied = False
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(round(patience_s * 1000))
        self._slow.timeout.connect(self._show)

    @property
    def under_way(self) -> bool:
        """Whether a session is being left."""
        return self._session is not None

    def copied(self, text: str, lasting: bool) -> None:
        """What stands on the clipboard from here: a card there stays, and the report says so."""
        from companion.session.card import claims_card

        self._card_copied = lasting and claims_card(text)

    def ask(self, session: Session | None = None) -> None:
        """Ask the agent, and say what is known not to be sent; or show how far it is."""
        if self.under_way:
            self.window.raise_()
            self.window.activateWindow()
            return
        self.window.ask()
        if session is not None:
            self._here.run(session.status, self._warn, lambda _: None)

    def take(self, session: Session, patience_s: float | None = None) -> None:
        """Send what waits in a session and leave it.

        Where nobody is there to say so, what was not sent after ``patience_s`` is not waited for.
        """
        stop = self._stop = threading.Event()
        self._session, self._at = session, (0, 0)
        self.begun.emit()
        self._slow.start()
        self._show()

        def steps(_step: str, done: int, of: int) -> None:
            self._away.tell(lambda: self._progressed(stop, done, of))

        self._away.run(
            lambda: session.send(steps, stop.is_set),
            lambda sent: self._sent(stop, *sent),
            lambda _: self._sent(stop, 0, UNEXPECTED),
        )
        if patience_s is not None:
            QTimer.singleShot(
                round(1000 * patience_s), self, lambda: self._sent(stop, 0, Stopped.code)
            )

    def _warn(self, status: Status) -> None:
        out_of_reach = bool(status.problem) or status.offline
        if status.waiting and out_of_reach:
            self.window.warn(counted(self._words, "signout.waiting", status.waiting))

    def skip(self) -> None:
        """Wait no longer: what is sealed stays on this desk."""
        if self._stop is not None:
            self._leave(0, Stopped.code)

    def give_up(self) -> None:
        """Send nothing more and leave nothing: somebody else does that now."""
        if self._stop is not None:
            self._stop.set()
        self._ended()

    def _stay(self) -> None:
        if self._stop is not None:
            self._stop.set()
            self._ended()
            self.stayed.emit()

    def _sent(self, stop: threading.Event, pushed: int, reason: str) -> None:
        if stop is self._stop:
            self._leave(pushed, reason)

    def _leave(self, pushed: int, reason: str) -> None:
        if self._stop is not None:
            self._stop.set()
        session, self._stop = self._session, None
        self._slow.stop()
        self.window.show_wiping()
        if session is not None:
            self._here.run(lambda: session.leave(pushed, reason), self._told, self._failed)

    def _told(self, out: SignedOut) -> None:
        session = self._session
        self._ended()
        self.left.emit()
        kept = out.kept_sealed and session is not None
        if session is not None:
            self._handing.offer(session.seat, session.profile.id)
        card, self._card_copied = self._card_copied, False
        self.window.show_report(report(out, self._words, card), can_hand_over=kept)

    def _failed(self, error: Exception) -> None:
        self._ended()
        self.stayed.emit()
        said = explain(error, self._words)
        self.window.show_left(said.what, str(Message(said.safe, said.do, "")))

    def _ended(self) -> None:
        self._session = self._stop = None
        self._slow.stop()

    def _progressed(self, stop: threading.Event, done: int, of: int) -> None:
        if stop is self._stop:
            self._at = (done, of)
            self._show()

    def _show(self) -> None:
        self.window.show_sending(*self._at, slow=not self._slow.isActive())
