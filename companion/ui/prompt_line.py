"""One thing to say on a card, as it will go out: chosen with the arrows, or clicked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from companion.profile.records import Image
from companion.session.prompting import Line
from companion.ui.choice_rows import ChoiceRow
from companion.ui.marks import Marks
from companion.ui.parts import label
from companion.ui.style import Tokens
from companion.ui.words import Words

_PAD = 8


class LineRow(ChoiceRow):
    """A text with its open slots marked, and a small word for whose or of which manner it is."""

    def __init__(self, words: Words, tokens: Tokens, line: Line) -> None:
        asks = line.manner == "ask"
        super().__init__("ask" if asks else "line")
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


def _no_image(_image: Image) -> str:
    """Openings have none."""
    return ""
