"""The right side of a window where no single record is shown: advice, or several."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.ui.parts import button, label
from companion.ui.words import Words


class Many(QWidget):
    """Says how many are chosen and what can be done with them.

    ``acts`` gives the keys of acts, as they are shown, by their names; ``said`` begins the keys
    of their words.
    """

    chosen = Signal(str)
    """One of the acts, by its name."""

    def __init__(self, words: Words, said: str, acts: Mapping[str, str]) -> None:
        super().__init__()
        self._words = words
        self.heading = label("", "heading", wrap=True)
        self.text = label("", "soft", wrap=True)
        say = words.say
        self.acts = {
            name: button(
                f"{say(f'{said}.act.{name}')}  {key}".strip(),
                "",
                partial(self.chosen.emit, name),
            )
            for name, key in acts.items()
        }
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 24, 24, 24)
        self.column.setSpacing(8)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.text)
        self.column.addSpacing(8)
        for one in self.acts.values():
            row = QHBoxLayout()
            row.addWidget(one)
            row.addStretch()
            self.column.addLayout(row)
        self.column.addStretch()

    def say(self, heading: str, text: str, *acts: str) -> None:
        """Say this, and offer these acts."""
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        self.text.setText(text)
        self.text.setVisible(bool(text))
        for name, one in self.acts.items():
            one.setVisible(name in acts)
