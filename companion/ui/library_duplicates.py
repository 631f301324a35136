"""The window for phrases that say the same: group by group, the agent says which of them stay."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from companion.phrases.differences import Piece, differences
from companion.phrases.duplicates import Alike
from companion.phrases.search import Entry
from companion.ui.library_preview import Outgoing
from companion.ui.library_ticks import TickDelegate
from companion.ui.lists_style import dress
from companion.ui.parts import button, grown, label
from companion.ui.style import Tokens
from companion.ui.words import Words

# Longer texts are shown without marks: to compare them would hold up the window.
_MOST_MARKED = 400
_SIZE = (780, 520)
_HELD = Qt.ItemDataRole.UserRole


class Duplicates(QWidget):
    """Groups at the left, the phrases of one at the right; what is ticked stays."""

    merged = Signal(list)
    """Pairs of the phrase to keep and those to merge into it, by their ids."""
    stopped = Signal()
    undo_wanted = Signal()

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(words.say("library.dup.title"))
        dress(self, tokens)
        self._words = words
        say = words.say
        self.heading = label("", "heading", wrap=True)
        self.text = label("", "soft", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = button(say("library.dup.stop"), "plain", self.stopped.emit)
        self.groups, self.entries = _list(say("library.dup.groups")), _list(say("library.phrases"))
        self._ticks = TickDelegate(tokens)
        self.entries.setItemDelegate(self._ticks)
        self.shown = Outgoing(tokens, say("editor.body"))
        self.why = label(say("library.dup.why"), "soft", wrap=True)
        self.merge = button(say("library.dup.merge"), "primary", self._merge)
        self.skip = button(say("library.dup.skip"), "", self._skip)
        self.close_it = button(say("leaving.close"), "primary", self.close)
        self.merge_all = button(say("library.dup.all"), "", self._merge_all)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self.groups.currentItemChanged.connect(lambda *_: self._show_group())
        self.entries.currentItemChanged.connect(lambda *_: self._show_entry())
        self.entries.itemChanged.connect(lambda _item: self._ticked())
        QShortcut(QKeySequence("Ctrl+Z"), self, self.undo_wanted.emit)

    # ---- showing

    def show_search(self, done: int, of: int) -> None:
        """Say how far the search is."""
        self.heading.setText(self._words.say("library.dup.searching"))
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self._page(searching=True)

    def show_groups(self, found: Sequence[Alike]) -> None:
        """List what was found."""
        self.groups.clear()
        for group in found:
            self._add(group)
        self._count()
        self.groups.setCurrentRow(0)
        self.groups.setFocus()

    def say(self, heading: str, text: str = "") -> None:
        """Say this in place of the groups."""
        self.groups.clear()
        self.heading.setText(heading)
        self.text.setText(text)
        self._page(searching=False)

    def forget(self) -> None:
        """Hold nothing of what was shown."""
        self.say("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter merges the group, Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.merge.isEnabled():
            self._merge()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A search that runs is stopped."""
        self.stopped.emit()
        super().closeEvent(event)
        self.forget()

    # ---- inside

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
        groups = not searching and self.groups.count() > 0
        for part in (self.bar, self.stop):
            part.setVisible(searching)
        self.text.setVisible(bool(self.text.text()) and not searching)
        self._split.setVisible(groups)
        self.close_it.setVisible(not groups and not searching)
        for one in (self.merge, self.skip):
            one.setVisible(groups)
        if not groups:
            (self.stop if searching else self.close_it).setFocus()
        held = (self.groups.item(row).data(_HELD) for row in range(self.groups.count()))
        self.merge_all.setVisible(groups and any(group.same for group in held))

    def _lay_out(self) -> None:
        self.groups.setMinimumWidth(grown(self, 180))
        right = QWidget()
        right.setMinimumWidth(grown(self, 320))
        column = QVBoxLayout(right)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.why)
        column.addWidget(self.entries, 2)
        column.addWidget(self.shown, 3)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.groups)
        self._split.addWidget(right)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([grown(self, 240), grown(self, 480)])
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.stop)
        row.addWidget(self.merge_all)
        row.addStretch()
        row.addWidget(self.skip)
        row.addWidget(self.merge)
        row.addWidget(self.close_it)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(24, 16, 24, 16)
        outside.setSpacing(12)
        for part in (self.heading, self.text, self.bar):
            outside.addWidget(part)
        outside.addWidget(self._split, 1)
        outside.addStretch(0)
        outside.addLayout(row)
        room = self.screen().availableGeometry()
        width, height = grown(self, _SIZE[0]), grown(self, _SIZE[1])
        self.resize(min(width, room.width()), min(height, room.height() - 40))


def _list(name: str) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made
