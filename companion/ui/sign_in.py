"""Sitting down: seat card and passphrase, or a first profile; shows steps, decides nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from companion.profile.sealing import LEAST_PASSPHRASE
from companion.ui.messages import Message
from companion.ui.parts import button, field, fit, label
from companion.ui.words import Words

WIDTH = 420


class SignIn(QWidget):
    """Three pages: the card, a first profile, and the recovery code that is shown once."""

    sit_down = Signal(str, str)
    """The seat card or store as typed, and the passphrase."""
    first_profile = Signal(str, str, str)
    """Name, store as typed, passphrase."""
    finished = Signal()

    def __init__(self, words: Words, default_store: str) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(words.say("app.name"))
        self._words = words
        say = words.say
        self._motto = label(say("app.motto"), "soft")
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
        self.code = field(say("recovery.title"))
        self.card_text = field(say("recovery.card"))
        for shown in (self.code, self.card_text):
            shown.setReadOnly(True)
        self.go = button(say("signin.go"), "primary", self._sit_down)
        self.make = button(say("signin.create"), "primary", self._create)
        self.done = button(say("recovery.done"), "primary", self.finished.emit)
        self._pages = QStackedWidget()
        self._all_pages = (self._known_page(), self._first_page(), self._recovery_page())
        for page in self._all_pages:
            self._pages.addWidget(page)
        for line in (self.card, self.passphrase):
            line.returnPressed.connect(self._sit_down)
        for line in (self.name, self.store, self.new_passphrase, self.again):
            line.returnPressed.connect(self._create)
        self._lay_out()
        self._page(0)

    def ask_known(self, card: str, agent: str) -> None:
        """Ask for the passphrase of the one who is signed in here (an agent's name and card)."""
        self.card.setText(card)
        key = "signin.unlock" if agent else "app.motto"
        self._motto.setText(self._words.say(key, agent=agent))
        self._page(0)

    def ask_first(self) -> None:
        """Ask for what a first profile needs."""
        self._page(1)

    def show_recovery(self, code: str, card: str) -> None:
        """Show the recovery code and the seat card of a new profile."""
        self.new_passphrase.clear()
        self.again.clear()
        self.code.setText(code)
        self.card_text.setText(card)
        self.card_text.setCursorPosition(0)
        self._page(2)

    def show_step(self, step: str, done: int, of: int) -> None:
        """Say what is happening."""
        self.problem.hide()
        self.step.setText(self._words.say(f"signin.step.{step}", done=done, of=of))

    def show_problem(self, message: Message | str) -> None:
        """Say what went wrong and let the agent try again."""
        self.step.clear()
        self.problem.setText(str(message))
        self.problem.show()
        fit(self)
        self.busy(False)
        secret = self.passphrase if self._pages.currentIndex() == 0 else self.new_passphrase
        secret.setFocus()
        secret.selectAll()

    def busy(self, working: bool) -> None:
        """While something is under way, nothing can be started twice."""
        for one in (self.go, self.make):
            one.setDisabled(working)

    def forget(self) -> None:
        """Empty every field that holds a secret."""
        secrets = (self.passphrase, self.new_passphrase, self.again, self.code)
        for line in (*secrets, self.name, self.card_text):
            line.clear()
        self.problem.hide()
        self.step.clear()

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
                line.setFocus()
                return False
        return True

    def _browse(self, line: QLineEdit) -> None:
        folder = QFileDialog.getExistingDirectory(self, line.accessibleName(), line.text())
        if folder:
            line.setText(folder)

    def _page(self, number: int) -> None:
        self.problem.hide()
        self.step.clear()
        self.busy(False)
        self._pages.setCurrentIndex(number)
        # Only the page that is seen takes room, or the highest would push the rest down.
        for page in self._all_pages:
            seen = page is self._pages.currentWidget()
            height = QSizePolicy.Policy.Preferred if seen else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, height)
        first = (self.passphrase if self.card.text() else self.card, self.name, self.done)[number]
        first.setFocus()
        fit(self)

    def _known_page(self) -> QWidget:
        return self._form(
            [self.card, self.passphrase],
            self.go,
            self.card,
            (self._words.say("signin.first"), lambda: self._page(1)),
        )

    def _first_page(self) -> QWidget:
        return self._form(
            [self.name, self.store, self.new_passphrase, self.again],
            self.make,
            self.store,
            (self._words.say("signin.known"), lambda: self._page(0)),
        )

    def _form(
        self,
        lines: list[QLineEdit],
        go: QWidget,
        place: QLineEdit,
        other: tuple[str, object],
    ) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for line in lines:
            column.addWidget(label(line.accessibleName(), "small"))
            row = QHBoxLayout()
            row.addWidget(line, 1)
            if line is place:
                row.addWidget(
                    button(self._words.say("signin.browse"), "", lambda: self._browse(place))
                )
            column.addLayout(row)
            column.addSpacing(8)
        column.addSpacing(8)
        column.addWidget(go)
        text, pressed = other
        if callable(pressed):
            column.addWidget(button(text, "link", pressed), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        return page

    def _recovery_page(self) -> QWidget:
        say = self._words.say
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(say("recovery.title"), "heading"))
        column.addWidget(label(say("recovery.text"), "soft", wrap=True))
        column.addWidget(self.code)
        column.addSpacing(12)
        column.addWidget(label(say("recovery.card"), "small", wrap=True))
        column.addWidget(self.card_text)
        column.addSpacing(12)
        column.addWidget(self.done)
        column.addStretch()
        return page

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(4)
        column.addWidget(
            label(self._words.say("app.name"), "title"), 0, Qt.AlignmentFlag.AlignCenter
        )
        column.addWidget(self._motto, 0, Qt.AlignmentFlag.AlignCenter)
        column.addSpacing(20)
        column.addWidget(self._pages)
        column.addWidget(self.problem)
        column.addWidget(self.step)
        self.setFixedWidth(WIDTH)
