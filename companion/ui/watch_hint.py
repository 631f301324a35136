"""A small hint in the corner of the screen: what may lie behind the message that was copied.

It never takes the focus, and goes by itself after a while; one on somebody's safety stays.
"""

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from companion.desk.ports import Rect
from companion.session.hinting import Hint
from companion.ui.parts import button, grown, label, repolish, settle
from companion.ui.picker_place import stand_in_corner
from companion.ui.style import Tokens
from companion.ui.words import Words

WIDTH, PAD = 340, 16
LASTS_MS = 10_000
"""Time to see it in passing and read two lines."""
_SHEET = """
QFrame#popup {{ border-left: 4px solid {accent}; border-top-left-radius: 0;
    border-bottom-left-radius: 0; }}
QFrame#popup[safety="true"] {{ border: 1px solid {red}; border-left: 4px solid {red}; }}
QFrame#popup[under="true"] {{ background: {bg}; }}
QLabel#alert {{ color: {red}; font-weight: 700; }}
QPushButton#away {{ border: 1px solid transparent; background: transparent; color: {soft};
    padding: 0 4px; font-size: {heading}px; }}
QPushButton#away:hover {{ color: {ink}; border-color: {line}; }}
"""
_FLAGS = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


class WatchHint(QWidget):
    """Shows one hint at a time; a click anywhere but on its cross takes it."""

    taken = Signal()
    gone = Signal()
    """It was dismissed, or seen long enough: forget() is to follow."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__(None, _FLAGS)
        self._words = words
        self.setWindowTitle(words.say("watch.hint"))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.panel = QFrame()
        self.panel.setObjectName("popup")
        self.alert = label(words.say("prompt.safety"), "alert")
        self.heading = label("", "heading", wrap=True)
        self.about = label("", "small")
        self.need = label("", wrap=True)
        self.keys = label("", "key")
        self.how = label("", "small", wrap=True)
        self.away: QPushButton = button("×", "away", self.gone.emit)
        self.away.setAccessibleName(words.say("watch.hint.dismiss"))
        self.away.setToolTip(words.say("watch.hint.dismiss"))
        self.away.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.timeout.connect(self.gone)
        self._stays = False
        self._lay_out()
        self.setStyleSheet(_SHEET.format(**vars(tokens), heading=grown(self, 16)))

    @property
    def stays(self) -> bool:
        """Whether it waits for the agent, however long."""
        return self._stays

    def show_hint(self, hint: Hint, keys: str, near: Rect | None, tray: QRect) -> None:
        """Show a hint on the screen that most of ``near`` is on, at the side where the tray is.

        ``keys`` open the prompt, too; empty where none do.
        """
        say = self._words.say
        self._stays = hint.safety
        self.alert.setVisible(hint.safety)
        self.heading.setText(hint.name)
        self.about.setText(say("prompt.safety.need" if hint.safety else "prompt.need"))
        self.need.setText(hint.need)
        self.keys.setText(keys)
        self.keys.setVisible(bool(keys))
        self.how.setText(say("watch.hint.keys" if keys else "watch.hint.click"))
        self.setAccessibleDescription(f"{hint.name}. {hint.need}")
        self.panel.setProperty("safety", hint.safety)
        self._mark(under=False)
        self.panel.setFixedWidth(grown(self, WIDTH))
        settle(self)
        stand_in_corner(self, self.sizeHint(), near, tray)
        self._over.stop()
        if not hint.safety:
            self._over.start(LASTS_MS)
        self.show()
        self.raise_()

    def forget(self) -> None:
        """Hide, and hold nothing of what was shown."""
        self._over.stop()
        self.hide()
        self._stays = False
        for part in (self.heading, self.about, self.need):
            part.setText("")
        self.setAccessibleDescription("")

    def enterEvent(self, event: QEnterEvent) -> None:
        """Under the pointer it waits: it is being read."""
        super().enterEvent(event)
        self._over.stop()
        self._mark(under=True)

    def leaveEvent(self, event: QEvent) -> None:
        """Its time begins anew."""
        super().leaveEvent(event)
        self._mark(under=False)
        if self.isVisible() and not self._stays:
            self._over.start(LASTS_MS)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click takes it, the other button dismisses it."""
        super().mouseReleaseEvent(event)
        if not self.rect().contains(event.position().toPoint()):
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self.taken.emit()
        elif event.button() == Qt.MouseButton.RightButton:
            self.gone.emit()

    def _mark(self, under: bool) -> None:
        self.panel.setProperty("under", under)
        repolish(self.panel)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        named = QVBoxLayout()
        named.setSpacing(2)
        named.addWidget(self.alert)
        named.addWidget(self.heading)
        head.addLayout(named, 1)
        head.addWidget(self.away, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.keys)
        foot.addWidget(self.how, 1)
        inside = QVBoxLayout(self.panel)
        inside.setContentsMargins(PAD, 12, 12, 12)
        inside.setSpacing(2)
        inside.addLayout(head)
        inside.addSpacing(2)
        inside.addWidget(self.about)
        inside.addWidget(self.need)
        inside.addSpacing(8)
        inside.addLayout(foot)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        outside.addWidget(self.panel)
