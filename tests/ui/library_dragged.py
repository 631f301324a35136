"""The phrase window as a program, for a real mouse: writes where things lie, and each new order.

python -m tests.ui.library_dragged FILE
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QListView

from companion.profile.profile import Profile
from tests.ui.library_window import opened, some


def middle(view: QListView, row: int) -> list[int]:
    """The middle of a row on the screen."""
    area = view.visualRect(view.model().index(row, 0))
    point = view.viewport().mapToGlobal(QPoint(area.center()))
    return [point.x(), point.y()]


def main() -> None:
    """Show the window and write a line of JSON now and after every act."""
    application = QApplication(sys.argv[:1])
    profile = Profile("p")
    some(profile)
    desk = opened(profile)
    desk.window.move(50, 50)
    application.processEvents()
    file = Path(sys.argv[1])

    def tell() -> None:
        application.processEvents()
        places = [place.title for place in desk.window.side.model.places]
        rows = {title: middle(desk.window.rows, at) for at, title in enumerate(desk.titles)}
        sides = {title: middle(desk.window.places, at) for at, title in enumerate(places)}
        said = {"order": desk.titles, "rows": rows, "places": sides, "acts": len(desk.done)}
        with file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(said, ensure_ascii=False) + "\n")

    tell()
    desk.window.acted.connect(lambda *_: tell())
    application.exec()


if __name__ == "__main__":
    main()
