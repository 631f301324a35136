"""The real adapters and the real transaction in a process of their own, told what to do by lines.

For each line (JSON: messages, and what the agent says of the program) it remembers the focused
window and says so, has a window of its own come up as the picker would, hides it, inserts, and
answers with a line: what stood in the way, how many messages went in, and how long it took.
"""

import base64
import json
import sys
import time
from typing import Any

import msgspec
from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from companion.desk.ports import Content, Target
from companion.phrases import rules
from companion.phrases.insertion import Inserter, Outcome
from companion.phrases.message import Message
from companion.phrases.rules import Change
from companion.runtime.tasks import Stepper
from companion.wiring.desktop import adapters

PICKER = "stand-in for the picker"


class Service:
    """Answers one line after another."""

    def __init__(self) -> None:
        self.desk = adapters()
        self.picker = QLineEdit()
        self.picker.setWindowTitle(PICKER)
        self.lines = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self.lines.activated.connect(self.hear)
        self.stepper: Stepper | None = None

    def hear(self) -> None:
        line = sys.stdin.readline()
        if not line:
            QApplication.quit()
            return
        said = json.loads(line)
        target = self.desk.windows.focused()
        tell({"remembered": target.name if target else ""})
        messages = [message(row) for row in said["messages"]]
        change = msgspec.convert(said["change"], Change)
        inserter = Inserter(
            self.desk.clipboard,
            self.desk.windows,
            self.desk.typist,
            lambda program, own: rules.rule(program, change, own),
        )

        def go() -> None:
            self.picker.hide()
            begun = time.monotonic()

            def done(outcome: Outcome) -> None:
                obstacle = outcome.obstacle.value if outcome.obstacle else ""
                took = time.monotonic() - begun
                tell({"obstacle": obstacle, "sent": outcome.sent, "took": took})

            self.stepper = Stepper(inserter.insert(messages, target), done)

        if not said["picker"]:
            go()
            return
        self.picker.show()
        # As by the agent's hand: where a window was clicked a moment ago, a window manager may
        # refuse the focus to one that comes up by itself.
        ours = Target(int(self.picker.winId()), "", PICKER)
        self.desk.windows.bring_back(ours)
        wait = QTimer(self.picker)

        def look() -> None:
            # Of ours the adapter says nothing. Qt itself does not always notice: it may go on
            # holding a window for focused that was hidden and shown again at once.
            if self.desk.windows.focused() is None:
                wait.stop()
                go()
            else:
                self.desk.windows.bring_back(ours)

        wait.timeout.connect(look)
        wait.start(20)


def message(row: dict[str, Any]) -> Message:
    image = base64.b64decode(row.get("image", ""))
    content = Content(row.get("text", ""), row.get("html", ""), image)
    return Message(content, row.get("left", 0), row.get("enter", False))


def tell(answer: dict[str, object]) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    application = QApplication(sys.argv)
    application.setQuitOnLastWindowClosed(False)
    service = Service()
    tell({"ready": True})
    raise SystemExit(application.exec())
