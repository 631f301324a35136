"""Sitting down: the sign-in window on one side, the session on the other."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from companion.app.said_place import cards_around, cards_there, may_wait, named
from companion.app.sitting_faults import fault_of
from companion.app.unlocking import Unlocking
from companion.errors import CompanionError, Stopped, StoreLoginRefused
from companion.runtime.tasks import Tasks
from companion.seat_errors import CardNeedsPassphrase, WrongCardPassphrase
from companion.session.seat import Seat
from companion.sync.store import Login
from companion.ui.messages import explain
from companion.ui.sign_in import SignIn
from companion.ui.sign_in_page import Said
from companion.ui.sign_in_who import Offered
from companion.ui.words import Words
from companion.wiring.seats import asks_who, default_store_folder, lies_at_home, prepare, user_of

if TYPE_CHECKING:
    from companion.app.first_run import FirstRun
    from companion.session.card import Card
    from companion.session.session import Session


_Found = tuple["Card | None", str, list[Offered]]
"""The card, the store's address, and the cards that lie where no store is."""
_CARD_VOID = (StoreLoginRefused, WrongCardPassphrase, CardNeedsPassphrase)
# By then the app answers; nobody has typed a passphrase.
_SOON_MS = 250
# Longer than a share takes that is there, and shorter than anybody notices.
_AT_ONCE_S = 0.04


