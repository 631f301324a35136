"""The entries of a file that is to be imported, each with what would become of it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from companion.formats.items import BookmarkItem, PhraseItem, Problem
from companion.session.planning import Fate, Planned
from companion.ui.lists_style import Index
from companion.ui.parts import grown
from companion.ui.two_lines import ROW, Sign, TwoLines

Line = Planned[Any] | Problem
_NO_PARENT = QModelIndex()
_SHOWN = 200


class ImportModel(QAbstractListModel):
    """Entries or problems, as many as there are: only what is seen is put into words."""

    def __init__(self, delegate: "ImportDelegate") -> None:
        super().__init__()
        self._delegate = delegate
        self.rows: Sequence[Line] = ()

    def show(self, rows: Sequence[Line]) -> None:
        """List these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The entry for the delegate, and what a screen reader says."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._delegate.texts(row)[0]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = (*self._delegate.texts(row), *(sign for sign, _ in self._delegate.signs(row)))
            return " ".join(filter(None, said))
        return None


class ImportDelegate(TwoLines):
    """Paints the title with the fate beside it, and below where it goes and how it begins."""

    def texts(self, row: object) -> tuple[str, str]:
        """The title; the place and the beginning of the text."""
        if isinstance(row, Problem):
            line = self._words.say("import.line", line=row.line) if row.line else ""
            name = row.name or line or self._words.say("import.file")
            said = self._words.say(f"problem.{row.kind}")
            return name, f"{line} · {said}" if line and row.name else said
        if not isinstance(row, Planned):
            return "", ""
        item = row.item
        body = item.body if isinstance(item, PhraseItem) else item.url
        place = "/".join(row.place)
        return item.title, " · ".join(filter(None, (place, " ".join(body[:_SHOWN].split()))))

    def signs(self, row: object) -> tuple[Sign, ...]:
        """What becomes of it, and its code."""
        if not isinstance(row, Planned):
            return ()
        colours = {
            Fate.NEW: self._tokens.accent,
            Fate.CHANGED: self._tokens.amber,
            Fate.TOO_LONG: self._tokens.red,
        }
        fate = self._words.say(f"import.fate.{row.fate}")
        sign = (fate, colours.get(row.fate, self._tokens.soft))
        code = "" if isinstance(row.item, BookmarkItem) else row.item.abbr
        return sign, (code, self._tokens.soft)


class ImportList(QListView):
    """Lists entries or problems; what it lists are its ``lines``."""

    def __init__(self, delegate: ImportDelegate, name: str) -> None:
        super().__init__()
        self._delegate = delegate
        self.lines = ImportModel(delegate)
        self.setModel(self.lines)
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumWidth(grown(self, 220))
