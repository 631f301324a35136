"""The window "seat card": its QR code, whose it is and where it leads; to copy, save and print."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QPaintDevice
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QVBoxLayout, QWidget

from companion.session.card import Card
from companion.ui.card_page import breakable, layout, plain_place
from companion.ui.messages import Message
from companion.ui.parts import Form, button, field, label
from companion.ui.qr import QrCode, Squares
from companion.ui.words import Words

_WIDTH, _MARGIN = 420, 24


class CardWindow(Form):
    """Shows what it is told; where the card must be made anew, it asks for the passphrase first."""

    secret_given = Signal(str)
    copy_wanted = Signal()
    place_wanted = Signal()
    """It is to be saved: choose_file() answers with where that is proposed."""
    save_wanted = Signal(str)
    """The file's name as chosen."""
    print_wanted = Signal()
    closed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(_WIDTH, _MARGIN)
        say, self._words = words.say, words
        self.setWindowTitle(say("card.title"))
        self.name = label("", "heading", wrap=True)
        self.code = QrCode(say("card.code"))
        self.too_long = label(say("card.too_long"), "notice", wrap=True)
        self.store = label("", "soft", wrap=True)
        self.secret = field(say("signin.passphrase"), hint=say("signin.passphrase"), secret=True)
        self.secret.returnPressed.connect(self._give)
        self.said = label("", "small", wrap=True)
        self.problem = label("", "problem", wrap=True)
        self.copy = button(say("card.copy"), "primary", self.copy_wanted.emit)
        self.save = button(say("card.save"), "", self.place_wanted.emit)
        self.print = button(say("card.print"), "", self.print_wanted.emit)
        self.show_it = button(say("card.show"), "primary", self._give)
        self._card_page, self._ask_page = QWidget(), QWidget()
        self._lay_out()
        self.show_nothing()

    def _lay_out(self) -> None:
        say = self._words.say
        card, asking = _column(self._card_page), _column(self._ask_page)
        card.addWidget(label(say("card.text"), "soft", wrap=True))
        card.addSpacing(8)
        card.addWidget(self.code, 0, Qt.AlignmentFlag.AlignCenter)
        card.addWidget(self.too_long)
        card.addSpacing(8)
        card.addWidget(label(say("card.store"), "small"))
        card.addWidget(self.store)
        card.addSpacing(8)
        card.addWidget(label(say("card.care"), "small", wrap=True))
        asking.addWidget(label(say("card.ask"), "soft", wrap=True))
        asking.addSpacing(8)
        asking.addWidget(self.secret)
        for part in (self.name, self._card_page, self._ask_page):
            self.column.addWidget(part)
        self.column.addStretch()
        for part in (self.problem, self.said):
            self.foot.addWidget(part)
        self.add_buttons(self.print, self.save, self.copy, self.show_it)

    def show_nothing(self) -> None:
        """Hold nothing any more."""
        self._page(None)
        self.store.clear()
        self.secret.setText("")
        self.code.set_squares(())

    def show_card(self, card: Card, squares: Squares) -> None:
        """Show a card; ``squares`` are its code, none where it is too long for one."""
        self.secret.setText("")
        self._page(self._card_page)
        self.name.setText(card.agent or self._words.say("card.title"))
        self.store.setText(breakable(plain_place(card.store)))
        self.code.set_squares(squares)
        self.too_long.setVisible(not squares)
        self.fit()
        self.turn_to(self.copy)

    def ask(self, problem: Message | None = None) -> None:
        """Ask for the passphrase, and say why the one before was none."""
        self._page(self._ask_page)
        if problem:
            self.show_problem(problem)
        self.secret.selectAll()
        self.turn_to(self.secret)

    def busy(self, working: bool) -> None:
        """While something is under way it cannot be started twice."""
        for one in (self.copy, self.save, self.print, self.show_it):
            one.setDisabled(working)

    def tell(self, text: str) -> None:
        """Say what was done."""
        self._say(self.said, text)

    def show_problem(self, message: Message) -> None:
        """Say what went wrong."""
        self._say(self.problem, str(message))

    def choose_file(self, proposed: str) -> None:
        """Let the agent choose where the card is saved, and as what."""
        say = self._words.say
        kinds = ";;".join(say(f"card.kind.{kind}") for kind in ("seatcard", "png", "pdf"))
        file, _ = QFileDialog.getSaveFileName(self, say("card.save"), proposed, kinds)
        if file:
            self.save_wanted.emit(file)

    def print_on(self, paint: Callable[[QPaintDevice], bool]) -> None:
        """Let the agent choose a printer, and paint the page onto it."""
        # Its plug-ins take a while to load, and few print.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._words.say("card.title"))
        printer.setPageLayout(layout())
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._printed(paint(printer)))
        # Its own open() wants more than it needs.
        QDialog.open(dialog)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed does not stay."""
        self.secret.setText("")
        self.closed.emit()
        super().closeEvent(event)

    def _give(self) -> None:
        if self.show_it.isEnabled() and self.secret.text():
            self.secret_given.emit(self.secret.text())

    def _printed(self, well: bool) -> None:
        self.tell(self._words.say("card.printed" if well else "card.unprinted"))

    def _say(self, part: QLabel, text: str) -> None:
        for each in (self.said, self.problem):
            each.setVisible(each is part)
            each.setText(text if each is part else "")
        self.fit()

    def _page(self, shown: QWidget | None) -> None:
        self.name.setText(self._words.say("card.title"))
        for page, buttons in (
            (self._card_page, (self.copy, self.save, self.print)),
            (self._ask_page, (self.show_it,)),
        ):
            for part in (page, *buttons):
                part.setVisible(page is shown)
        for each in (self.said, self.problem):
            each.clear()
            each.hide()
        self.busy(False)
        self.fit()


def _column(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    return column
