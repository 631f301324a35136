"""The question of the bookmark window: whether so many are to be opened at once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from companion.session.bookmark_tree import Batch
from companion.ui.parts import button, label
from companion.ui.questions import Over
from companion.ui.words import Words


class OpenForm(Over):
    """Says how many there are; Enter opens them."""

    confirmed = Signal(list)
    """The nodes to open, in this order."""

    def __init__(self, words: Words, over: QWidget) -> None:
        super().__init__(400, over)
        self.setWindowTitle(words.say("marks.open.title"))
        self._words, self._batch = words, Batch((), 0)
        self.heading = label("", "heading", wrap=True)
        self.text = label("", "soft", wrap=True)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.text)
        self.column.addSpacing(8)
        self.go = button("", "primary", self._go)
        self.add_buttons(button(words.say("editor.cancel"), "", self.hide), self.go)

    def ask(self, batch: Batch) -> None:
        """Ask whether these are to be opened."""
        say, count = self._words.say, len(batch.nodes)
        self._batch = batch
        self.heading.setText(say("marks.open.ask", count=count))
        self.text.setText(say("marks.open.refused", count=batch.refused) if batch.refused else "")
        self.text.setVisible(batch.refused > 0)
        self.go.setText(f"{say('marks.open.go', count=count)}  Enter")
        self.come(self.go)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens them."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        else:
            super().keyPressEvent(event)

    def _go(self) -> None:
        self.hide()
        self.confirmed.emit(list(self._batch.nodes))
        self._batch = Batch((), 0)
