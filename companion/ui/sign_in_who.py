"""The first page of sitting down: whose place it becomes, and the passphrase."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QMenu, QWidget

from companion.ui.folders import standing
from companion.ui.parts import button, field, label
from companion.ui.sign_in_page import Fault, LoginLines, Named, Page, Said, clear
from companion.ui.words import Words

_LEAST_LETTERS = 12


@dataclass(frozen=True)
class Offered:
    """A seat card that was found: its text, and what it is called."""

    text: str
    name: str


class Who(Page):
    """A card (found or pasted) or a store; where a store is laid down, a name."""

    place_said = Signal(object)
    """What is said now (Said): does the store ask who one is?"""
    turned = Signal()
    """Other lines are asked for."""
    go, other, later = "signin.go", "signin.first", "sitting.forgot"

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        say = words.say
        self._managed = False
        self.found = QComboBox()
        self.found.setAccessibleName(say("sitting.found"))
        self.found.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.found.setMinimumContentsLength(_LEAST_LETTERS)
        self.card = field(say("signin.card"), hint=say("signin.card.hint"))
        self.name = field(say("signin.name"))
        self.login = LoginLines(words)
        self.passphrase = field(
            say("signin.passphrase"), hint=say("signin.passphrase.hint"), secret=True
        )
        self.found.setMinimumHeight(self.card.sizeHint().height())
        self._found_row = Named(self.found)
        for text, look in ((say("app.name"), "title"), (say("app.motto"), "soft")):
            said = label(text, look, wrap=True)
            said.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.column.addWidget(said)
        self.column.addSpacing(8)
        self.column.addWidget(self._found_row)
        self.choose = QMenu(self)
        self.choose.addAction(say("sitting.choose_card"), self._choose_card)
        self.choose.addAction(say("signin.browse"), self._choose_store)
        self.choose_button = button(say("sitting.choose_place"), "", self._open_choice)
        self._card_row = self.add(self.card, self.choose_button)
        self._name_row = self.add(self.name)
        self.column.addWidget(self.login)
        self.add(self.passphrase)
        self.login.entered.connect(self.entered)
        self.found.currentIndexChanged.connect(self._turned)
        for line in (self.card, self.name):
            line.editingFinished.connect(self._say_place)
        self.offer(())

    @property
    def first(self) -> QWidget:
        """Where the next key is to go."""
        for line in (self.card, self.name):
            if line in self.lines() and not line.text():
                return line
        return self.passphrase

    @property
    def secret(self) -> QLineEdit:
        """The passphrase."""
        return self.passphrase

    def line_at_fault(self, fault: Fault) -> QWidget:
        """The login, the card or the name, where it was that and is typed here."""
        typed = [line for line in (self.card, self.name) if line in self.lines()]
        if fault == "place" and typed:
            return typed[0]
        login = self.login.at_fault() if fault == "login" else None
        return login or self.passphrase

    @property
    def said(self) -> Said:
        """Who, and where."""
        found = self.found.currentData() or ""
        place = "" if self._managed else found or self.card.text().strip()
        agent = self.name.text().strip() if self._managed else ""
        login = self.login
        return Said(agent, place, login.user.text().strip(), login.password.text())

    def lines(self) -> Sequence[QLineEdit]:
        """What must be filled in, from top to bottom."""
        who = self.name if self._managed else self.card
        asked = self._managed or not self.found.currentData()
        return [*([who] if asked else []), *self.login.lines(), self.passphrase]

    @property
    def begun(self) -> bool:
        """Whether anything was typed."""
        return any(line.text() for line in (self.card, self.name, self.passphrase))

    def begin(self) -> None:
        """Ask for a card anew."""
        self.card.clear()
        self._arrange()

    def manage(self, managed: bool) -> None:
        """Ask for a name in place of a card: the store is laid down for this desk."""
        self._managed = managed
        self._arrange()

    def offer(self, cards: Sequence[Offered]) -> None:
        """Offer cards that were found, the first of them chosen."""
        self.found.blockSignals(True)
        self.found.clear()
        for card in cards:
            self.found.addItem(card.name, card.text)
        if cards:
            self.found.addItem(self.words.say("sitting.found.other"), "")
        self.found.blockSignals(False)
        self._arrange()
        if cards:
            self._say_place()

    def forget(self) -> None:
        """Hold nothing of what was typed; the card stays."""
        clear((self.passphrase, self.name))
        self.login.clear()

    def _turned(self) -> None:
        self._arrange()
        self._say_place()
        self.turned.emit()

    def _arrange(self) -> None:
        offers = self.found.count() > 0 and not self._managed
        chosen = offers and bool(self.found.currentData())
        self._found_row.setVisible(offers)
        self._card_row.setVisible(not self._managed and not chosen)
        self._name_row.setVisible(self._managed)

    def _say_place(self) -> None:
        self.place_said.emit(self.said)

    def _open_choice(self) -> None:
        # Not exec(): what is typed on a loop of its own would be lost when the desk locks.
        self.choose.popup(self.choose_button.mapToGlobal(self.choose_button.rect().bottomLeft()))
        self.choose.setActiveAction(self.choose.actions()[0])

    def _choose_card(self) -> None:
        say = self.words.say
        kinds = f"{say('card.kind.seatcard')};;{say('sitting.any_file')} (*)"
        file, _ = QFileDialog.getOpenFileName(self, self.card.accessibleName(), self._here(), kinds)
        self._take(file)

    def _choose_store(self) -> None:
        name = self.card.accessibleName()
        self._take(QFileDialog.getExistingDirectory(self, name, self._here()))

    def _here(self) -> str:
        return standing(self.card.text())

    def _take(self, place: str) -> None:
        if place:
            self.card.setText(place)
            self.passphrase.setFocus()
            self._say_place()
