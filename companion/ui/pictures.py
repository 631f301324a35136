"""Images of phrases: small ones to be shown, and any that we carry as PNG for the clipboard."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

# Beyond these an image is not opened: a small file may hold an enormous one.
MOST_SHOWN_PIXELS, MOST_PIXELS = 6_000_000, 40_000_000
_PNG = b"\x89PNG"


def thumbnail(data: bytes, room: QSize) -> QImage:
    """An image no larger than a room in px; null where it cannot be read or is too large."""
    image = _read(data, MOST_SHOWN_PIXELS)
    fits = image.width() <= room.width() and image.height() <= room.height()
    if image.isNull() or fits:
        return image
    smooth = Qt.TransformationMode.SmoothTransformation
    return image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)


def png(data: bytes) -> bytes:
    """An image as PNG; empty where it cannot be read or is too large. Takes up to a second."""
    if data.startswith(_PNG):
        return data
    image = _read(data, MOST_PIXELS)
    return b"" if image.isNull() else as_png(image)


def as_png(image: QImage) -> bytes:
    """An open image as the bytes of a PNG."""
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(written, b"PNG").write(image)
    return bytes(written.data().data())


def _read(data: bytes, most: int) -> QImage:
    held = QBuffer()
    held.setData(QByteArray(data))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(held)
    # A photo says how it was held.
    reader.setAutoTransform(True)
    size = reader.size()
    return reader.read() if 0 < size.width() * size.height() <= most else QImage()
