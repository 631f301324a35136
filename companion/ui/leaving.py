"""Standing up: asks, shows how far the sending is and lets nobody wait, says what is left."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent

from companion.ui.parts import Form, button, label, progress
from companion.ui.words import Words


class Leaving(Form):
    """One window from the question to the answer; Esc stays as long as that can be done."""

    confirmed = Signal()
    skipped = Signal()
    """Not to wait for the store any longer."""
    stayed = Signal()
    """Not to sign out after all."""

    def __init__(self, words: Words) -> None:
        super().__init__(420, 24)
        self.setWindowTitle(words.say("leaving.title"))
        self._words = words
        self._wiping = self._sending = False
        self.heading = label("", "heading", wrap=True)
        self.text = label("", "soft", wrap=True)
        self.bar = progress(words.say("leaving.title"))
        say = words.say
        self.stay = button(say("signout.no"), "", self._stay)
        self.skip = button(say("leaving.skip"), "", self.skipped.emit)
        self.go = button(say("signout.yes"), "primary", self.confirmed.emit)
        self.close_it = button(say("leaving.close"), "primary", self.hide)
        for part in (self.heading, self.bar, self.text):
            self.column.addWidget(part)
            self.column.addSpacing(8)
        self.add_buttons(self.stay, self.skip, self.go, self.close_it)

    def ask(self) -> None:
        """Ask whether to sign out."""
        self._sending = self._wiping = False
        say = self._words.say
        self._page(say("leaving.ask"), say("signout.ask"), self.stay, self.go)
        self.turn_to(self.go)

    def show_sending(self, done: int, of: int, slow: bool) -> None:
        """Say that the changes are on their way; ``slow`` offers not to wait."""
        say, self._sending = self._words.say, True
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        text = say("leaving.text") if slow else ""
        self._page(say("leaving.sending"), text, self.stay, *([self.skip] if slow else []))

    def show_wiping(self) -> None:
        """Say that everything is being taken off this desk; now there is no way back."""
        self._sending, self._wiping = False, True
        self.bar.setRange(0, 0)
        self._page(self._words.say("leaving.wiping"), "")
        self.setFocus()

    def show_left(self, heading: str, text: str) -> None:
        """Say what became of it."""
        self._sending = self._wiping = False
        self._page(heading, text, self.close_it)
        self.turn_to(self.close_it)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stays, or closes what was said."""
        if event.key() == Qt.Key.Key_Escape:
            self._stay()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.go.isVisible():
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """To close the window is to stay."""
        if self._wiping:
            event.ignore()
        else:
            self._stay()

    def _page(self, heading: str, text: str, *buttons: object) -> None:
        self.heading.setText(heading)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.bar.setVisible(self._sending or self._wiping)
        for one in (self.stay, self.skip, self.go, self.close_it):
            one.setVisible(one in buttons)
        self.fit()
        if not self.isVisible():
            self.show()
            self.raise_()
            self.activateWindow()

    def _stay(self) -> None:
        if self._wiping:
            return
        sending, self._sending = self._sending, False
        self.hide()
        if sending:
            self.stayed.emit()
