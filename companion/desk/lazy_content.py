"""What Qt's clipboard holds for us: content that knows who fetched it, and stand-ins for it."""

import sys
from collections import Counter
from typing import Protocol

from PySide6.QtCore import QByteArray, QMetaType, QMimeData, QStringListModel
from PySide6.QtGui import QImage

from companion.desk.ports import Content

Formats = dict[str, bytes]
"""Bytes by the names that Qt has for formats."""

_TEXT, _HTML, _PICTURE = "text/plain", "text/html", "image/png"
# By this name Qt offers a picture in every format that the programs of a platform ask for.
_ANY_PICTURE = "application/x-qt-image"
# What asks clipboard histories and clouds to look away, by the conventions of each platform.
_MARKS: dict[str, Formats] = {
    "darwin": {"application/x-nspasteboard-concealed-type": b""},
}
_OTHER_MARKS = {"x-kde-passwordManagerHint": b"secret"}


class Askers(Protocol):
    """Tells who asks for an offer, on systems where that can be known."""

    latest: int
    asked: Counter[int]

    def listen(self, on: bool) -> None:
        """Begin or stop."""

    def same_program(self, window: int, other: int) -> bool:
        """Whether two windows are of one program."""


class LazyContent(QMimeData):
    """Content that remembers how often it was asked for, and by which windows (0 for unknown).

    It must not be on the clipboard when the process ends: some platforms free what is there after
    Python has ended, and a Python object that is destroyed then aborts the process.
    """

    def __init__(self, formats: Formats, askers: Askers | None = None) -> None:
        super().__init__()
        self.fetched_by: list[int] = []
        self.kept = formats
        self._askers = askers
        self._names = [*formats, *([_ANY_PICTURE] if _PICTURE in formats else [])]

    def formats(self) -> list[str]:
        """The formats that are offered."""
        return self._names

    def hasFormat(self, format: str) -> bool:
        """Whether a format is offered."""
        return format in self._names

    def retrieveData(self, format: str, wanted: QMetaType | QMetaType.Type) -> object:
        """The bytes of a format; Qt calls this when a program pastes."""
        if format not in self._names:
            # Empty bytes would count as an answer, and Qt would not ask for the format we do have.
            return None
        if format not in marks():
            self.fetched_by.append(self._askers.latest if self._askers else 0)
        if format == _ANY_PICTURE:
            return QImage.fromData(QByteArray(self.kept[_PICTURE]))
        # Qt asks for text as a string; given bytes it would take them for Latin-1.
        kind = wanted if isinstance(wanted, QMetaType.Type) else QMetaType.Type(wanted.id())
        if kind == QMetaType.Type.QString:
            return self.kept[format].decode("utf-8", "replace")
        return QByteArray(self.kept[format])


def formats_of(content: Content) -> Formats:
    """The formats of a content; text always, so that there is something to paste anywhere.

    But not beside a picture alone: a program would paste the empty text.
    """
    texts = {_TEXT: content.text, _HTML: content.html}
    found = {name: text.encode() for name, text in texts.items() if text}
    if content.image:
        found[_PICTURE] = content.image
    return found or {_TEXT: b""}


def marks() -> Formats:
    """The formats that ask clipboard histories of this platform to look away."""
    return _MARKS.get(sys.platform, _OTHER_MARKS)


def plain(formats: Formats) -> QMimeData:
    """The same formats in an object that Qt has made itself, so that it may outlive Python."""
    # QMimeData() would be an object of Python with all that LazyContent must not do. A model's own
    # data for dragging is Qt's, and there is no other way to a bare one.
    model = QStringListModel([""])
    data = model.mimeData([model.index(0)])
    for name in data.formats():
        data.removeFormat(name)
    for name, value in formats.items():
        data.setData(name, QByteArray(value))
    if _PICTURE in formats:
        data.setImageData(QImage.fromData(QByteArray(formats[_PICTURE])))
    return data


def kept(formats: Formats) -> QMimeData:
    """The same formats to stand on the clipboard while the app runs: a picture is not yet read."""
    return LazyContent(formats) if _PICTURE in formats else plain(formats)
