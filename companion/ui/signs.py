"""The small signs before a line: what kind of thing it is, drawn so that no font need have them."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

SIGNS = ("favourite", "bookmark", "opening", "team")
"""What has a sign; a phrase of the agent's own has none."""


def draw(painter: QPainter, sign: str, box: QRectF, colour: str) -> None:
    """Draw a sign into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colour), max(1.2, box.width() / 10))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 12, box.height() / 12)
    pen.setWidthF(1.2)
    painter.setPen(pen)
    if sign == "favourite":
        painter.setBrush(QColor(colour))
    painter.drawPath(_PATHS[sign]())
    painter.restore()


def _star() -> QPainterPath:
    path = QPainterPath()
    for at in range(10):
        angle, reach = math.pi * (at / 5 - 0.5), 5.0 if at % 2 == 0 else 2.2
        point = QPointF(6 + reach * math.cos(angle), 6.3 + reach * math.sin(angle))
        path.lineTo(point) if at else path.moveTo(point)
    path.closeSubpath()
    return path


def _ribbon() -> QPainterPath:
    """A bookmark, as in a book."""
    path = QPainterPath(QPointF(3, 1.5))
    for x, y in ((9, 1.5), (9, 10.5), (6, 8), (3, 10.5)):
        path.lineTo(x, y)
    path.closeSubpath()
    return path


def _heart() -> QPainterPath:
    path = QPainterPath(QPointF(6, 10.5))
    path.cubicTo(0, 6.5, 0.8, 1.8, 3.6, 1.8)
    path.cubicTo(5, 1.8, 5.7, 2.8, 6, 3.6)
    path.cubicTo(6.3, 2.8, 7, 1.8, 8.4, 1.8)
    path.cubicTo(11.2, 1.8, 12, 6.5, 6, 10.5)
    return path


def _people() -> QPainterPath:
    path = QPainterPath()
    for x, y, size in ((4.5, 3.6, 2.0), (8.6, 4.2, 1.6)):
        path.addEllipse(QPointF(x, y), size, size)
    path.moveTo(1, 10.5)
    path.cubicTo(1, 6.2, 8, 6.2, 8, 10.5)
    path.moveTo(9.4, 7.6)
    path.cubicTo(10.6, 8, 11.2, 9, 11.2, 10.5)
    return path


def _folder() -> QPainterPath:
    path = QPainterPath(QPointF(1, 10))
    for x, y in ((1, 2.5), (4.5, 2.5), (5.8, 4), (11, 4), (11, 10)):
        path.lineTo(x, y)
    path.closeSubpath()
    return path


def _bin() -> QPainterPath:
    path = QPainterPath(QPointF(1.5, 3.2))
    path.lineTo(10.5, 3.2)
    path.moveTo(4.5, 3.2)
    for x, y in ((4.5, 1.5), (7.5, 1.5), (7.5, 3.2)):
        path.lineTo(x, y)
    path.moveTo(2.6, 3.2)
    for x, y in ((3.2, 10.8), (8.8, 10.8), (9.4, 3.2)):
        path.lineTo(x, y)
    return path


_PATHS = {
    "favourite": _star,
    "bookmark": _ribbon,
    "opening": _heart,
    "team": _people,
    "folder": _folder,
    "trash": _bin,
}
