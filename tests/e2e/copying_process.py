"""The real adapters and the real Copier in a process of its own, told when to copy by lines.

For each line (JSON: what the agent says of the program) it copies what is selected in the focused
window, and answers with a line: the text, what stood in the way, how long it took, and the longest
time in which its own windows stood still.
"""

import json
import sys
import time

import msgspec
from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from companion.phrases import rules
from companion.phrases.copying import Copied, Copier
from companion.phrases.rules import Change
from companion.runtime.tasks import Stepper
from companion.wiring.desktop import adapters


class Service:
    """Answers one line after another."""

    def __init__(self) -> None:
        self.desk = adapters()
        self.lines = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self.lines.activated.connect(self.hear)
        self.stepper: Stepper | None = None
        self.last, self.gap = time.monotonic(), 0.0
        self.beat = QTimer()
        self.beat.timeout.connect(self.tick)
        self.beat.start(2)

    def tick(self) -> None:
        now = time.monotonic()
        self.gap, self.last = max(self.gap, now - self.last), now

    def hear(self) -> None:
        line = sys.stdin.readline()
        if not line:
            QApplication.quit()
            return
        change = msgspec.convert(json.loads(line), Change)
        target = self.desk.windows.focused()
        assert target is not None
        copier = Copier(
            self.desk.clipboard,
            self.desk.windows,
            self.desk.typist,
            lambda program, own: rules.rule(program, change, own),
        )
        begun = self.last = time.monotonic()
        self.gap = 0.0

        def done(copied: Copied) -> None:
            self.tick()
            obstacle = copied.obstacle.value if copied.obstacle else ""
            took = time.monotonic() - begun
            tell({"text": copied.text, "obstacle": obstacle, "took": took, "gap": self.gap})

        self.stepper = Stepper(copier.copy(target), done)


def tell(answer: dict[str, object]) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    application = QApplication(sys.argv)
    application.setQuitOnLastWindowClosed(False)
    service = Service()
    tell({"ready": True})
    raise SystemExit(application.exec())
