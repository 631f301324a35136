"""A program of tests/windows/programs.py while it runs: its window, and what it has taken."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.windows.desktop import find_window, keep_focus, wait_until


class Foreign:
    """A Qt program of its own process; ``file`` is what it writes."""

    def __init__(self, act: str, file: Path) -> None:
        self.file = file
        command = [sys.executable, "-m", "tests.windows.programs", act, str(file)]
        self._process = subprocess.Popen(command)
        assert wait_until(file.exists, 30), f"{act} does not begin"

    def focus(self, title: str) -> int:
        """Give its window the focus, for good; the window's handle."""
        assert wait_until(lambda: find_window(title) != 0), f"no window {title}"
        window = find_window(title)
        assert wait_until(lambda: keep_focus(window)), f"{title} does not get the focus"
        return window

    def told(self) -> dict[str, Any]:
        """What it has written; an editor: text, html and picture."""
        try:
            told: dict[str, Any] = json.loads(self.file.read_text("utf-8"))
        except ValueError:
            # It is just writing.
            return {"text": "", "html": "", "picture": ""}
        return told

    def wait(self) -> None:
        """Wait until it has ended by itself, and well."""
        assert self._process.wait(30) == 0

    def close(self) -> None:
        """End it, however it hangs."""
        self._process.kill()
        self._process.wait()
