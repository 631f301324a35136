"""A foreign Qt program that gets in the way: it copies things and has a window flash up when told.

Lines on standard input: ``copy TEXT``, ``flash MS``, ``state``; each is answered by a line of JSON.
The state is what is on the clipboard and what has come into the window that flashes up.
"""

import json
import os
import sys
import time

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from Xlib import Xatom
from Xlib.display import Display

from companion.desk.ports import Target
from companion.desk.x11 import X11Windows
from companion.desk.x11_selection import TEXT, Selections

TITLE = "window that flashes up"


class Flash(QPlainTextEdit):
    """A window that remembers every key."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.keys: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())
        super().keyPressEvent(event)


class World:
    """Does what the lines say."""

    def __init__(self) -> None:
        self.flash, self.windows = Flash(), X11Windows()
        self.display = Display()
        self.selections, self.text = Selections(), ""
        self.waiting = b""
        self.lines = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self.lines.activated.connect(self.hear)

    def hear(self) -> None:
        read = os.read(sys.stdin.fileno(), 65_536)
        if not read:
            QApplication.quit()
        *lines, self.waiting = (self.waiting + read).split(b"\n")
        for line in lines:
            verb, _, rest = line.decode().partition(" ")
            print(json.dumps(self.act(verb, rest)), flush=True)

    def act(self, verb: str, rest: str) -> object:
        if verb == "copy":
            self.copy(rest)
        elif verb == "flash":
            self.flash.show()
            # As a program does that takes the focus without asking.
            self.windows.bring_back(Target(int(self.flash.winId()), "", TITLE))
            QTimer.singleShot(int(rest), self.flash.hide)
        return {
            "clipboard": self.held(),
            "keys": self.flash.keys,
            "text": self.flash.toPlainText(),
            "up": self.flash.isVisible(),
        }

    def copy(self, text: str) -> None:
        """Copy as a person would, whose key tells Qt the time: a copy says when it was made."""
        while self.text != text or not self.selections.owned("CLIPBOARD"):
            self.display.create_resource_object("window", int(self.flash.winId())).change_property(
                Xatom.WM_COMMAND, Xatom.STRING, 8, b""
            )
            self.display.flush()
            until = time.monotonic() + 0.003
            while time.monotonic() < until:
                QApplication.processEvents()
            QGuiApplication.clipboard().setText(text)
            self.text = text

    def held(self) -> str:
        """The text on the clipboard; through Qt, a program that took it just now would refuse."""
        reading = self.selections.read(["CLIPBOARD"])
        while not self.selections.complete(reading):
            # It may be ours.
            QApplication.processEvents()
        return reading.formats["CLIPBOARD"].get(TEXT, b"").decode()


if __name__ == "__main__":
    application = QApplication(sys.argv)
    application.setQuitOnLastWindowClosed(False)
    world = World()
    print(json.dumps({}), flush=True)
    raise SystemExit(application.exec())
