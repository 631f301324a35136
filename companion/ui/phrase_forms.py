"""A small form for a new phrase."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from companion.ui.parts import Form, button, field, label
from companion.ui.words import Words


class PhraseEditor(Form):
    """A new phrase: title, text, code, set. Ctrl+Enter saves, Esc leaves.

    What has been typed is thrown away only where the agent says so twice.
    """

    saved = Signal(str, str, str, str)
    """Title, body, code, set."""

    def __init__(self, words: Words) -> None:
        super().__init__(480, 24)
        self.setWindowTitle(words.say("editor.title"))
        self._words = words
        self._given: list[str] = []
        self._warned = False
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
            part.textChanged.connect(self._typed)
            self.column.addWidget(label(part.accessibleName(), "small"))
            self.column.addWidget(part)
            self.column.addSpacing(8)
        # Enter goes on where there is only one line to write.
        self.title.returnPressed.connect(self.body.setFocus)
        self.abbr.returnPressed.connect(self.set.setFocus)
        self.foot.addWidget(self.problem)
        self.add_buttons(
            button(words.say("editor.cancel"), "", self.close),
            button(f"{words.say('editor.save')}  Ctrl Enter", "primary", self._save),
        )

    def write(self, title: str, body: str) -> None:
        """Open the form with what is known already; one that is being written comes first."""
        begun = self.isVisible() and self._written() != self._given
        if not begun:
            self.title.setText(title)
            self.body.setPlainText(body)
            self.abbr.clear()
            self._given = self._written()
        self.show()
        self.raise_()
        self.activateWindow()
        if begun:
            return
        (self.body if title else self.title).setFocus()

    def restore(self, title: str, body: str, abbr: str, group: str) -> None:
        """Open the form with what was being written in it."""
        self.write("", "")
        parts = (self.title, self.abbr, self.set)
        for line, text in zip(parts, (title, abbr, group), strict=True):
            line.setText(text)
        self.body.setPlainText(body)
        self.body.moveCursor(QTextCursor.MoveOperation.End)
        self.turn_to(self.body)

    def take_written(self) -> list[str]:
        """Title, body, code and set as far as they are being written; the form closes empty."""
        written = self._written() if self._begun() else []
        self._empty()
        return written

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Esc leaves."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self._save()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The first time only warn of what would be lost."""
        if self._warned or self._written() == self._given:
            super().closeEvent(event)
            return
        event.ignore()
        self._warned = True
        self._warn(self._words.say("editor.unsaved"))

    def _typed(self) -> None:
        # What was warned of is not what would be lost now.
        self._warned = False
        self.problem.hide()

    def _warn(self, said: str) -> None:
        self.problem.setText(said)
        self.problem.show()
        self.fit()

    def _written(self) -> list[str]:
        return [self.title.text(), self.body.toPlainText(), self.abbr.text(), self.set.text()]

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
            self._warn(self._words.say("signin.needed", name=self._words.say("editor.body")))
            self.turn_to(self.body)
            return
        self._keep(self._title(body), body)

    def put_away(self) -> None:
        """Whoever writes here leaves: what he wrote is kept, and nothing stays to be read."""
        body = self.body.toPlainText()
        if self._begun() and body.strip():
            self._keep(self._title(body), body)
        self._empty()

    def _empty(self) -> None:
        self.hide()
        for line in (self.title, self.abbr, self.set):
            # Not clear(): that can be undone, and so the line would remember what was typed.
            line.setText("")
        self.body.setPlainText("")
        self._given = self._written()

    def _begun(self) -> bool:
        """Whether somebody has written here: what stood here before is not what he wrote."""
        return self.isVisible() and self._written() != self._given

    def _title(self, body: str) -> str:
        return self.title.text().strip() or body.strip().split("\n")[0][:40]

    def _keep(self, title: str, body: str) -> None:
        self.hide()
        self.saved.emit(title, body, self.abbr.text().strip(), self.set.text().strip())
