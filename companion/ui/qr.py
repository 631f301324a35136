"""A QR code on the screen and on paper: whole pixels for each square, dark on light in any look."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.session.card_qr import QUIET

Squares = Sequence[Sequence[bool]]
"""The rows of a code without its quiet zone; dark ones are true."""

# Cameras look for dark on light, so these are no colours of a look.
_DARK, _LIGHT = QColor("#000000"), QColor("#FFFFFF")
_SIDE, _LARGEST, _SMALLEST = 300, 6, 2


def paint(painter: QPainter, room: QRect, squares: Squares) -> None:
    """Paint a code with its quiet zone into a room given in the painter's own pixels.

    It is as large as whole pixels allow, and in the middle.
    """
    painter.fillRect(room, _LIGHT)
    count = len(squares) + 2 * QUIET
    size = max(1, min(room.width(), room.height()) // count)
    left = room.left() + (room.width() - size * len(squares)) // 2
    top = room.top() + (room.height() - size * len(squares)) // 2
    for at, row in enumerate(squares):
        for place, dark in enumerate(row):
            if dark:
                painter.fillRect(left + place * size, top + at * size, size, size, _DARK)


class QrCode(QWidget):
    """A code as a part of a window; ``name`` is what a screen reader calls it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._squares: Squares = ()

    def set_squares(self, squares: Squares) -> None:
        """Show another code; none hides it."""
        self._squares = squares
        self.setVisible(bool(squares))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Large enough for the camera of a phone, however large the text of the window is."""
        count = len(self._squares) + 2 * QUIET
        side = count * max(_SMALLEST, min(_LARGEST, _SIDE // count))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the pixels of the screen: scaled, the edges would be grey."""
        painter, ratio = QPainter(self), self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.scale(1 / ratio, 1 / ratio)
        side = int(min(self.width(), self.height()) * ratio)
        if self._squares:
            paint(painter, QRect(0, 0, side, side), self._squares)
        painter.end()
