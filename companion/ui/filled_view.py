"""The text as it will go out, while it is being filled in."""

from PySide6.QtCore import Qt

from companion.phrases.filled import Filled
from companion.phrases.markup import Tag
from companion.ui.marks import Marks
from companion.ui.parts import grown
from companion.ui.phrase_view import PhraseView
from companion.ui.style import Tokens
from companion.ui.words import Words

LEAST_LINES, MOST_LINES = 2, 6


class FilledView(PhraseView):
    """As high as its text, between a few lines; it scrolls beyond."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self._marks = Marks(words, tokens)
        self.setObjectName("goes")
        self.setAccessibleName(words.say("slots.preview"))
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.document().setDocumentMargin(0)

    def show_filled(self, filled: Filled, name: str) -> None:
        """Show what goes out, with the slot of this name in sight."""
        self.setHtml(self._marks.filled(filled, self.picture))
        self.turn_to(name)

    def turn_to(self, name: str) -> None:
        """Bring the slot of this name in sight."""
        if self.verticalScrollBar().maximum() > 0:
            self.scrollToAnchor(name)

    def wanted(self, width: int) -> int:
        """How high it is to be at a width, in px."""
        line = self.fontMetrics().lineSpacing() * 3 // 2
        frame = self.height() - self.viewport().height()
        document = self.document().clone()
        document.setTextWidth(width - 2 * grown(self, 12))
        needed = round(document.size().height())
        most = min(MOST_LINES * line, self.screen().availableGeometry().height() // 4)
        return min(max(needed, LEAST_LINES * line), most) + max(0, frame) + 18

    @staticmethod
    def formatted(filled: Filled) -> bool:
        """Whether anything goes out as HTML."""
        drafts = (draft for draft in filled.drafts if not draft.plain)
        return any(isinstance(bit, Tag) for draft in drafts for bit in draft.rich)
