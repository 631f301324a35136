"""What the import window is made of, and how it is laid out; it decides nothing."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from companion.ui.import_preview import ImportPreview
from companion.ui.import_rows import ImportList
from companion.ui.lists_style import dress
from companion.ui.parts import button, grown, label, progress
from companion.ui.style import Tokens
from companion.ui.words import Words

_SIZE = (780, 560)
_CENTRE = Qt.AlignmentFlag.AlignCenter


class ImportFrame(QWidget):
    """A page that says something and one with the preview, and the buttons below both."""

    file_wanted = Signal()
    folder_wanted = Signal()
    dropped = Signal(Path)
    browser_wanted = Signal(object)
    """The bookmarks of a browser of this desk (bookmarks.browsers.Browser)."""
    stopped = Signal()
    keep_good = Signal()
    """What can be read of a broken file will do."""
    confirmed = Signal()
    undo_wanted = Signal(str)
    """What was imported last ("phrases" or "bookmarks") is to be taken back."""
    look_wanted = Signal(str)
    other_wanted = Signal()
    beside_wanted = Signal()
    """What the same folder or archive holds besides is to be looked at."""
    closed = Signal()

    def __init__(self, words: Words, tokens: Tokens, preview: ImportPreview) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(words.say("import.title"))
        self.setAcceptDrops(True)
        dress(self, tokens)
        self._words = words
        say = words.say
        self.preview, self.last = preview, ""
        self.heading = label("", "heading", wrap=True)
        self.text = label("", "soft", wrap=True)
        self.notice = label("", "notice", wrap=True)
        self.bar = progress(say("import.title"))
        self.problems = ImportList(words, tokens, say("import.notes"))
        self.of_browsers = label(say("import.browsers"), "soft")
        self.of_browsers.hide()
        self.browsers: list[QPushButton] = []
        self.browser_row = QHBoxLayout()
        self.drop = QFrame()
        self.drop.setObjectName("drop")
        self.sum = label("", "soft", wrap=True)
        self.file = button(say("import.choose_file"), "primary", self.file_wanted.emit)
        self.folder = button(say("import.choose_folder"), "", self.folder_wanted.emit)
        self.stop = button(say("import.stop"), "", self.stopped.emit)
        self.good = button("", "", self.keep_good.emit)
        self.other = button(say("import.other"), "", self.other_wanted.emit)
        self.beside = button("", "", self.beside_wanted.emit)
        self.take = button("", "primary", self.confirmed.emit)
        self.undo = button(say("import.undo"), "", lambda: self.undo_wanted.emit(self.last))
        self.look = button(say("import.look"), "primary", lambda: self.look_wanted.emit(self.last))
        self.close_it = button(say("import.close"), "", self.close)
        self.buttons = (
            *(self.undo, self.other, self.beside, self.folder, self.file, self.stop),
            *(self.good, self.close_it, self.look, self.take),
        )
        self.pages = QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        said = QWidget()
        column = QVBoxLayout(said)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.heading, self.text, self.bar, self.notice):
            column.addWidget(part)
        column.addWidget(self.problems, 1)
        column.addWidget(self.drop, 1)
        column.addStretch()
        inside = QVBoxLayout(self.drop)
        inside.setSpacing(8)
        inside.addStretch()
        inside.addWidget(label(self._words.say("import.drop"), "soft"), 0, _CENTRE)
        inside.addStretch()
        inside.addWidget(self.of_browsers, 0, _CENTRE)
        self.browser_row.addStretch()
        self.browser_row.addStretch()
        inside.addLayout(self.browser_row)
        inside.addSpacing(8)
        self.pages.addWidget(said)
        self.pages.addWidget(self.preview)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.sum, 1)
        row.addStretch()
        for each in self.buttons:
            row.addWidget(each)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(24, 16, 24, 16)
        outside.setSpacing(12)
        outside.addWidget(self.pages, 1)
        outside.addLayout(row)
        room = self.screen().availableGeometry()
        width, height = grown(self, _SIZE[0]), grown(self, _SIZE[1])
        self.resize(min(width, room.width()), min(height, room.height() - 40))
