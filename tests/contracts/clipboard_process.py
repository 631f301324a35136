"""Companion's clipboard on a desktop of its own, told what to do by lines and timed in the act."""

import base64
import json
import os
import sys
import time
from typing import Any

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from companion.desk.clipboard import QtClipboard, QtOffer, Snapshot
from companion.desk.ports import Content, Target


class Service:
    """Answers one line after another; the longest gap of the event loop is told with each."""

    def __init__(self) -> None:
        self.clipboard = QtClipboard()
        self.offered: QtOffer | None = None
        self.before: object = None
        self.lines = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self.lines.activated.connect(self.hear)
        self.last, self.longest = time.monotonic(), 0.0
        self.beat = QTimer()
        self.beat.timeout.connect(self.tick)
        self.beat.start(2)

    def tick(self) -> None:
        now = time.monotonic()
        self.longest, self.last = max(self.longest, now - self.last), now

    def hear(self) -> None:
        read = os.read(sys.stdin.fileno(), 1 << 24)
        if not read:
            QApplication.quit()
        while not read.endswith(b"\n"):
            read += os.read(sys.stdin.fileno(), 1 << 24)
        said = json.loads(read)
        self.longest, self.last = 0.0, time.monotonic()
        found = getattr(self, said.pop("act"))(**said)
        self.tick()
        print(json.dumps({"found": found, "gap": self.longest}), flush=True)

    def snapshot(self) -> None:
        self.before = self.clipboard.snapshot()

    def complete(self) -> bool:
        return self.clipboard.complete(self.before)

    def stands(self) -> bool:
        return self.clipboard.stands(self.before)

    def text_in(self) -> str:
        return self.clipboard.text_in(self.before)

    def kept(self) -> dict[str, int]:
        """The sizes of what was read, by format."""
        assert isinstance(self.before, Snapshot)
        found: dict[str, bytes] = {}
        for formats in self.before.formats.values():
            found |= formats
        for formats in self.before.reading.formats.values() if self.before.reading else ():
            found |= formats
        return {name: len(value) for name, value in found.items()}

    def offer(self, text: str, html: str = "", image: str = "") -> bool:
        content = Content(text, html, base64.b64decode(image))
        self.offered = self.clipboard.offer(content)
        return self.offered.standing()

    def restore(self) -> None:
        self.clipboard.restore(self.before)

    def fetches(self, by: int = 0) -> int:
        assert self.offered is not None
        return self.offered.fetches(Target(by, "", "") if by else None)

    def asks(self, by: int = 0) -> int:
        assert self.offered is not None
        return self.offered.asks(Target(by, "", "") if by else None)

    def copy(self, text: str, lasting: bool = False) -> None:
        self.clipboard.copy(Content(text), lasting)

    def forget(self) -> None:
        self.clipboard.forget()

    def text(self) -> str:
        return self.clipboard.text()


def _tell(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    application = QApplication(sys.argv)
    application.setQuitOnLastWindowClosed(False)
    service = Service()
    _tell({})
    raise SystemExit(application.exec())
