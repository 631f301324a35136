"""At the start: takes back what a crash, or a browser that was open, left lent with nobody here."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from companion.runtime.tasks import Tasks
from companion.session.remaining import TakenBack, is_lent
from companion.session.seat import Seat
from companion.session.session import Session
from companion.ui.remaining import what_remains
from companion.ui.words import Words


class Reclaiming(QObject):
    """Tells by ``tell`` where something remains.

    What an agent has put into his folder of a browser waits in memory for his next sign-in, where
    his sealed profile is still on this desk.
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

    def begin(self, here: Tasks) -> None:
        """Take back what can be, where ``here`` is not just opening a session."""
        here.run(lambda: is_lent(self._seat.lent_folder), self._begin, self._fail)

    def take(self, session: Session | None) -> None:
        """Somebody has signed in, or nobody is any more."""
        self._session = session
        self._hand_over()

    def keep(self, taken: TakenBack) -> None:
        """Hand over what was taken back elsewhere, to those whose it is."""
        added = self._taken.added if self._taken is not None else ()
        self._taken = replace(taken, added=added + taken.added)
        self._hand_over()

    def end(self) -> None:
        """Do nothing more."""
        self._own.end()

    def _begin(self, lent: bool) -> None:
        # On a worker of its own: programs have to be told, and may be slow to answer.
        if lent and self._session is None:
            self._own.run(self._work, self._done, self._fail)

    def _work(self) -> TakenBack:
        return self._seat.loans().take_back()

    def _done(self, taken: TakenBack) -> None:
        self._taken = taken
        self._hand_over()
        if taken.remains:
            lines = what_remains(taken.remains, self._words)
            self._tell("\n".join([self._words.say("this_desk.left_behind"), *lines]))

    def _hand_over(self) -> None:
        session, taken = self._session, self._taken
        if session is None or taken is None or not taken.added_by(session.profile.id):
            return
        # What other agents have added goes on waiting for them.
        others = tuple(one for one in taken.added if one[0] != session.profile.id)
        self._taken = replace(taken, added=others)
        self._own.run(lambda: session.keep_added(taken), lambda _: None, self._fail)
