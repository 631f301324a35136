"""What one input method or browser of this desk has, what can be put there, what became of it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from companion.formats.items import Problem
from companion.session.desk_places import PHRASES, Outcome, Place
from companion.session.each_time import Wanted
from companion.session.lending import Refusal
from companion.session.remaining import Remaining
from companion.ui.desk_each_time import EachTime
from companion.ui.desk_rows import ShareList, name_of, state_of
from companion.ui.import_rows import ImportList
from companion.ui.parts import button, grown, label, progress, repolish
from companion.ui.remaining import what_remains
from companion.ui.style import Tokens
from companion.ui.words import Words


class _Problems(ImportList):
    def sizeHint(self) -> QSize:
        """It scrolls by itself, and asks for no more than the least."""
        return self.minimumSize()


class DeskPage(QWidget):
    """Decides nothing: what is wanted is said by signals. Ticks stay as they were set."""

    put_wanted = Signal(bool)
    """The ticked is to be put there; with true also where somebody is signed in."""
    export_wanted = Signal()
    back_wanted = Signal()
    each_time_wanted = Signal(str, object)
    """What kind of places (PHRASES, BOOKMARKS), and the names to be put there each time."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self._words = words
        self._place: Place | None = None
        self._shares: Mapping[str, int] = {}
        self._left_out: dict[str, set[str]] = {}
        self._asking = self._busy = False
        say = words.say
        self.heading = label("", "heading", wrap=True)
        self.state = label("", "soft", wrap=True)
        self.how = label("", "", wrap=True)
        self.result = label("", "notice", wrap=True)
        self.caption = label("", "soft", wrap=True)
        self.all = button("", "link", self._tick_all)
        self.shares = ShareList(words, tokens)
        self.shares.ticked.connect(self._ticked)
        self.each_time = EachTime(words)
        self.each_time.ticked.connect(lambda _: self._say_each_time())
        self._forbidden = False
        self.problems = _Problems(words, tokens, say("this_desk.missed"))
        self._scroll = QScrollArea()
        self.bar = progress(say("this_desk.title"))
        self.bar.setRange(0, 0)
        room = self.bar.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        room.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.bar.setSizePolicy(room)
        self.back = button(say("this_desk.back"), "", self.back_wanted.emit)
        self.export = button(say("this_desk.export"), "primary", self.export_wanted.emit)
        self.own = button(say("this_desk.own"), "", lambda: self.put_wanted.emit(True))
        self.put = button("", "primary", lambda: self.put_wanted.emit(False))
        self._lay_out()

    @property
    def left_out(self) -> set[str]:
        """The sets or folders that are not to be put there."""
        return self.shares.left_out

    def show_place(
        self, place: Place, shares: Mapping[str, int], wanted: Wanted, forbidden: bool = False
    ) -> None:
        """Show a place, and what is wanted there each time; what became of it is said as long as
        it is the same one. At some desks it is ``forbidden`` to put anything there.
        """
        if self._place is None or place.key != self._place.key:
            self.say("")
        self._place, self._shares = place, shares
        say, names = self._words.say, wanted.names.get(place.holds, ())
        self.heading.setText(name_of(place, self._words))
        self.state.setText(state_of(place, self._words))
        self._forbidden = forbidden
        kind = place.format or place.holds
        self.how.setText(say("each_time.forbidden" if forbidden else f"this_desk.how.{kind}"))
        self.each_time.show_state(place.holds, bool(names), list(shares), wanted.morning)
        self.each_time.lend.setVisible(not place.format and not forbidden)
        unwanted = shares.keys() - set(names) if names else set()
        left_out = self._left_out.get(place.holds, unwanted)
        self.shares.show_shares(shares, place.holds, left_out)
        self.put.setText(say("this_desk.update" if place.lent else "this_desk.put"))
        self._offer()
        self.export.setVisible(bool(place.format) and not forbidden)
        self.back.setVisible(bool(place.lent))
        self._count()

    def say(self, text: str, look: str = "notice", asking: bool = False) -> None:
        """Say what became of it, or nothing; or ask whether the account is the agent's own."""
        self._asking = asking
        self.result.setObjectName(look)
        repolish(self.result)
        self.result.setText(text)
        self.result.setVisible(bool(text))
        # On a small screen there is room for one of them.
        self.how.setVisible(not text)
        if text:
            QTimer.singleShot(0, self.result, lambda: self._scroll.ensureWidgetVisible(self.result))
        self._offer()
        self._list(())

    def show_outcome(self, outcome: Outcome, name: str = "") -> None:
        """Say what was put there, or written into a file of that name."""
        place, say = self._place, self._words.say
        if place is None:
            return
        if outcome.refused is not None:
            asking = outcome.refused is Refusal.SYNCED
            self.say(say(f"browser.refused.{outcome.refused.value}"), "warning", asking)
            return
        if outcome.remains:
            self.show_remains(outcome.remains)
            return
        key = f"this_desk.written.{place.format}" if name else f"this_desk.done.{place.holds}"
        said = [say(key, count=outcome.count, name=name)]
        if place.holds == PHRASES and not name:
            said.append(say("this_desk.told" if outcome.told else "this_desk.not_told"))
        if outcome.problems:
            said.append(say("this_desk.missed_count", count=len(outcome.problems)))
        self.say("\n".join(said))
        self._list(outcome.problems)

    def show_remains(self, remains: Sequence[Remaining]) -> None:
        """Say what could not be taken back, or that everything was."""
        lines = what_remains(remains, self._words)
        if lines:
            self.say("\n".join([self._words.say("loans.remains"), *lines]), "warning")
        else:
            self.say(self._words.say("this_desk.taken_back"))

    def show_busy(self, busy: bool) -> None:
        """Say that something is being done, and let nothing else be begun."""
        self._busy = busy
        self.bar.setVisible(busy)
        for one in (self.back, self.shares, self.all, self.each_time):
            one.setEnabled(not busy)
        self._count()

    def forget(self) -> None:
        """Hold nothing of what was shown."""
        self._place, self._shares, self._left_out = None, {}, {}
        for one in (self.heading, self.state, self.how, self.caption):
            one.clear()
        self.say("")
        self.shares.clear()
        self.show_busy(False)

    def _offer(self) -> None:
        """The one button that goes on: to put it there, or to say whose account it is."""
        by_hand = self._place is not None and bool(self._place.format)
        offers = not by_hand and not self._forbidden
        self.put.setVisible(offers and not self._asking)
        self.own.setVisible(offers and self._asking)

    def _list(self, problems: Sequence[Problem]) -> None:
        self.problems.lines.show(problems)
        self.problems.setVisible(bool(problems))

    def _tick_all(self) -> None:
        self.shares.tick_all(bool(self.left_out))

    def _ticked(self) -> None:
        if self._place is not None:
            self._left_out[self._place.holds] = self.left_out
            self._count()
            if self.each_time.lend.isChecked():
                self._say_each_time()

    def _say_each_time(self) -> None:
        if self._place is not None:
            on, left_out = self.each_time.lend.isChecked(), self.left_out
            names = [name for name in self._shares if on and name not in left_out]
            self.each_time_wanted.emit(self._place.holds, names)

    def _count(self) -> None:
        if self._place is None:
            return
        say, left_out, holds = self._words.say, self.left_out, self._place.holds
        count = sum(many for name, many in self._shares.items() if name not in left_out)
        said = say(f"this_desk.what.{holds}")
        chosen = say(f"this_desk.chosen.{holds}", count=count)
        nothing = say(f"this_desk.no.{holds}")
        self.caption.setText(f"{said} · {chosen}" if self._shares else nothing)
        self.caption.setVisible(not self._forbidden)
        self.all.setText(say("this_desk.all" if left_out else "this_desk.none"))
        self.all.setVisible(len(self._shares) > 1 and not self._forbidden)
        self.shares.setVisible(bool(self._shares) and not self._forbidden)
        for one in (self.put, self.own, self.export):
            one.setEnabled(count > 0 and not self._busy)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("inside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.heading, self.state, self.how):
            column.addWidget(part)
        above = QHBoxLayout()
        above.addWidget(self.caption, 1)
        above.addWidget(self.all)
        column.addLayout(above)
        column.addWidget(self.shares, 2)
        column.addWidget(self.each_time)
        column.addWidget(self.result)
        column.addWidget(self.problems, 3)
        column.addStretch()
        self.shares.setMinimumHeight(grown(self, 32))
        self.problems.setMinimumHeight(grown(self, 56))
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.bar, 1)
        for one in (self.back, self.export, self.own, self.put):
            row.addWidget(one)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(8)
        outside.addWidget(self._scroll, 1)
        outside.addLayout(row)
