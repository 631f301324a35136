"""What windows with a list share: their first size, their foot, the ways to the list and back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from companion.ui.parts import TITLE_BAR, grown, rule

Size = tuple[int, int]
"""Width and height in px, for text of the usual height."""
_HELD = ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
_TO_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def take_first_size(window: QWidget, size: Size) -> None:
    """Give a window that has no size of its own one that fits its text and the screen."""
    if not window.testAttribute(Qt.WidgetAttribute.WA_Resized):
        room = window.screen().availableGeometry()
        width, height = (grown(window, length) for length in size)
        window.resize(min(width, room.width()), min(height, room.height() - TITLE_BAR))


def put_on_foot(window: QWidget, body: QWidget, foot: QWidget, smallest: Size) -> None:
    """Lay a window out: its body, and its foot below a line."""
    column = QVBoxLayout(window)
    # Parts side by side ask for more room than they need where one of them is folded away.
    column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
    window.setMinimumSize(*(grown(window, length) for length in smallest))
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(body, 1)
    column.addWidget(rule())
    column.addWidget(foot)


def scrolling(page: QWidget) -> QScrollArea:
    """A page that can be scrolled where text was made large, or the screen is small."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


class WayToList(QObject):
    """From a search line the arrow down and Enter lead to the list, where anything is listed."""

    taken = Signal()

    def __init__(self, line: QLineEdit, listed: Callable[[], object]) -> None:
        super().__init__(line)
        self._listed = listed
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that lead to the list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        leads = event.key() in _TO_LIST and bool(self._listed())
        if leads:
            self.taken.emit()
        return leads


class WayToLine(QObject):
    """Letters that are typed in a list go to the line that narrows it, and the focus with them."""

    def __init__(self, listed: QWidget, line: QLineEdit) -> None:
        super().__init__(listed)
        self._line = line
        listed.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that write; a space chooses, as in every list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        said = event.text()
        writes = said.isprintable() and bool(said.strip()) and not event.modifiers() & _HELD
        if writes:
            self._line.setFocus()
            self._line.end(False)
            QApplication.sendEvent(self._line, event)
        return writes
