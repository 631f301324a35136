"""A list that is only looked through: its lines, and a view that may have very many of them."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex
from PySide6.QtWidgets import QListView

from companion.ui.lists_style import Index, as_list

_R = TypeVar("_R")
_NO_PARENT = QModelIndex()
# Qt asks for the number of lines once for each that it lays out: 50,000 take 70 ms.
_AT_ONCE = 2_000


class PlainModel(QAbstractListModel, Generic[_R]):
    """The lines of a list; only what is seen is put into words."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[_R] = ()

    def show(self, rows: Sequence[_R]) -> bool:
        """List these; whether they are more or less than before, else the place in it is kept."""
        if rows and len(rows) == len(self.rows):
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.rows)


class PlainList(QListView):
    """Lays out some lines at a time, so that a long list holds nothing up."""

    def __init__(self, name: str) -> None:
        super().__init__()
        as_list(self, name)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_AT_ONCE)
