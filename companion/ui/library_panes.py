"""The left and middle parts of the phrase window, with what belongs around them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from companion.ui.library_places import PlaceDelegate, PlaceModel, PlaceView
from companion.ui.library_rows import RowModel, RowView
from companion.ui.parts import Glass, button, field, label
from companion.ui.style import Tokens
from companion.ui.words import Words


class Side(QFrame):
    """The places, and what makes new ones."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("side")
        say = words.say
        self.model = PlaceModel(words)
        self.view = PlaceView(self.model, PlaceDelegate(tokens))
        self.view.setAccessibleName(say("library.places"))
        self.add = button(say("library.set.new"), "link", lambda: None)
        self.add.setToolTip("Ctrl Shift N")
        self.duplicates = button(say("library.duplicates"), "link", lambda: None)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.view, 1)
        for one in (self.add, self.duplicates):
            row = QHBoxLayout()
            row.setContentsMargins(8, 0, 0, 0)
            row.addWidget(one)
            row.addStretch()
            column.addLayout(row)


class Middle(QWidget):
    """A line to narrow the list by, the list, or what to do where it is empty."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        say = words.say
        self.places = button("", "link", lambda: None)
        self.search = field(say("library.filter"), hint=say("library.filter"))
        self.search.setClearButtonEnabled(True)
        self.add = button(say("library.new"), "plain", lambda: None)
        self.add.setToolTip("Ctrl N")
        self.model = RowModel(words)
        self.view = RowView(self.model, words, tokens)
        self.advice = label("", "soft", wrap=True)
        self.advice.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._pages = QStackedWidget()
        for page in (self.view, self._page()):
            self._pages.addWidget(page)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(Glass(tokens.accent))
        top.addWidget(self.search, 1)
        top.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.places, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(top)
        column.addWidget(self._pages, 1)

    def advise(self, text: str) -> None:
        """Show this in place of the list, or the list where it is empty."""
        self.advice.setText(text)
        self._pages.setCurrentIndex(1 if text else 0)

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 32, 16, 16)
        column.addWidget(self.advice)
        column.addStretch()
        return page
