"""Companion's hands on a test's desktop: inserts by the real adapters, in a process of its own."""

import base64
import json
import sys
from pathlib import Path
from typing import Any

from companion.desk.ports import Content
from companion.phrases.message import Message
from tests.e2e.desktop import Desktop
from tests.e2e.lines import Lines

PROCESS = Path(__file__).with_name("inserting_process.py")


class Hands:
    """Inserts into whichever window has the focus when it is asked to."""

    def __init__(self, desktop: Desktop) -> None:
        self._process = Lines([sys.executable, str(PROCESS)], desktop)

    def insert(self, *messages: Message, picker: bool = True, **change: object) -> dict[str, Any]:
        """Insert and wait for the answer; ``change`` is what the agent says of the program."""
        self.begin(*messages, picker=picker, **change)
        return self._process.answer()

    def begin(self, *messages: Message, picker: bool = True, **change: object) -> None:
        """Begin, and wait only until the window is remembered."""
        said = {"messages": [_row(each) for each in messages], "picker": picker, "change": change}
        self._process.ask(json.dumps(said))

    def begin_text(self, text: str) -> None:
        """Begin to insert a plain text."""
        self.begin(Message(Content(text)))

    def end_text(self) -> str:
        """What stood in the way of it, empty where nothing did."""
        return str(self._process.answer()["obstacle"])

    def close(self) -> None:
        """End the process."""
        self._process.close()


def _row(message: Message) -> dict[str, object]:
    content = message.content
    return {
        "text": content.text,
        "html": content.html,
        "image": base64.b64encode(content.image).decode(),
        "left": message.left,
        "enter": message.enter,
    }
