"""Puts four steps of the demo into the one picture of the README: ``demo-pictures`` → a PNG."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

STEPS = ("1-first.png", "4-found.png", "5-inserted.png", "6-second.png")
_WIDE = 700


def together(folder: Path) -> QImage:
    """The steps in two rows, each ``_WIDE`` pixels wide."""
    steps = [
        QImage(str(folder / name)).scaledToWidth(_WIDE, Qt.TransformationMode.SmoothTransformation)
        for name in STEPS
    ]
    high = steps[0].height()
    picture = QImage(2 * _WIDE, 2 * high, QImage.Format.Format_RGB32)
    picture.fill(QColor("black"))
    painter = QPainter(picture)
    for number, step in enumerate(steps):
        painter.drawImage(number % 2 * _WIDE, number // 2 * high, step)
    painter.end()
    return picture


def main(arguments: list[str]) -> int:
    """``python build_spec/demo_picture.py demo-pictures docs/pictures/demo.png``."""
    folder, target = map(Path, arguments)
    missing = [name for name in STEPS if not (folder / name).is_file()]
    if missing:
        print(f"{folder}: no {', '.join(missing)}; run the demo first", file=sys.stderr)
        return 1
    application = QGuiApplication([])
    written = together(folder).save(str(target))
    application.quit()
    return 0 if written else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
