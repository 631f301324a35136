"""A foreign Qt program for the tests: an editor, a clipboard owner, or a clipboard reader."""

import hashlib
import json
import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QPlainTextEdit


def picture() -> QImage:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#0F766E"))
    image.setPixelColor(7, 7, QColor("white"))
    return image


def edit(application: QApplication, file: Path, text: str = "") -> int:
    editor = QPlainTextEdit()
    editor.setWindowTitle("foreign editor")

    def write() -> None:
        # toPlainText() would make a space of every space that does not break.
        file.write_text(editor.document().toRawText().replace("\u2029", "\n"), "utf-8")

    editor.setPlainText(text)
    editor.textChanged.connect(write)
    editor.show()
    return application.exec()


def own(application: QApplication, ready: Path, kinds: str = "text html image") -> int:
    data = QMimeData()
    if "text" in kinds:
        data.setText("原来的剪贴板 before")
    if "html" in kinds:
        data.setHtml("<b>原来的</b>")
    if "image" in kinds:
        data.setImageData(picture())
    application.clipboard().setMimeData(data)
    QTimer.singleShot(100, lambda: ready.write_text("ready"))
    return application.exec()


def read(application: QApplication, answer: Path, _kinds: str = "") -> int:
    def look() -> None:
        held = application.clipboard().mimeData()
        image = application.clipboard().image().convertToFormat(QImage.Format.Format_RGB32)
        digest = hashlib.sha256(bytes(image.constBits())).hexdigest() if not image.isNull() else ""
        found = {"text": held.text(), "html": held.html(), "image": digest}
        answer.write_text(json.dumps(found), "utf-8")
        application.quit()

    window = QPlainTextEdit()
    window.setWindowTitle("reader")
    QTimer.singleShot(150, look)
    return application.exec()


if __name__ == "__main__":
    acts = {"edit": edit, "own": own, "read": read}
    raise SystemExit(
        acts[sys.argv[1]](QApplication(sys.argv[:1]), Path(sys.argv[2]), *sys.argv[3:])
    )
