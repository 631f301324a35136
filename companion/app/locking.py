"""Stepping away: locks the desk when it is told to, or when nobody is there, and comes back."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from companion.app.idling import Idling, minutes_allowed
from companion.desk.ports import Ask, Going, Presence, Target
from companion.errors import CompanionError, HotkeyTaken, HotkeyUnknown
from companion.profile.records import option_id
from companion.session.drafts import Draft, NewPhrase, Slots
from companion.settings import SETTINGS
from companion.ui.key_names import spelled
from companion.wiring.desktop import overwrite_as_freed, overwrite_freed

if TYPE_CHECKING:
    from companion.app.remembering import Remembering
    from companion.app.tray_app import TrayApp
    from companion.session.session import Session

_OPTIONS = ("idle_minutes", "lock_keys")
_RECORDS = frozenset(map(option_id, _OPTIONS))
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
        self._keys = str(SETTINGS["lock_keys"].default)
        # Those that are ours, and how the desktop calls them.
        self._held = dict[str, str]()
        self._front: Target | None = None
        self._picker_for = ""
        # Who sits down next is somebody else.
        app.leaving.begun.connect(lambda: overwrite_as_freed(True))
        app.leaving.stayed.connect(lambda: overwrite_as_freed(False))
        app.leaving.left.connect(self.overwrite)

    # ---- hearing of it

    def begin(self) -> None:
        """Listen to the hotkey and to the desktop."""
        self._register(self._keys)
        tell = self._app.tasks.tell
        self._app.seating.shut.connect(self._shut)
        self._presence.listen(lambda going, safe: tell(lambda: self._goes(going, safe)))

    def again(self) -> None:
        """Take the hotkey once more where it could not be had; that was told already."""
        if self._keys not in self._held:
            self._register(self._keys, told=True)

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
        # Nobody waits for it: the key is overwritten already.
        self._app.tasks.run(overwrite_freed, lambda _: None, self._app.fail)
        # Answers that were on their way, and parts of windows, are freed only now.
        QTimer.singleShot(_SETTLED_MS, self, self._overwrite_the_rest)

    def _overwrite_the_rest(self) -> None:
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
        session.profile.listen(lambda ids: self._heard(session, ids))
        self._read(session)
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

    # ---- what the agent has chosen

    def _heard(self, session: Session, ids: frozenset[str]) -> None:
        """On whichever thread has changed the profile."""
        if ids & _RECORDS:
            self._app.tasks.tell(lambda: self._read(session))

    def _read(self, session: Session) -> None:
        def done(chosen: tuple[int, str]) -> None:
            if session is self._app.session:
                minutes, self._keys = chosen
                self._register(self._keys)
                self.idling.begin(minutes_allowed(minutes, session.seat.policy.idle_minutes))

        def work() -> tuple[int, str]:
            return int(session.option("idle_minutes")), str(session.option("lock_keys"))

        self._app.tasks.run(work, done, self._app.fail)

    def _register(self, keys: str, told: bool = False) -> None:
        """Take the hotkey, where it is not ours already; no desk gives a single one back."""
        app = self._app
        if not keys or keys in self._held:
            app.keys.name("lock", self._held.get(keys, ""))
            return
        self._held[keys] = spelled(keys, app.words)
        ask = Ask(
            app.words.say("lock.purpose"),
            lambda said: app.tasks.tell(lambda: self._told(keys, said)),
        )
        try:
            app.desk.hotkeys.register(
                keys, lambda: app.tasks.tell(lambda: self._pressed(keys)), ask=ask
            )
        except CompanionError as error:
            del self._held[keys]
            if not told:
                self._told(keys, error)
        app.keys.name("lock", self._held.get(keys, ""))

    def _pressed(self, keys: str) -> None:
        if keys == self._keys:
            self.lock_now()

    def _told(self, keys: str, said: str | CompanionError) -> None:
        if keys in self._held:
            # What a desktop calls them; it answers later, and may refuse.
            self._held[keys] = said if isinstance(said, str) else ""
            self._app.keys.name("lock", self._held[keys])
        if isinstance(said, str):
            self._app.tray.tell(self._app.words.say("note.other_lock_keys", keys=said))
        elif isinstance(said, (HotkeyTaken, HotkeyUnknown)):
            # That a desktop has no hotkeys at all was told of the picker's.
            self._app.fail(said)
