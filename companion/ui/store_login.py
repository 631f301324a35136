"""Asking for the store's new password where it refuses the old one; it decides nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent

from companion.ui.card_page import breakable
from companion.ui.messages import Message
from companion.ui.parts import Form, button, field, label
from companion.ui.words import Words


class StoreLoginForm(Form):
    """Enter tries the login, Esc leaves. What was typed is taken out by take_said(), once."""

    wanted = Signal()
    """All three lines were filled in and are there to be taken."""

    def __init__(self, words: Words) -> None:
        super().__init__(420, 24)
        self.setWindowTitle(words.say("store_login.title"))
        self._words = words
        self.text = label(look="soft", wrap=True)
        self.user = field(words.say("sitting.user"))
        self.password = field(words.say("store_login.password"), secret=True)
        self.passphrase = field(
            words.say("signin.passphrase"), hint=words.say("store_login.why"), secret=True
        )
        self.problem = label(look="problem", wrap=True)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.go = button(words.say("store_login.go"), "primary", self._go)
        self.column.addWidget(label(words.say("store_login.title"), "heading", wrap=True))
        self.column.addSpacing(8)
        self.column.addWidget(self.text)
        self.column.addSpacing(8)
        for line in (self.user, self.password, self.passphrase):
            line.returnPressed.connect(self._go)
            self.column.addWidget(label(line.accessibleName(), "small"))
            self.column.addWidget(line)
            self.column.addSpacing(8)
        self.foot.addWidget(self.problem)
        self.add_buttons(button(words.say("editor.cancel"), "", self.close), self.go)

    def ask(self, place: str, user: str) -> None:
        """Ask for the login to a place, for this user as far as is known."""
        if not self.isVisible():
            self.forget()
            self.text.setText(self._words.say("store_login.text", place=breakable(place)))
            self.user.setText(user)
            self.show()
        self.raise_()
        self.activateWindow()
        self.turn_to(self.password if self.user.text() else self.user)

    def take_said(self) -> tuple[str, str, str]:
        """User, password and passphrase; of the secrets the fields hold nothing any more."""
        said = (self.user.text().strip(), self.password.text(), self.passphrase.text())
        self._empty()
        return said

    def show_problem(self, message: Message | str) -> None:
        """Say what went wrong, and ask once more."""
        self._busy(False)
        self.problem.setText(str(message))
        self.problem.show()
        self.fit()
        self.turn_to(self.password)

    def forget(self) -> None:
        """Hold nothing that was typed or said."""
        self._empty()
        self.user.setText("")
        self.text.clear()
        self.problem.clear()
        self.problem.hide()
        self._busy(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing that was typed stays in it."""
        self._empty()
        super().closeEvent(event)

    def _empty(self) -> None:
        for line in (self.password, self.passphrase):
            # Not clear(): that can be undone, and so the field would remember it.
            line.setText("")

    def _busy(self, working: bool) -> None:
        for part in (self.user, self.password, self.passphrase, self.go):
            part.setDisabled(working)
        self.go.setText(self._words.say("store_login.trying" if working else "store_login.go"))

    def _go(self) -> None:
        lines = (self.user, self.password, self.passphrase)
        missing = next((line for line in lines if not line.text().strip()), None)
        if missing is not None:
            # A line that is only the next to be filled in has its turn, without a reproach.
            if self.focusWidget() not in lines[: lines.index(missing)]:
                say = self._words.say
                self.problem.setText(say("signin.needed", name=missing.accessibleName()))
                self.problem.show()
                self.fit()
            self.turn_to(missing)
            return
        self.problem.hide()
        self._busy(True)
        self.wanted.emit()
