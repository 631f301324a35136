"""The middle of the phrase window: the phrases of a place, to choose, drag and put in order."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from companion.session.library import Row
from companion.ui.library_row import RowDelegate
from companion.ui.listed import ListedModel, ListedView, dragged
from companion.ui.lists_style import Index
from companion.ui.style import Tokens
from companion.ui.two_lines import ROW
from companion.ui.words import Words

MIME = "application/x-companion-phrases"
"""The ids of phrases that are dragged, a line each."""


class RowModel(ListedModel[Row]):
    """The lines of the chosen place."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the line for the delegate, and what a screen reader says."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            star = self._words.say("library.favourite") if row.favourite else ""
            return " ".join(part for part in (row.title, star, row.abbr, row.text) if part)
        return None


class RowView(ListedView[Row]):
    """The lines: they can be dragged between others or to a place."""

    put = Signal(list, int)
    """Ids, and the row that they are to stand behind (-1: in front of all)."""

    def __init__(self, model: RowModel, words: Words, tokens: Tokens) -> None:
        super().__init__(model, words, tokens, MIME, words.say("library.phrases"))
        self.delegate = RowDelegate(words, tokens)
        self.setItemDelegate(self.delegate)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only what was dragged out of a list like this may come in."""
        if self._rows.ordered and event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would stand; near an edge the list moves on."""
        if not (self._rows.ordered and event.mimeData().hasFormat(MIME)):
            event.ignore()
            return
        super().dragMoveEvent(event)
        self._mark(self._gap(event.position().toPoint()))
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say behind which line it was dropped."""
        gap = self._gap(event.position().toPoint())
        # Qt would take the lines that were dragged out of the model.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._dropped_here()
        self.put.emit(dragged(event.mimeData(), MIME), gap - 1)
