"""The forms in which a content stands on Windows' clipboard, each made when a program asks."""

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from companion.desk.ports import Content

DIB, UNICODE_TEXT = 8, 13
HTML, PNG = "HTML Format", "PNG"

# What asks clipboard histories and clouds to look away; the two in the middle are numbers.
MARKS = {
    "ExcludeClipboardContentFromMonitorProcessing": b"\0",
    "CanIncludeInClipboardHistory": bytes(4),
    "CanUploadToCloudClipboard": bytes(4),
    "Clipboard Viewer Ignore": b"\0",
}

_BEGIN, _END = "<!--StartFragment-->", "<!--EndFragment-->"
# The offsets count bytes from the start of this header, whose own length must not change.
_HEADER = (
    "Version:0.9\r\nStartHTML:{:010d}\r\nEndHTML:{:010d}\r\n"
    "StartFragment:{:010d}\r\nEndFragment:{:010d}\r\n"
)
_BODY = re.compile(r"(.*<body\b[^>]*>)(.*)(</body\s*>.*)", re.DOTALL | re.IGNORECASE)
# A file of this kind is a bitmap as the clipboard holds it, behind 14 bytes.
_BMP_HEAD = 14


def forms(content: Content) -> dict[int | str, Callable[[], bytes]]:
    """The formats by number or registered name, the richest first, as other programs list them.

    A picture that stands alone has no empty text beside it, which a program might take instead.
    """
    found: dict[int | str, Callable[[], bytes]] = {}
    if content.html:
        found[HTML] = partial(cf_html, content.html)
    if content.image:
        found[PNG] = partial(bytes, content.image)
        found[DIB] = partial(dib, content.image)
    if content.text or not found:
        found[UNICODE_TEXT] = partial(unicode_text, content.text)
    return found


def unicode_text(text: str) -> bytes:
    """CF_UNICODETEXT: UTF-16 with Windows' line ends and the NUL that ends it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return (lines + "\0").encode("utf-16-le", "surrogatepass")


def plain_text(content: bytes) -> str:
    """The text in CF_UNICODETEXT, with line ends as everywhere else."""
    return content.decode("utf-16-le", "replace").partition("\0")[0].replace("\r\n", "\n")


def cf_html(html: str) -> bytes:
    """CF_HTML: UTF-8 behind a header that says where the document and the fragment lie.

    Of a whole document the inside of its body is the fragment.
    """
    whole = _BODY.fullmatch(html)
    before, fragment, after = whole.groups() if whole else ("<html><body>", html, "</body></html>")
    lead, inside, rest = (
        part.encode("utf-8", "replace") for part in (before + _BEGIN, fragment, _END + after)
    )
    start = len(_HEADER.format(0, 0, 0, 0))
    begin = start + len(lead)
    end = begin + len(inside)
    header = _HEADER.format(start, end + len(rest), begin, end)
    return header.encode() + lead + inside + rest + b"\0"


def dib(png: bytes) -> bytes:
    """CF_DIB: the picture on white, for what is see-through would come out black.

    Empty where the bytes are no picture.
    """
    picture = QImage.fromData(png)
    if picture.isNull():
        return b""
    paper = QImage(picture.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, picture)
    painter.end()
    file = QBuffer()
    file.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(file, b"BMP").write(paper)
    return bytes(file.data().data())[_BMP_HEAD:]
