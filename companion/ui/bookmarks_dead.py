"""The window for addresses that are not fine: a new one is taken over, what is gone is deleted."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from companion.session.bookmark_checks import GONE, MOVED, Checked, Spot, Verdict
from companion.ui.bookmarks_checks import Checks, path_of
from companion.ui.bookmarks_line import apart
from companion.ui.parts import button, label
from companion.ui.style import Tokens
from companion.ui.window import scrolling
from companion.ui.words import Words


class Dead(Checks[Verdict]):
    """Addresses that are not fine; before any is asked for, it says so."""

    begun = Signal()
    """The network is to be asked."""
    open_wanted = Signal(list)

    def __init__(self, words: Words, tokens: Tokens) -> None:
        say = words.say
        super().__init__(words, tokens, say("marks.dead.title"), say("marks.dead.list"))
        self._searching = say("marks.dead.searching")
        self._checked = Checked((), 0, 0)
        self.what = label("", "heading", wrap=True)
        self.name = label("", wrap=True)
        self.address = label("", "soft", wrap=True)
        self.to = label("", "notice", wrap=True)
        self.begin = button(f"{say('marks.dead.go')}  Enter", "primary", self.begun.emit)
        self.later = button(say("editor.cancel"), "", self.close)
        self.all = button(say("marks.dead.all"), "", self._readdress_all)
        self.visit = button(say("marks.act.open"), "", self._visit)
        self.use = button(f"{say('marks.dead.use')}  Enter", "primary", self._readdress)
        self.drop = button(f"{say('marks.act.trash')}  Del", "", self._trash)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for one in (self.visit, self.drop):
            row.addWidget(one)
        row.addStretch()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.what, self.name, self.address, self.to, beside):
            column.addWidget(part)
        column.addStretch()
        acts = (self.all, self.skip, self.use)
        self._lay_out(
            self.items,
            ((scrolling(page), 1),),
            self.undo,
            *acts,
            self.later,
            self.begin,
        )
        self.forget()

    def ask(self, count: int) -> None:
        """Say how many addresses would be asked for, and wait for a yes."""
        say = self._words.say
        if count:
            self.say(say("marks.dead.ask", count=count), say("marks.dead.why"))
            self.close_it.hide()
            self.later.show()
            self.begin.show()
            self.begin.setFocus()
        else:
            self.say(say("marks.dead.nothing"))

    def show_checked(self, checked: Checked) -> None:
        """List what was found."""
        self._checked = checked
        self._begin(checked.verdicts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the new address, Del puts into the trash."""
        key, item = event.key(), self.item
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item and item.kind == MOVED:
            self._readdress()
        elif key == Qt.Key.Key_Delete and item:
            self._trash()
        else:
            super().keyPressEvent(event)

    def _line(self, item: Verdict) -> str:
        name = apart(item.spots[0].node.name)
        return f"{name}\n{self._words.say(f'marks.dead.{item.kind}')}"

    def _show_item(self) -> None:
        item, say = self.item, self._words.say
        if item is None:
            return
        self.what.setText(say(f"marks.dead.{item.kind}.what"))
        self.name.setText("\n".join(self._named(spot) for spot in item.spots))
        self.address.setText(broken(item.url))
        self.to.setText(say("marks.dead.to", to=broken(item.to)) if item.to else "")
        self.to.setVisible(bool(item.to))
        if self.items.isVisible():
            self._offer()

    def _sum(self) -> tuple[str, str]:
        checked, count, say = self._checked, len(self.found), self._words.say
        heading = say("marks.dead.found", count=count) if count else say("marks.dead.none")
        facts = {"done": checked.done, "of": checked.of}
        stopped = say("marks.dead.part", **facts) if checked.done < checked.of else ""
        return heading, stopped

    def _buttons(self) -> Sequence[QPushButton]:
        return (self.all, self.visit, self.drop, self.use)

    def _page(self, searching: bool) -> None:
        super()._page(searching)
        for one in (self.later, self.begin):
            one.hide()
        if self._listed() and not searching:
            self._offer()

    def _offer(self) -> None:
        """Offer what fits to what is chosen."""
        item = self.item
        moved = item is not None and item.kind == MOVED and bool(item.to)
        self.use.setVisible(moved)
        self.visit.setVisible(item is not None and item.kind != GONE)
        self.all.setVisible(sum(one.kind == MOVED for one in self.found) > 1)

    def _named(self, spot: Spot) -> str:
        path = path_of(self._words, spot)
        return f"{apart(spot.node.name)}  ·  {path}"

    def _readdress(self) -> None:
        if self.item is not None and self.item.to:
            self._move([self.item])

    def _readdress_all(self) -> None:
        self._move([one for one in self.found if one.kind == MOVED and one.to])

    def _move(self, gone: list[Verdict]) -> None:
        moves = [(spot.node.id, spot.node.url, one.to) for one in gone for spot in one.spots]
        self._settle(gone, "readdress", {"moves": moves})

    def _trash(self) -> None:
        item = self.item
        if item is not None:
            self._settle([item], "drop", {"ids": [spot.node.id for spot in item.spots]})

    def _visit(self) -> None:
        if self.item is not None:
            self.open_wanted.emit([self.item.spots[0].node])


def broken(url: str) -> str:
    """An address that a line may break behind each of its parts."""
    parted = url
    for sign in "/?&=-":
        parted = parted.replace(sign, f"{sign}\u200b")
    return apart(parted)
