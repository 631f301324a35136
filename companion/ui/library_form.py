"""The fields of the phrase editor and how they are laid out."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from companion.session.library import Details, Group
from companion.ui.library_below import Below
from companion.ui.library_body import Body
from companion.ui.library_preview import Rendered
from companion.ui.library_wordings import Wordings
from companion.ui.notice import Notice
from companion.ui.parts import field, label, repolish
from companion.ui.style import Tokens
from companion.ui.words import Words

_EDGE = 16


class Choice(QComboBox):
    """A choice with an arrow in the colours of the look."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._colour = QColor(tokens.soft)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and the arrow that a style sheet could only take from a picture."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour, 1.6))
        half = self.fontMetrics().height() / 4
        middle = QPointF(self.width() - 12 - half, self.height() / 2)
        tip = middle + QPointF(0, half / 2)
        for side in (-half, half):
            painter.drawLine(middle + QPointF(side, -half / 2), tip)
        painter.end()


class EditorForm(QWidget):
    """Everything that is seen of one phrase; it decides nothing."""

    def __init__(self, words: Words, tokens: Tokens, rendered: Rendered) -> None:
        super().__init__()
        say = words.say
        self._words = words
        self.notice = Notice()
        self.title = field(say("editor.name"), hint=say("editor.name"))
        self.title.setObjectName("name")
        self.star = QPushButton("★")
        self.star.setObjectName("star")
        self.star.setCheckable(True)
        self.star.setAccessibleName(say("library.favourite"))
        self.star.setToolTip(f"{say('library.favourite')}  Ctrl D")
        self.wordings = Wordings(words)
        self.body = Body(tokens)
        self.body.setAccessibleName(say("editor.body"))
        self.body.setPlaceholderText(say("editor.body.hint"))
        self.rich = label(say("library.rich"), "small", wrap=True)
        self.abbr = field(say("library.abbr"))
        self.tags = field(say("library.tags"), hint=say("library.tags.hint"))
        self.set = Choice(tokens)
        self.set.setAccessibleName(say("library.set"))
        self.set.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.set.setMinimumContentsLength(4)
        self.below = Below(words, tokens, rendered)
        self._lay_out()
        self._put_in_order()

    @property
    def lines(self) -> Sequence[QWidget]:
        """What can be typed in, in order."""
        return (self.title, self.wordings.name, self.body, self.abbr, self.tags)

    def offer_sets(self, groups: Sequence[Group], parent: str) -> None:
        """Offer these sets, with the phrase's own chosen."""
        self.set.clear()
        self.set.addItem(self._words.say("library.loose"), "")
        titles = {group.id: group.title for group in groups}
        for group in groups:
            above = f"{titles[group.parent]} / " if group.parent in titles else ""
            self.set.addItem(above + group.title, group.id)
        self.set.setCurrentIndex(max(0, self.set.findData(parent)))

    def lock(self, ours: bool) -> None:
        """Let nothing be changed that is not the agent's own."""
        for one in (self.title, self.wordings.name, self.abbr, self.tags):
            one.setReadOnly(not ours)
        self.body.setReadOnly(not ours)
        for line in self.lines:
            repolish(line)
        self.star.setVisible(ours)
        self.set.setEnabled(ours)

    def tell(self, details: Details, elsewhere: bool) -> None:
        """Say what there is to say about a phrase."""
        say = self._words.say
        if details.team:
            self.notice.say(say("library.of_team", team=details.team), say("library.copy"))
        elif details.gone:
            self.notice.say(say("library.is_gone"), say("library.restore"))
        elif elsewhere:
            self.notice.say(say("library.elsewhere"), look="warning")
        elif details.clash:
            self.notice.say(say("library.has_clash"), say("library.look"), "warning")
        else:
            self.notice.say("")

    def _put_in_order(self) -> None:
        """Tab goes from line to line first, as one writes, and then to what is pressed."""
        bar, add, drop = self.wordings.bar, self.wordings.add, self.wordings.drop
        order = (*self.lines, self.set, self.star, bar, add, drop, self.below.bar)
        for before, behind in pairwise(order):
            QWidget.setTabOrder(before, behind)

    def _lay_out(self) -> None:
        say = self._words.say
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 12, _EDGE, 12)
        column.setSpacing(8)
        column.addWidget(self.notice)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.title, 1)
        top.addWidget(self.star)
        column.addLayout(top)
        column.addWidget(self.wordings)
        self.body.ensurePolished()
        self.body.setMinimumHeight(3 * self.body.fontMetrics().lineSpacing() + 24)
        self.body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        column.addWidget(self.body, 3)
        column.addWidget(self.rich)
        facts = QGridLayout()
        facts.setHorizontalSpacing(12)
        facts.setVerticalSpacing(4)
        named: tuple[tuple[str, QWidget, int], ...] = (
            (say("library.abbr"), self.abbr, 2),
            (say("library.tags"), self.tags, 3),
            (say("library.set"), self.set, 3),
        )
        for at, (name, part, share) in enumerate(named):
            facts.addWidget(_name(name), 0, at)
            facts.addWidget(part, 1, at)
            facts.setColumnStretch(at, share)
        column.addLayout(facts)
        column.addWidget(self.below, 2)


def _name(text: str) -> QLabel:
    made = label(text, "small")
    made.setAlignment(Qt.AlignmentFlag.AlignLeft)
    return made
