"""Images of phrases: small ones to be shown, and any that we carry as PNG for the clipboard."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QImageWriter

# Beyond these an image is not opened: a small file may hold an enormous one.
MOST_SHOWN_PIXELS, MOST_PIXELS = 6_000_000, 40_000_000
_PNG = b"\x89PNG"


def thumbnail(data: bytes, room: QSize, most: int = MOST_SHOWN_PIXELS) -> QImage:
    """An image no larger than a room in px; null where it cannot be read or has too many pixels."""
    return _read(data, most, room)


def png(data: bytes) -> bytes:
    """An image as PNG; empty where it cannot be read or is too large. Takes up to a second."""
    if data.startswith(_PNG):
        return data
    image = _read(data, MOST_PIXELS)
    return b"" if image.isNull() else as_png(image)


def as_png(image: QImage) -> bytes:
    """An open image as the bytes of a PNG."""
    return written(image, "PNG")


def written(image: QImage, format: str, quality: int = -1) -> bytes:
    """An open image as the bytes of a file."""
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(held, QByteArray(format.encode()))
    writer.setQuality(quality)
    writer.write(image)
    return bytes(held.data().data())


def _read(data: bytes, most: int, room: QSize | None = None) -> QImage:
    held = QBuffer()
    held.setData(QByteArray(data))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(held)
    # A photo says how it was held.
    reader.setAutoTransform(True)
    size = reader.size()
    if not 0 < size.width() * size.height() <= most:
        return QImage()
    if room is not None:
        turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
        fitted = room.transposed() if turned else room
        if size.width() > fitted.width() or size.height() > fitted.height():
            # Made small as it is read: a photo in full takes time and memory.
            reader.setScaledSize(size.scaled(fitted, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
