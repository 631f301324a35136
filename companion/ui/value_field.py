"""A line for the value of a slot: it offers earlier values, and lets an input method finish."""

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QIcon,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QLineEdit, QMenu

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class ValueField(QLineEdit):
    """Arrow down shows what is offered; nothing of it stands in the line before it is chosen."""

    changed = Signal()
    entered = Signal()
    """It has the focus now."""

    def __init__(self, hint: str, colour: str, name: str, text: str, offers: list[str]) -> None:
        """``hint`` says what is offered, where anything is."""
        super().__init__(text)
        self.setAccessibleName(name)
        self._composing = self._composed = False
        self.offers = QMenu(self)
        self.textChanged.connect(lambda _: self.changed.emit())
        for number, offer in enumerate(offers, 1):
            shown = offer.replace("&", "&&")
            entry = self.offers.addAction(f"&{number}  {shown}" if number < 10 else shown)
            entry.triggered.connect(lambda _=False, said=offer: self._take(said))
        if offers:
            self.setAccessibleDescription(hint)
            self.setPlaceholderText(hint)
            button = self.addAction(_chevron(colour), QLineEdit.ActionPosition.TrailingPosition)
            button.setToolTip(hint)
            button.triggered.connect(lambda _: self.offer())

    @property
    def value(self) -> str:
        """What stands in the line."""
        return self.text()

    def turn_to(self) -> None:
        """Take the focus, ready to be typed over."""
        self.setFocus()
        self.selectAll()

    def offer(self) -> None:
        """Show what is offered below the line."""
        self.offers.setMinimumWidth(self.width())
        self.offers.popup(self.mapToGlobal(self.rect().bottomLeft()))
        self.offers.setActiveAction(self.offers.actions()[0])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that it is this one that is filled in now."""
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What ends a composition ends nothing else."""
        if event.key() == Qt.Key.Key_Down and self.offers.actions() and not self._composing:
            self.offer()
            return
        ends = event.key() in _ENDS and (self._composing or self._composed)
        super().keyPressEvent(event)
        if ends:
            event.accept()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Some input methods finish the word and hand over the very key that finished it."""
        was, self._composing = self._composing, bool(event.preeditString())
        super().inputMethodEvent(event)
        if was and not self._composing:
            self._composed = True
            QTimer.singleShot(0, self, self._finish)

    def _finish(self) -> None:
        self._composed = False

    def _take(self, said: str) -> None:
        self.setText(said)
        self.setFocus()


def _chevron(colour: str) -> QIcon:
    """An arrow that points down, as large as the text may grow."""
    size = 64
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 6, c=Qt.PenCapStyle.RoundCap))
    painter.drawPolyline([QPointF(16, 26), QPointF(32, 42), QPointF(48, 26)])
    painter.end()
    return QIcon(pixmap)
