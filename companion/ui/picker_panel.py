"""What the picker is made of: search line and target, hits and whole text, the keys at the foot."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from companion.phrases.search import Entry
from companion.ui.hit_list import row_height
from companion.ui.parts import Glass, grown, rule, settle
from companion.ui.picker_foot import EDGE, GAP, PAD, Foot
from companion.ui.picker_help import KeyHelp
from companion.ui.picker_list import HitList
from companion.ui.picker_target import TargetName
from companion.ui.preview import Preview
from companion.ui.search_line import SearchLine
from companion.ui.style import Tokens
from companion.ui.words import Words

WIDTH, TARGET_WIDTH = 720, 260
_ROWS = 9
"""As many rows as there are keys that choose one."""


class Panel(QFrame):
    """The parts in their places; what they show is the picker's business."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("popup")
        hint = words.say("picker.placeholder")
        self.search = SearchLine(hint, hint)
        self.search.setAccessibleDescription(words.say("picker.search.about"))
        self._glass = Glass(tokens.accent)
        self.target = TargetName(words)
        self.hits = HitList(words, tokens)
        self.preview = Preview(words, tokens)
        self.help = KeyHelp(words)
        self.foot = Foot(words)
        self._wide = WIDTH
        self._middle, self._left = QWidget(), QWidget()
        self._right = QVBoxLayout()
        self._lay_out()

    @property
    def wide(self) -> int:
        """How wide the panel is for the screen it was last fitted to."""
        return self._wide

    def fit(self, room: QSize) -> QSize:
        """The size for a room: nine whole rows where it has as many, fewer where not."""
        self._wide = min(grown(self, WIDTH), room.width())
        row = row_height(self.hits.fontMetrics())
        self.foot.setFixedHeight(self.foot.height_needed())
        self._middle.setFixedHeight(_ROWS * row + 2 * PAD)
        self.help.setFixedHeight(_ROWS * row + 2 * PAD)
        settle(self)
        around = self.sizeHint().height() - self._middle.height()
        rows = max(1, min(_ROWS, (room.height() - around - 2 * PAD) // row))
        for part in (self._middle, self.help):
            part.setFixedHeight(rows * row + 2 * PAD)
        self.preview.room = self._wide // 2
        asked = self.search.fontMetrics().horizontalAdvance(self.search.placeholderText())
        beside = self._wide - 2 * EDGE - 2 * GAP - self._glass.sizeHint().width() - asked
        self.target.fit(max(0, min(grown(self, TARGET_WIDTH), beside)))
        return QSize(self._wide, around + rows * row + 2 * PAD)

    @property
    def helps(self) -> bool:
        """Whether the page of all keys is shown."""
        return not self.help.isHidden()

    def show_keys(self, entry: Entry | None) -> None:
        """Name the keys that do something to an entry, where the text goes now."""
        self.foot.show_keys(entry, self._wide, self.target.copies)

    def show_help(self, shown: bool) -> None:
        """Show all keys in the place of the hits, or the hits again."""
        self.help.setVisible(shown)
        self._middle.setVisible(not shown)

    def show_list(self, shown: bool) -> None:
        """Show the list, or the right half alone where nothing is found."""
        self._left.setVisible(shown)
        # Alone, the text begins where the panel's other lines do.
        self._right.setContentsMargins(EDGE if shown else PAD, 2 * PAD, 0, PAD)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(EDGE, 12, EDGE, 12)
        head.setSpacing(0)
        head.addWidget(self._glass)
        head.addSpacing(PAD)
        head.addWidget(self.search, 1)
        head.addSpacing(GAP)
        head.addWidget(self.target)
        middle = QHBoxLayout(self._middle)
        middle.setContentsMargins(PAD, 0, EDGE, 0)
        middle.setSpacing(0)
        left = QHBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(PAD)
        listed = QVBoxLayout()
        listed.setContentsMargins(0, PAD, 0, PAD)
        listed.addWidget(self.hits)
        left.addLayout(listed)
        left.addWidget(rule(upright=True))
        middle.addWidget(self._left, 5)
        self._right.addWidget(self.preview)
        middle.addLayout(self._right, 6)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(head)
        for part in (rule(), self._middle, self.help, rule(), self.foot):
            inside.addWidget(part)
        self.help.hide()
