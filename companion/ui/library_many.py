"""The right side of the phrase window where no single phrase is shown: advice, or several."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.ui.parts import button, label
from companion.ui.words import Words

_ACTS = ("move", "favourite", "unfavourite", "trash", "restore")


class Many(QWidget):
    """Says how many are chosen and what can be done with them."""

    chosen = Signal(str)
    """One of the acts, by its name."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.heading = label("", "heading", wrap=True)
        self.text = label("", "soft", wrap=True)
        say = words.say
        keys = {"move": "Ctrl M", "favourite": "Ctrl D", "trash": "Del"}
        self.acts = {
            name: button(
                f"{say(f'library.act.{name}')}  {keys.get(name, '')}".strip(),
                "",
                partial(self.chosen.emit, name),
            )
            for name in _ACTS
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.text)
        column.addSpacing(8)
        for one in self.acts.values():
            row = QHBoxLayout()
            row.addWidget(one)
            row.addStretch()
            column.addLayout(row)
        column.addStretch()

    def say(self, heading: str, text: str, *acts: str) -> None:
        """Say this, and offer these acts."""
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        self.text.setText(text)
        self.text.setVisible(bool(text))
        for name, one in self.acts.items():
            one.setVisible(name in acts)
