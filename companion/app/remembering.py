"""Has this desk opened by a PIN until the end of the shift, where the agent wants it."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from companion.seat_errors import PolicyForbids
from companion.session.remembering import (
    LEAST_PIN,
    end_of_shift,
    forget,
    remember,
    remembered_until,
)
from companion.session.session import Session
from companion.ui.messages import explain
from companion.ui.pin import PinForm
from companion.ui.standing import clock_of

if TYPE_CHECKING:
    from companion.app.tray_app import TrayApp

_T = TypeVar("_T")


class Remembering(QObject):
    """The form for the PIN on one side, the session on the other."""

    def __init__(self, app: "TrayApp") -> None:
        super().__init__(app)
        self._app = app
        self.window = PinForm(app.words)
        self.window.wanted.connect(self._set)
        self.window.unwanted.connect(self._end)

    def open(self, session: Session) -> None:
        """Show the form, or say that it is forbidden here."""
        seat = session.seat
        if not seat.policy.remember:
            self._app.fail(PolicyForbids(name="remember"))
            return

        def look() -> tuple[datetime, bool]:
            times = (str(session.option("shift_end")), seat.policy.shift_end)
            return end_of_shift(datetime.now(), *times), bool(remembered_until(seat))

        def done(found: tuple[datetime, bool]) -> None:
            if session is not self._app.session:
                return
            self.window.ask(self._clock(found[0].timestamp()), LEAST_PIN, found[1])
            self._app.shell.run(
                seat.secrets.may_ask,
                self.window.expect,
                lambda error: self.window.refuse(explain(error, self._app.words)),
            )

        self._app.tasks.run(look, done, self._app.fail)

    def put_away(self) -> None:
        """Close the form; nothing that was typed stays in it."""
        self.window.forget()
        self.window.close()

    def _set(self) -> None:
        session, held = self._app.session, [self.window.take_pin()]
        if session is None:
            return

        def done(until: int) -> None:
            self._told(self._app.words.say("cli.said.remembered", when=self._clock(until)))

        def work() -> int:
            try:
                return remember(session, held.pop())
            finally:
                # Behind a sign-out that did not wait for this: neither half may outlast that.
                self._app.tasks.run(partial(_unless_left, session), lambda _: None, self._app.fail)

        # A secret store may hang: what concerns the disk must not wait behind it.
        self._run(work, done)

    def _end(self) -> None:
        def done(_: None) -> None:
            self._told(self._app.words.say("cli.said.forgotten"))

        self._run(lambda: forget(self._app.seat), done)

    def _run(self, work: Callable[[], _T], done: Callable[[_T], None]) -> None:
        self._app.shell.run(
            work, done, lambda e: self.window.show_problem(explain(e, self._app.words))
        )

    def _clock(self, at: float) -> str:
        return clock_of(self._app.words, at, time.time())

    def _told(self, said: str) -> None:
        self.put_away()
        self._app.tray.tell(said)


def _unless_left(session: Session) -> None:
    """Forget a PIN whose agent has signed out while it was being set."""
    seat, profile = session.seat, session.profile.id
    if seat.settings.read()["profile"] != profile:
        seat.forget(profile)
