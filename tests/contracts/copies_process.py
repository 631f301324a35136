"""What hears other programs copy, on a desktop of its own, told what to do by lines."""

import json
import sys

from PySide6.QtWidgets import QApplication

from companion.desk.x11_copies import X11Copies
from tests.contracts.clipboard_process import Service


class Listener(Service):
    """The clipboard and what listens to it; ``changes`` is how often it was called."""

    def __init__(self) -> None:
        super().__init__()
        self.copies = X11Copies(self.clipboard)
        self.heard = 0

    def hark(self, on: bool = True) -> None:
        self.copies.listen(self.count if on else None)

    def count(self) -> None:
        self.heard += 1

    def changes(self) -> int:
        return self.heard

    def copied(self, most: int) -> str | None:
        return self.copies.text(most)

    def from_here(self) -> bool:
        return self.copies.from_here()


if __name__ == "__main__":
    application = QApplication(sys.argv)
    application.setQuitOnLastWindowClosed(False)
    listener = Listener()
    print(json.dumps({}), flush=True)
    raise SystemExit(application.exec())
