"""The windows for double and dead links: one by one, the agent says what becomes of them."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QPushButton, QWidget

from companion.session.bookmark_checks import GONE, MOVED, Checked, Spot, Verdict
from companion.ui.bookmarks_line import apart
from companion.ui.finding import Finding, listing
from companion.ui.parts import button, label
from companion.ui.style import Tokens
from companion.ui.words import Words

_I = TypeVar("_I")


class Checks(Finding, Generic[_I]):
    """What was found at the left, one of it at the right; what is settled leaves the list."""

    acted = Signal(str, dict)
    """An act of session.bookmark_edits by its name, with what it is to be done to."""

    def __init__(self, words: Words, tokens: Tokens, title: str, names: str) -> None:
        super().__init__(words, tokens, title)
        self.found: list[_I] = []
        self._before: list[tuple[list[_I], int]] = []
        self.items = listing(names)
        self.items.currentRowChanged.connect(lambda _row: self._show_item())
        self.undo = button(f"{words.say('library.undo')}  Ctrl Z", "link", self.undo_wanted.emit)
        self.undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.skip = button(words.say("library.dup.skip"), "", self._skip)

    @property
    def item(self) -> _I | None:
        """What is chosen at the left."""
        row = self.items.currentRow()
        return self.found[row] if 0 <= row < len(self.found) else None

    def take_back(self) -> None:
        """What was settled last is there again."""
        if self._before:
            found, row = self._before.pop()
            self._list(found, row)

    # ---- what each window has of its own

    def _line(self, item: _I) -> str:
        """What stands at the left."""
        raise NotImplementedError

    def _show_item(self) -> None:
        """Show at the right what is chosen."""
        raise NotImplementedError

    def _sum(self) -> tuple[str, str]:
        """What is said of all that is left, and in small print."""
        raise NotImplementedError

    def _buttons(self) -> Sequence[QPushButton]:
        """What can be done with what is chosen."""
        raise NotImplementedError

    # ---- for both

    def _begin(self, found: Sequence[_I]) -> None:
        self._before.clear()
        self._list(list(found), 0)

    def _list(self, found: list[_I], row: int) -> None:
        self.found = found
        self.items.blockSignals(True)
        self.items.clear()
        for item in found:
            self.items.addItem(QListWidgetItem(self._line(item)))
        self.items.blockSignals(False)
        self.items.setCurrentRow(min(row, len(found) - 1))
        self._show_item()
        heading, text = self._sum()
        self.heading.setText(heading)
        self.text.setText(text)
        self._page(searching=False)
        if found:
            self.items.setFocus()

    def _settle(self, gone: Sequence[_I], name: str, facts: dict[str, Any]) -> None:
        """Have an act done, and list no more what it settles."""
        self._before.append((self.found, max(0, self.items.currentRow())))
        self.acted.emit(name, facts)
        self._list([item for item in self.found if item not in gone], self._before[-1][1])

    def _skip(self) -> None:
        item = self.item
        if item is not None:
            rest = [one for one in self.found if one is not item]
            self._list(rest, self.items.currentRow())

    def _empty(self) -> None:
        self.found = []
        self._before.clear()
        self.items.clear()

    def _listed(self) -> bool:
        return bool(self.found)

    def _page(self, searching: bool) -> None:
        super()._page(searching)
        for one in (self.skip, *self._buttons()):
            one.setVisible(self._listed() and not searching)
        self.undo.setVisible(bool(self._before) and not searching)


class Doubles(Checks[tuple[Spot, ...]]):
    """Groups of bookmarks with one address; one of each stays."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        say = words.say
        super().__init__(words, tokens, say("marks.dup.title"), say("library.dup.groups"))
        self._searching = say("marks.dup.searching")
        self.why = label(say("marks.dup.why"), "soft", wrap=True)
        self.entries = listing(say("marks.tree"))
        self.keep = button(say("marks.dup.keep"), "primary", self._keep)
        self.entries.itemActivated.connect(lambda _item: self._keep())
        right = ((self.why, 0), (self.entries, 1))
        self._lay_out(self.items, right, self.undo, self.skip, self.keep)
        self.forget()

    def show_groups(self, found: Sequence[tuple[Spot, ...]]) -> None:
        """List what was found."""
        self._begin(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps the chosen one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.found:
            self._keep()
        else:
            super().keyPressEvent(event)

    def _line(self, item: tuple[Spot, ...]) -> str:
        count = self._words.say("marks.dup.times", count=len(item))
        return f"{apart(item[0].node.name)}\n{count}"

    def _show_item(self) -> None:
        self.entries.clear()
        for spot in self.item or ():
            path = _path(self._words, spot)
            said = (apart(spot.node.name), apart(spot.node.url), path)
            self.entries.addItem("\n".join(filter(None, said)))
        self.entries.setCurrentRow(0)

    def _sum(self) -> tuple[str, str]:
        count, say = len(self.found), self._words.say
        return say("marks.dup.found", count=count) if count else say("marks.dup.none"), ""

    def _buttons(self) -> Sequence[QPushButton]:
        return (self.keep,)

    def _keep(self) -> None:
        group, row = self.item, self.entries.currentRow()
        if group is not None and 0 <= row < len(group):
            others = [spot.node.id for at, spot in enumerate(group) if at != row]
            self._settle([group], "keep_one", {"keep": group[row].node.id, "others": others})


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
        texts = ((self.what, 0), (self.name, 0), (self.address, 0), (self.to, 0))
        acts = (self.all, self.skip, self.use)
        self._lay_out(
            self.items,
            (*texts, (beside, 0), (label(""), 1)),
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
        path = _path(self._words, spot)
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


def _path(words: Words, spot: Spot) -> str:
    return " / ".join(map(apart, spot.path)) or words.say("marks.loose")
