"""A few minutes before a shift ends by itself: says so, and lets it go on for a while."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from companion.ui.parts import Form, button, label
from companion.ui.words import Words


class ShiftNotice(Form):
    """Decides nothing. It comes up without taking the focus from whoever is typing."""

    more_wanted = Signal()
    end_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(420, 24, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(words.say("shift.title"))
        self._words = words
        self.heading = label("", "heading", wrap=True)
        self.text = label(words.say("shift.text"), "soft", wrap=True)
        self.column.setSpacing(12)
        for part in (self.heading, self.text):
            self.column.addWidget(part)
        self.column.addSpacing(4)
        self.end = button(words.say("shift.now"), "", self.end_wanted.emit)
        self.more = button(words.say("shift.more"), "primary", self.more_wanted.emit)
        self.add_buttons(self.end, self.more)

    def tell(self, at: str, minutes: int) -> None:
        """Say that the shift ends at a time of day, in so many minutes."""
        self.heading.setText(self._words.say("shift.heading", at=at, minutes=minutes))
        self.fit()
        if not self.isVisible():
            self.show()
            self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc only puts it out of the way."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
