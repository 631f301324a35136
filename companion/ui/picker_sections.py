"""The words above the favourites and above what was used last, while nothing is typed."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from companion.phrases.search import Entry
from companion.ui.hit_list import HitDelegate, HitModel, Index, row_height
from companion.ui.style import Tokens, small
from companion.ui.words import Words

_PAD = 8


def section(entry: Entry) -> str:
    """The part of the unasked list in which an entry stands."""
    if entry.favourite:
        return "favourite"
    return "recent" if entry.uses else "other"


class SectionDelegate(HitDelegate):
    """Paints hits, and above the first of each section its word, in a low row of its own."""

    def __init__(self, tokens: Tokens, words: Words) -> None:
        super().__init__(tokens)
        self._words = words

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as a hit, and two thirds more for a word above it."""
        size = super().sizeHint(option, index)
        above = self._above(option, index)
        return QSize(size.width(), size.height() + above)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the word of a section where one begins, and the hit."""
        above = self._above(option, index)
        if above:
            word = self._words.say(f"picker.section.{self._section(index, 0)}")
            self._paint_word(painter, option, word, above)
        moved = QStyleOptionViewItem(option)
        moved.rect = option.rect.adjusted(0, above, 0, 0)
        super().paint(painter, moved, index)

    def _paint_word(
        self, painter: QPainter, option: QStyleOptionViewItem, word: str, height: int
    ) -> None:
        painter.save()
        painter.setFont(small(option.font))
        painter.setPen(QColor(self.tokens.soft))
        area = QRect(option.rect.left() + _PAD, option.rect.top(), option.rect.width(), height)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
        painter.restore()

    def _above(self, option: QStyleOptionViewItem, index: Index) -> int:
        begins = self._section(index, 0) not in ("", self._section(index, -1))
        return row_height(option.fontMetrics) * 2 // 3 if begins else 0

    @staticmethod
    def _section(index: Index, step: int) -> str:
        """The section of a row or of one near it, empty where the list has none."""
        model = index.model()
        if not isinstance(model, HitModel) or model.query.strip():
            return ""
        first, entry = model.entry(0), model.entry(index.row() + step)
        # Where nothing was used and nothing is a favourite there is nothing to tell apart.
        if entry is None or first is None or section(first) == "other":
            return ""
        return section(entry)
