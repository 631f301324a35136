"""The clipboard on Wayland, where only the program whose window has the focus may copy.

GNOME refuses it to all others without a word; wlroots asks for a key press of any time.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QGuiApplication, QRasterWindow

from companion.desk.clipboard import QtClipboard
from companion.desk.ports import Content

_FOCUS_MS = 600


class WaylandClipboard(QtClipboard):
    """The Clipboard port; copies through a window of a moment where no other one has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._carrier: _Carrier | None = None

    def copy(self, content: Content, lasting: bool = False) -> None:
        """Put content on the clipboard for the agent to paste."""
        self._with_focus(lambda: super(WaylandClipboard, self).copy(content, lasting))

    def forget(self) -> None:
        """Empty the clipboard where what stands there is from here."""
        if self._carrier is not None:
            self._carrier.drop()
        if self._is_ours() or self._copied:
            self._with_focus(super().forget)

    def _with_focus(self, act: Callable[[], None]) -> None:
        focused = QGuiApplication.focusWindow()
        # A window that was hidden a moment ago may still be called the focused one.
        if focused is not None and focused.isVisible():
            act()
        else:
            self._carrier = _Carrier(act)


class _Carrier(QRasterWindow):
    """As small as a window can be; it is there until it has the focus, for 10 to 60 ms."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act: Callable[[], None] | None = act
        self.setFlags(Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint)
        self.resize(1, 1)
        self.show()
        self.requestActivate()
        # A desktop that gives it no focus may need none: it is tried all the same.
        QTimer.singleShot(_FOCUS_MS, self, self._go)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Now we may copy."""
        self._go()

    def drop(self) -> None:
        """Do nothing any more."""
        self._act = None
        self.hide()

    def _go(self) -> None:
        act, self._act = self._act, None
        if act is not None:
            act()
            self.hide()
