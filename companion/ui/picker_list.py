"""The list of hits in the picker: which are shown, which is selected, and who is told of it."""

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QListView

from companion.phrases.search import Entry, Hit
from companion.ui.hit_list import HitModel, Index
from companion.ui.picker_sections import SectionDelegate
from companion.ui.style import Tokens
from companion.ui.words import Words


class HitList(QListView):
    """Never has the focus: the search line keeps it, and the keys come from there."""

    selected = Signal()
    """Another entry is selected, or the same has changed."""
    picked = Signal(bool)
    """The selected entry was clicked; true with Ctrl held."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        signs = ("bookmark", "opening", "favourite")
        # The first of a scope's names is what a screen reader says for the sign.
        self.hits = HitModel({sign: words.say(f"scope.{sign}").split()[0] for sign in signs})
        self._marks: dict[str, bool] = {}
        """Favourites as they were just marked; the index tells of them a moment later."""
        self._before: dict[str, Entry] = {}
        """What was found when it was last asked for, in order."""
        self.setAccessibleName(words.say("picker.hits"))
        self.setModel(self.hits)
        self.setItemDelegate(SectionDelegate(tokens, words))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._clicked)

    def show_hits(
        self, query: str, hits: list[Hit], keep: str = "", in_place: bool = False
    ) -> None:
        """List hits and select the first, or the one whose id is to be kept.

        With ``in_place`` those of before keep their order, whatever was used since.
        """
        shown = [self._marked(hit) for hit in hits]
        if in_place:
            shown = self._as_before(shown)
        else:
            self._before = {hit.entry.id: hit.entry for hit in shown}
        self.hits.show(query, shown)
        ids = [hit.entry.id for hit in shown] if keep else []
        self.go(ids.index(keep) if keep in ids else 0)
        if not shown:
            self.selected.emit()

    def current(self) -> Entry | None:
        """The selected entry."""
        return self.hits.entry(self.currentIndex().row())

    def current_id(self) -> str:
        """The id of the selected entry, empty where there is none."""
        entry = self.current()
        return entry.id if entry is not None else ""

    def go(self, row: int) -> None:
        """Select a row, or the one at the end that lies beyond it."""
        row = max(0, min(row, self.hits.rowCount() - 1))
        self.setCurrentIndex(self.hits.index(row, 0))

    def place(self) -> QPoint:
        """Where the selected row is, on the screen."""
        return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())

    def mark(self, hits: list[Hit]) -> bool:
        """Turn the favourite mark of the selected entry over, and list the hits with it."""
        entry = self.current()
        if entry is None:
            return False
        self._marks[entry.id] = not entry.favourite
        self.show_hits(self.hits.query, hits, entry.id)
        return not entry.favourite

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell who shows it, and the screen reader, to which the search line has the focus."""
        super().currentChanged(current, previous)
        if not current.isValid():
            return
        self.selected.emit()
        if QAccessible.isActive():
            told = QAccessibleEvent(self, QAccessible.Event.Focus)
            told.setChild(current.row())
            QAccessible.updateAccessibility(told)

    def _as_before(self, hits: list[Hit]) -> list[Hit]:
        places = {id: place for place, id in enumerate(self._before)}
        ordered = sorted(hits, key=lambda hit: places.get(hit.entry.id, len(places)))
        return [self._as_used_before(hit) for hit in ordered]

    def _as_used_before(self, hit: Hit) -> Hit:
        # The words above the rows go by the uses that the order is of.
        before = self._before.get(hit.entry.id, hit.entry)
        entry = replace(hit.entry, uses=before.uses, used_at=before.used_at)
        return replace(hit, entry=entry)

    def _marked(self, hit: Hit) -> Hit:
        mark = self._marks.get(hit.entry.id)
        if mark is None or mark == hit.entry.favourite:
            self._marks.pop(hit.entry.id, None)
            return hit
        return replace(hit, entry=replace(hit.entry, favourite=mark))

    def _clicked(self, index: Index) -> None:
        held = QGuiApplication.keyboardModifiers()
        self.picked.emit(bool(held & Qt.KeyboardModifier.ControlModifier))
