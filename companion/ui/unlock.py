"""Unlocking a desk at which somebody is signed in: who it is, and one field; it decides nothing."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from companion.ui.messages import Message
from companion.ui.parts import Form, button, field, label
from companion.ui.words import Words

WIDTH = 420


class Unlock(Form):
    """Asks for the PIN where one is set, else for the passphrase; a link leads to the other.

    What is typed is taken out of the field by take_secret(), once.
    """

    wanted = Signal()
    """The secret was typed and is there to be taken."""
    not_me = Signal()
    """Somebody else sits here."""

    def __init__(self, words: Words) -> None:
        super().__init__(WIDTH, 32)
        self.setWindowTitle(words.say("app.name"))
        self._words = words
        self.by_pin = False
        """Whether the PIN is asked for."""
        self._may_pin = self._working = False
        say = words.say
        centre = Qt.AlignmentFlag.AlignCenter
        self.agent = label(look="heading", wrap=True)
        self.agent.setAlignment(centre)
        self.text = label(look="soft", wrap=True)
        self.text.setAlignment(centre)
        self._name = label(look="small")
        self.secret = field("", secret=True)
        self.secret.returnPressed.connect(self._go)
        self.secret.textEdited.connect(self._typed)
        self.secret.installEventFilter(self)
        self.caps = label(say("unlock.caps"), "warning", wrap=True)
        self.problem = label(look="problem", wrap=True)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.go = button(say("unlock.go"), "primary", self._go)
        self.other = button("", "link", lambda: self._ask_by(not self.by_pin))
        self.leave = button(say("unlock.not_me"), "link", self.not_me.emit)
        self._lay_out()

    def ask(self, agent: str, may_pin: bool, locked: bool = False) -> None:
        """Ask an agent, by name; ``may_pin`` where a PIN is set.

        ``locked`` says that the desk was locked, and not only started anew.
        """
        self.agent.setText(agent or self._words.say("app.name"))
        self.text.setText(self._words.say("unlock.locked" if locked else "unlock.closed"))
        self._may_pin = may_pin
        self._ask_by(may_pin)
        self.show()
        self.raise_()
        self.activateWindow()

    def take_secret(self) -> str:
        """What was typed; the field holds it no more."""
        typed = self.secret.text()
        self._empty()
        return typed

    def busy(self, working: bool) -> None:
        """While it is tried, nothing can be tried twice."""
        self._working = working
        for one in (self.secret, self.go, self.other, self.leave):
            one.setDisabled(working)
        self.go.setText(self._words.say("unlock.trying" if working else "unlock.go"))

    def show_problem(self, message: Message | str, may_pin: bool, by_pin: bool) -> None:
        """Say what went wrong, and ask once more."""
        self.busy(False)
        self._may_pin = may_pin
        self._ask_by(by_pin and may_pin)
        self.problem.setText(str(message))
        self.problem.show()
        self.fit()

    def forget(self) -> None:
        """Hold nothing that was typed or said."""
        self._empty()
        self.agent.clear()
        self.problem.clear()
        self.problem.hide()
        self.caps.hide()
        self.busy(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing that was typed stays in it."""
        self._empty()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters tell whether Caps Lock is on: no platform but Windows says so by itself."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            typed = event.text()
            if len(typed) == 1 and typed.isascii() and typed.isalpha():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._warn_of_caps(typed.isupper() != shift)
            elif event.key() == Qt.Key.Key_CapsLock:
                self._warn_of_caps(False)
        return super().eventFilter(watched, event)

    def _warn_of_caps(self, on: bool) -> None:
        if on == self.caps.isHidden():
            self.caps.setVisible(on)
            self.fit()

    def _ask_by(self, pin: bool) -> None:
        say, self.by_pin = self._words.say, pin
        self._empty()
        self.problem.hide()
        self.caps.hide()
        name = say("unlock.pin" if pin else "signin.passphrase")
        self._name.setText(name)
        self.secret.setAccessibleName(name)
        self.secret.setPlaceholderText("" if pin else say("signin.passphrase.hint"))
        self.other.setText(say("unlock.by_passphrase" if pin else "unlock.by_pin"))
        self.other.setVisible(self._may_pin)
        self.fit()
        self.turn_to(self.secret)

    def _empty(self) -> None:
        # Not clear(): that can be undone, and so the field would remember it.
        self.secret.setText("")

    def _typed(self) -> None:
        if not self.problem.isHidden():
            self.problem.hide()
            self.fit()

    def _go(self) -> None:
        # Enter in the field would try a second time what is being tried.
        if self._working:
            return
        if self.secret.text().strip():
            self.busy(True)
            self.wanted.emit()
        else:
            name = self.secret.accessibleName()
            self.problem.setText(self._words.say("signin.needed", name=name))
            self.problem.show()
            self.fit()
            self.turn_to(self.secret)

    def _lay_out(self) -> None:
        self.column.addWidget(self.agent)
        self.column.addWidget(self.text)
        self.column.addSpacing(20)
        self.column.addWidget(self._name)
        self.column.addWidget(self.secret)
        self.column.addWidget(self.caps)
        self.column.addSpacing(12)
        self.column.addStretch()
        self.foot.addWidget(self.go)
        self.foot.addWidget(self.problem)
        links = QHBoxLayout()
        links.addWidget(self.other)
        links.addStretch()
        links.addWidget(self.leave)
        self.foot.addLayout(links)
