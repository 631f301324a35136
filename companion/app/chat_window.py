"""A small customer chat, in a process of its own: what the demo inserts phrases into."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from companion.ui import style
from companion.ui.parts import grown, label
from companion.ui.words import Words


def chat_window(words: Words) -> QWidget:
    """The window: a customer's messages and a box to answer in, which has the focus."""
    window = QWidget()
    window.setObjectName("window")
    window.setWindowTitle(words.say("demo.chat.title"))
    column = QVBoxLayout(window)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(12)
    column.addWidget(label(words.say("demo.chat.customer"), "heading"))
    for number in (1, 2):
        row = QHBoxLayout()
        bubble = label(words.say(f"demo.chat.line{number}"), "notice", wrap=True)
        # As wide as its words, and no wider than is read with ease.
        most = grown(bubble, 360)
        bubble.setMaximumWidth(most)
        words_wide = bubble.fontMetrics().horizontalAdvance(bubble.text()) + 32
        bubble.setMinimumWidth(min(most, words_wide))
        row.addWidget(bubble)
        row.addStretch()
        column.addLayout(row)
    column.addStretch()
    box = QPlainTextEdit()
    box.setAccessibleName(words.say("demo.chat.reply"))
    box.setPlaceholderText(words.say("demo.chat.reply"))
    box.setFixedHeight(140)
    column.addWidget(box)
    window.resize(460, 520)
    box.setFocus(Qt.FocusReason.OtherFocusReason)
    return window


def main() -> int:
    """Show the chat; the language and the theme are the two arguments."""
    application = QApplication(sys.argv[:1])
    style.apply(application, sys.argv[2])
    window = chat_window(Words(sys.argv[1]))
    window.move(120, 120)
    window.show()
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())
