"""Sitting down and standing up: the sign-in window on one side, the session on the other."""

import threading
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from companion.app.unlocking import Unlocking
from companion.errors import CompanionError, Stopped
from companion.runtime.tasks import Tasks
from companion.session.card import Card, read_card
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create, sign_in
from companion.ui.messages import explain
from companion.ui.sign_in import SignIn
from companion.ui.words import Words
from companion.wiring.seats import default_store_folder, full_address, prepare


class Seating(QObject):
    """Opens a session for whoever sits down."""

    opened = Signal(object)

    def __init__(self, seat: Seat, words: Words, tasks: Tasks, away: Tasks) -> None:
        super().__init__()
        self._seat, self._words, self._tasks, self._away = seat, words, tasks, away
        self._stop = threading.Event()
        self.window = SignIn(words, str(default_store_folder()))
        self.window.sit_down.connect(self._sit_down)
        # Then the passphrase is still to be typed.
        self.window.card.editingFinished.connect(self._prepare)
        self.window.first_profile.connect(self._create)
        self.window.stopped.connect(self._halt)
        self.window.finished.connect(self.window.close)
        self.unlocking = Unlocking(seat, words, tasks)
        self.unlocking.opened.connect(self.take)

    def begin(self) -> None:
        """At the start: ask."""
        self.ask()

    @property
    def front(self) -> QWidget:
        """The window that asks."""
        unlock = self.unlocking.window
        return unlock if unlock.isVisible() else self.window

    def ask(self, locked: bool = False) -> None:
        """Ask whoever is signed in here to unlock, or show the sign-in window."""
        said = self._seat.settings.read()
        if said["profile"]:
            self.unlocking.ask(str(said["agent"]), locked)
            return
        self.window.ask_known("", "")
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _prepare(self) -> None:
        """Load what the store that was named will need."""
        said = self.window.card.text().strip()

        def work() -> None:
            # What is wrong with what was said is told when it is used.
            with suppress(CompanionError):
                prepare(_named(said)[1])

        if said:
            self._away.run(work, lambda _: None, self._failed)

    def _sit_down(self, card_or_store: str, secret: str) -> None:
        stop = self._stop = threading.Event()

        def step(name: str, done: int, of: int) -> None:
            if not stop.is_set():
                self._away.tell(lambda: self.window.show_step(name, done, of))

        def work() -> Session:
            card, address = _named(card_or_store)
            return sign_in(self._seat, address, secret, card, step, stop=stop.is_set)

        self._away.run(work, self.take, self._failed)

    def _create(self, agent: str, store: str, passphrase: str) -> None:
        stop = self._stop = threading.Event()

        def work() -> tuple[Session, str]:
            # The folder we proposed must work also where there are no documents yet; any other
            # missing folder may be a share that is not connected.
            if Path(store) == default_store_folder():
                default_store_folder().parent.mkdir(parents=True, exist_ok=True)
            address = full_address(store, Path.home())
            return create(self._seat, address, agent, passphrase, stop=stop.is_set)

        def done(made: tuple[Session, str]) -> None:
            session, code = made
            self.window.show_recovery(code, session.card().text())
            self.opened.emit(session)

        self._away.run(work, done, self._failed)

    def take(self, session: Session) -> None:
        """Go on with a session that is open, wherever it was opened."""
        self.put_away()
        self.opened.emit(session)

    def put_away(self) -> None:
        """Close what is shown; nothing that was typed or said stays in it."""
        self.window.forget()
        self.window.close()
        self.unlocking.put_away()

    def _halt(self) -> None:
        self._stop.set()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            self.window.show_stopped()
            return
        self.window.show_problem(explain(error, self._words))


def _named(card_or_store: str) -> tuple[Card | None, str]:
    """The card, where it is one, and the store's address. Raises what reading them does."""
    card = read_card(card_or_store) if card_or_store.startswith("companion") else None
    return card, card.store if card else full_address(card_or_store, Path.home())
