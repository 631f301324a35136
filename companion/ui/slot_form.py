"""One small form for all that a phrase asks, with the text as it will go out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from companion.phrases.filled import Filled
from companion.phrases.filling import Filling
from companion.profile.records import Image
from companion.profile.template import Slot
from companion.profile.template_dates import clock_of
from companion.ui.choices import Choices
from companion.ui.filled_view import FilledView
from companion.ui.parts import TITLE_BAR, Form, button, grown, label
from companion.ui.style import Tokens
from companion.ui.value_field import ValueField
from companion.ui.words import Words

_WIDTH, _MARGIN, _GAP = 440, 24, 8
Offers = Callable[[Slot], list[str]]


@dataclass(frozen=True)
class Asked:
    """What the form is for: the wordings by their titles, and the one that is shown first.

    ``program`` is the short name of the one it goes into, ``copy_only`` what Enter does, and
    with ``choose`` the agent wants a wording first.
    """

    wordings: Mapping[str, Filling]
    first: str
    images: tuple[Image, ...] = ()
    program: str = ""
    copy_only: bool = False
    choose: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    """What was filled in already, by the slots' names."""


class SlotForm(Form):
    """Enter sends, Ctrl+Enter copies, Esc leaves. What is open goes out only on a second Enter."""

    filled = Signal(object, bool)
    """Filled, and whether it is only to be copied. Whoever takes it puts the form away."""
    left = Signal()
    """Closed by the agent, who wants nothing sent."""

    def __init__(self, words: Words, tokens: Tokens, asked: Asked, offers: Offers) -> None:
        super().__init__(_WIDTH, _MARGIN, Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle(words.say("slots.title_copy" if asked.copy_only else "slots.title"))
        self._words, self._tokens, self._asked, self._offers = words, tokens, asked, offers
        self._warned: set[str] = set()
        self._over = False
        self.fields: dict[str, ValueField | Choices] = {}
        self.values = dict(asked.values)
        self.wordings: Choices | None = None
        self._shown = asked.first
        if len(asked.wordings) > 1:
            self.wordings = Choices(words.say("slots.wording"), list(asked.wordings), "")
            self.wordings.choose(asked.first)
            self.wordings.changed.connect(self._show_wording)
            self._add(self.column, words.say("slots.wording"), self.wordings)
        self._lines = QWidget()
        self.column.addWidget(self._lines)
        if self.wordings is None and not self.filling.slots:
            # Nothing is asked: else what scrolls takes room above the text all the same.
            self._scroll.setMinimumHeight(1)
        self._buttons: list[QPushButton] = []
        self.preview = FilledView(words, tokens)
        self.preview.hold(asked.images)
        self._kind = label(words.say("mark.html"), "small")
        self.problem = label(look="warning", wrap=True)
        self.problem.hide()
        self._lay_out_foot()
        self._ask()

    @property
    def filling(self) -> Filling:
        """The wording that is shown."""
        return self._asked.wordings[self._shown]

    @property
    def wording(self) -> str:
        """The title of the wording that is shown."""
        return self._shown

    def typed(self) -> dict[str, str]:
        """What is filled in by now."""
        self._fill()
        return dict(self.values)

    def ask(self, at: QPoint | None = None) -> None:
        """Open the form at what comes first; ``at`` is for its corner, on the screen."""
        if at is not None:
            self._stand(at)
        self.show()
        self.raise_()
        self.activateWindow()
        field = next(iter(self.fields.values()), None)
        choose = field is None or self._asked.choose
        first = (self.wordings if choose else None) or field
        if first is not None:
            first.turn_to()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends, with Ctrl it copies; Esc leaves without either."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.go(control or self._asked.copy_only)
        else:
            super().keyPressEvent(event)

    def go(self, copy_only: bool) -> None:
        """Send or copy what is filled in; say first what is not."""
        filled = self._fill()
        missing = set(filled.missing)
        if missing - self._warned:
            self._warned = missing
            self._warn(filled)
            return
        self.filled.emit(filled, copy_only)

    def put_away(self) -> None:
        """Close without a word."""
        self._over = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """However the agent closes it, it is left."""
        super().closeEvent(event)
        if not self._over:
            self._over = True
            self.left.emit()

    def fit(self) -> None:
        """Take the size that everything needs now."""
        inside = grown(self, _WIDTH) - 2 * _MARGIN
        for part in (self.wordings, *self.fields.values()):
            if isinstance(part, Choices):
                part.arrange(inside)
        self.preview.setFixedHeight(self.preview.wanted(inside))
        super().fit()

    def _stand(self, at: QPoint) -> None:
        """Go to a corner, as far as the form and its title bar are within the screen there.

        Before it is shown: afterwards a frame of which nothing is known yet would be left out.
        """
        screen = QGuiApplication.screenAt(at)
        if screen is not None:
            self.setScreen(screen)
        self.fit()
        room = self.screen().availableGeometry()
        right, bottom = room.right() - self.width(), room.bottom() - self.height() - TITLE_BAR
        self.move(max(room.left(), min(at.x(), right)), max(room.top(), min(at.y(), bottom)))

    def _ask(self) -> None:
        """Show a line for everything that the wording asks, with what is known already."""
        lines = QVBoxLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        self.fields = {}
        for slot in self.filling.slots:
            self.fields[slot.name] = part = self._part(slot)
            self._add(lines, slot.name, part)
        fresh = QWidget()
        fresh.setLayout(lines)
        self.column.replaceWidget(self._lines, fresh)
        # Until it is deleted, Tab would still go there.
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = fresh
        fresh.setVisible(bool(self.fields))
        self._order_stops()
        self._show_text()

    def _order_stops(self) -> None:
        """Tab goes as it is drawn: what is made anew would else come last."""
        parts = [self.wordings] if self.wordings is not None else []
        stops = [
            stop
            for part in (*parts, *self.fields.values())
            for stop in (part.chips if isinstance(part, Choices) else (part,))
        ]
        for one, other in pairwise((*stops, self.preview, *self._buttons)):
            QWidget.setTabOrder(one, other)

    def _part(self, slot: Slot) -> ValueField | Choices:
        known = self.values.get(slot.name, slot.default)
        if slot.choices:
            nothing = self._words.say("slots.nothing")
            chips = Choices(slot.name, list(slot.choices), nothing)
            chips.choose(known)
            chips.changed.connect(lambda _: self._show_text())
            return chips
        soft = self._tokens.soft
        hint = self._words.say(_hint(slot.name))
        line = ValueField(hint, soft, slot.name, known, self._offers(slot))
        line.changed.connect(self._show_text)
        line.entered.connect(lambda: self.preview.turn_to(slot.name))
        return line

    @staticmethod
    def _add(column: QVBoxLayout, name: str, part: QWidget) -> None:
        column.addWidget(label(name, "small", wrap=True))
        column.addWidget(part)
        column.addSpacing(_GAP)

    def _fill(self) -> Filled:
        self.values |= {name: part.value for name, part in self.fields.items()}
        return self.filling.fill(self.values, self._asked.program)

    def _show_wording(self, title: str) -> None:
        self._fill()
        self._shown = title
        self._warned.clear()
        self._keep_room(kept=False)
        self.problem.hide()
        self._ask()
        self.fit()

    def _show_text(self) -> None:
        filled = self._fill()
        self.preview.show_filled(filled, self._named(self.focusWidget()))
        self._kind.setVisible(self.preview.formatted(filled))
        if not self.problem.isHidden():
            self._say_missing(filled)
        wanted = self.preview.wanted(self.preview.width())
        if self.isVisible() and wanted > self.preview.height():
            # It grows with its text and does not shrink: a window that jumps is in the way.
            self.fit()

    def _named(self, part: QWidget | None) -> str:
        """The slot that a part of the form belongs to."""
        owners = (name for name, one in self.fields.items() if part in (one, *one.children()))
        return next(owners, "")

    def _warn(self, filled: Filled) -> None:
        self._keep_room(kept=True)
        self._say_missing(filled)
        self.fit()
        part = self.fields.get(filled.missing[0])
        if part is not None:
            self.turn_to(part)

    def _keep_room(self, kept: bool) -> None:
        """Whether the line of a warning stays empty when that goes: no text jumps while typing."""
        policy = self.problem.sizePolicy()
        policy.setRetainSizeWhenHidden(kept)
        self.problem.setSizePolicy(policy)

    def _say_missing(self, filled: Filled) -> None:
        between = self._words.say("list.between")
        said = [
            self._words.say(key, names=between.join(names))
            for key, names in (("slots.open", filled.open), ("slots.lost", filled.lost))
            if names
        ]
        self.problem.setVisible(bool(said))
        if said:
            self.problem.setText("\n".join(said))

    def _lay_out_foot(self) -> None:
        say, copies = self._words.say, self._asked.copy_only
        head = QHBoxLayout()
        head.addWidget(label(say("slots.preview"), "small"))
        head.addStretch()
        head.addWidget(self._kind)
        self.foot.addLayout(head)
        self.foot.addWidget(self.preview)
        self.foot.addWidget(self.problem)
        if not copies:
            copy = button(f"{say('slots.copy')}  Ctrl Enter", "", lambda: self.go(True))
            self._buttons.append(copy)
        key = "slots.copy" if copies else "slots.insert"
        self._buttons.append(button(f"{say(key)}  Enter", "primary", lambda: self.go(copies)))
        self.add_buttons(*self._buttons)


def _hint(name: str) -> str:
    """What a line of this name offers: the key of its word."""
    clock = clock_of(name)
    if clock is None:
        return "slots.offers"
    return "slots.offers_times" if clock[0] else "slots.offers_dates"
