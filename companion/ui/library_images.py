"""Images on their way into a phrase and onto the screen: slow, so off the GUI thread."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from companion.errors import ImageTooLarge
from companion.profile.images import MOST_BYTES

# No photograph is larger; what says it is would fill the memory.
_MOST_PIXELS = 64_000_000
_JPEG_QUALITY = 85


def thumbnail(data: bytes, side: int) -> QImage:
    """An image no wider and higher than ``side`` px; an empty one where it cannot be read."""
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
        return QImage()
    reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def packed(image: QImage) -> bytes:
    """An image as PNG, or as JPEG where that alone is small enough for a phrase."""
    found = _written(image, "PNG", -1)
    if len(found) > MOST_BYTES and not image.hasAlphaChannel():
        smaller = _written(image, "JPG", _JPEG_QUALITY)
        return min(found, smaller, key=len)
    return found


def read_image(path: Path) -> bytes:
    """The bytes of a file. Raises ImageTooLarge before it reads a large one, and OSError."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise ImageTooLarge(size=size, most=MOST_BYTES)
    return path.read_bytes()


def _written(image: QImage, format: str, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(format.encode()))
    writer.setQuality(quality)
    writer.write(image)
    return bytes(buffer.data().data())
