"""Images on their way into a phrase and onto the screen: slow, so off the GUI thread."""

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from companion.errors import ImageTooLarge
from companion.profile.images import MOST_BYTES
from companion.ui import pictures

# No photograph is larger; what says it is would fill the memory.
_MOST_PIXELS = 64_000_000
_JPEG_QUALITY = 85


def thumbnail(data: bytes, side: int) -> QImage:
    """An image no wider and higher than ``side`` px; an empty one where it cannot be read."""
    return pictures.thumbnail(data, QSize(side, side), _MOST_PIXELS)


def packed(image: QImage) -> bytes:
    """An image as PNG, or as JPEG where that alone is small enough for a phrase."""
    found = pictures.as_png(image)
    if len(found) > MOST_BYTES and not image.hasAlphaChannel():
        smaller = pictures.written(image, "JPG", _JPEG_QUALITY)
        return min(found, smaller, key=len)
    return found


def read_image(path: Path) -> bytes:
    """The bytes of a file. Raises ImageTooLarge before it reads a large one, and OSError."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise ImageTooLarge(size=size, most=MOST_BYTES)
    return path.read_bytes()
