"""All keys of the picker on one page, in the place of the hits."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from companion.ui.parts import label
from companion.ui.picker_keys import NAMES
from companion.ui.words import Words

_EDGE, _PAD = 16, 8
_ANYWHERE = ("find", "prompt", "reply", "lock")
"""What has keys that work in every program, as the desk gave them."""


class KeyHelp(QScrollArea):
    """Every key with what it does, in two columns; it scrolls where the panel is low."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(words.say("picker.key.help"))
        inside = QWidget()
        inside.setObjectName("inside")
        grid = QGridLayout(inside)
        grid.setContentsMargins(_EDGE, _PAD, _EDGE, _PAD)
        grid.setHorizontalSpacing(_PAD)
        grid.setVerticalSpacing(_PAD // 2)
        named = [(act.value, key) for act, key in NAMES.items()]
        named += [(act, "") for act in _ANYWHERE]
        rows = (len(named) + 1) // 2
        self._lines = dict[str, tuple[QLabel, QLabel]]()
        for number, (act, key) in enumerate(named):
            row, side = number % rows, 2 * (number // rows)
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            shown = label(key, "key")
            grid.addWidget(shown, row, side, left)
            said = label(words.say(f"picker.help.{act}"), "small", wrap=True)
            grid.addWidget(said, row, side + 1)
            self._lines[act] = (shown, said)
        for act in _ANYWHERE:
            self.name_keys(act, "")
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.setRowStretch(rows, 1)
        self.setWidget(inside)

    def name_keys(self, act: str, keys: str) -> None:
        """Say by which keys one finds or locks from anywhere; nothing where there are none."""
        key, said = self._lines[act]
        key.setText(keys)
        for part in (key, said):
            part.setVisible(bool(keys))

    def scroll_lines(self, by: int) -> None:
        """Move the page by a few lines, where it is longer than the panel is high."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * 3 * self.fontMetrics().lineSpacing())
