"""The situations that a message may be, as chips; the last one leads to all the others."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from companion.session.prompting import Card
from companion.ui.parts import hint_of
from companion.ui.words import Words

_GAP, _EDGE = 8, 16


class Chips(QWidget):
    """A row of cards' names with their numbers. It never has the focus: the card's lines do."""

    chosen = Signal(int)
    other = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setAccessibleName(words.say("prompt.card"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_EDGE, 12, _EDGE, 4)
        self._row.setSpacing(_GAP)
        self.chips: list[QPushButton] = []
        self.more = self._chip(f"0  {words.say('prompt.other')}")
        self.more.clicked.connect(self._ask_other)
        self._row.addWidget(self.more)
        self._row.addStretch()

    def show_cards(self, cards: Sequence[Card], at: int, width: int) -> None:
        """Name cards, with one of them chosen, in a row of so many px; -1 where none is."""
        for old in self.chips:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.chips = []
        self.more.setChecked(at < 0)
        names = [name_of(card, self._words) for card in cards]
        for number, name in enumerate(names):
            chip = self._chip(f"{number + 1}  {name}".replace("&", "&&"))
            self.chips.append(chip)
            chip.setToolTip(hint_of(name))
            chip.setAccessibleName(name)
            chip.setChecked(number == at)
            chip.clicked.connect(lambda _checked, number=number: self.chosen.emit(number))
            self._row.insertWidget(number, chip)
        self._cut(width - 2 * _EDGE - self.more.sizeHint().width())

    def _cut(self, room: int) -> None:
        """Cut the widest names until all of them have room."""
        wide = [chip.sizeHint().width() + _GAP for chip in self.chips]
        most = max(wide, default=0)
        while most > 0 and sum(min(each, most) for each in wide) > room:
            most -= 1
        for chip, each in zip(self.chips, wide, strict=True):
            if each > most:
                text = chip.text()
                around = each - chip.fontMetrics().horizontalAdvance(text)
                end = Qt.TextElideMode.ElideRight
                chip.setText(chip.fontMetrics().elidedText(text, end, most - around))

    def _ask_other(self) -> None:
        self.more.setChecked(True)
        self.other.emit()

    def _chip(self, said: str) -> QPushButton:
        made = QPushButton(said, self)
        made.setObjectName("chip")
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.ensurePolished()
        return made


def name_of(card: Card, words: Words) -> str:
    """What a card is called where others may look over an agent's shoulder."""
    return words.say("prompt.safety") if card.safety else card.name
