"""Two small forms: writing a new phrase, and filling the slots of one before it goes out."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from companion.profile.template import Slot
from companion.ui.parts import Form, button, field, label
from companion.ui.words import Words


class PhraseEditor(Form):
    """A new phrase: title, text, code, set. Ctrl+Enter saves, Esc leaves."""

    saved = Signal(str, str, str, str)
    """Title, body, code, set."""

    def __init__(self, words: Words) -> None:
        super().__init__(480, 24)
        self.setWindowTitle(words.say("editor.title"))
        self._words = words
        self.title = field(words.say("editor.name"))
        self.body = QPlainTextEdit()
        self.body.setAccessibleName(words.say("editor.body"))
        self.body.setPlaceholderText(words.say("editor.body.hint"))
        self.body.setTabChangesFocus(True)
        self.body.installEventFilter(self)
        self.abbr = field(words.say("editor.abbr"))
        self.set = field(words.say("editor.set"))
        self.problem = label(look="problem", wrap=True)
        for part in (self.title, self.body, self.abbr, self.set):
            self.column.addWidget(label(part.accessibleName(), "small"))
            self.column.addWidget(part)
            self.column.addSpacing(8)
        self.foot.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(button(words.say("editor.cancel"), "", self.hide))
        row.addWidget(button(f"{words.say('editor.save')}  Ctrl Enter", "primary", self._save))
        self.foot.addLayout(row)

    def write(self, title: str, body: str) -> None:
        """Open the form with what is known already."""
        self.title.setText(title)
        self.body.setPlainText(body)
        self.abbr.clear()
        self.problem.hide()
        self.show()
        self.raise_()
        self.activateWindow()
        (self.body if title else self.title).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Esc leaves."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self._save()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The text field would take Ctrl+Enter for a line break."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._save()
                return True
        return super().eventFilter(watched, event)

    def _save(self) -> None:
        body = self.body.toPlainText()
        if not body.strip():
            self.problem.setText(
                self._words.say("signin.needed", name=self._words.say("editor.body"))
            )
            self.problem.show()
            self.fit()
            self.turn_to(self.body)
            return
        self._keep(self._title(body), body)

    def put_away(self) -> None:
        """Whoever writes here leaves: what has a text is kept, and nothing stays to be read."""
        body = self.body.toPlainText()
        if self.isVisible() and body.strip():
            self._keep(self._title(body), body)
        self.hide()
        for line in (self.title, self.abbr, self.set):
            line.clear()
        self.body.clear()

    def _title(self, body: str) -> str:
        return self.title.text().strip() or body.strip().split("\n")[0][:40]

    def _keep(self, title: str, body: str) -> None:
        self.hide()
        self.saved.emit(title, body, self.abbr.text().strip(), self.set.text().strip())


class SlotForm(Form):
    """The slots of a phrase, one line each; an empty one goes out only on a second Enter."""

    filled = Signal(dict)
    left = Signal()

    def __init__(self, words: Words, slots: list[Slot]) -> None:
        super().__init__(360, 24, Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words.say("slots.title"))
        self._words = words
        self._warned = False
        self.fields = {slot.name: field(slot.name, slot.default) for slot in slots}
        self.problem = label(look="warning", wrap=True)
        self.problem.hide()
        for name, line in self.fields.items():
            self.column.addWidget(label(name, "small", wrap=True))
            self.column.addWidget(line)
            self.column.addSpacing(8)
            line.returnPressed.connect(self._go)
        self.foot.addWidget(self.problem)
        insert = button(f"{words.say('slots.insert')}  Enter", "primary", self._go)
        self.foot.addWidget(insert)

    def ask(self) -> None:
        """Open the form at its first slot."""
        self.show()
        self.raise_()
        self.activateWindow()
        first = next(iter(self.fields.values()))
        first.setFocus()
        first.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves without inserting."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _go(self) -> None:
        empty = [name for name, line in self.fields.items() if not line.text().strip()]
        if empty and not self._warned:
            self._warned = True
            names = self._words.say("list.between").join(empty)
            self.problem.setText(self._words.say("slots.open", names=names))
            self.problem.show()
            self.fit()
            self.turn_to(self.fields[empty[0]])
            return
        values = {name: line.text() for name, line in self.fields.items()}
        # While the form has the focus: without it Wayland lets nobody copy.
        self.filled.emit(values)
        self.close()
