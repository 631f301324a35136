"""Stepping away: locks the desk when it is told to, or when nobody is there, and comes back."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from companion.app.following import follow
from companion.app.idling import Idling, minutes_allowed
from companion.desk.ports import Going, Presence, Target
from companion.session.drafts import Draft, NewPhrase, Slots
from companion.wiring.desktop import overwrite_as_freed, overwrite_freed

if TYPE_CHECKING:
    from companion.app.remembering import Remembering
    from companion.app.tray_app import TrayApp
    from companion.session.session import Session

# By then everything that was on its way has come.
_SETTLED_MS = 1_000


def nothing() -> None:
    """Nobody waits for it."""


class Locking(QObject):
    """Locked, the app holds no session; its packs and what was being written lie here sealed."""

    def __init__(self, app: TrayApp, presence: Presence) -> None:
        super().__init__(app)
        self._app, self._presence = app, presence
        self.idling = Idling(presence.idle_s, self)
        self.idling.idle.connect(self._left_alone)
        self.trouble: Exception | None = None
        """Why the desk could not be locked last; None where it could."""
        self._waiting: list[Callable[[], None]] = []
        # Drafts whose phrase is not there (yet), and those that the worker reads, until it has.
        self._drafts, self._coming = list[Draft](), list[Draft]()
        self._front: Target | None = None
        self._picker_for = ""
        # Who sits down next is somebody else.
        app.leaving.begun.connect(lambda: overwrite_as_freed(True))
        app.leaving.stayed.connect(lambda: overwrite_as_freed(False))
        app.leaving.left.connect(self.overwrite)

    # ---- hearing of it

    def begin(self) -> None:
        """Listen to the desktop."""
        tell = self._app.tasks.tell
        self._app.seating.shut.connect(self._shut)
        self._presence.listen(lambda going, safe: tell(lambda: self._goes(going, safe)))

    def end(self) -> None:
        """Listen no more."""
        self.idling.end()
        self._presence.close()

    def _goes(self, going: Going, safe: Callable[[], None]) -> None:
        """What the desktop says of the agent, or of itself."""
        if going is Going.ENDS:
            self._app.ending.end_fast(safe)
        else:
            self.lock(safe)

    def lock_now(self) -> None:
        """Lock because the agent says so, and show that it is."""
        if self._app.session is not None and not self._app.leaving.under_way:
            self.lock()
            self._app.seating.ask(locked=True)

    def lock(self, done: Callable[[], None] = nothing) -> None:
        """Lock; ``done`` is called once all is saved and closed, or cannot be: see ``trouble``."""
        app, session = self._app, self._app.session
        self._waiting.append(done)
        if session is None or app.leaving.under_way:
            app.seating.lock()
            # Behind a lock that is under way, and behind a profile that is just being opened.
            app.tasks.run(nothing, lambda _: self._look_again(), app.fail)
            return
        overwrite_as_freed(True)
        # Taken out of the forms first: what stays there is written into the profile.
        coming, drafts = self._coming, self._drafts + self._taken()
        app.leaving.window.hide()
        app.seating.put_away()
        app.put_away()
        app.closed()

        def work() -> None:
            # What was to come back has been read by now, and stands in the file no more.
            drafts.extend(coming)
            session.drafts.keep(drafts)
            # Whatever goes wrong from here on, they come back from there.
            drafts.clear()
            session.close()

        def failed(error: Exception) -> None:
            self._failed(session, drafts, error)

        app.tasks.run(work, lambda _: self._locked(), failed)

    def _shut(self, said: str) -> None:
        """Somebody sat down behind the lock."""
        if self._app.session is None:
            self._app.closed()
        if said:
            self._app.tray.tell(said)

    def _look_again(self) -> None:
        if self._app.session is not None and not self._app.leaving.under_way:
            self.lock()
        else:
            self._over()

    def _left_alone(self) -> None:
        if self._app.session is not None:
            self.lock()
            self._app.tray.tell(self._app.words.say("note.locked_idle"))

    def _locked(self) -> None:
        self.trouble = None
        self._over()
        self.overwrite()

    def overwrite(self) -> None:
        """Overwrite what the windows and the session held, as it is free now."""
        # What stands in a circle is freed only so, and here: a part of a window must end on the
        # GUI thread.
        gc.collect()
        # Nobody waits for it: the key is overwritten already.
        self._app.tasks.run(overwrite_freed, lambda _: None, self._app.fail)
        # Answers that were on their way, and parts of windows, are freed only now.
        QTimer.singleShot(_SETTLED_MS, self, self._overwrite_the_rest)

    def _overwrite_the_rest(self) -> None:
        gc.collect()
        self._app.tasks.run(overwrite_freed, lambda _: overwrite_as_freed(False), self._app.fail)

    def _failed(self, session: Session, drafts: list[Draft], error: Exception) -> None:
        # Nothing that was written may be lost: the desk stays open, and the agent hears why.
        self.trouble = error
        overwrite_as_freed(False)
        if self._app.session is None and not session.closed:
            self._drafts = drafts
            self._app.seating.take(session)
        self._app.fail(error)
        self._over()

    def _over(self) -> None:
        waiting, self._waiting = self._waiting, []
        for done in waiting:
            done()

    def agent(self) -> str:
        """Who is signed in here, by name; empty for nobody."""
        said = self._app.seat.settings.read()
        return str(said["agent"] or self._app.words.say("app.name")) if said["profile"] else ""

    # ---- a PIN

    @cached_property
    def remembering(self) -> Remembering:
        """What sets a PIN; most shifts need none."""
        from companion.app.remembering import Remembering

        return Remembering(self._app)

    def ask_pin(self) -> None:
        """Let the agent set a PIN."""
        if self._app.session is not None:
            self.remembering.open(self._app.session)

    def put_away(self) -> None:
        """Nothing that was typed stays to be read."""
        if "remembering" in vars(self):
            self.remembering.put_away()

    # ---- coming back

    def want_picker(self) -> None:
        """The picker is wanted for the window that has the focus now, once the desk is open."""
        self._picker_for = str(self._app.seat.settings.read()["profile"])
        self._front = self._app.desk.windows.focused() if self._picker_for else None

    def take(self, session: Session | None) -> None:
        """Look after a session that was opened, or after none any more."""
        if session is None:
            self.idling.end()
            # Locked, they are sealed; left, they are nobody's any more.
            self._drafts, self._coming = [], []
            return

        def chosen(values: list[str | int | bool]) -> None:
            most = session.seat.policy.idle_minutes
            self.idling.begin(minutes_allowed(int(values[0]), most))

        follow(self._app, session, ["idle_minutes"], chosen)
        app, coming = self._app, list[Draft]()
        self._coming = coming

        def read() -> None:
            coming.extend(session.drafts.take())

        app.tasks.run(read, lambda _: self._came_back(coming), app.fail)
        # Not for whoever else has sat down since.
        if self._picker_for == session.profile.id:
            app.inserting.open(self._front)
        self._front, self._picker_for = None, ""

    def indexed(self) -> None:
        """What the picker can find is there: so are the phrases whose forms were open."""
        held, self._drafts = self._drafts, []
        self._restore(held)

    def _came_back(self, drafts: list[Draft]) -> None:
        # Locked or left meanwhile, they are not to be shown.
        if drafts is self._coming:
            self._coming = []
            self._restore(drafts)

    def _restore(self, drafts: list[Draft]) -> None:
        app = self._app
        for draft in drafts:
            if isinstance(draft, NewPhrase):
                app.editor.restore(draft.title, draft.body, draft.abbr, draft.group)
            elif not app.inserting.reopen(draft):
                # Its phrase is not there (yet).
                self._drafts.append(draft)

    def _taken(self) -> list[Draft]:
        """What is being written in forms, which are empty then."""
        written = self._app.editor.take_written()
        drafts: list[Draft] = [NewPhrase(*written)] if any(written) else []
        slots: Slots | None = self._app.inserting.asking.draft()
        return [*drafts, slots] if slots is not None else drafts
