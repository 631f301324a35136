"""A seat card on paper: one page with its QR code, whose it is, and what to do with it."""

import re
from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import QMarginsF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
    QTextOption,
)

from companion.session.card import Card
from companion.ui.qr import Squares, paint
from companion.ui.words import Words

_FOLDER = "folder://"
_DPI, _MM = 300, 25.4
_MOST_SHOWN, _MOST_NAME = 160, 40
# In mm: of an A6 page as of the upper left corner of an A4 one.
_MARGIN, _WIDTH, _CODE, _GAP = 10, 85, 60, 3
# In points.
_TITLE, _NAME, _TEXT, _SMALL = 14, 12, 9, 7


def short(text: str, most: int = _MOST_SHOWN) -> str:
    """A text, such as an address, without its middle where it is longer than a few lines."""
    if len(text) <= most:
        return text
    return f"{text[: most // 2]}…{text[-(most // 2) :]}"


def breakable(address: str) -> str:
    """An address that may end a line behind its slashes."""
    return re.sub(r"(?<=[/\\@&?])", "\u200b", short(address))


def plain_place(address: str) -> str:
    """A store's address as people know it: a folder's is a path, that of Windows with its slashes.

    Only the code on a card is read by a program.
    """
    if not address.startswith(_FOLDER):
        return address
    path = unquote(address.removeprefix(_FOLDER))
    drive = re.match("/[A-Za-z]:", path)
    if drive or not path.startswith("/"):
        return (path[1:] if drive else f"//{path}").replace("/", "\\")
    return path


def layout() -> QPageLayout:
    """A page that fits into a pocket; where a printer has no A6, it is the corner of an A4."""
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    portrait = QPageLayout.Orientation.Portrait
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A6), portrait, margins, QPageLayout.Unit.Millimeter
    )


def save_pdf(file: Path, card: Card, squares: Squares, words: Words) -> None:
    """Write the page as a PDF. Raises OSError."""
    # Qt would say no more than that it did not work.
    file.write_bytes(b"")
    device = QPdfWriter(str(file))
    device.setResolution(_DPI)
    device.setPageLayout(layout())
    device.setTitle(words.say("card.title"))
    device.setCreator(words.say("app.name"))
    if not paint_page(device, card, squares, words):
        raise OSError(str(file))


def paint_page(device: QPaintDevice, card: Card, squares: Squares, words: Words) -> bool:
    """Paint the page onto a printer or into a PDF, within its margins; whether that worked."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    page = _Page(painter, device.logicalDpiX())
    page.write(words.say("app.name") + " · " + words.say("card.title"), _TITLE, bold=True)
    page.write(short(card.agent, _MOST_NAME), _NAME)
    page.draw(squares)
    page.write(words.say("card.paper"), _TEXT)
    page.write(short(plain_place(card.store)), _SMALL)
    page.write(words.say("card.care"), _SMALL)
    return painter.end()


class _Page:
    """Puts one thing below another."""

    def __init__(self, painter: QPainter, dpi: int) -> None:
        self._painter, self._dpi, self._top = painter, dpi, 0

    def write(self, text: str, points: int, bold: bool = False) -> None:
        """A text, in as many lines as it needs; nothing for none."""
        if not text:
            return
        font = QFont(self._painter.font())
        font.setPointSize(points)
        font.setBold(bold)
        self._painter.setFont(font)
        room = QRect(0, self._top, self._length(_WIDTH), self._length(100))
        # An address has no spaces to end a line at, and neither has a very long name.
        wrap = QTextOption(Qt.AlignmentFlag.AlignLeft)
        wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        taken = self._painter.boundingRect(QRectF(room), text, wrap)
        self._painter.drawText(QRectF(room), text, wrap)
        self._top = round(taken.bottom()) + self._length(_GAP)

    def draw(self, squares: Squares) -> None:
        """The code."""
        side = self._length(_CODE)
        left = (self._length(_WIDTH) - side) // 2
        if squares:
            paint(self._painter, QRect(left, self._top, side, side), squares)
            self._top += side + self._length(_GAP)

    def _length(self, millimetres: float) -> int:
        return round(millimetres * self._dpi / _MM)
