"""One line of the phrase list: its title, star and code, and the beginning of its text below."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from companion.session.library import Row
from companion.ui.lists_style import Index, paint_ground, paint_text
from companion.ui.style import Tokens, small
from companion.ui.words import Words

ROW = Qt.ItemDataRole.UserRole
_PAD, _LEAST = 8, 52


class RowDelegate(QStyledItemDelegate):
    """Paints a line; all are equally high."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self._words, self._tokens = words, tokens

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text."""
        lines = option.fontMetrics.height() + QFontMetrics(small(option.font)).height()
        return QSize(0, max(_LEAST, lines + 2 * _PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        row = index.data(ROW)
        if not isinstance(row, Row):
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
        paint_text(painter, top.adjusted(0, 0, -room, 0), option.font, tokens.ink, row.title)
        text = QRect(inner.left(), inner.bottom() + 1 - below, inner.width(), below)
        paint_text(painter, text, little, tokens.soft, self.second(row))
        painter.restore()

    def second(self, row: Row) -> str:
        """What stands below the title."""
        say = self._words.say
        if row.fields:
            names = (say(f"library.field.{name}") for name in row.fields if self._known(name))
            return say("list.between").join(names) or row.text
        if row.kind == "set":
            return say("library.gone_set", count=row.count)
        if row.kind != "phrase":
            return f"{say(f'library.kind.{row.kind}')} · {row.text}".strip(" ·")
        return row.text

    def _known(self, field: str) -> bool:
        return self._words.knows(f"library.field.{field}")

    def _beside(
        self, painter: QPainter, area: QRect, row: Row, option: QStyleOptionViewItem
    ) -> int:
        """Paint the code and the star at the right; the room that they take."""
        little, right = small(option.font), area.right()
        signs = (("★" if row.favourite else "", self._tokens.amber), (row.abbr, self._tokens.soft))
        for text, colour in signs:
            if text:
                metrics = QFontMetrics(little)
                wide = min(metrics.horizontalAdvance(text), area.width() // 3)
                place = QRect(right - wide, area.top(), wide + 1, area.height())
                paint_text(painter, place, little, colour, text)
                right -= wide + _PAD
        return area.right() - right
