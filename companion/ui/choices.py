"""One of a few choices, all in sight: chips for the mouse, arrows and digits for the keys."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from companion.ui.parts import hint_of

_GAP = 8
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class Choices(QWidget):
    """A row of chips, in as many lines as it needs. One of them is always chosen."""

    changed = Signal(str)

    def __init__(self, name: str, choices: list[str], nothing: str) -> None:
        """``nothing`` is what an empty choice is called."""
        super().__init__()
        self.setAccessibleName(name)
        self._choices, self._at, self._width = choices, 0, 0
        self.chips = [self._chip(name, choice or nothing) for choice in choices]
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(_GAP)
        for chip in self.chips:
            self._lines.addWidget(chip)
        self._check(0)

    @property
    def value(self) -> str:
        """What is chosen."""
        return self._choices[self._at]

    def choose(self, choice: str) -> None:
        """Choose one; an unknown one changes nothing."""
        if choice in self._choices:
            self._check(self._choices.index(choice))

    def turn_to(self) -> None:
        """Give the focus to what is chosen."""
        self.chips[self._at].setFocus()

    def arrange(self, width: int) -> None:
        """Break the chips into lines of a width in px; a longer one is cut, and told in full."""
        if width == self._width:
            return
        self._width = width
        while (line := self._lines.takeAt(0)) is not None:
            before = line.layout()
            if before is not None:
                before.deleteLater()
        room, row = 0, QHBoxLayout()
        for chip in self.chips:
            chip.ensurePolished()
            metrics = chip.fontMetrics()
            chip.setText("")
            around = chip.sizeHint().width()
            said = metrics.elidedText(chip.toolTip(), Qt.TextElideMode.ElideRight, width - around)
            chip.setText(said.replace("&", "&&"))
            needed = chip.sizeHint().width()
            if room < needed:
                row = QHBoxLayout()
                row.setSpacing(_GAP)
                row.setAlignment(Qt.AlignmentFlag.AlignLeft)
                self._lines.addLayout(row)
                room = width
            row.addWidget(chip)
            room -= needed + _GAP

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go from chip to chip, a digit to the one of that place."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, last = event.key(), len(self.chips) - 1
            digit = key - Qt.Key.Key_1
            if key in _STEPS:
                self._take(max(0, min(self._at + _STEPS[Qt.Key(key)], last)))
            elif 0 <= digit <= min(8, last) and not event.modifiers():
                self._take(digit)
            else:
                return False
            return True
        return super().eventFilter(watched, event)

    def _chip(self, name: str, said: str) -> QPushButton:
        chip = QPushButton(said)
        chip.setObjectName("chip")
        chip.setCheckable(True)
        chip.setAccessibleName(f"{name}: {said}")
        chip.setToolTip(hint_of(said))
        chip.installEventFilter(self)
        chip.clicked.connect(lambda _: self._take(self.chips.index(chip)))
        return chip

    def _take(self, at: int) -> None:
        before = self._at
        self._check(at)
        self.turn_to()
        if at != before:
            self.changed.emit(self.value)

    def _check(self, at: int) -> None:
        self._at = at
        for number, chip in enumerate(self.chips):
            chip.setChecked(number == at)
            # One stop for Tab, and it is the one that is chosen.
            focus = Qt.FocusPolicy.StrongFocus if number == at else Qt.FocusPolicy.ClickFocus
            chip.setFocusPolicy(focus)
