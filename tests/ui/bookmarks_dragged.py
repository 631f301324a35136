"""The bookmark window as a program, for a real mouse: writes where lines lie, and each order.

python -m tests.ui.bookmarks_dragged FILE
"""

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.ui.bookmarks_window import desk_on_some
from tests.ui.library_dragged import middle


def main() -> None:
    """Show the window and write a line of JSON now and after every act."""
    application = QApplication(sys.argv[:1])
    desk = desk_on_some()
    desk.window.move(50, 50)
    application.processEvents()
    file = Path(sys.argv[1])

    def tell() -> None:
        application.processEvents()
        titles = [line.node.title for line in desk.window.left.model.rows]
        rows = {title: middle(desk.window.tree_view, at) for at, title in enumerate(titles)}
        said = {"order": desk.seen, "rows": rows, "acts": len(desk.done)}
        with file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(said, ensure_ascii=False) + "\n")

    tell()
    desk.window.acted.connect(lambda *_: tell())
    application.exec()


if __name__ == "__main__":
    main()
