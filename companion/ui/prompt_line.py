"""One thing to say on a card, as it will go out: chosen with the arrows, or clicked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from companion.profile.records import Image
from companion.session.prompting import Line
from companion.ui.marks import Marks
from companion.ui.parts import label
from companion.ui.prompt_style import repolish
from companion.ui.style import Tokens
from companion.ui.words import Words

_PAD = 8


class LineRow(QFrame):
    """A text with its open slots marked, and a small word for whose or of which manner it is."""

    clicked = Signal(bool)
    """Whether Ctrl was held: then it is only to be copied."""

    def __init__(self, words: Words, tokens: Tokens, line: Line) -> None:
        super().__init__()
        asks = line.manner == "ask"
        self.setObjectName("ask" if asks else "line")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        manner = words.say(f"prompt.manner.{line.manner}")
        plain = "\n".join(draft.text for draft in line.filled.drafts)
        self.setAccessibleName(f"{plain} ({manner})")
        self.line = line
        text = QLabel(Marks(words, tokens).filled(line.filled, _no_image))
        text.setTextFormat(Qt.TextFormat.RichText)
        text.setWordWrap(True)
        text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if asks:
            column = QVBoxLayout(self)
            column.setContentsMargins(12, 6, 12, 4)
            column.setSpacing(2)
            column.addWidget(label(words.say("prompt.ask"), "small"))
            column.addWidget(text)
            return
        row = QHBoxLayout(self)
        # The height of a line stands below its text.
        row.setContentsMargins(_PAD, 5, _PAD, 1)
        row.setSpacing(2 * _PAD)
        row.addWidget(text, 1)
        row.addWidget(label(manner, "small"), 0, Qt.AlignmentFlag.AlignTop)

    def mark(self, current: bool) -> None:
        """Show whether Enter means this one."""
        self.setProperty("current", current)
        repolish(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click says it."""
        super().mouseReleaseEvent(event)
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))


def _no_image(_image: Image) -> str:
    """Openings have none."""
    return ""
