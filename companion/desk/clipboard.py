"""The clipboard through Qt: every format saved and restored, offers that know they were fetched."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication

from companion.desk.lazy_content import (
    Askers,
    Formats,
    LazyContent,
    formats_of,
    kept,
    marks,
    plain,
)
from companion.desk.ports import Content, Target

if TYPE_CHECKING:
    from companion.desk.x11_selection import Reading, Selections

_Mode = QClipboard.Mode
_SELECTIONS = {_Mode.Clipboard: "CLIPBOARD", _Mode.Selection: "PRIMARY"}


@dataclass
class Snapshot:
    """The formats of each selection that was looked at, and those that are still being read.

    ``held`` is what Qt has of those that are ours.
    """

    formats: dict[_Mode, Formats]
    held: dict[_Mode, QMimeData]
    reading: "Reading | None" = None
    both: bool = False
    ours: bool = False
    """Whether it came from here."""

    def everything(self) -> dict[_Mode, Formats]:
        """The formats of each selection, as far as they are read."""
        read = self.reading.formats if self.reading is not None else {}
        return self.formats | {
            mode: read[name] for mode, name in _SELECTIONS.items() if name in read
        }


def _leave_plain() -> None:
    """Put what outlives Python in the place of every offer that stands as the app ends.

    The text stays: it may be what the agent is about to paste by hand.
    """
    clipboard = QGuiApplication.clipboard()
    for mode in (_Mode.Clipboard, _Mode.Selection):
        held = clipboard.mimeData(mode)
        if isinstance(held, LazyContent):
            clipboard.setMimeData(plain(held.kept), mode)


class QtOffer:
    """An offer on one or both selections."""

    def __init__(
        self,
        clipboard: QClipboard,
        content: Content,
        modes: list[_Mode],
        askers: Askers | None,
    ) -> None:
        self._clipboard, self._askers = clipboard, askers
        formats = formats_of(content) | marks()
        self._offered = {mode: LazyContent(formats, askers) for mode in modes}
        for mode, lazy in self._offered.items():
            clipboard.setMimeData(lazy, mode)

    def fetches(self, by: Target | None = None) -> int:
        """How often a program has asked for the content since it was offered."""
        windows = [window for lazy in self._offered.values() for window in lazy.fetched_by]
        if by is None or self._askers is None:
            return len(windows)
        return sum(self._askers.same_program(window, by.handle) for window in windows)

    def asks(self, by: Target | None = None) -> int:
        """How often a program has asked anything, on X11; elsewhere only fetches are heard of."""
        if self._askers is None:
            return self.fetches(by)
        return sum(
            times
            for window, times in self._askers.asked.items()
            if by is None or self._askers.same_program(window, by.handle)
        )

    def counting(self) -> bool:
        """Always: each program that pastes asks for it anew."""
        return True

    def standing(self) -> bool:
        """Whether the clipboard still holds this offer."""
        return self._clipboard.mimeData(_Mode.Clipboard) is self._offered[_Mode.Clipboard]


class QtClipboard:
    """The Clipboard port; used from the GUI thread only."""

    def __init__(self) -> None:
        self._clipboard = QGuiApplication.clipboard()
        self._askers: Askers | None = None
        self._selections: Selections | None = None
        self._stays: QMimeData | None = None
        """What we have put there and is nobody's words, or another program's."""
        self._copied = ""
        if QGuiApplication.platformName() == "xcb":
            from companion.desk import x11_askers, x11_selection

            self._askers, self._selections = x11_askers.Askers(), x11_selection.Selections()
        application = QCoreApplication.instance()
        if application is not None:
            # A function and no method: the offer may outlive this object.
            application.aboutToQuit.connect(_leave_plain)

    def text(self) -> str:
        """The plain text on the clipboard, or an empty string."""
        return self._clipboard.text(_Mode.Clipboard)

    def snapshot(self, both: bool = False) -> object:
        """Every format now on the clipboard; of pictures on X11 the PNG, where there is one."""
        modes = self._modes(both)
        foreign = [mode for mode in modes if not self._owns(mode)]
        ours = [mode for mode in modes if mode not in foreign]
        formats = {mode: self._formats(mode) for mode in ours}
        reading = None
        if self._selections is not None and foreign:
            reading = self._selections.read([_SELECTIONS[mode] for mode in foreign])
        return Snapshot(formats, self._held(ours), reading, both, self._is_ours())

    def complete(self, snapshot: object) -> bool:
        """Whether everything is read: on X11 another program hands it over in its own time.

        What was ours and is another program's by now is read anew.
        """
        if not isinstance(snapshot, Snapshot) or self._selections is None:
            return True
        if not all(self._owns(mode) for mode in snapshot.formats):
            now = self.snapshot(snapshot.both)
            if isinstance(now, Snapshot):
                snapshot.formats, snapshot.held = now.formats, now.held
                snapshot.reading, snapshot.ours = now.reading, now.ours
        return snapshot.reading is None or self._selections.complete(snapshot.reading)

    def stands(self, snapshot: object) -> bool:
        """Whether nothing was copied since a snapshot was complete, or since it was put back."""
        if not isinstance(snapshot, Snapshot):
            return False
        for mode, held in snapshot.held.items():
            if not self._owns(mode) or self._clipboard.mimeData(mode) is not held:
                return False
        if snapshot.reading is None or self._selections is None:
            return True
        return self._selections.stands(snapshot.reading)

    def text_in(self, snapshot: object) -> str:
        """The plain text of a snapshot, as far as it is complete, or an empty string."""
        if not isinstance(snapshot, Snapshot):
            return ""
        formats = snapshot.everything().get(_Mode.Clipboard, {})
        return formats.get("text/plain", b"").decode("utf-8", "replace")

    def offer(self, content: Content, both: bool = False) -> QtOffer:
        """Put content on the clipboard, marked to stay out of clipboard histories."""
        if self._askers is not None:
            self._askers.listen(True)
        offer = QtOffer(self._clipboard, content, self._modes(both), self._askers)
        if self._selections is not None:
            # What is copied from now on is ours first of all, and belongs into no snapshot.
            self._selections.rest()
        return offer

    def withdraw(self) -> None:
        """Nothing: Qt puts an offer up at once."""

    def restore(self, snapshot: object) -> None:
        """Put back what snapshot() saw, as far as it is complete."""
        if not isinstance(snapshot, Snapshot):
            raise TypeError("not a snapshot of this clipboard")
        everything = snapshot.everything()
        for mode, formats in everything.items():
            if formats:
                self._clipboard.setMimeData(kept(formats), mode)
            else:
                self._clipboard.clear(mode)
        snapshot.formats, snapshot.reading = everything, None
        snapshot.held = self._held(list(everything))
        self._stays = None if snapshot.ours else self._clipboard.mimeData(_Mode.Clipboard)
        self._stop_listening()

    def copy(self, content: Content, lasting: bool = False) -> None:
        """Put content on the clipboard for the agent to paste."""
        # Nobody counts who fetches it, and it may stand there when the app is gone.
        data = plain(formats_of(content) | marks())
        self._clipboard.setMimeData(data, _Mode.Clipboard)
        self._stays = data if lasting else None
        self._copied = "" if lasting else content.text
        self._stop_listening()

    def forget(self) -> None:
        """Empty the clipboard where what stands there is from here."""
        # What carries the clipboard on for other programs has no name, but it has our text.
        carried = not self._clipboard.ownsClipboard() and self._copied
        if self._is_ours() or (carried and self.carries(self.text())):
            # Desktops that carry the clipboard on bring back what was there before it was empty.
            self._stays = plain({"text/plain": b""} | marks())
            self._clipboard.setMimeData(self._stays, _Mode.Clipboard)
        self._copied = ""

    def carries(self, text: str) -> bool:
        """Whether a text is what was copied here last: other programs may carry it on."""
        return bool(self._copied) and text == self._copied

    def _is_ours(self) -> bool:
        """Whether it was copied or offered here, be it in a window of ours."""
        mode = _Mode.Clipboard
        # On X11 Qt may not have heard yet that it has lost the clipboard.
        owned = self._owns(mode) and self._clipboard.ownsClipboard()
        return owned and self._clipboard.mimeData(mode) is not self._stays

    def _stop_listening(self) -> None:
        if self._askers is not None:
            self._askers.listen(False)
        if self._selections is not None:
            self._selections.rest()

    def _modes(self, both: bool) -> list[_Mode]:
        modes = [_Mode.Clipboard]
        if both and self._clipboard.supportsSelection():
            modes.append(_Mode.Selection)
        return modes

    def _owns(self, mode: _Mode) -> bool:
        """Whether what is on the clipboard is ours, so that Qt reads it without asking anyone."""
        return self._selections is None or self._selections.owned(_SELECTIONS[mode])

    def _held(self, modes: list[_Mode]) -> dict[_Mode, QMimeData]:
        return {mode: self._clipboard.mimeData(mode) for mode in modes}

    def _formats(self, mode: _Mode) -> Formats:
        held = self._clipboard.mimeData(mode)
        if isinstance(held, LazyContent):
            return dict(held.kept)
        if held is None:
            return {}
        return {name: bytes(held.data(name).data()) for name in held.formats()}
