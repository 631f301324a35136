"""A foreign editor that writes down what came into it and when, by the clock all processes share.

    python -m build_spec.bench.target FILE

appends a line of JSON for every text: the seconds of time.monotonic(), and the text. Then it is
empty again.
"""

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication, QPlainTextEdit

TITLE = "bench target"


@dataclass(frozen=True)
class Arrival:
    """A text that came into an editor, and when in seconds of time.monotonic()."""

    at: float
    text: str


def arrivals(file: Path) -> list[Arrival]:
    """What an editor has written down so far."""
    # What stands behind the last line's end is half written.
    whole = file.read_bytes().rpartition(b"\n")[0]
    return [Arrival(**json.loads(line)) for line in whole.split(b"\n") if line]


class Editor(QPlainTextEdit):
    """An editor that is empty again as soon as it has written down what came into it."""

    def __init__(self, title: str, file: Path) -> None:
        super().__init__()
        self._file = file
        self.setWindowTitle(title)
        self.textChanged.connect(self._changed)

    def _changed(self) -> None:
        now, text = time.monotonic(), self.toPlainText()
        if text:
            with self._file.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps({"at": now, "text": text}) + "\n")
            self.clear()


def main(file: Path) -> int:
    """Show the editor until it is ended from outside."""
    application = QApplication(sys.argv[:1])
    editor = Editor(TITLE, file)
    editor.show()
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
