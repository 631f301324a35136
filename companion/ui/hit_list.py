"""The picker's hits: a list model and a delegate that paints number, title and set."""

import unicodedata

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from companion.phrases import pinyin
from companion.phrases.search import Entry, Hit
from companion.ui.style import SMALL, TEXT, Tokens, bold

_Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 36
_NO_PARENT = QModelIndex()
_PAD = 8


def row_height(metrics: QFontMetrics) -> int:
    """How high a row is that shows text of a font."""
    return max(ROW_HEIGHT, metrics.height() + 2 * _PAD)


class HitModel(QAbstractListModel):
    """The hits of the current query."""

    def __init__(self) -> None:
        super().__init__()
        self.query = ""
        self._hits: list[Hit] = []

    def show(self, query: str, hits: list[Hit]) -> None:
        """Replace what is listed."""
        self.beginResetModel()
        self.query, self._hits = query, hits
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """The entry in a row, or None past the end."""
        return self._hits[row].entry if 0 <= row < len(self._hits) else None

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """How many hits there are."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the entry for the delegate, and what a screen reader says."""
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{index.row() + 1} {entry.title} {entry.set}"
        return None


def marked(title: str, query: str) -> set[int]:
    """The indexes of the characters of title that a query matches, by text or by pinyin."""
    found: set[int] = set()
    # Folded one by one, so that the indexes stay those of the title.
    folded = "".join(unicodedata.normalize("NFKC", c).lower()[:1] or c for c in title)
    for word in query.lower().split():
        at = folded.find(word)
        if at >= 0:
            found.update(range(at, at + len(word)))
        else:
            found.update(pinyin.align(title, word))
    return found


class HitDelegate(QStyledItemDelegate):
    """Paints one hit: its number, its title with the match in bold, its set."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.tokens = tokens

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Every row is as high as the font needs."""
        return QSize(0, row_height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row."""
        entry = index.data(ENTRY)
        model = index.model()
        if not isinstance(entry, Entry) or not isinstance(model, HitModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(0, 1, 0, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.tokens.wash))
            painter.drawRoundedRect(area, 6, 6)
        small = QFont(option.font)
        small.setPixelSize(round(QFontInfo(option.font).pixelSize() * SMALL / TEXT))
        inner = area.adjusted(_PAD, 0, -_PAD, 0)
        metrics = QFontMetrics(small)
        number = QRect(inner.left(), inner.top(), metrics.horizontalAdvance("00"), inner.height())
        if index.row() < 9:
            self._text(painter, number, small, self.tokens.soft, str(index.row() + 1))
        group = metrics.elidedText(entry.set, Qt.TextElideMode.ElideRight, inner.width() // 3)
        width = metrics.horizontalAdvance(group)
        place = QRect(inner.right() - width, inner.top(), width + 1, inner.height())
        self._text(painter, place, small, self.tokens.soft, group)
        title = inner.adjusted(number.width() + _PAD, 0, -width - _PAD, 0)
        self._title(painter, title, option.font, entry, model.query)
        painter.restore()

    def _title(self, painter: QPainter, area: QRect, font: QFont, entry: Entry, query: str) -> None:
        shown = QFontMetrics(bold(font)).elidedText(
            entry.title, Qt.TextElideMode.ElideRight, area.width()
        )
        match = marked(entry.title, query)
        heavy, at, left = bold(font), 0, area.left()
        while at < len(shown):
            end = at + 1
            while end < len(shown) and (end in match) == (at in match):
                end += 1
            piece, face = shown[at:end], heavy if at in match else font
            width = QFontMetrics(face).horizontalAdvance(piece)
            colour = self.tokens.accent if at in match else self.tokens.ink
            self._text(
                painter, QRect(left, area.top(), width + 2, area.height()), face, colour, piece
            )
            left, at = left + width, end

    @staticmethod
    def _text(painter: QPainter, area: QRect, font: QFont, colour: str, text: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
