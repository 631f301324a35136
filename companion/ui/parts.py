"""The small pieces every window is made of, named so that the style sheet finds them."""

import html
from collections.abc import Callable

from PySide6.QtCore import QLineF, QMargins, QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from companion.ui.style import SCROLL_BAR, TEXT

TITLE_BAR = 40
"""What a desktop's frame is allowed to take above a window, in px."""
# The key pad's Enter has a modifier of its own.
_OTHER = ~Qt.KeyboardModifier.KeypadModifier


def label(text: str = "", look: str = "", wrap: bool = False) -> QLabel:
    """A text; ``look`` is a name of the style sheet (title, heading, soft, small, problem…)."""
    made = QLabel(text)
    # A title or a file's name may look like HTML: it is shown as it is, and no picture is loaded.
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(look)
    made.setWordWrap(wrap)
    return made


def rule(upright: bool = False) -> QFrame:
    """A line of one pixel."""
    made = QFrame()
    made.setObjectName("rule")
    if upright:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


class Button(QPushButton):
    """A button that Enter presses as the space bar does; Qt has that in dialogs only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it, once however long the key is held."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & _OTHER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def button(text: str, look: str, pressed: Callable[[], object]) -> QPushButton:
    """A button; ``look`` is primary, link or empty."""
    made = Button(text)
    made.setObjectName(look)
    # Qt hands over whether it is checked; nobody here wants to know.
    made.clicked.connect(lambda _checked: pressed())
    return made


def field(name: str, text: str = "", hint: str = "", secret: bool = False) -> QLineEdit:
    """A line to type in; ``name`` is what a screen reader calls it."""
    made = QLineEdit(text)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def hint_of(text: str) -> str:
    """A text as a tool tip shows it as it is: Qt takes what looks like HTML for HTML."""
    return f"<qt>{html.escape(text)}</qt>" if "<" in text else text


def progress(name: str) -> QProgressBar:
    """A bar without a number; ``name`` is what a screen reader calls it."""
    made = QProgressBar()
    made.setAccessibleName(name)
    made.setTextVisible(False)
    return made


class Glass(QWidget):
    """A magnifying glass, as large as the text beside it."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = QColor(colour)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as high."""
        return QSize(grown(self, 16), grown(self, 16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a ring and its handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / 16, self.height() / 16)
        painter.setPen(QPen(self._colour, 1.6))
        painter.drawEllipse(QRectF(2.5, 2.5, 8, 8))
        painter.drawLine(QLineF(9.5, 9.5, 13.5, 13.5))
        painter.end()


def grown(widget: QWidget, length: int) -> int:
    """A length in px that was chosen for text of the usual height, as its text needs it."""
    widget.ensurePolished()
    return round(length * widget.fontInfo().pixelSize() / TEXT)


def repolish(part: QWidget) -> None:
    """Have the style sheet look at a part's name and properties anew."""
    part.style().unpolish(part)
    part.style().polish(part)


def settle(window: QWidget) -> None:
    """Have every layout of a window know at once what its parts need now."""
    # Inner ones first: a layout asks its parts what they remember.
    for part in (*reversed(window.findChildren(QWidget)), window):
        part.ensurePolished()
        layout = part.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()


def put_inside(area: QScrollArea, widget: QWidget) -> None:
    """Show another widget in a scroll area; the one before may be in the middle of an event."""
    before = area.takeWidget()
    area.setWidget(widget)
    if before is not None:
        before.deleteLater()


class Form(QWidget):
    """A window of one column, as high as it needs; it scrolls where the screen is too small.

    The foot, with what is wrong and the buttons, stays in sight.
    """

    def __init__(self, width: int, margin: int, flags: Qt.WindowType = Qt.WindowType.Window):
        super().__init__(None, flags)
        self.setObjectName("window")
        self._width = width
        self._inside = QWidget()
        self._inside.setObjectName("inside")
        self._margins = QMargins(margin, margin, margin, 0)
        self.column = _column(self._margins, self._inside)
        self.foot = _column(QMargins(margin, 8, margin, margin))
        self.foot.setSpacing(8)
        self._scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._inside)
        outside = _column(QMargins(), self)
        outside.setSpacing(0)
        outside.addWidget(scroll, 1)
        outside.addLayout(self.foot)

    def add_buttons(self, *buttons: QPushButton) -> None:
        """Put buttons in a row at the right end of the foot."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        for each in buttons:
            row.addWidget(each)
        self.foot.addLayout(row)

    def fit(self) -> None:
        """Take the size that the column needs now, within the screen."""
        area = self.screen().availableGeometry()
        width = min(grown(self, self._width), area.width())
        settle(self)
        room = area.height() - TITLE_BAR
        for beside in (0, SCROLL_BAR):
            # What scrolls ends where the foot does, so the bar takes its room from the margin.
            self.column.setContentsMargins(self._margins - QMargins(0, 0, beside, 0))
            needed = sum(_height(layout, width) for layout in (self.column, self.foot))
            if needed <= room:
                break
        # A bar that was there stays where the text needs one more line beside it, though there is
        # room without.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.resize(width, min(needed, room))
        settle(self)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def turn_to(self, part: QWidget) -> None:
        """Give a part the focus and bring it in sight."""
        part.setFocus()
        # Only behind the layouts that wait is it known where the part lies.
        QTimer.singleShot(0, part, lambda: self._show(part))

    def _show(self, part: QWidget) -> None:
        if self._inside.isAncestorOf(part):
            # Qt's ensureWidgetVisible is content when the cursor is seen and the line cut off.
            for edge in (part.height(), 0):
                self._scroll.ensureVisible(0, part.mapTo(self._inside, QPoint(0, edge)).y(), 0, 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it, where it does not know better."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Its size is known only when the fonts are."""
        self.fit()
        super().showEvent(event)


def _column(margins: QMargins, parent: QWidget | None = None) -> QVBoxLayout:
    made = QVBoxLayout() if parent is None else QVBoxLayout(parent)
    made.setContentsMargins(margins)
    made.setSpacing(4)
    return made


def _height(layout: QVBoxLayout, width: int) -> int:
    if layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width)
    return layout.totalSizeHint().height()
