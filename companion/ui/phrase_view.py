"""A text that shows phrases with their own images, and loads nothing else from anywhere."""

import html
from collections.abc import Iterable

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from companion.profile.records import Image
from companion.ui.parts import grown
from companion.ui.pictures import thumbnail

_SCHEME = "phrase-image"
_ROOM = QSize(200, 96)


class PhraseView(QTextBrowser):
    """Read-only; addresses in it are to be read, not opened."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self._shown: dict[str, QImage] = {}

    def hold(self, images: Iterable[Image]) -> None:
        """Make small pictures of these images, in the place of those before."""
        room = QSize(grown(self, _ROOM.width()), grown(self, _ROOM.height()))
        # An image never changes, and a hit is shown anew at each key.
        self._shown = {
            image.id: self._shown.get(image.id) or thumbnail(image.data, room) for image in images
        }

    def picture(self, image: Image) -> str:
        """An image as HTML of this view; its title where it cannot be shown."""
        shown = self._shown.get(image.id)
        if shown is None or shown.isNull():
            return html.escape(f"[{image.title or image.media_type}]")
        size = f'width="{shown.width()}" height="{shown.height()}"'
        return f'<img src="{_SCHEME}:{html.escape(image.id)}" {size}>'

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Our own images; of anything else an empty one, or Qt would look for a file."""
        url = QUrl(name)
        image = type == QTextDocument.ResourceType.ImageResource.value
        if image and url.scheme() == _SCHEME:
            return self._shown.get(url.path(), QImage())
        return QImage() if image else ""
