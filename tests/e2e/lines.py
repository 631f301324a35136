"""A program on a test's desktop that is asked by lines and answers each with a line of JSON."""

import json
import select
import subprocess
from typing import Any

from tests.e2e.desktop import Desktop

LONGEST_S = 40.0


class Lines:
    """The running program; close() ends it."""

    def __init__(self, command: list[str], desktop: Desktop) -> None:
        self._process = subprocess.Popen(
            command,
            env=desktop.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(desktop.folder / "stderr").open("ab"),
            text=True,
            # A line that waits in a buffer of ours would not be seen by select().
            bufsize=1,
        )
        self.answer()

    def say(self, line: str) -> None:
        """Say a line; answer() gives what comes back."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """The next answer."""
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], LONGEST_S)
        assert ready, "no answer"
        found: dict[str, Any] = json.loads(self._process.stdout.readline())
        return found

    def ask(self, line: str) -> dict[str, Any]:
        """Say a line and wait for the answer."""
        self.say(line)
        return self.answer()

    def close(self) -> None:
        """End the program."""
        self._process.terminate()
        self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
