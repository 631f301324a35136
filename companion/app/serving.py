"""Answers the commands that a shell hands to the running app."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from companion.errors import DeskBusy, NothingFound, NotInserted, SlotsOpen
from companion.phrases.insertion import Outcome
from companion.runtime.instance import Answer
from companion.seat_errors import RunsElsewhere
from companion.ui.messages import explain
from companion.wiring.desktop import focus_with, on_another_desktop, overwrite_as_freed

if TYPE_CHECKING:
    from companion.app.tray_app import TrayApp
    from companion.session.session import Session

Execute = Callable[
    [
        "Session | None",
        dict[str, object],
        Callable[[str], None],
        Callable[["Session"], None],
        Callable[[], None],
    ],
    dict[str, object],
]
"""Runs a command of the shell for the open session, given what inserts a phrase, what takes a
session that the command has opened, and what locks; handed in, so that app need not know cli."""

# Longer than an insertion may take by its own time-outs.
INSERT_S = 10.0
# What is being written goes to this desk's disk first.
LOCK_S = 15.0


class Serving:
    """Runs each command on a worker of their own, one after the other."""

    def __init__(self, app: TrayApp, execute: Execute) -> None:
        self._app, self._execute = app, execute

    def asked(self, message: dict[str, object], answer: Answer) -> None:
        """A command from the shell, as cli/forwarding.py sends it, or a second start: ``raise``."""
        app, argv = self._app, message.get("argv")
        if isinstance(argv, list) and argv[:1] == ["raise"]:
            theirs = message.get("desktop")
            if isinstance(theirs, list) and on_another_desktop([str(name) for name in theirs]):
                # A window would come up where whoever started us does not see it.
                refusal = explain(RunsElsewhere(), app.words)
                answer({"exit": 1, "out": "", "err": f"{refusal}\n"})
                return
            focus_with(str(message.get("token", "")))
            app.hotkey()
            answer({"exit": 0, "out": "", "err": ""})
            return

        leaves = isinstance(argv, list) and "sign-out" in argv

        def done(answered: dict[str, object]) -> None:
            if app.session is not None and not app.seat.settings.read()["profile"]:
                app.closed()
            if leaves:
                app.locking.overwrite()
            answer(answered)

        def failed(error: Exception) -> None:
            if leaves:
                app.locking.overwrite()
            answer({"exit": 1, "out": "", "err": f"{explain(error, app.words)}\n"})

        def work() -> dict[str, object]:
            return self._execute(app.session, message, self._insert, self._opened, self._lock)

        def serve(_: None) -> None:
            # One that waits for the store must not keep an edit from this desk's disk.
            app.shell.run(work, done, failed)

        if leaves:
            overwrite_as_freed(True)
            # Its text is saved by the worker that this command waits for.
            app.put_away()
        # Behind the answers of what the worker does already: while a profile is being opened by
        # the remembered key, a command must not find the app locked.
        app.tasks.run(lambda: None, serve, failed)

    def _opened(self, session: Session) -> None:
        """A command has signed in or made a profile; on the worker thread."""

        def take() -> None:
            # Signed in once more with the same profile: the open session goes on.
            if self._app.session is None:
                self._app.seating.take(session)

        self._app.tasks.tell(take)

    def _lock(self) -> None:
        """Lock the desk; on the worker thread. Raises why it could not be, DeskBusy."""
        ended, locking = threading.Event(), self._app.locking
        self._app.tasks.tell(lambda: locking.lock(ended.set))
        if not ended.wait(LOCK_S):
            raise DeskBusy(pid=0)
        if locking.trouble is not None:
            raise locking.trouble

    def _insert(self, query: str) -> None:
        """Insert the first hit of a query into the focused window; on the worker thread.

        Raises NothingFound, SlotsOpen, NotInserted.
        """
        inserting = self._app.inserting
        # What is only near is for people to choose.
        hits = [hit for hit in inserting.find(query) if not hit.near]
        if not hits:
            raise NothingFound(kind="phrase")
        ended, outcomes, missing = threading.Event(), list[Outcome](), list[str]()

        def done(outcome: Outcome) -> None:
            outcomes.append(outcome)
            ended.set()

        def insert() -> None:
            missing.extend(inserting.insert_now(hits[0].entry, done))
            if missing:
                ended.set()

        self._app.tasks.tell(insert)
        in_time = ended.wait(INSERT_S)
        if missing:
            raise SlotsOpen(names=self._app.words.say("list.between").join(missing))
        if not in_time or outcomes[0].obstacle is not None:
            raise NotInserted
