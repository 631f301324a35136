"""Rows of which one is chosen, by the arrows or a click, in the windows that help with a reply."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from companion.ui.parts import put_inside, repolish

GAP = 8


class ChoiceRow(QFrame):
    """What can be chosen."""

    clicked = Signal(bool)
    """Whether Ctrl was held."""

    def __init__(self, look: str = "line") -> None:
        super().__init__()
        self.setObjectName(look)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mark(self, current: bool) -> None:
        """Show whether Enter means this one."""
        self.setProperty("current", current)
        repolish(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click takes it."""
        super().mouseReleaseEvent(event)
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))


_Row = TypeVar("_Row", bound=ChoiceRow)


class ChoiceRows(QScrollArea, Generic[_Row]):
    """The rows, as far as there is room; what else stands among them is its heir's business."""

    def __init__(self, name: str, keys: QObject) -> None:
        """``keys`` filters the events of every row."""
        super().__init__()
        self._keys = keys
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.rows: Sequence[_Row] = ()
        self._at = 0

    def forget(self) -> None:
        """Hold nothing of what was shown any more."""
        self.rows, self._at = (), 0
        put_inside(self, QWidget())

    def turn_to(self) -> None:
        """Give the focus to the row that is chosen."""
        if self.rows:
            row = self.rows[self._at]
            row.setFocus()
            self.ensureWidgetVisible(row, 0, 2 * GAP)

    def go(self, by: int) -> bool:
        """Choose the next row or the one before; false where there is none."""
        if not 0 <= self._at + by < len(self.rows):
            return False
        self._choose(self._at + by)
        self.turn_to()
        return True

    def _take_rows(self, rows: Sequence[_Row], click: Callable[[int, bool], None]) -> None:
        """Have these rows from now on; ``click`` hears which, and whether Ctrl was held."""
        self.rows = rows
        for at, row in enumerate(rows):
            row.installEventFilter(self._keys)
            row.clicked.connect(lambda held, at=at: click(at, held))

    def _choose(self, at: int) -> None:
        self._at = at
        for number, row in enumerate(self.rows):
            row.mark(number == at)
