"""The clipboard through Qt: every format saved and restored, offers that know they were fetched."""

import sys
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QCoreApplication, QMetaType, QMimeData, QStringListModel
from PySide6.QtGui import QClipboard, QGuiApplication

from companion.desk.ports import Content, Target

_TEXT, _HTML = "text/plain", "text/html"
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
# What asks clipboard histories and clouds to look away, by the conventions of each platform.
_MARKS: dict[str, dict[str, bytes]] = {
    "win32": {
        _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"\0",
        _WINDOWS.format("CanIncludeInClipboardHistory"): bytes(4),
        _WINDOWS.format("CanUploadToCloudClipboard"): bytes(4),
        _WINDOWS.format("Clipboard Viewer Ignore"): b"\0",
    },
    "darwin": {"application/x-nspasteboard-concealed-type": b""},
}
_OTHER_MARKS = {"x-kde-passwordManagerHint": b"secret"}

_Formats = dict[str, bytes]


@dataclass(frozen=True)
class Snapshot:
    """The formats of each selection that was looked at."""

    formats: dict[QClipboard.Mode, _Formats]


class LazyContent(QMimeData):
    """Content that counts how often it is asked for.

    It must not be on the clipboard when the process ends: some platforms free what is there after
    Python has ended, and a Python object that is destroyed then aborts the process.
    """

    def __init__(self, content: Content) -> None:
        super().__init__()
        self.fetches = 0
        self._data = _data(content)
        self._marks = _marks()

    def formats(self) -> list[str]:
        """The formats that are offered."""
        return [*self._data, *self._marks]

    def hasFormat(self, format: str) -> bool:
        """Whether a format is offered."""
        return format in self._data or format in self._marks

    def retrieveData(self, format: str, wanted: QMetaType | QMetaType.Type) -> object:
        """The bytes of a format; Qt calls this when a program pastes."""
        if format in self._data:
            self.fetches += 1
            # Qt asks for text as a string; given bytes it would take them for Latin-1.
            kind = wanted if isinstance(wanted, QMetaType.Type) else QMetaType.Type(wanted.id())
            if kind == QMetaType.Type.QString:
                return self._data[format].decode()
            return QByteArray(self._data[format])
        # Empty bytes would count as an answer, and Qt would not ask for the format we do have.
        return QByteArray(self._marks[format]) if format in self._marks else None

    def everything(self) -> _Formats:
        """Every format with its bytes; this is not counted."""
        return self._data | self._marks


def _data(content: Content) -> _Formats:
    texts = {_TEXT: content.text, _HTML: content.html}
    return {name: text.encode() for name, text in texts.items() if text or name == _TEXT}


def _marks() -> _Formats:
    return _MARKS.get(sys.platform, _OTHER_MARKS)


def _plain(formats: _Formats) -> QMimeData:
    """The same formats in an object that Qt has made itself, so that it may outlive Python."""
    # QMimeData() would be an object of Python with all that LazyContent must not do. A model's own
    # data for dragging is Qt's, and there is no other way to a bare one.
    model = QStringListModel([""])
    data = model.mimeData([model.index(0)])
    for name in data.formats():
        data.removeFormat(name)
    for name, value in formats.items():
        data.setData(name, QByteArray(value))
    return data


def _leave_plain() -> None:
    """Put what outlives Python in the place of every offer that stands as the app ends.

    The text stays: it may be what the agent is about to paste by hand.
    """
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        held = clipboard.mimeData(mode)
        if isinstance(held, LazyContent):
            clipboard.setMimeData(_plain(held.everything()), mode)


class QtOffer:
    """An offer on one or both selections."""

    def __init__(
        self, clipboard: QClipboard, content: Content, modes: list[QClipboard.Mode]
    ) -> None:
        self._clipboard = clipboard
        self._offered = {mode: LazyContent(content) for mode in modes}
        for mode, lazy in self._offered.items():
            clipboard.setMimeData(lazy, mode)

    def fetches(self, by: Target | None = None) -> int:
        """How often a program has asked for the content since it was offered."""
        return sum(lazy.fetches for lazy in self._offered.values())

    def counting(self) -> bool:
        """Not on Windows once a program has asked: the others are given what Windows kept."""
        return sys.platform != "win32" or not self.fetches()

    def standing(self) -> bool:
        """Whether the clipboard still holds this offer."""
        return (
            self._clipboard.mimeData(QClipboard.Mode.Clipboard)
            is self._offered[QClipboard.Mode.Clipboard]
        )


class QtClipboard:
    """The Clipboard port; used from the GUI thread only."""

    def __init__(self) -> None:
        self._clipboard = QGuiApplication.clipboard()
        application = QCoreApplication.instance()
        if application is not None:
            # A function and no method: the offer may outlive this object.
            application.aboutToQuit.connect(_leave_plain)

    def text(self) -> str:
        """The plain text on the clipboard, or an empty string."""
        return self._clipboard.text(QClipboard.Mode.Clipboard)

    def snapshot(self, both: bool = False) -> object:
        """Every format now on the clipboard."""
        return Snapshot({mode: self._formats(mode) for mode in self._modes(both)})

    def offer(self, content: Content, both: bool = False) -> QtOffer:
        """Put content on the clipboard, marked to stay out of clipboard histories."""
        return QtOffer(self._clipboard, content, self._modes(both))

    def restore(self, snapshot: object) -> None:
        """Put back exactly what snapshot() saw."""
        if not isinstance(snapshot, Snapshot):
            raise TypeError("not a snapshot of this clipboard")
        for mode, formats in snapshot.formats.items():
            if not formats:
                self._clipboard.clear(mode)
                continue
            self._clipboard.setMimeData(_plain(formats), mode)

    def copy(self, content: Content) -> None:
        """Put content on the clipboard for the agent to paste."""
        # Nobody counts who fetches it, and it may stand there when the app is gone.
        self._clipboard.setMimeData(_plain(_data(content) | _marks()), QClipboard.Mode.Clipboard)

    def _modes(self, both: bool) -> list[QClipboard.Mode]:
        modes = [QClipboard.Mode.Clipboard]
        if both and self._clipboard.supportsSelection():
            modes.append(QClipboard.Mode.Selection)
        return modes

    def _formats(self, mode: QClipboard.Mode) -> _Formats:
        held = self._clipboard.mimeData(mode)
        if held is None:
            return {}
        return {name: bytes(held.data(name).data()) for name in held.formats()}
