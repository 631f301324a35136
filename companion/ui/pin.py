"""Setting a PIN for the rest of the shift: typed twice, once it is one that may be set."""

from PySide6.QtCore import Qt, Signal

from companion.session.remembering import refused
from companion.ui.messages import Message, explain
from companion.ui.parts import Form, button, field, label
from companion.ui.words import Words


class PinForm(Form):
    """Enter sets the PIN, Esc leaves. What was typed is taken out by take_pin(), once."""

    wanted = Signal()
    """A PIN was typed, twice the same, and is there to be taken."""
    unwanted = Signal()
    """No PIN is to open this desk any more."""

    def __init__(self, words: Words) -> None:
        super().__init__(420, 24)
        self.setWindowTitle(words.say("pin.title"))
        self._words = words
        self.heading = label(words.say("pin.title"), "heading", wrap=True)
        self.text = label(look="soft", wrap=True)
        self.pin = field(words.say("unlock.pin"), secret=True)
        self.again = field(words.say("pin.again"), secret=True)
        self.problem = label(look="problem", wrap=True)
        self.off = button(words.say("pin.off"), "link", self.unwanted.emit)
        self.go = button(words.say("pin.set"), "primary", self._set)
        self.store = label(words.say("pin.store_asks"), "small", wrap=True)
        for part in (self.heading, self.text, self.store):
            self.column.addWidget(part)
            self.column.addSpacing(8)
        for line in (self.pin, self.again):
            line.returnPressed.connect(self._set)
            line.textEdited.connect(self._typed)
            self.column.addWidget(label(line.accessibleName(), "small"))
            self.column.addWidget(line)
            self.column.addSpacing(8)
        self.foot.addWidget(self.problem)
        self.foot.addWidget(self.off, 0, Qt.AlignmentFlag.AlignLeft)
        self.cancel = button(words.say("editor.cancel"), "", self.close)
        self.add_buttons(self.cancel, self.go)

    def ask(self, until: str, least: int, is_set: bool) -> None:
        """Ask for a PIN of so many characters; ``until`` is a time of day.

        What this desk's secret store is like is told a moment later, by expect() or refuse().
        """
        self.forget()
        self.store.hide()
        self.text.setText(self._words.say("pin.text", until=until, least=least))
        self.off.setVisible(is_set)
        self.show()
        self.raise_()
        self.activateWindow()
        self.turn_to(self.pin)

    def expect(self, may_ask: bool) -> None:
        """Say that the desk's secret store may ask for a password of its own."""
        self.store.setVisible(may_ask)
        self.fit()

    def refuse(self, message: Message) -> None:
        """Say that no PIN can be set at this desk, before anybody has typed one twice."""
        self.show_problem(message)
        self._enable(False)
        # Not where Enter takes back a PIN that may be good another time.
        self.turn_to(self.cancel)

    def take_pin(self) -> str:
        """What was typed; the fields hold it no more."""
        typed = self.pin.text()
        self._empty()
        return typed

    def show_problem(self, message: Message | str) -> None:
        """Say what went wrong, and ask once more."""
        self._empty()
        self.go.setEnabled(True)
        self.problem.setText(str(message))
        self.problem.show()
        self.fit()
        self.turn_to(self.pin)

    def forget(self) -> None:
        """Hold nothing that was typed."""
        self._empty()
        self.problem.hide()
        self._enable(True)

    def _empty(self) -> None:
        for line in (self.pin, self.again):
            # Not clear(): that can be undone, and so the field would remember it.
            line.setText("")

    def _set(self) -> None:
        if not self.go.isEnabled():
            return
        pin, again = self.pin.text(), self.again.text()
        if not pin.strip():
            self.show_problem(self._words.say("signin.needed", name=self.pin.accessibleName()))
        elif (error := refused(pin)) is not None:
            self.show_problem(explain(error, self._words))
        elif not again:
            self.turn_to(self.again)
        elif pin != again:
            self.show_problem(self._words.say("pin.differ"))
        else:
            self.go.setEnabled(False)
            self.wanted.emit()

    def _typed(self) -> None:
        if not self.problem.isHidden():
            self.problem.hide()
            self.fit()

    def _enable(self, may_set: bool) -> None:
        for part in (self.pin, self.again, self.go):
            part.setEnabled(may_set)
