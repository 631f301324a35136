"""Paints a line of a list that is two: what it is called, something small beside it, more below."""

from typing import TypeVar

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from companion.ui.lists_style import Index, paint_ground, paint_text
from companion.ui.plain_list import PlainModel
from companion.ui.style import Tokens, small
from companion.ui.words import Words

ROW = Qt.ItemDataRole.UserRole
Sign = tuple[str, str]
"""A short text and its colour."""
_PAD, _LEAST = 8, 52


_R = TypeVar("_R")


class TwoLines(QStyledItemDelegate):
    """All are equally high. What they say is told by texts() and signs()."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self._words, self._tokens = words, tokens

    def texts(self, row: object) -> tuple[str, str]:
        """The first and the second line."""
        raise NotImplementedError

    def signs(self, row: object) -> tuple[Sign, ...]:
        """What stands at the right of the first line, the outermost first."""
        raise NotImplementedError

    def spoken(self, row: object) -> str:
        """What a screen reader says: all that is seen."""
        said = (*self.texts(row), *(sign for sign, _ in self.signs(row)))
        return " ".join(filter(None, said))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text."""
        lines = option.fontMetrics.height() + QFontMetrics(small(option.font)).height()
        return QSize(0, max(_LEAST, lines + 2 * _PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        row = index.data(ROW)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, tokens = option.rect.adjusted(0, 1, -1, -1), self._tokens
        if option.state & QStyle.StateFlag.State_Selected:
            paint_ground(painter, area, tokens.wash)
        little = small(option.font)
        inner = area.adjusted(_PAD, _PAD - 1, -_PAD, 1 - _PAD)
        below = QFontMetrics(little).height()
        top = QRect(inner.left(), inner.top(), inner.width(), inner.height() - below)
        room = self._beside(painter, top, row, option)
        first, second = self.texts(row)
        paint_text(painter, top.adjusted(0, 0, -room, 0), option.font, tokens.ink, first)
        text = QRect(inner.left(), inner.bottom() + 1 - below, inner.width(), below)
        paint_text(painter, text, little, tokens.soft, second)
        painter.restore()

    def _beside(
        self, painter: QPainter, area: QRect, row: object, option: QStyleOptionViewItem
    ) -> int:
        """Paint the signs at the right; the room that they take."""
        little, right = small(option.font), area.right()
        for text, colour in self.signs(row):
            if text:
                metrics = QFontMetrics(little)
                wide = min(metrics.horizontalAdvance(text), area.width() // 3)
                place = QRect(right - wide, area.top(), wide + 1, area.height())
                paint_text(painter, place, little, colour, text)
                right -= wide + _PAD
        return area.right() - right


class TwoLinesModel(PlainModel[_R]):
    """Lines that a TwoLines paints and puts into words."""

    def __init__(self, delegate: TwoLines) -> None:
        super().__init__()
        self._delegate = delegate

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line for the delegate, and what a screen reader says."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._delegate.texts(row)[0]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._delegate.spoken(row)
        return None
