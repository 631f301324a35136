"""Tells at the start that others left something sealed on this desk, and offers to clear it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from companion.runtime.tasks import Tasks
from companion.session.seat import Seat
from companion.ui.tray import Tray
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.app.leftovers import Leftovers
    from companion.session.remaining import TakenBack
    from companion.session.session import Session


class LeftBehind(QObject):
    """``stood_down`` hears when somebody who forgot to sign out has been; see Leftovers.

    ``here`` is the worker that opens what is locked, ``session`` what is open.
    """

    def __init__(
        self,
        seat: Seat,
        words: Words,
        tray: Tray,
        here: Tasks,
        session: Callable[[], Session | None],
        *,
        stood_down: Callable[[TakenBack], None],
    ) -> None:
        super().__init__(tray)
        self._seat, self._words, self._tray = seat, words, tray
        self._here, self._session, self._stood_down = here, session, stood_down

    @cached_property
    def leftovers(self) -> Leftovers:
        """The window and what it does; most starts need none."""
        from companion.app.leftovers import Leftovers

        made = Leftovers(self._seat, self._words, self._here, self._session, self)
        made.stood_down.connect(self._stood_down)
        return made

    def begin(self) -> None:
        """Look, on the worker that may just be opening a session, and offer it where nobody sits.

        Once: who keeps it is not asked again, and finds it in the tray's menu.
        """

        def told(found: bool) -> None:
            self._tray.also = {"leftovers"} if found else set()
            if found and not self._seat.settings.read()["profile"]:
                self._tray.set_open(False, self._words.say("tray.status.closed"))
                self._tray.tell(self._words.say("leftovers.notice"))

        self._here.run(self._any, told, lambda _: None)

    def open(self) -> None:
        """Show what is there."""
        self.leftovers.open()

    def not_me(self) -> None:
        """Somebody else sits here now than is signed in."""
        self.leftovers.not_me()

    def stand_down(self) -> None:
        """Sign out whoever is signed in and locked, without asking: his shift is over."""
        self.leftovers.stand_down()

    def put_away(self) -> None:
        """Ask nothing any more: somebody has sat down."""
        if "leftovers" in vars(self):
            self.leftovers.put_away()

    def end(self) -> None:
        """Do nothing more."""
        if "leftovers" in vars(self):
            self.leftovers.end()

    def _any(self) -> bool:
        from companion.session.leftovers import leftovers, tidy

        tidy(self._seat)
        return bool(leftovers(self._seat))
