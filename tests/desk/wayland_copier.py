"""A program for the tests on Wayland: copies text and HTML, with a window or without."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from companion.desk.ports import Content
from companion.desk.wayland_clipboard import WaylandClipboard


class Window(QWidget):
    """Copies when Return is pressed, after it has been hidden where that is asked for."""

    def __init__(self, clipboard: WaylandClipboard, content: Content, hides: bool) -> None:
        super().__init__()
        self._clipboard, self._content, self._hides = clipboard, content, hides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Return:
            if self._hides:
                self.hide()
            self._clipboard.copy(self._content)


if __name__ == "__main__":
    how, text, html = sys.argv[1:]
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    clipboard, content = WaylandClipboard(), Content(text, html)
    window = Window(clipboard, content, how == "hides")
    if how == "windowless":
        clipboard.copy(content)
    else:
        window.show()
    raise SystemExit(application.exec())
