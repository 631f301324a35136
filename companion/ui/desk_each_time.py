"""What the desk is to have each time the agent sits down: a tick, and a folder to be opened."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from companion.session.desk_places import BOOKMARKS
from companion.ui.parts import label
from companion.ui.words import Words

_LEAST_LETTERS = 6


class EachTime(QWidget):
    """Decides nothing: what is ticked and chosen is said by signals."""

    ticked = Signal(bool)
    morning_chosen = Signal(str)
    """A folder's name, empty for none."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.lend = QCheckBox()
        self.morning = QComboBox()
        self.morning.setAccessibleName(words.say("each_time.morning"))
        self.morning.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.morning.setMinimumContentsLength(_LEAST_LETTERS)
        self._opens = QWidget()
        row = QHBoxLayout(self._opens)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(words.say("each_time.morning"), "soft", wrap=True), 1)
        row.addWidget(self.morning, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.lend)
        column.addWidget(self._opens)
        self.lend.toggled.connect(self.ticked)
        self.morning.currentIndexChanged.connect(
            lambda _: self.morning_chosen.emit(self.morning.currentData() or "")
        )

    def show_state(self, holds: str, lends: bool, folders: Sequence[str], morning: str) -> None:
        """Show what is wanted of such places; a folder that is no more is still named."""
        with QSignalBlocker(self.lend), QSignalBlocker(self.morning):
            self.lend.setText(self._words.say(f"each_time.lend.{holds}"))
            self.lend.setChecked(lends)
            self.morning.clear()
            self.morning.addItem(self._words.say("each_time.morning.nothing"), "")
            for name in dict.fromkeys([*filter(None, folders), *([morning] if morning else [])]):
                self.morning.addItem(name, name)
            self.morning.setCurrentIndex(max(0, self.morning.findData(morning)))
        self._opens.setVisible(holds == BOOKMARKS)
