"""One sentence above what is edited, with what can be done about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from companion.ui.parts import button, label, repolish


class Notice(QWidget):
    """One sentence about what is shown, with what can be done about it."""

    pressed = Signal()
    other_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = label("", "notice", wrap=True)
        self.act = button("", "plain", self.pressed.emit)
        self.other = button("", "plain", self.other_pressed.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        row.addWidget(self.act)
        row.addWidget(self.other)
        self.hide()

    def say(self, text: str, act: str = "", look: str = "notice", other: str = "") -> None:
        """Say this, or nothing where it is empty, and offer up to two things to do."""
        self.text.setObjectName(look)
        repolish(self.text)
        self.text.setText(text)
        for one, said in ((self.act, act), (self.other, other)):
            one.setText(said)
            one.setVisible(bool(said))
        self.setVisible(bool(text))
