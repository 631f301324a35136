"""The last pages of a first run: what is here to be imported, and the hotkey tried on the spot."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from companion.ui.parts import button, grown, label
from companion.ui.sign_in_page import Page
from companion.ui.words import Words

_FIELD = 72


class Import(Page):
    """What this desk has that an agent may want to bring along."""

    wanted = Signal()
    go = "sitting.next"

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        say = words.say
        self.text = label(say("sitting.import.looking"), "soft", wrap=True)
        self.open = button(say("sitting.import.open"), "", self.wanted.emit)
        self.column.addWidget(label(say("sitting.import"), "heading", wrap=True))
        self.column.addWidget(self.text)
        self.column.addSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.open)
        row.addStretch()
        self.column.addLayout(row)
        self.column.addSpacing(8)
        self.column.addWidget(label(say("sitting.import.later"), "small", wrap=True))

    @property
    def first(self) -> QWidget:
        """To import is what this page is for."""
        return self.open

    def show_found(self, names: Sequence[str]) -> None:
        """Name what was found on this desk."""
        say = self.words.say
        said, nothing = say("list.between").join(names), say("sitting.import.nothing")
        self.text.setText(say("sitting.import.found", names=said) if names else nothing)
        self.changed.emit()


class Try(Page):
    """A field in which a phrase can be inserted by the hotkey, before it counts."""

    card_wanted = Signal()
    go, later = "sitting.finish", "sitting.card"

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        say = words.say
        self.text = label(say("sitting.try.wait"), "soft", wrap=True)
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(say("sitting.try.field"))
        self.field.setPlaceholderText(say("sitting.try.field"))
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(grown(self.field, _FIELD))
        self.worked = label(say("sitting.try.worked"), "notice", wrap=True)
        self.worked.hide()
        self.column.addWidget(label(say("sitting.try"), "heading", wrap=True))
        self.column.addWidget(self.text)
        self.column.addSpacing(8)
        self.column.addWidget(self.field)
        self.column.addWidget(self.worked)

    @property
    def first(self) -> QWidget:
        """What is inserted goes here."""
        return self.field

    def show_ready(self, title: str, query: str) -> None:
        """Say what to type to find a phrase that is there."""
        self.text.setText(self.words.say("sitting.try.text", title=title, query=query))
        self.changed.emit()

    def insert(self, text: str) -> None:
        """Take what was chosen, where the cursor is."""
        self.field.insertPlainText(text)
        self.worked.show()

    def forget(self) -> None:
        """Hold nothing of what was inserted, nor of the phrase that is there."""
        self.field.clear()
        self.text.setText(self.words.say("sitting.try.wait"))
        self.worked.hide()
