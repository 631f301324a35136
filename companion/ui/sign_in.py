"""Sitting down: seat card and passphrase, or a first profile; shows steps, decides nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from companion.profile.sealing import LEAST_PASSPHRASE
from companion.ui.messages import Message
from companion.ui.parts import Form, button, field, label
from companion.ui.words import Words

WIDTH = 420
_LEFT = Qt.AlignmentFlag.AlignLeft


class SignIn(Form):
    """Three pages: the card, a first profile, and the recovery code that is shown once."""

    sit_down = Signal(str, str)
    """The seat card or store as typed, and the passphrase."""
    first_profile = Signal(str, str, str)
    """Name, store as typed, passphrase."""
    finished = Signal()
    stopped = Signal()
    """What is under way is to stop."""

    def __init__(self, words: Words, default_store: str) -> None:
        super().__init__(WIDTH, 32)
        self.setWindowTitle(words.say("app.name"))
        self._words = words
        self._known = ""
        say = words.say
        self._motto = label(say("app.motto"), "soft", wrap=True)
        self._motto.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.problem = label(look="problem", wrap=True)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.step = label(look="small")
        self.card = field(say("signin.card"), hint=say("signin.card.hint"))
        self.passphrase = field(
            say("signin.passphrase"), hint=say("signin.passphrase.hint"), secret=True
        )
        self.name = field(say("signin.name"))
        self.store = field(say("signin.where"), default_store)
        least = say("signin.least", least=LEAST_PASSPHRASE)
        self.new_passphrase = field(say("signin.passphrase"), hint=least, secret=True)
        self.again = field(say("signin.again"), secret=True)
        self.code = label(look="code", wrap=True)
        self.code.setAccessibleName(say("recovery.title"))
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.card_text = field(say("recovery.card"))
        self.card_text.setReadOnly(True)
        self.go = button(say("signin.go"), "primary", self._sit_down)
        self.make = button(say("signin.create"), "primary", self._create)
        self.done = button(say("recovery.done"), "primary", self.finished.emit)
        self._other = button("", "link", lambda: self._page(1 - self._current))
        self.halt = button(say("signin.stop"), "link", self._stop)
        self._card_row = QWidget()
        self._pages = (self._known_page(), self._first_page(), self._recovery_page())
        self._next = (self.go, self.make, self.done)
        self._current = 0
        for line in (self.card, self.passphrase):
            line.returnPressed.connect(self._sit_down)
        for line in (self.name, self.store, self.new_passphrase, self.again):
            line.returnPressed.connect(self._create)
        self._lay_out()
        self._page(0)

    def ask_known(self, card: str, agent: str) -> None:
        """Ask for the passphrase of the one who is signed in here (an agent's name and card)."""
        self.card.setText(card)
        self._known = agent if card else ""
        self._page(0)

    def ask_first(self) -> None:
        """Ask for what a first profile needs."""
        self._known = ""
        self._page(1)

    def show_recovery(self, code: str, card: str) -> None:
        """Show the recovery code and the seat card of a new profile."""
        self.new_passphrase.clear()
        self.again.clear()
        self.code.setText(code)
        self.card_text.setText(card)
        self._page(2)
        self.card_text.setCursorPosition(0)

    def show_step(self, step: str, done: int, of: int) -> None:
        """Say what is happening."""
        self._say(self._words.say(f"signin.step.{step}", done=done, of=of))

    def show_stopped(self) -> None:
        """Say that it was stopped and let the agent go on."""
        self.busy(False)
        self._say(self._words.say("signin.stopped"))
        self.turn_to(self.passphrase if self._current == 0 else self.new_passphrase)

    def show_problem(self, message: Message | str) -> None:
        """Say what went wrong and let the agent try again."""
        self._say_no_step()
        self.problem.setText(str(message))
        self.problem.show()
        self.fit()
        self.busy(False)
        secret = self.passphrase if self._current == 0 else self.new_passphrase
        self.turn_to(secret)
        secret.selectAll()

    def busy(self, working: bool) -> None:
        """While something is under way, nothing can be started twice, and it can be stopped."""
        for one in (self.go, self.make, self._other):
            one.setDisabled(working)
        self.halt.setEnabled(working)
        self.halt.setVisible(working)
        self._other.setVisible(not working and self._leads_on())

    def forget(self) -> None:
        """Empty every field that holds a secret."""
        secrets = (self.passphrase, self.new_passphrase, self.again)
        for line in (*secrets, self.name, self.card_text):
            line.clear()
        self.code.clear()
        self.problem.hide()
        self.busy(False)
        self._say_no_step()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops what is under way."""
        if event.key() == Qt.Key.Key_Escape and self.halt.isEnabled():
            self._stop()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """So does closing the window."""
        if self.halt.isEnabled():
            self._stop()
        super().closeEvent(event)

    def _stop(self) -> None:
        self.halt.setDisabled(True)
        self._say(self._words.say("signin.stopping"))
        self.stopped.emit()

    def _say(self, step: str) -> None:
        self.problem.hide()
        self.step.setText(step)
        self.step.show()
        self.fit()

    def _leads_on(self) -> bool:
        """Whether the page has another one beside it."""
        return self._current < 2 and not (self._known and self._current == 0)

    def _say_no_step(self) -> None:
        self.step.clear()
        self.step.hide()

    def _sit_down(self) -> None:
        # Enter in a field would start a second time what is under way.
        if self.go.isEnabled() and self._filled(self.card, self.passphrase):
            self.busy(True)
            self.sit_down.emit(self.card.text().strip(), self.passphrase.text())

    def _create(self) -> None:
        lines = (self.name, self.store, self.new_passphrase)
        if not self.make.isEnabled() or not self._filled(*lines):
            return
        if self.new_passphrase.text() != self.again.text():
            self.show_problem(self._words.say("signin.differ"))
            return
        self.busy(True)
        self.show_step("create", 0, 1)
        self.first_profile.emit(
            self.name.text().strip(), self.store.text().strip(), self.new_passphrase.text()
        )

    def _filled(self, *lines: QLineEdit) -> bool:
        for line in lines:
            if not line.text().strip():
                name = line.accessibleName()
                self.show_problem(self._words.say("signin.needed", name=name))
                self.turn_to(line)
                return False
        return True

    def _browse(self, line: QLineEdit) -> None:
        folder = QFileDialog.getExistingDirectory(self, line.accessibleName(), line.text())
        if folder:
            line.setText(folder)

    def _page(self, number: int) -> None:
        self.problem.hide()
        self._say_no_step()
        self._current = number
        self.busy(False)
        for parts in (self._pages, self._next):
            for at, part in enumerate(parts):
                part.setVisible(at == number)
        known = bool(self._known) and number == 0
        key = "signin.unlock" if known else "app.motto"
        self._motto.setText(self._words.say(key, agent=self._known))
        # Whoever is signed in here already needs no card, and can make no second profile.
        self._card_row.setVisible(not known)
        self._other.setText(self._words.say("signin.known" if number else "signin.first"))
        first = (self.passphrase if self.card.text() else self.card, self.name, self.done)[number]
        self.fit()
        self.turn_to(first)

    def _known_page(self) -> QWidget:
        return self._form([self.card, self.passphrase], self.card)

    def _first_page(self) -> QWidget:
        lines = [self.name, self.store, self.new_passphrase, self.again]
        return self._form(lines, self.store)

    def _form(self, lines: list[QLineEdit], place: QLineEdit) -> QWidget:
        page, column = _page_of()
        for line in lines:
            part = self._card_row if line is self.card else QWidget()
            below = QVBoxLayout(part)
            below.setContentsMargins(0, 0, 0, 12)
            below.setSpacing(4)
            below.addWidget(label(line.accessibleName(), "small"))
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(line, 1)
            if line is place:
                browse = button(self._words.say("signin.browse"), "", lambda: self._browse(place))
                # As high as the line beside it.
                browse.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
                row.addWidget(browse)
            below.addLayout(row)
            column.addWidget(part)
        return page

    def _recovery_page(self) -> QWidget:
        say = self._words.say
        page, column = _page_of()
        column.addWidget(label(say("recovery.title"), "heading", wrap=True))
        column.addWidget(label(say("recovery.text"), "soft", wrap=True))
        column.addSpacing(4)
        column.addWidget(self.code)
        column.addSpacing(16)
        column.addWidget(label(say("recovery.card"), "small", wrap=True))
        column.addWidget(self.card_text)
        column.addWidget(button(say("recovery.copy"), "link", self._copy_card), 0, _LEFT)
        column.addSpacing(8)
        column.addWidget(label(say("recovery.next"), "soft", wrap=True))
        return page

    def _copy_card(self) -> None:
        self.card_text.selectAll()
        self.card_text.copy()

    def _lay_out(self) -> None:
        title = label(self._words.say("app.name"), "title")
        self.column.addWidget(title, 0, Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self._motto)
        self.column.addSpacing(20)
        for page in self._pages:
            self.column.addWidget(page)
        self.column.addStretch()
        for part in (*self._next, self.step, self.problem):
            self.foot.addWidget(part)
        for link in (self._other, self.halt):
            self.foot.addWidget(link, 0, _LEFT)


def _page_of() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    return page, column
