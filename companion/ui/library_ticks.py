"""The lines of a list with boxes to tick, each tick drawn as one."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from companion.ui.lists_style import Index
from companion.ui.style import Tokens

# From corner to corner of the box, as shares of its sides.
_TICK = ((0.24, 0.52), (0.43, 0.71), (0.78, 0.31))


class TickDelegate(QStyledItemDelegate):
    """Draws a tick into the box, which a style sheet could only take from a picture."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._colour = QColor(tokens.on_accent)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        super().paint(painter, option, index)
        # As index.data() gives it, a number.
        if Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) != Qt.CheckState.Checked:
            return
        said = QStyleOptionViewItem(option)
        self.initStyleOption(said, index)
        style = option.widget.style() if option.widget is not None else QApplication.style()
        part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        box = style.subElementRect(part, said, option.widget)
        corners = [
            QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in _TICK
        ]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._colour, box.width() / 8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(corners)
        painter.restore()