class Seating(QObject):
    """Opens a session for whoever sits down."""

    opened = Signal(object)
    sat_down = Signal(object)
    """Behind ``opened``, the same session: the agent has just come to this desk."""
    card_old = Signal()
    """Behind ``sat_down``: what the card says did not let in, and the agent said what does."""
    asked = Signal()
    """The sign-in window is shown, anew or with other lines: what it says is to be said again."""
    import_wanted = Signal()
    shut = Signal(str)
    """Somebody is signed in, and locked at once; what he is to be told, if anything."""
    copied = Signal(str, bool)
    """A text for the clipboard, and whether it may stay when the agent signs out."""

    def __init__(self, seat: Seat, words: Words, tasks: Tasks, away: Tasks) -> None:
        super().__init__()
        self._seat, self._words, self._tasks, self._away = seat, words, tasks, away
        self._stop = threading.Event()
        self._first: FirstRun | None = None
        self._void: tuple[str, str] | None = None
        self._looked_at: Said | None = None
        self._cards = Tasks(self)
        self.window = window = SignIn(words, str(default_store_folder()), lies_at_home)
        if seat.policy.store:
            window.manage()
        window.sit_down.connect(self._sit_down)
        window.place_said.connect(self._place_said)
        window.first_profile.connect(self._create)
        window.stopped.connect(self._halt)
        window.finished.connect(self._finished)
        self.unlocking = Unlocking(seat, words, tasks)
        self.unlocking.opened.connect(self.take)

    def begin(self) -> None:
        """At the start: ask, and bring in meanwhile what sitting down will need."""
        self.ask()
        QTimer.singleShot(_SOON_MS, self, self._bring_in)

    @property
    def front(self) -> QWidget:
        """The window that asks."""
        unlock = self.unlocking.window
        return unlock if unlock.isVisible() else self.window

    def ask(self, locked: bool = False) -> None:
        """Ask whoever is signed in here to unlock, or show the sign-in window."""
        said = self._seat.settings.read()
        if said["profile"] and self._first is None:
            self.unlocking.ask(str(said["agent"]), locked)
            return
        if self._first is None:
            # Asked for once more, it is as it stands, with what was typed into it.
            if not self.window.isVisible():
                self.window.ask()
            if not self._seat.policy.store:
                self._away.run(lambda: cards_around(self._seat), self.offer, lambda _: None)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self.asked.emit()

    def offer(self, cards: Sequence[Offered]) -> None:
        """Offer seat cards that were found beside the program or on a stick."""
        self.window.offer(cards)
        self.asked.emit()

    def take(self, session: Session) -> None:
        """Go on with a session that is open, wherever it was opened."""
        self.put_away()
        self.opened.emit(session)

    def put_away(self) -> None:
        """Close what is shown; nothing that was typed or said stays in it, or goes on there."""
        self._give_up()
        self._looked_at = None
        self.window.forget()
        self.window.close()
        self.unlocking.put_away()

    def trial_name(self) -> str | None:
        """What the field is called in which the hotkey is being tried; None where it is not."""
        if self._first is None or not self.window.first.trial.isVisible():
            return None
        return self._words.say("sitting.try.target")

    def lock(self) -> None:
        """Open nothing that is under way here: whoever comes back types the passphrase again."""
        if self.window.working:
            self._give_up()
            self.window.drop()

    def take_trial(self, text: str) -> bool:
        """Insert a text where the hotkey is being tried, if it is."""
        return self._first is not None and self.window.take_trial(text)

    # ---- inside

    def _bring_in(self) -> None:
        self._away.run(
            lambda: import_module("companion.session.remembering"), lambda _: None, self._failed
        )

    def _place_said(self, said: Said) -> None:
        """Ask for a login where the store does, and load what the store will need."""
        found = list[_Found]()
        ready, self._looked_at = threading.Event(), said

        def look() -> None:
            # What is wrong with what was said is told when it is used.
            with suppress(CompanionError, OSError):
                card, address = named(self._seat, said)
                found.append((card, address, [] if card else cards_there(address)))
            ready.set()

        def answer() -> None:
            # Once, and not where something else was said meanwhile.
            if said is not self._looked_at:
                return
            self._looked_at = None
            card, address, cards = found[0] if found else (None, "", [])
            if cards and self.window.offer_there(cards):
                return
            self._ask_login(said, card, address)

        if may_wait(self._seat, said):
            # Mostly it answers at once; where it does not, no window waits for it.
            self._cards.run(look, lambda _: answer(), self._failed)
            if ready.wait(_AT_ONCE_S):
                answer()
        else:
            look()
            answer()

    def _ask_login(self, said: Said, card: Card | None, address: str) -> None:
        sealed, asks, user = card is not None and bool(card.login), False, ""
        if not sealed:
            self._void = None
        void = self._void == (said.agent, said.place)
        with suppress(CompanionError):
            asks = bool(address) and asks_who(address) and (void or not sealed)
            user = user_of(address) if asks else ""
        self.window.show_login(asks, user, optional=void)
        if address:
            # Then the passphrase is still to be typed.
            self._away.run(lambda: prepare(address), lambda _: None, self._failed)

    def _sit_down(self, said: Said, secret: str) -> None:
        stop = self._stop = threading.Event()

        def step(name: str, done: int, of: int) -> None:
            if not stop.is_set():
                self._away.tell(lambda: self._step(stop, name, done, of))

        def work() -> Session:
            from companion.session.sitting import sign_in

            card, address = named(self._seat, said)
            login, agent = Login(said.user, said.password), said.agent
            if card is not None and card.login and not said.password:
                login = Login()
            return sign_in(
                self._seat, address, secret, card, step, agent=agent, login=login, stop=stop.is_set
            )

        def done(session: Session) -> None:
            if stop is not self._stop:
                self._shut(session)
                return
            other_login, self._void = self._void is not None and bool(said.password), None
            self.take(session)
            self.sat_down.emit(session)
            if other_login:
                self.card_old.emit()

        def failed(error: Exception) -> None:
            if isinstance(error, _CARD_VOID):
                # It may be the card that is old: then its agent can say who he is to the store.
                self._void = (said.agent, said.place)
                self._place_said(said)
            self._failed(error)

        self._away.run(work, done, failed)

    def _step(self, stop: threading.Event, name: str, done: int, of: int) -> None:
        if stop is self._stop and not stop.is_set():
            self.window.show_step(name, done, of)

    def _create(self, said: Said, secret: str) -> None:
        stop = self._stop = threading.Event()

        def work() -> tuple[Session, str]:
            from companion.session.sitting import create

            if said.place and Path(said.place) == default_store_folder():
                # The folder we proposed must work also where there are no documents yet; any
                # other missing folder may be a share that is not connected.
                default_store_folder().parent.mkdir(parents=True, exist_ok=True)
            _, address = named(self._seat, said)
            login = Login(said.user, said.password)
            return create(self._seat, address, said.agent, secret, login, stop=stop.is_set)

        def done(made: tuple[Session, str]) -> None:
            session, code = made
            if stop is not self._stop:
                self._shut(session, self._words.say("note.code_unseen"))
                return
            self._begin_first(session)
            self.window.show_recovery(code, said.agent)
            # It is shown once: also to who has closed the window too late to stop it.
            self.window.show()
            self.opened.emit(session)

        self._away.run(work, done, self._failed)

    def _give_up(self) -> None:
        self._stop.set()
        # What comes of it all the same is not to be opened.
        self._stop = threading.Event()

    def _shut(self, session: Session, said: str = "") -> None:
        """Close what came too late to be stopped: its agent is signed in here, and locked."""

        def done(_: object) -> None:
            self.shut.emit(said)
            if self.window.isVisible():
                self.window.close()
                self.ask(locked=True)

        self._tasks.run(session.close, done, self._failed)

    def _begin_first(self, session: Session) -> None:
        from companion.app.first_run import FirstRun

        self._first = FirstRun(self.window, self._words, self._tasks, session)
        self._first.copied.connect(self.copied)
        self._first.import_wanted.connect(self.import_wanted)

    def _finished(self) -> None:
        if self._first is not None:
            self._first.end()
        self._first = None
        self.window.forget()
        self.window.hide()

    def _halt(self) -> None:
        self._stop.set()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            self.window.show_stopped()
            return
        self.window.show_problem(explain(error, self._words), fault_of(error))
