"""One line of the bookmark window: a folder with its arrow, or a bookmark with its site."""

import urllib.parse
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from companion.bookmarks.opening import openable
from companion.session.bookmark_tree import BOOKMARK, Line, Node
from companion.ui import signs
from companion.ui.lists_style import Index, paint_ground, paint_text
from companion.ui.style import Tokens, bold, small
from companion.ui.words import Words

LINE = Qt.ItemDataRole.UserRole
_PAD, _ROW, _TWO = 8, 32, 52
# Deeper ones are drawn in by less, and at last no further: the line needs room for words.
_WIDE, _DEEPEST, _LESS = 6, 20, 0.4
# In a narrower line, as a multiple of the text's height, the title has all the room.
_ROOMY = 10


def site_of(url: str) -> str:
    """The site that an address is on, for people; empty where it is on none."""
    try:
        return (urllib.parse.urlsplit(url.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def apart(text: str) -> str:
    """A text that keeps its reading direction to itself among others on the line."""
    return f"\u2068{text}\u2069" if text else ""


class LineDelegate(QStyledItemDelegate):
    """Paints a line; all are equally high. ``found`` lists hits: two lines of text each."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self._words, self._tokens = words, tokens
        self.found = False
        self.target = -1
        """The row that something is dragged into."""
        self.cut: frozenset[str] = frozenset()
        """The ids of what was cut and is not yet put elsewhere."""
        self.where: Callable[[str], str] = lambda _parent: ""
        """The folders down to one, for people."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line of text, or two for a hit."""
        height = option.fontMetrics.height()
        if self.found:
            both = height + QFontMetrics(small(option.font)).height()
            return QSize(0, max(_TWO, both + 2 * _PAD))
        return QSize(0, max(_ROW, height + 12))

    def arrow(self, area: QRect, depth: int) -> QRect:
        """Where the arrow of a line is to be pressed."""
        step = area.height() // 2
        further = max(0, min(depth, _DEEPEST) - _WIDE)
        left = area.left() + _PAD + round(step * (min(depth, _WIDE) + _LESS * further))
        return QRect(left - 2, area.top(), step + 4, area.height())

    def name_of(self, node: Node) -> str:
        """What a line is called."""
        if node.kind == "trash":
            return self._words.say("library.trash")
        return node.name or self._words.say("marks.unnamed")

    def warning(self, node: Node) -> str:
        """What there is to look into: a value that stands twice, or an address never opened."""
        if node.clashes:
            return self._words.say("library.clashes")
        never = node.kind == BOOKMARK and not openable(node.url)
        return self._words.say("marks.never") if never else ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        line = index.data(LINE)
        if not isinstance(line, Line):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, tokens, row = option.rect.adjusted(0, 1, -1, -1), self._tokens, index.row()
        if option.state & QStyle.StateFlag.State_Selected or row == self.target:
            edge = tokens.accent if row == self.target else ""
            paint_ground(painter, area, tokens.wash, edge)
        if line.id in self.cut:
            painter.setOpacity(0.5)
        if self.found:
            self._paint_found(painter, area.adjusted(_PAD, 0, -_PAD, 0), line.node, option)
        else:
            self._paint_line(painter, area, line, option)
        painter.restore()

    def _paint_line(
        self, painter: QPainter, area: QRect, line: Line, option: QStyleOptionViewItem
    ) -> None:
        node, tokens, arrow = line.node, self._tokens, self.arrow(area, line.depth)
        if node.holds:
            self._paint_arrow(painter, arrow, line.open)
        size = QFontMetrics(option.font).height() * 0.75
        left = arrow.right() + 4
        box = QRectF(left, area.center().y() + 1 - size / 2, size, size)
        signs.draw(painter, node.kind, box, tokens.accent if node.holds else tokens.soft)
        inner = area.adjusted(left - area.left() + round(size) + 8, 0, -_PAD, 0)
        room = self._beside(painter, inner, node, option)
        font = bold(option.font) if node.kind in ("team", "trash") else option.font
        text = apart(self.name_of(node))
        paint_text(painter, inner.adjusted(0, 0, -room, 0), font, tokens.ink, text)

    def _paint_found(
        self, painter: QPainter, area: QRect, node: Node, option: QStyleOptionViewItem
    ) -> None:
        little, tokens = small(option.font), self._tokens
        below, above = QFontMetrics(little).height(), QFontMetrics(option.font).height()
        top = area.top() + (area.height() - below - above) // 2
        first = QRect(area.left(), top, area.width(), above)
        paint_text(painter, first, option.font, tokens.ink, apart(self.name_of(node)))
        second = QRect(area.left(), top + above, area.width(), below)
        said = " · ".join(filter(None, (self.where(node.parent), apart(node.url))))
        paint_text(painter, second, little, tokens.soft, said)

    def _beside(
        self, painter: QPainter, area: QRect, node: Node, option: QStyleOptionViewItem
    ) -> int:
        """Paint at the right what there is to say besides; the room that it takes."""
        text, colour, share = "", self._tokens.soft, 3
        if node.holds:
            text = str(node.count) if node.count else ""
        elif warned := self.warning(node):
            text, colour, share = warned, self._tokens.amber, 2
        elif area.width() > _ROOMY * QFontMetrics(option.font).height():
            text = site_of(node.url)
        if not text:
            return 0
        metrics = QFontMetrics(small(option.font))
        wide = min(metrics.horizontalAdvance(text), area.width() // share)
        place = QRect(area.right() - wide, area.top(), wide + 1, area.height())
        paint_text(painter, place, small(option.font), colour, text)
        return wide + _PAD

    def _paint_arrow(self, painter: QPainter, area: QRect, is_open: bool) -> None:
        half = area.height() / 8
        middle = QRectF(area).center() + QPointF(0, 1)
        painter.setPen(QPen(QColor(self._tokens.soft), max(1.4, half / 3)))
        across, along = QPointF(half, 0), QPointF(0, half)
        if is_open:
            across, along = along, across
        tip = middle + across / 2
        for side in (-along, along):
            painter.drawLine(tip, middle - across / 2 + side)
