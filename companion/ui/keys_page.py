"""All keys of a window on one page."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from companion.ui.parts import button, label
from companion.ui.questions import Over
from companion.ui.words import Words


class KeysPage(Over):
    """Every key with what it does, in two columns; F1 or Esc leaves it.

    ``keys`` gives each key as it is shown, by the end of its word's key, which begins with
    ``said``.
    """

    def __init__(self, words: Words, over: QWidget, said: str, keys: Mapping[str, str]) -> None:
        super().__init__(640, over)
        self.setWindowTitle(words.say("library.keys.all"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        rows = (len(keys) + 1) // 2
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for number, (name, key) in enumerate(keys.items()):
            row, side = number % rows, 2 * (number // rows)
            grid.addWidget(label(key, "key"), row, side, left)
            grid.addWidget(label(words.say(f"{said}.key.{name}"), wrap=True), row, side + 1)
        for side in (1, 3):
            grid.setColumnStretch(side, 1)
        self.column.addLayout(grid)
        self.done = button(f"{words.say('leaving.close')}  Esc", "primary", self.hide)
        self.foot.addWidget(self.done, 0, Qt.AlignmentFlag.AlignRight)

    def ask(self) -> None:
        """Show the page in front."""
        self.come(self.done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 leaves it too, and Enter."""
        if event.key() in (Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hide()
        else:
            super().keyPressEvent(event)
