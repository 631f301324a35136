"""Two values of one field side by side: both were written, and the agent says which stays."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from companion.session.clashes import Clash
from companion.ui.library_preview import Outgoing
from companion.ui.parts import button, label
from companion.ui.style import Tokens
from companion.ui.words import Words


class ClashPane(QWidget):
    """One field after the other; Alt+1 keeps the left text, Alt+2 the right one."""

    acted = Signal(str, dict)

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self._words = words
        say = words.say
        self._clashes: list[Clash] = []
        self.heading = label("", "heading", wrap=True)
        self.which = label("", "soft", wrap=True)
        self.others = QTabBar()
        self.others.setAccessibleName(say("library.clash.others"))
        self.others.setDrawBase(False)
        self.others.setExpanding(False)
        self.left, self.right = Outgoing(tokens, ""), Outgoing(tokens, "")
        self._left_name, self._right_name = label(wrap=True), label(wrap=True)
        self.take_left = button(f"{say('library.clash.left')}  Alt 1", "", self._take_left)
        self.take_right = button(f"{say('library.clash.right')}  Alt 2", "", self._take_right)
        self.as_variant = button(say("library.clash.variant"), "", lambda: self._both(True))
        self.as_phrase = button(say("library.clash.phrase"), "", lambda: self._both(False))
        self.both = label(say("library.clash.both"), "soft", wrap=True)
        self._lay_out()
        self.others.currentChanged.connect(lambda _at: self._show_pair())
        # From anywhere in the window: the list of conflicts may have the focus.
        QShortcut(QKeySequence("Alt+1"), self, self._take_left)
        QShortcut(QKeySequence("Alt+2"), self, self._take_right)

    def show_clashes(self, title: str, clashes: Sequence[Clash]) -> None:
        """Show the first field that is to be settled."""
        if list(clashes) == self._clashes:
            return
        self._clashes = list(clashes)
        if not self._clashes:
            return
        clash, say = self._clashes[0], self._words.say
        key = f"library.field.{clash.field}"
        name = say(key) if self._words.knows(key) else clash.field
        self.heading.setText(title)
        self.which.setText(say("library.clash.which", field=name, count=len(self._clashes)))
        self.others.blockSignals(True)
        while self.others.count():
            self.others.removeTab(0)
        for number in range(len(clash.others)):
            self.others.addTab(say("library.clash.nth", number=number + 1))
        self.others.blockSignals(False)
        self.others.setVisible(len(clash.others) > 1)
        for part in (self.both, self.as_variant, self.as_phrase):
            part.setVisible(clash.both)
        self._show_pair()

    def forget(self) -> None:
        """Hold nothing of what was shown."""
        self._clashes = []
        for text in (self.left, self.right):
            text.clear()
        self.heading.clear()

    def _show_pair(self) -> None:
        clash = self._clashes[0]
        other = clash.others[max(0, self.others.currentIndex())]
        left, right = self._said("now", clash.here), self._said("other", other.here)
        html = self._words.say("library.clash.html")
        self._left_name.setText(f"{left} {html}" if clash.rich else left)
        self._right_name.setText(f"{right} {html}" if other.rich else right)
        self.left.setAccessibleName(left)
        self.right.setAccessibleName(right)
        self.left.show_pieces(other.now)
        self.right.show_pieces(other.other)

    def _said(self, side: str, here: bool) -> str:
        where = self._words.say("library.clash.here" if here else "library.clash.away")
        return self._words.say(f"library.clash.{side}", where=where)

    def _take_left(self) -> None:
        self._settle(left=True)

    def _take_right(self) -> None:
        self._settle(left=False)

    def _settle(self, left: bool) -> None:
        if self._clashes:
            clash = self._clashes[0]
            other = clash.others[max(0, self.others.currentIndex())]
            value = clash.value if left else other.value
            facts = {"id": clash.id, "field": clash.field, "value": value}
            self.acted.emit("settle", facts)

    def _both(self, variant: bool) -> None:
        if self._clashes:
            clash = self._clashes[0]
            values = [other.value for other in clash.others]
            facts = {"id": clash.id, "field": clash.field, "others": values, "variant": variant}
            self.acted.emit("settle_both", facts)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        for part in (self.heading, self.which, self.others):
            column.addWidget(part)
        sides = QGridLayout()
        sides.setHorizontalSpacing(16)
        sides.setVerticalSpacing(8)
        columns = (
            (self._left_name, self.left, self.take_left),
            (self._right_name, self.right, self.take_right),
        )
        for at, (name, text, take) in enumerate(columns):
            sides.addWidget(name, 0, at)
            sides.addWidget(text, 1, at)
            sides.addWidget(take, 2, at)
            sides.setColumnStretch(at, 1)
        sides.setRowStretch(1, 1)
        column.addLayout(sides, 1)
        column.addSpacing(8)
        column.addWidget(self.both)
        row = QHBoxLayout()
        row.setSpacing(8)
        for choice in (self.as_variant, self.as_phrase):
            row.addWidget(choice)
        row.addStretch()
        column.addLayout(row)
