"""The question of the bookmark window: whether so many are to be opened at once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from companion.session.bookmark_tree import Batch
from companion.ui.parts import button, label
from companion.ui.questions import Over
from companion.ui.words import Words

# So many pages at once may make a browser, and the desk, slow for minutes.
_MANY = 50


class OpenForm(Over):
    """Says how many there are; Enter opens them, unless they are more than a browser likes."""

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
        self.cancel = button(words.say("editor.cancel"), "", self.hide)
        self.add_buttons(self.cancel, self.go)

    def ask(self, batch: Batch) -> None:
        """Ask whether these are to be opened."""
        say, count = self._words.say, len(batch.nodes)
        self._batch = batch
        self.heading.setText(say("marks.open.ask", count=count))
        many = say("marks.open.many") if self._too_many else ""
        refused = say("marks.open.refused", count=batch.refused) if batch.refused else ""
        self.text.setText("\n".join(filter(None, (many, refused))))
        self.text.setVisible(bool(self.text.text()))
        go = say("marks.open.go", count=count)
        self.go.setText(go if self._too_many else f"{go}  Enter")
        self.come(self.cancel if self._too_many else self.go)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens them."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._too_many:
            self._go()
        else:
            super().keyPressEvent(event)

    @property
    def _too_many(self) -> bool:
        return len(self._batch.nodes) > _MANY

    def _go(self) -> None:
        self.hide()
        self.confirmed.emit(list(self._batch.nodes))
        self._batch = Batch((), 0)
