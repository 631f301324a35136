"""The window for phrases that say the same: group by group, the agent says which of them stay."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidgetItem

from companion.phrases.differences import Piece, differences
from companion.phrases.duplicates import Alike
from companion.phrases.search import Entry
from companion.ui.finding import Finding, listing
from companion.ui.library_preview import Outgoing
from companion.ui.library_ticks import TickDelegate
from companion.ui.parts import button, label
from companion.ui.style import Tokens
from companion.ui.words import Words

# Longer texts are shown without marks: to compare them would hold up the window.
_MOST_MARKED = 400
_HELD = Qt.ItemDataRole.UserRole


class Duplicates(Finding):
    """Groups at the left, the phrases of one at the right; what is ticked stays."""

    merged = Signal(list)
    """Pairs of the phrase to keep and those to merge into it, by their ids."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        say = words.say
        super().__init__(words, tokens, say("library.dup.title"))
        self._searching = say("library.dup.searching")
        self.groups = listing(say("library.dup.groups"))
        self.entries = listing(say("library.phrases"))
        self._ticks = TickDelegate(tokens)
        self.entries.setItemDelegate(self._ticks)
        self.shown = Outgoing(tokens, say("editor.body"))
        self.why = label(say("library.dup.why"), "soft", wrap=True)
        self.merge = button(say("library.dup.merge"), "primary", self._merge)
        self.skip = button(say("library.dup.skip"), "", self._skip)
        self.merge_all = button(say("library.dup.all"), "", self._merge_all)
        right = ((self.why, 0), (self.entries, 2), (self.shown, 3))
        self._lay_out(self.groups, right, self.merge_all, self.skip, self.merge)
        self.groups.currentItemChanged.connect(lambda *_: self._show_group())
        self.entries.currentItemChanged.connect(lambda *_: self._show_entry())
        self.entries.itemChanged.connect(lambda _item: self._ticked())

    # ---- showing

    def show_groups(self, found: Sequence[Alike]) -> None:
        """List what was found."""
        self.groups.clear()
        for group in found:
            self._add(group)
        self._count()
        self.groups.setCurrentRow(0)
        self.groups.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter merges the group."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.merge.isEnabled():
            self._merge()
        else:
            super().keyPressEvent(event)

    # ---- inside

    def _empty(self) -> None:
        self.groups.clear()

    def _listed(self) -> bool:
        return self.groups.count() > 0

    def _add(self, group: Alike) -> None:
        key = "library.dup.same" if group.same else "library.dup.near"
        first = group.entries[0]
        many = self._words.say(key, count=len(group.entries))
        item = QListWidgetItem(f"{first.title or first.body[:40]}\n{many}")
        item.setData(_HELD, group)
        self.groups.addItem(item)

    def _count(self) -> None:
        say, count = self._words.say, self.groups.count()
        self.heading.setText(say("library.dup.found", count=count) if count else "")
        if not count:
            self.heading.setText(say("library.dup.none"))
        self.text.setText("")
        self._page(searching=False)

    def _group(self) -> Alike | None:
        item = self.groups.currentItem()
        found = item.data(_HELD) if item is not None else None
        return found if isinstance(found, Alike) else None

    def _show_group(self) -> None:
        group = self._group()
        self.entries.blockSignals(True)
        self.entries.clear()
        for at, entry in enumerate(group.entries if group is not None else ()):
            item = QListWidgetItem(self._line(entry))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if at else Qt.CheckState.Checked)
            item.setData(_HELD, entry)
            self.entries.addItem(item)
        self.entries.blockSignals(False)
        # The second one first: how it differs from the one to keep is what there is to see.
        self.entries.setCurrentRow(1)
        self._ticked()

    def _line(self, entry: Entry) -> str:
        uses = self._words.say("picker.uses", count=entry.uses) if entry.uses else ""
        star = "★" if entry.favourite else ""
        facts = (entry.title, star, entry.set, entry.abbr, " ".join(entry.tags), uses)
        return " · ".join(filter(None, facts))

    def _show_entry(self) -> None:
        item, group = self.entries.currentItem(), self._group()
        entry = item.data(_HELD) if item is not None else None
        if not isinstance(entry, Entry) or group is None:
            self.shown.show_pieces([])
            return
        kept = next(iter(self._split_up()[0]), entry)
        if kept is entry or max(len(kept.body), len(entry.body)) > _MOST_MARKED:
            self.shown.show_pieces([Piece(entry.body, False)])
        else:
            self.shown.show_pieces(differences(kept.body, entry.body)[1])

    def _split_up(self) -> tuple[list[Entry], list[Entry]]:
        """What is ticked, and the rest."""
        sides: tuple[list[Entry], list[Entry]] = ([], [])
        for row in range(self.entries.count()):
            item = self.entries.item(row)
            sides[item.checkState() != Qt.CheckState.Checked].append(item.data(_HELD))
        return sides

    def _ticked(self) -> None:
        kept, rest = self._split_up()
        self.merge.setEnabled(bool(kept and rest))
        self._show_entry()

    def _merge(self) -> None:
        kept, rest = self._split_up()
        if kept and rest:
            self.merged.emit([(kept[0].id, [entry.id for entry in rest])])
            self._drop({entry.id for entry in rest}, self._group())

    def _merge_all(self) -> None:
        groups = [self.groups.item(row).data(_HELD) for row in range(self.groups.count())]
        pairs = [
            (group.entries[0].id, [entry.id for entry in group.entries[1:]])
            for group in groups
            if group.same
        ]
        if pairs:
            self.merged.emit(pairs)
            self._drop({id for _, ids in pairs for id in ids}, None)

    def _drop(self, gone: set[str], settled: Alike | None) -> None:
        """Take out phrases that are gone, a group that is settled, and those that are none now."""
        left = [self.groups.item(row).data(_HELD) for row in range(self.groups.count())]
        at, rest = self.groups.currentRow(), []
        for group in left:
            entries = tuple(entry for entry in group.entries if entry.id not in gone)
            if len(entries) > 1 and group != settled:
                rest.append(Alike(entries, group.same))
        self.show_groups(rest)
        self.groups.setCurrentRow(max(0, min(at, len(rest) - 1)))

    def _skip(self) -> None:
        self.groups.takeItem(self.groups.currentRow())
        self._count()

    def _page(self, searching: bool) -> None:
        super()._page(searching)
        groups = not searching and self._listed()
        for one in (self.merge, self.skip):
            one.setVisible(groups)
        held = (self.groups.item(row).data(_HELD) for row in range(self.groups.count()))
        self.merge_all.setVisible(groups and any(group.same for group in held))
