"""Role play: a customer's line, the agent's reply, what the check and the card say; it decides
nothing, and what was typed is forgotten with each line.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QPushButton, QWidget

from companion.empathy.drafts import Draft
from companion.empathy.prompts import Prompt
from companion.ui.growing_text import GrowingText
from companion.ui.parts import Form, button, label, progress, rule
from companion.ui.practice_card import CardView
from companion.ui.style import Tokens
from companion.ui.words import Words

_WIDTH, _MARGIN = 560, 24
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = {
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
}
_RATINGS = (1, 2, 3, 4)
# Another ground than what the card says: these are the customer's words.
_SAID = """QLabel#said {{ background: {bg}; border: 1px solid {line}; border-radius: 6px;
    padding: 8px 12px; }}"""


class PracticeWindow(Form):
    """Enter checks the reply, 1 to 4 say how it went, Esc leaves."""

    replied = Signal(str)
    """A reply, empty where the agent wants the card at once."""
    other_wanted = Signal()
    rated = Signal(int)
    again_wanted = Signal()
    left = Signal()
    """The window was closed."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__(_WIDTH, _MARGIN)
        self._say = words.say
        self.setWindowTitle(words.say("practice.title"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.heading = label(words.say("practice.title"), "heading", wrap=True)
        self.time = progress(words.say("practice.time"))
        self.kept = label(look="small", wrap=True)
        self.care = label(words.say("practice.crisis"), "warning", wrap=True)
        self.line = label(look="said", wrap=True)
        self.line.setStyleSheet(_SAID.format(**vars(tokens)))
        name, hint = words.say("practice.reply"), words.say("practice.reply_hint")
        self.reply = GrowingText(name, hint, self, lines=(4, 4), around=20)
        self.card = CardView(words, tokens)
        self.customer = label(words.say("practice.customer"), "small")
        self._reply_name = label(name, "small")
        self._asking: list[QWidget] = [self._reply_name, self.reply]
        self.column.setSpacing(8)
        above = (self.heading, self.time, self.kept, self.care, self.customer, self.line)
        for part in (*above, *self._asking, self.card):
            self.column.addWidget(part)
        self.column.addStretch()
        self.other = button(words.say("practice.other"), "", self.other_wanted.emit)
        self.go = button(words.say("practice.check"), "primary", self._go)
        self.ratings = [self._rating(number) for number in _RATINGS]
        self.again = button(words.say("practice.again"), "", self.again_wanted.emit)
        self.shut = button(words.say("practice.close"), "primary", self.close)
        self._how = label(words.say("practice.how_short"), "small")
        self._lay_foot()
        self.reply.textChanged.connect(self._name_go)
        self._name_go()

    def show_line(self, text: str, *, keeps: bool, careful: bool) -> None:
        """Show a customer's line; with care where it speaks of self-harm."""
        self._empty()
        self.heading.setText(self._say("practice.title"))
        self.line.setText(text)
        self.kept.setText(self._say("practice.kept" if keeps else "practice.not_kept"))
        self._turn_to("line", careful)
        self.turn_to(self.reply)

    def show_card(self, reply: str, draft: Draft | None, card: Prompt) -> None:
        """Show what the check says of a reply (None where there is none), and the card."""
        self.card.show_card(reply, draft, card)
        self._turn_to("card", careful=False)
        # No button has the focus: a second Enter would be taken for an answer.
        self.setFocus()

    def show_end(self, count: int, early: bool) -> None:
        """Say that it is enough: the time is over, or nothing is left (``early``)."""
        self._empty()
        self.heading.setText(self._say(f"practice.end_head{'_early' if early else ''}"))
        self.kept.setText(self._say("practice.end_text", count=count))
        self._turn_to("end", careful=False)
        self.turn_to(self.shut)

    def show_time(self, passed: int, whole: int) -> None:
        """How much of the time is over, in seconds; a quiet line, and no number."""
        self.time.setRange(0, whole)
        self.time.setValue(min(passed, whole))

    def wait(self) -> None:
        """Take nothing until an answer is shown."""
        for part in (self.reply, self.other, self.go, self.again, *self.ratings):
            part.setDisabled(True)

    def forget(self) -> None:
        """Hold nothing that was shown or typed."""
        self._empty()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the reply sends it, as in a chat; with Shift it begins a new line."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() not in _ENTER or shifted:
            return False
        if not event.isAutoRepeat():
            self._go()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4 say how it went, the arrows scroll; Esc leaves."""
        key, said = Qt.Key(event.key()), event.text()
        if said in "1234" and said and self.ratings[0].isEnabled() and self._shows("card"):
            self.ratings[int(said) - 1].click()
        elif key in _MOVES:
            self._scroll.verticalScrollBar().triggerAction(_MOVES[key])
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing that was typed stays."""
        self._empty()
        super().closeEvent(event)
        self.left.emit()

    def _go(self) -> None:
        if self.go.isEnabled() and self._shows("line"):
            self.replied.emit(self.reply.toPlainText().strip())

    def _rating(self, number: int) -> QPushButton:
        said = f"{number}  {self._say(f'practice.rating.{number}')}"
        return button(said, "chip", lambda: self.rated.emit(number))

    def _name_go(self) -> None:
        written = self.reply.toPlainText().strip()
        self.go.setText(self._say("practice.check" if written else "practice.card"))

    def _lay_foot(self) -> None:
        self.foot.addWidget(rule())
        self.foot.addWidget(self._how)
        self.add_buttons(self.other, self.go, *self.ratings, self.again, self.shut)

    def _shows(self, state: str) -> bool:
        return self._state == state

    def _turn_to(self, state: str, careful: bool) -> None:
        """Show the parts of a state, and take the size they need."""
        self._state = state
        here = {
            "line": (self.time, self.kept, self.customer, self.line, self.other, self.go),
            "card": (self.time, self.customer, self.line, self.card, self._how, *self.ratings),
            "end": (self.kept, self.again, self.shut),
        }
        shown = {*here[state], *(self._asking if state == "line" else ())}
        for part in {*self._asking, *(one for parts in here.values() for one in parts)}:
            part.setVisible(part in shown)
            part.setEnabled(True)
        self.care.setVisible(careful)
        if not self.isVisible():
            self.show()
        self.fit()
        self._scroll.verticalScrollBar().setValue(0)

    _state = "line"

    def _empty(self) -> None:
        self.reply.begin("")
        self.line.clear()
        self.card.forget()
