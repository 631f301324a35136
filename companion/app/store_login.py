"""Has the agent give a new login where the store refuses the one that this desk has."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from companion.runtime.tasks import Tasks
from companion.session.session import Session
from companion.sync.store import Login
from companion.ui.messages import explain
from companion.ui.store_login import StoreLoginForm
from companion.ui.words import Words
from companion.wiring.seats import user_of

_QUIT_MS = 1_000


class StoreLogin(QObject):
    """One form on a worker of its own: a store that does not answer holds up nothing else."""

    renewed = Signal()
    """The store lets in by what was given, and the seat card has it."""

    def __init__(self, words: Words, fail: Callable[[Exception], None]) -> None:
        super().__init__()
        self._words, self._fail = words, fail
        self._own = Tasks(self)
        self._session: Session | None = None
        self.window = StoreLoginForm(words)
        self.window.wanted.connect(self._try)

    def open(self, session: Session) -> None:
        """Ask for the login of a session."""
        self._session = session

        def look() -> tuple[str, str]:
            store = str(session.seat.settings.read()["store"])
            return store, session.access.login.user or user_of(store)

        def done(said: tuple[str, str]) -> None:
            # Locked or left meanwhile, its store is nobody's business any more.
            if session is self._session:
                self.window.ask(*said)

        self._own.run(look, done, lambda error: self._failed(session, error))

    def put_away(self) -> None:
        """Show nothing any more."""
        self._session = None
        self.window.forget()
        self.window.close()

    def end(self) -> None:
        """Do nothing more."""
        self._own.finish(_QUIT_MS)
        self._own.end()

    def _try(self) -> None:
        session = self._session
        if session is None:
            return
        # In a list, which whoever tries it empties: what waits for the answer does not hold it.
        held = [self.window.take_said()]

        def work() -> None:
            user, password, passphrase = held.pop()
            session.change_login(Login(user, password), passphrase)

        def done(_: None) -> None:
            if session is self._session:
                self.put_away()
                self.renewed.emit()

        self._own.run(work, done, lambda error: self._failed(session, error))

    def _failed(self, session: Session, error: Exception) -> None:
        if session is not self._session:
            return
        if self.window.isVisible():
            self.window.show_problem(explain(error, self._words))
        else:
            self._fail(error)
