"""A program that is told that the session ends, needs half a second, and is safe then: FILE KIND.

It writes what happens into FILE. KIND is ``plain``, or ``windows`` for one with Qt's windows, of
which Windows asks each whether it may end.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from companion.desk.ports import Going
from companion.desk.win32_presence import Win32Presence

PATIENCE_S = 60


class Leaver:
    """Puts things away on another thread than the one that is told, as the app does."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._said: list[str] = []
        self._answers: SimpleQueue[Callable[[], None]] = SimpleQueue()
        Win32Presence().listen(self._heard)

    def say(self, word: str) -> None:
        self._said.append(word)
        self._file.write_text(" ".join(self._said), "utf-8")

    def leave(self, patience_s: float) -> None:
        """Put things away, where one was told to."""
        try:
            safe = self._answers.get(timeout=patience_s)
        except Empty:
            return
        time.sleep(0.5)
        self.say("safe")
        safe()

    def _heard(self, going: Going, safe: Callable[[], None]) -> None:
        self.say(going.value)
        self._answers.put(safe)


def with_windows(leaver: Leaver) -> None:
    """Two windows, one of them never shown, and an app that goes on without any."""
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    shown, hidden = QLabel("shown"), QLabel("hidden")
    shown.show()
    hidden.winId()
    looking = QTimer()
    looking.timeout.connect(lambda: leaver.leave(0.001))
    looking.start(20)
    QTimer.singleShot(300, lambda: leaver.say("ready"))
    QTimer.singleShot(PATIENCE_S * 1000, application.quit)
    application.exec()


def main(file: Path, kind: str) -> None:
    leaver = Leaver(file)
    if kind == "windows":
        with_windows(leaver)
    else:
        leaver.say("ready")
        leaver.leave(PATIENCE_S)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
