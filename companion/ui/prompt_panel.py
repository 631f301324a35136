"""What the prompt window is made of: the message, the chips, one page below them, and the foot."""

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from companion.ui.parts import grown, rule
from companion.ui.prompt_card import CardView
from companion.ui.prompt_chips import Chips
from companion.ui.prompt_foot import Foot
from companion.ui.prompt_message import Message
from companion.ui.prompt_own import OwnPage
from companion.ui.prompt_pick import PickPage
from companion.ui.style import Tokens
from companion.ui.words import Words

WIDTH, HEIGHT, FRAME = 720, 656, 1


class PromptPanel(QFrame):
    """The parts in their places; what they show is the window's business."""

    def __init__(self, words: Words, tokens: Tokens, keys: QObject) -> None:
        """``keys`` filters the events of everything that can have the focus."""
        super().__init__()
        self.setObjectName("popup")
        # Until there is something to choose, keys go nowhere.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.installEventFilter(keys)
        self.message = Message(words, keys)
        self.chips = Chips(words)
        self.card = CardView(words, tokens, keys)
        self.pick = PickPage(words, tokens, keys)
        self.own = OwnPage(words, keys)
        self.foot = Foot(words)
        self._blank, self._pages = QWidget(), QStackedWidget()
        for page in (self._blank, self.card, self.pick, self.own):
            self._pages.addWidget(page)
        self._lay_out()

    @property
    def page(self) -> QWidget | None:
        """What is shown below the customer's words."""
        return self._pages.currentWidget()

    def turn_page(self, page: QWidget | None) -> None:
        """Show one of the parts there, or nothing yet; writing leaves no room for the rest."""
        self._pages.setCurrentWidget(page or self._blank)
        self.chips.setVisible(page in (self.card, self.pick) and bool(self.chips.chips))
        self.foot.setVisible(page is not self.own)

    def fit(self, room: QSize) -> QSize:
        """The size for a room: always the same, so that nothing jumps."""
        return QSize(min(grown(self, WIDTH), room.width()), min(grown(self, HEIGHT), room.height()))

    def _lay_out(self) -> None:
        head = QFrame()
        head.setObjectName("quoted")
        quoted = QVBoxLayout(head)
        quoted.setContentsMargins(9, 8, 9, 8)
        quoted.addWidget(self.message)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(FRAME, FRAME, FRAME, FRAME)
        inside.setSpacing(0)
        for part in (head, rule(), self.chips):
            inside.addWidget(part)
        inside.addWidget(self._pages, 1)
        inside.addWidget(self.foot)
