"""Takes back what a crash, or a browser that was open at sign-out, left lent with nobody here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from companion.errors import AppLocked
from companion.runtime.tasks import Tasks
from companion.session.remaining import Remaining, TakenBack, is_lent
from companion.session.seat import Seat
from companion.ui.remaining import what_remains
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.session.session import Session

AGAIN_MS = 15_000
"""After so long it tries again: a person may have closed the browser by then."""


class Reclaiming(QObject):
    """Tells by ``tell`` where something remains, and once it is gone.

    It tries again and again, while something remains and nobody is signed in. What an agent has
    put into his folder of a browser waits in memory for his next sign-in, where his sealed profile
    is still on this desk.
    """

    def __init__(
        self,
        seat: Seat,
        words: Words,
        tell: Callable[[str], None],
        fail: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._seat, self._words, self._tell, self._fail = seat, words, tell, fail
        self._own = Tasks(self)
        self._session: Session | None = None
        self._taken: TakenBack | None = None
        # What the agent knows to be left; None where the sign-out has said it.
        self._known: tuple[Remaining, ...] | None = ()
        self._left = False
        self.again = QTimer(self)
        self.again.setSingleShot(True)
        self.again.setInterval(AGAIN_MS)
        self.again.timeout.connect(self.try_now)

    def begin(self, here: Tasks) -> None:
        """Take back what can be, where ``here`` is not just opening a session."""
        here.run(lambda: is_lent(self._seat.lent_folder), self._begin, self._fail)

    def take(self, session: Session | None) -> None:
        """Somebody has signed in, or nobody is any more."""
        self._session, self._left = session, False
        self.again.stop()
        if session is None:
            self._own.run(self._is_left, self._watch, self._fail)
        self._hand_over()

    def try_now(self) -> None:
        """Try at once what is tried again and again: the agent may just have closed a browser."""
        if self._left:
            self.again.stop()
            self._begin(True)

    def keep(self, taken: TakenBack) -> None:
        """Hand over what was taken back elsewhere, to those whose it is."""
        self._wait(taken)
        self._hand_over()

    def end(self) -> None:
        """Do nothing more."""
        self.again.stop()
        self._own.end()

    def _is_left(self) -> bool:
        """Whether something is left here of somebody who has signed out."""
        signed_out = not self._seat.settings.read()["profile"]
        return signed_out and is_lent(self._seat.lent_folder)

    def _watch(self, is_left: bool) -> None:
        if is_left and self._session is None:
            self._known, self._left = None, True
            self.again.start()

    def _begin(self, lent: bool) -> None:
        # On a worker of its own: programs have to be told, and may be slow to answer.
        if lent and self._session is None:
            self._own.run(self._work, self._done, self._fail)

    def _work(self) -> TakenBack:
        return self._seat.loans().take_back()

    def _done(self, taken: TakenBack) -> None:
        self.keep(taken)
        before, self._known = self._known, taken.remains
        self._left = bool(taken.remains) and self._session is None
        if self._left:
            self.again.start()
        if taken.remains and before is not None and taken.remains != before:
            lines = what_remains(taken.remains, self._words)
            self._tell("\n".join([self._words.say("this_desk.left_behind"), *lines]))
        elif not taken.remains and before != ():
            self._tell(self._words.say("this_desk.came_back"))

    def _hand_over(self) -> None:
        session, taken = self._session, self._taken
        if session is None or taken is None or not taken.added_by(session.profile.id):
            return
        # What other agents have added goes on waiting for them.
        others = tuple(one for one in taken.added if one[0] != session.profile.id)
        self._taken = replace(taken, added=others)

        def failed(error: Exception) -> None:
            # Locked in between, or a disk that is full: nowhere else is it any more.
            own = tuple(one for one in taken.added if one[0] == session.profile.id)
            self._wait(replace(taken, added=own))
            if not isinstance(error, AppLocked):
                self._fail(error)
            if self._session is not session:
                self._hand_over()

        self._own.run(lambda: session.keep_added(taken), lambda _: None, failed)

    def _wait(self, taken: TakenBack) -> None:
        """Have it wait, with what does already, until its agent sits here."""
        waiting = self._taken.added if self._taken is not None else ()
        self._taken = replace(taken, added=waiting + taken.added)
