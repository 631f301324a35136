"""A small window without a frame beside the one the agent is in, that goes away with the focus."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget


class Popup(QWidget):
    """Stays above the others; it is hidden, not closed, and asks its heir before it goes."""

    gone = Signal()
    """It is hidden, however that came about."""

    def __init__(self, title: str) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint
        super().__init__(None, flags | Qt.WindowType.WindowStaysOnTopHint)
        self._open = False
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)

    def changeEvent(self, event: QEvent) -> None:
        """It goes away with the focus, unless something was written: nothing may be lost."""
        lost = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        # Its title is a change, too, and comes before there is anything in it.
        alone = QApplication.activePopupWidget() is None
        if lost and alone and self._open and not self._written():
            self._leave()
        super().changeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """However it comes about, it is open no more."""
        super().hideEvent(event)
        self._open = False
        self.gone.emit()

    def _written(self) -> bool:
        """Whether something would be lost."""
        raise NotImplementedError

    def _come(self) -> None:
        self._open = True
        self.show()
        self.raise_()
        self.activateWindow()

    def _leave(self) -> None:
        # Hiding takes the focus away, which asks to leave once more.
        if self._open:
            self._open = False
            self.hide()

    def _fill(self, panel: QWidget) -> None:
        """Show this, and nothing around it."""
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        outside.addWidget(panel)
