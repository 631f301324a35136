"""The pages of a first profile: who and where, and the passphrase with how strong it is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from companion.errors import PassphraseTooShort
from companion.profile.sealing import LEAST_PASSPHRASE
from companion.session.strength import LEVELS, falls_at_once, level
from companion.ui.folders import standing
from companion.ui.messages import explain
from companion.ui.parts import button, field, label, progress
from companion.ui.sign_in_page import AtHome, Fault, LoginLines, Page, Said, clear
from companion.ui.words import Words


class Place(Page):
    """The agent's name, and where the profile is to be kept."""

    place_said = Signal(object)
    """What is said now (Said): does the store ask who one is?"""
    go, other = "sitting.next", "signin.known"

    def __init__(self, words: Words, default_store: str, at_home: AtHome) -> None:
        super().__init__(words)
        say = words.say
        self._managed, self._at_home = False, at_home
        self.name = field(say("signin.name"))
        self.store = field(say("signin.where"), default_store)
        self.login = LoginLines(words)
        self.about = label(say("sitting.where.about"), "small", wrap=True)
        self.add(self.name)
        self._store_row = self.add(self.store, button(say("signin.browse"), "", self._browse))
        self.alone = label(say("sitting.where.alone"), "notice", wrap=True)
        self.column.addWidget(self.about)
        self.column.addSpacing(4)
        self.column.addWidget(self.alone)
        self.column.addSpacing(8)
        self.column.addWidget(self.login)
        self.login.entered.connect(self.entered)
        self.store.editingFinished.connect(self._say_place)
        self.store.textChanged.connect(self._look)
        self._look()

    @property
    def said(self) -> Said:
        """Who, and where."""
        login = self.login
        place = "" if self._managed else self.store.text().strip()
        user, password = login.user.text().strip(), login.password.text()
        return Said(self.name.text().strip(), place, user, password)

    def lines(self) -> Sequence[QLineEdit]:
        """What must be filled in, from top to bottom."""
        return [self.name, *([] if self._managed else [self.store]), *self.login.lines()]

    def manage(self, managed: bool) -> None:
        """Ask for the name only: the store is laid down for this desk."""
        self._managed = managed
        self._store_row.setVisible(not managed)
        self.about.setVisible(not managed)
        self._look()

    def line_at_fault(self, fault: Fault) -> QWidget:
        """The login, where it was that, or else the place."""
        login = self.login.at_fault() if fault == "login" else None
        return login or (self.first if self._managed else self.store)

    def forget(self) -> None:
        """Hold nothing of what was typed; the place stays."""
        self.name.clear()
        self.login.clear()

    def _look(self) -> None:
        alone = not self._managed and self._at_home(self.store.text())
        if alone == self.alone.isHidden():
            self.alone.setVisible(alone)
            self.changed.emit()

    def _say_place(self) -> None:
        self.place_said.emit(self.said)

    def _browse(self) -> None:
        title, here = self.store.accessibleName(), standing(self.store.text())
        folder = QFileDialog.getExistingDirectory(self, title, here)
        if folder:
            self.store.setText(folder)
            self._say_place()


class NewSecret(Page):
    """A passphrase, twice, and how long it withstands whoever guesses."""

    go, other = "signin.create", "sitting.back"

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        say = words.say
        least = say("signin.least", least=LEAST_PASSPHRASE)
        self.passphrase = field(say("sitting.choose"), hint=least, secret=True)
        self.again = field(say("signin.again"), secret=True)
        self.meter = progress(say("sitting.strength"))
        self.meter.setRange(0, len(LEVELS) + 1)
        self.strength = label("", "small", wrap=True)
        self.add(self.passphrase)
        self.column.addWidget(self.meter)
        self.column.addWidget(self.strength)
        self.column.addSpacing(8)
        self.add(self.again)
        self.passphrase.textChanged.connect(self._weigh)
        self._weigh("")

    @property
    def secret(self) -> QLineEdit:
        """The passphrase."""
        return self.passphrase

    def lines(self) -> Sequence[QLineEdit]:
        """Both."""
        return [self.passphrase, self.again]

    def amiss(self) -> tuple[QLineEdit, str] | None:
        """What is missing, and before the second is asked for, whether the first is long enough."""
        said = self.passphrase.text()
        if said and len(said) < LEAST_PASSPHRASE:
            short = PassphraseTooShort(least=LEAST_PASSPHRASE)
            return self.passphrase, str(explain(short, self.words))
        if said and self.again.text() and said != self.again.text():
            return self.passphrase, self.words.say("signin.differ")
        return super().amiss()

    def forget(self) -> None:
        """Hold nothing of what was typed."""
        clear((self.passphrase, self.again))

    def _weigh(self, said: str) -> None:
        known = len(said) >= LEAST_PASSPHRASE
        if not known:
            filled, key = 0, "about"
        elif falls_at_once(said):
            filled, key = 0, "at_once"
        else:
            found = level(said)
            filled, key = found + 1, str(found)
        self.meter.setValue(filled)
        text = self.words.say(f"sitting.strength.{key}")
        if text != self.strength.text():
            self.strength.setText(text)
            # It may have more lines.
            self.changed.emit()
