"""The window on this desk's input methods and browsers: put something there, and take it back."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from companion.session.desk_places import Outcome, Place, Survey
from companion.session.each_time import Wanted
from companion.session.remaining import Remaining
from companion.ui.desk_page import DeskPage
from companion.ui.desk_rows import PlaceList
from companion.ui.lists_style import dress
from companion.ui.messages import Message
from companion.ui.parts import button, grown, label, rule
from companion.ui.style import Tokens
from companion.ui.words import Words

_SIZE = (780, 560)
NOTHING = Wanted()


class ThisDesk(QWidget):
    """Decides nothing: what is wanted is said by signals, what is shown is told."""

    put_wanted = Signal(object, bool)
    """A place, and whether also where somebody is signed in."""
    export_wanted = Signal(object)
    back_wanted = Signal(object)
    """A place, or None for all of them."""
    each_time_wanted = Signal(str, object)
    """What kind of places, and the names to be put there each time the agent sits down."""
    morning_wanted = Signal(str)
    """The folder to be opened then, empty for none."""
    looked_at = Signal()
    """The agent has come back to the window: a browser may have been closed meanwhile."""
    closed = Signal()

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(words.say("this_desk.title"))
        dress(self, tokens)
        self._words = words
        self._survey = Survey((), False, {})
        self._wanted = Wanted()
        self._busy = False
        self._focused: QWidget | None = None
        say = words.say
        self.places = PlaceList(words, tokens)
        self.page = DeskPage(words, tokens)
        self.heading = label("", "heading", wrap=True)
        self.text = label("", "soft", wrap=True)
        self.leaves = label(say("this_desk.leaves"), "soft", wrap=True)
        self.back_all = button(say("this_desk.back_all"), "", lambda: self.back_wanted.emit(None))
        self.close_it = button(say("this_desk.close"), "", self.close)
        self.places.turned.connect(self._turn)
        self.page.put_wanted.connect(self._put)
        self.page.export_wanted.connect(lambda: self.export_wanted.emit(self.places.place))
        self.page.back_wanted.connect(lambda: self.back_wanted.emit(self.places.place))
        self.page.each_time_wanted.connect(self.each_time_wanted)
        self.page.each_time.morning_chosen.connect(self.morning_wanted)
        self._pages = QStackedWidget()
        self._lay_out()
        self.forget()

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._busy

    def show_looking(self) -> None:
        """Say that this desk is being looked at."""
        self._say(self._words.say("this_desk.looking"), "")

    def show_survey(self, survey: Survey, wanted: Wanted = NOTHING) -> None:
        """Show what was found, and what the agent wants each time; the place that was chosen
        stays so.
        """
        self._survey, self._wanted = survey, wanted
        self.back_all.setEnabled(survey.lent and not self._busy)
        self.places.show_places(survey.places)
        if survey.places:
            if self._pages.currentIndex() == 0:
                self._pages.setCurrentIndex(1)
                self.places.setFocus()
        else:
            say = self._words.say
            self._say(say("this_desk.found_none"), say("this_desk.looked_for"))

    def show_busy(self, busy: bool) -> None:
        """Say that something is being done, and let nothing else be begun."""
        if busy and not self._busy:
            self._focused = self.focusWidget()
        self._busy = busy
        self.page.show_busy(busy)
        self.places.setEnabled(not busy)
        self.back_all.setEnabled(self._survey.lent and not busy)
        before = self._focused
        if not busy and before is not None:
            # What cannot be used has no focus: Qt had moved it on.
            can = before.isEnabled() and not before.isHidden()
            (before if can else self.places).setFocus()
            self._focused = None

    def show_outcome(self, outcome: Outcome, name: str = "") -> None:
        """Say what was put there, or written into a file of that name."""
        self.page.show_outcome(outcome, name)

    def show_remains(self, remains: Sequence[Remaining]) -> None:
        """Say what could not be taken back, or that everything was."""
        self.page.show_remains(remains)
        if not self._survey.places:
            self.text.setText(self.page.result.text())

    def show_failure(self, said: Message) -> None:
        """Say what went wrong."""
        if self._pages.currentIndex() == 1:
            self.page.say(str(said), "problem")
        else:
            self._say(said.what, "\n".join(filter(None, (said.safe, said.do))))

    def forget(self) -> None:
        """Hold nothing of what was shown."""
        self._survey = Survey((), False, {})
        self.places.show_places(())
        self.page.forget()
        self.show_busy(False)
        self.show_looking()

    # ---- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Enter in the list of places does what its main button does."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.places.hasFocus():
            page = self.page
            (page.export if page.put.isHidden() else page.put).click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Say when the agent comes back to it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.looked_at.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so."""
        super().closeEvent(event)
        self.closed.emit()

    # ---- inside

    def _turn(self) -> None:
        place = self.places.place
        if place is not None:
            shares = self._survey.shares.get(place.holds, {})
            forbidden = place.holds in self._survey.forbidden
            self.page.show_place(place, shares, self._wanted, forbidden)

    def _put(self, even_synced: bool) -> None:
        place: Place | None = self.places.place
        if place is not None:
            self.put_wanted.emit(place, even_synced)

    def _say(self, heading: str, text: str) -> None:
        self.heading.setText(heading)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self._pages.setCurrentIndex(0)

    def _lay_out(self) -> None:
        said = QWidget()
        column = QVBoxLayout(said)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self.text)
        column.addStretch()
        both = QWidget()
        beside = QHBoxLayout(both)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(16)
        beside.addWidget(self.places)
        beside.addWidget(rule(upright=True))
        beside.addWidget(self.page, 1)
        self._pages.addWidget(said)
        self._pages.addWidget(both)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.leaves, 1)
        row.addWidget(self.back_all)
        row.addWidget(self.close_it)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(24, 16, 24, 16)
        outside.setSpacing(12)
        outside.addWidget(self._pages, 1)
        outside.addWidget(rule())
        outside.addLayout(row)
        room = self.screen().availableGeometry()
        width, height = grown(self, _SIZE[0]), grown(self, _SIZE[1])
        self.resize(min(width, room.width()), min(height, room.height() - 40))
