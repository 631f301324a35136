"""Shows the seat card of whoever sits here, and copies, saves and prints it when asked."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QPaintDevice

from companion.errors import FileUnwritable, WrongPassphrase
from companion.runtime.tasks import Tasks
from companion.seat_errors import CardNeedsPassphrase
from companion.session.card import Card
from companion.session.card_files import SUFFIX, file_name, write_card
from companion.session.card_qr import png, squares
from companion.session.session import Session
from companion.ui.card_page import paint_page, save_pdf
from companion.ui.card_window import CardWindow
from companion.ui.messages import explain
from companion.ui.qr import Squares
from companion.ui.words import Words
from companion.wiring.saving import folder_to_carry

_QUIT_MS = 1_000
Shown = tuple[Card, Squares]


class SeatCard(QObject):
    """One window on its own worker; ``copy`` puts a text on the clipboard where it stays."""

    def __init__(self, words: Words, copy: Callable[[str], None]) -> None:
        super().__init__()
        self._words, self._copy = words, copy
        self._own = Tasks(self)
        self._session: Session | None = None
        self._shown: Shown | None = None
        self.window = CardWindow(words)
        self.window.secret_given.connect(self._make)
        self.window.copy_wanted.connect(self._copied)
        self.window.place_wanted.connect(self._propose)
        self.window.save_wanted.connect(self._save)
        self.window.print_wanted.connect(self._print)
        self.window.closed.connect(self.put_away)

    def open(self, session: Session) -> None:
        """Show the card of a session."""
        self._session = session
        self._make("")

    def put_away(self) -> None:
        """Show nothing any more."""
        self._session = self._shown = None
        self.window.show_nothing()
        self.window.hide()

    def end(self) -> None:
        """Do nothing more."""
        self._own.finish(_QUIT_MS)
        self._own.end()

    def _make(self, secret: str) -> None:
        session = self._session
        if session is None:
            return

        def work() -> Shown:
            card = session.card(secret)
            return card, squares(card.text())

        def done(shown: Shown) -> None:
            if session is self._session:
                self._shown = shown
                self.window.show_card(*shown)
                self._raise()

        def failed(error: Exception) -> None:
            if session is not self._session:
                return
            if isinstance(error, WrongPassphrase):
                # Here the recovery code would not do either.
                self.window.ask(explain(WrongPassphrase(kind="card"), self._words))
            elif isinstance(error, CardNeedsPassphrase) and secret:
                self.window.ask(explain(error, self._words))
            elif isinstance(error, CardNeedsPassphrase):
                self.window.ask()
            else:
                self._fail(error)
            self._raise()

        self.window.busy(True)
        self._own.run(work, done, failed)

    def _raise(self) -> None:
        """Bring the window up only now: it knows what it shows, and so how large it is."""
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _copied(self) -> None:
        if self._shown is not None:
            self._copy(self._shown[0].text())
            self.window.tell(self._words.say("note.card"))

    def _propose(self) -> None:
        shown = self._shown

        def done(folder: Path) -> None:
            self.window.busy(False)
            if shown is not None and shown is self._shown:
                self.window.choose_file(str(folder / file_name(shown[0].agent)))

        # The card is for other desks; a stick may have been plugged in since it is shown.
        self.window.busy(True)
        self._own.run(folder_to_carry, done, self._fail)

    def _save(self, chosen: str) -> None:
        if self._shown is None:
            return
        card, code = self._shown
        file = Path(chosen)
        if file.suffix.lower() not in (SUFFIX, ".png", ".pdf"):
            file = file.with_name(file.name + SUFFIX)

        def work() -> None:
            try:
                self._write(file, card, code)
            except OSError as error:
                raise FileUnwritable(place=str(file), reason=type(error).__name__) from error

        def done(_: None) -> None:
            self.window.busy(False)
            self.window.tell(self._words.say("card.saved", file=file))

        self.window.busy(True)
        self._own.run(work, done, self._fail)

    def _write(self, file: Path, card: Card, code: Squares) -> None:
        kind = file.suffix.lower()
        if kind == ".png":
            file.write_bytes(png(card.text()))
        elif kind == ".pdf":
            save_pdf(file, card, code, self._words)
        else:
            write_card(card, file, self._words.say("card.file", agent=card.agent).splitlines())

    def _print(self) -> None:
        if self._shown is None:
            return
        card, code = self._shown

        def paint(device: QPaintDevice) -> bool:
            return paint_page(device, card, code, self._words)

        self.window.print_on(paint)

    def _fail(self, error: Exception) -> None:
        self.window.busy(False)
        self.window.show_problem(explain(error, self._words))
