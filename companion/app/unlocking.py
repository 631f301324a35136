"""Opens what is signed in at this desk: by PIN or passphrase, asked for in a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from companion.runtime.tasks import Tasks
from companion.seat_errors import WrongPin
from companion.session.seat import Seat
from companion.ui.messages import explain
from companion.ui.unlock import Unlock
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.session.session import Session


class Unlocking(QObject):
    """The unlock window on one side, the session on the other."""

    opened = Signal(object)
    """The Session; the window is closed."""

    def __init__(self, seat: Seat, words: Words, tasks: Tasks) -> None:
        super().__init__()
        self._seat, self._words, self._tasks = seat, words, tasks
        self.window = Unlock(words)
        self.window.wanted.connect(self._try)
        # What is tried now; none once the desk was opened otherwise, or nobody is signed in.
        self._trying: object = None

    def ask(self, agent: str, locked: bool = False) -> None:
        """Show the window for an agent, or bring it forward as it is."""
        window = self.window
        if window.isVisible():
            window.raise_()
            window.activateWindow()
        else:
            window.ask(agent, self._may_pin(), locked)

    def put_away(self) -> None:
        """Close the window: it was opened otherwise, or nobody is signed in any more.

        What is tried just now opens nothing then.
        """
        self._trying = None
        self.window.forget()
        self.window.close()

    def _may_pin(self) -> bool:
        from companion.session.remembering import remembered_until

        return bool(remembered_until(self._seat))

    def _try(self) -> None:
        # In a list, which whoever tries it empties: what waits for the answer does not hold it.
        held, seat = [self.window.take_secret()], self._seat
        trying = self._trying = object()
        by_pin = self.window.by_pin

        def work() -> Session:
            from companion.session.remembering import open_by_pin
            from companion.session.sitting import open_here

            opens = open_by_pin if by_pin else open_here
            try:
                return opens(seat, held.pop())
            except Exception as error:
                # Where it went wrong is of no use to anybody, and would hold what was typed.
                raise error.with_traceback(None) from None

        def done(session: Session) -> None:
            if trying is self._trying:
                self.put_away()
                self.opened.emit(session)
            else:
                # It may be open by now: no second one of the same profile, and no key that stays.
                self._tasks.run(session.close, lambda _: None, lambda _: None)

        def failed(error: Exception) -> None:
            if trying is self._trying:
                self._failed(error)

        self._tasks.run(work, done, failed)

    def _failed(self, error: Exception) -> None:
        # Only after a wrong PIN another one may help.
        again = isinstance(error, WrongPin)
        self.window.show_problem(explain(error, self._words), self._may_pin(), again)
