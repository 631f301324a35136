"""A foreign editor that writes down when text came into it, by the clock all processes share.

    python -m build_spec.bench.target FILE

appends a line for every text: the seconds of time.monotonic(), and how many characters came. Then
it is empty again.
"""

import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication, QPlainTextEdit

TITLE = "bench target"


def main(file: Path) -> int:
    """Show the editor until it is ended from outside."""
    application = QApplication(sys.argv[:1])
    editor = QPlainTextEdit()
    editor.setWindowTitle(TITLE)

    def changed() -> None:
        now = time.monotonic()
        text = editor.toPlainText()
        if text:
            with file.open("a", encoding="utf-8") as lines:
                lines.write(f"{now} {len(text)}\n")
            editor.clear()

    editor.textChanged.connect(changed)
    editor.show()
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
