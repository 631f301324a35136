"""What others left on this desk, and who forgot to sign out: looked for, offered, cleared."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from companion.runtime.tasks import Tasks
from companion.session.leftovers import Leftover, StoodDown, clear, leftovers, stand_down
from companion.session.seat import Seat
from companion.session.standing import SignedOut
from companion.ui.left import report
from companion.ui.leftovers import LeftoversForm
from companion.ui.messages import explain
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.session.session import Session


class Leftovers(QObject):
    """Works on a worker of its own: programs may have to be told, a secret store may be slow.

    Only signing somebody out is for the worker ``here`` that opens what is locked: one or the other
    comes first, and who is back (``session``) is signed out by himself alone.
    """

    stood_down = Signal(object)
    """Whoever was signed in no longer is; with what his browsers had of his (TakenBack)."""

    def __init__(
        self,
        seat: Seat,
        words: Words,
        here: Tasks,
        session: Callable[[], Session | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._seat, self._words, self._here, self._session = seat, words, here, session
        self._own = Tasks(self)
        self.window = LeftoversForm(words)
        self.window.clear_wanted.connect(self._clear)
        self.window.stand_down_wanted.connect(self.stand_down)

    def open(self) -> None:
        """Show what is there."""
        self._own.run(lambda: leftovers(self._seat), self._show, self._failed)

    def not_me(self) -> None:
        """Somebody else sits here now than is signed in."""
        self.window.ask_stand_down()

    def put_away(self) -> None:
        """Ask nothing any more: somebody has sat down."""
        self.window.close()

    def end(self) -> None:
        """Do nothing more."""
        self._own.end()
        self.window.close()

    def _show(self, found: list[Leftover]) -> None:
        self.window.show_leftovers(found, time.time())

    def _clear(self, chosen: list[Leftover]) -> None:
        def work() -> list[Leftover]:
            for one in chosen:
                clear(self._seat, one)
            return leftovers(self._seat)

        self._own.run(work, self._show, self._failed)

    def stand_down(self) -> None:
        """Sign out whoever is locked here, where he is not back, and say what became of it."""
        # Behind what is just being opened, and behind the answer to it.
        self._here.run(lambda: None, lambda _: self._unless_back(), self._failed)

    def _unless_back(self) -> None:
        if self._session() is None:
            self._here.run(partial(stand_down, self._seat), self._left, self._failed)

    def _left(self, stood: StoodDown) -> None:
        out = SignedOut(0, stood.kept_sealed, "", stood.traces, stood.remains)
        self.window.show_done(report(out, self._words))
        self.stood_down.emit(stood.taken)

    def _failed(self, error: Exception) -> None:
        self.window.show_failure(explain(error, self._words))
