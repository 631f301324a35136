"""Foreign programs for the tests, each in a process of its own: ``ACT FILE``.

An editor that writes what it takes into FILE, windows that hang or are of another time, and
programs that put something on the clipboard and end, or fall silent. FILE is there once they are
ready.
"""

import hashlib
import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from companion.desk.ports import Content
from companion.wiring.desktop import adapters
from tests.windows.desktop import old_window

SLEEP_S = 120


class Editor(QPlainTextEdit):
    """Writes its text, and the HTML and the picture that were pasted with it, into a file."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.setWindowTitle("foreign editor")
        self._file = file
        self._html, self._picture = "", ""
        self.textChanged.connect(self.tell)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return True

    def insertFromMimeData(self, source: QMimeData) -> None:
        self._html = source.html()
        if source.hasImage():
            picture = source.imageData()
            assert isinstance(picture, QImage)
            self._picture = pixels(picture)
        self.insertPlainText(source.text())
        self.tell()

    def tell(self) -> None:
        """Write everything; a reader may come in the middle of it."""
        told = {"text": self.toPlainText(), "html": self._html, "picture": self._picture}
        self._file.write_text(json.dumps(told), "utf-8")


def pixels(picture: QImage) -> str:
    """The size of a picture and a digest of its colours."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    colours = hashlib.sha256(bytes(plain.constBits())).hexdigest()
    return f"{plain.width()} x {plain.height()} {colours}"


def edit(application: QApplication, file: Path) -> int:
    editor = Editor(file)
    editor.show()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.tell()
    return application.exec()


def hang(application: QApplication, file: Path) -> int:
    """A window that answers nothing any more."""
    editor = Editor(file)
    editor.setWindowTitle("hanging")
    editor.show()
    QTimer.singleShot(500, lambda: fall_silent(file))
    return application.exec()


def hold(application: QApplication, file: Path) -> int:
    """Something on the clipboard that its owner would have to be asked for, and he is silent."""
    data = QMimeData()
    data.setText("of a silent program")
    application.clipboard().setMimeData(data)
    QTimer.singleShot(0, lambda: fall_silent(file))
    return application.exec()


def old(application: QApplication, file: Path) -> int:
    """A window of a program that knows nothing of large pixels."""
    window = old_window()
    file.write_text(json.dumps({"window": window}))
    return application.exec()


def look(application: QApplication, file: Path) -> int:
    """Where Companion, which knows of large pixels, sees the caret of the focused window."""
    windows = adapters().windows
    target = windows.focused()
    assert target is not None
    file.write_text(json.dumps({"place": windows.place(target), "window": target.handle}))
    return 0


def fall_silent(file: Path) -> None:
    file.write_text("{}")
    time.sleep(SLEEP_S)


def offer(application: QApplication, file: Path) -> int:
    """Companion's own offer, of a program that ends while it stands."""
    adapters().clipboard.offer(Content("立即退款", "<b>立即</b>退款"))
    QTimer.singleShot(0, application.quit)
    return application.exec()


def copy(application: QApplication, file: Path) -> int:
    """Companion's own copy, of a program that ends; FILE is the picture."""
    adapters().clipboard.copy(Content("立即退款", image=file.read_bytes()))
    QTimer.singleShot(0, application.quit)
    return application.exec()


if __name__ == "__main__":
    acts = {act.__name__: act for act in (edit, hang, hold, offer, copy, old, look)}
    raise SystemExit(acts[sys.argv[1]](QApplication(sys.argv[:1]), Path(sys.argv[2])))
