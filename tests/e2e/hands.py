"""Companion's hands on a test's desktop: inserts by the real adapters, in a process of its own."""

import base64
import json
import select
import subprocess
import sys
from pathlib import Path
from typing import Any

from companion.phrases.message import Message
from tests.e2e.desktop import Desktop

LONGEST_S = 40.0
PROCESS = Path(__file__).with_name("inserting_process.py")


class Hands:
    """Inserts into whichever window has the focus when it is asked to."""

    def __init__(self, desktop: Desktop) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(PROCESS)],
            env=desktop.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(desktop.folder / "stderr").open("ab"),
            text=True,
        )
        self._answer()

    def insert(self, *messages: Message, picker: bool = True, **change: object) -> dict[str, Any]:
        """Insert and wait for the answer; ``change`` is what the agent says of the program."""
        self.begin(*messages, picker=picker, **change)
        return self.end()

    def begin(self, *messages: Message, picker: bool = True, **change: object) -> None:
        """The same without waiting: end() gives the answer."""
        said = {"messages": [_row(each) for each in messages], "picker": picker, "change": change}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(said) + "\n")
        self._process.stdin.flush()

    def end(self) -> dict[str, Any]:
        """The answer to begin()."""
        return self._answer()

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], LONGEST_S)
        assert ready, "no answer"
        found: dict[str, Any] = json.loads(self._process.stdout.readline())
        return found


def _row(message: Message) -> dict[str, object]:
    content = message.content
    return {
        "text": content.text,
        "html": content.html,
        "image": base64.b64encode(content.image).decode(),
        "left": message.left,
        "enter": message.enter,
    }
