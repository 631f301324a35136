"""One sentence above what is edited, with what can be done about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.ui.parts import button, label


class Notice(QWidget):
    """One sentence about what is shown, with what can be done about it."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = label("", "notice", wrap=True)
        self.act = button("", "plain", self.pressed.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        row.addWidget(self.act)
        self.hide()

    def say(self, text: str, act: str = "", look: str = "notice") -> None:
        """Say this, or nothing where it is empty."""
        self.text.setObjectName(look)
        self.text.style().polish(self.text)
        self.text.setText(text)
        self.act.setText(act)
        self.act.setVisible(bool(act))
        self.setVisible(bool(text))
