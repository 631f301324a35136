"""A window for what a search finds in the whole profile: how far it is, and what came of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from companion.ui.lists_style import dress
from companion.ui.parts import button, grown, label, progress
from companion.ui.style import Tokens
from companion.ui.words import Words

_SIZE = (780, 520)
Parts = tuple[tuple[QWidget, int], ...]
"""Parts of a window from top to bottom, each with its share of the room."""


class Finding(QWidget):
    """Says how far the search is; then a list is at the left, what is chosen in it at the right."""

    stopped = Signal()
    undo_wanted = Signal()

    def __init__(self, words: Words, tokens: Tokens, title: str) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(title)
        dress(self, tokens)
        self._words = words
        say = words.say
        self.heading = label("", "heading", wrap=True)
        self.text = label("", "soft", wrap=True)
        self.bar = progress(title)
        self.stop = button(say("library.dup.stop"), "plain", self.stopped.emit)
        self.close_it = button(say("leaving.close"), "primary", self.close)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._searching = ""
        QShortcut(QKeySequence("Ctrl+Z"), self, self.undo_wanted.emit)

    def come(self) -> None:
        """Show it in front."""
        self.show()
        self.raise_()
        self.activateWindow()

    def show_search(self, done: int, of: int) -> None:
        """Say how far the search is."""
        self.heading.setText(self._searching)
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self._page(searching=True)

    def say(self, heading: str, text: str = "") -> None:
        """Say this in place of what was found."""
        self._empty()
        self.heading.setText(heading)
        self.text.setText(text)
        self._page(searching=False)

    def forget(self) -> None:
        """Hold nothing of what was shown."""
        self.say("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A search that runs is stopped."""
        self.stopped.emit()
        super().closeEvent(event)
        self.forget()

    # ---- what each window has of its own

    def _empty(self) -> None:
        """List nothing."""
        raise NotImplementedError

    def _listed(self) -> bool:
        """Whether anything is listed."""
        raise NotImplementedError

    # ---- inside

    def _page(self, searching: bool) -> None:
        found = not searching and self._listed()
        for part in (self.bar, self.stop):
            part.setVisible(searching)
        self.text.setVisible(bool(self.text.text()) and not searching)
        self._split.setVisible(found)
        self.close_it.setVisible(not found and not searching)
        if not found:
            (self.stop if searching else self.close_it).setFocus()

    def _lay_out(self, left: QWidget, right: Parts, *buttons: QWidget) -> None:
        """Put a list at the left, parts at the right and buttons at the foot."""
        left.setMinimumWidth(grown(self, 180))
        beside = QWidget()
        beside.setMinimumWidth(grown(self, 320))
        column = QVBoxLayout(beside)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(8)
        for part, share in right:
            column.addWidget(part, share)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(left)
        self._split.addWidget(beside)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([grown(self, 240), grown(self, 480)])
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.stop)
        for at, one in enumerate(buttons):
            if at == 1:
                row.addStretch()
            row.addWidget(one)
        row.addWidget(self.close_it)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(24, 16, 24, 16)
        outside.setSpacing(12)
        for line in (self.heading, self.text, self.bar):
            outside.addWidget(line)
        outside.addWidget(self._split, 1)
        outside.addStretch(0)
        outside.addLayout(row)
        room = self.screen().availableGeometry()
        width, height = grown(self, _SIZE[0]), grown(self, _SIZE[1])
        self.resize(min(width, room.width()), min(height, room.height() - 40))


def listing(name: str) -> QListWidget:
    """A list of what was found; ``name`` is what a screen reader calls it."""
    made = QListWidget()
    made.setAccessibleName(name)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made
