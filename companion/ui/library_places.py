"""The left side of the phrase window: everything, favourites, sets, teams, conflicts, the trash."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from companion.session.library import ALL, CLASHES, FAVOURITES, LOOSE, SET, TEAM, TRASH, Shelf
from companion.ui.library_rows import MIME
from companion.ui.listed import dragged
from companion.ui.lists_style import Index, paint_ground, paint_text
from companion.ui.style import Tokens, bold, small
from companion.ui.words import Words

PLACE = Qt.ItemDataRole.UserRole
_NO_PARENT = QModelIndex()
_PAD, _INDENT, _ROW = 8, 16, 32


@dataclass(frozen=True)
class Place:
    """A line on the left; ``key`` is empty for a heading. ``depth`` is 1 for a set in a set."""

    key: str
    title: str
    count: int = 0
    depth: int = 0

    @property
    def set(self) -> str:
        """The id of the set, empty for everything else."""
        return self.key.removeprefix(SET) if self.key.startswith(SET) else ""

    @property
    def takes(self) -> bool:
        """Whether phrases can be put there."""
        return self.key.startswith(SET) or self.key in (TRASH, FAVOURITES)


class PlaceModel(QAbstractListModel):
    """The places that there are."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.places: list[Place] = []

    def show(self, shelf: Shelf) -> None:
        """List the places of a shelf."""
        say = self._words.say
        loose = sum(not row.parent for row in shelf.rows)
        stars = sum(row.favourite for row in shelf.rows)
        found = [Place(ALL, say("library.all"), len(shelf.rows))]
        found.append(Place(FAVOURITES, say("library.favourites"), stars))
        found.append(Place("", say("library.sets")))
        found += [
            Place(SET + group.id, group.title, group.count, bool(group.parent))
            for group in shelf.groups
        ]
        if loose or not shelf.groups:
            found.append(Place(LOOSE, say("library.loose"), loose))
        if shelf.teams:
            found.append(Place("", say("library.teams")))
            found += [Place(TEAM + team.id, team.title, team.count) for team in shelf.teams]
        found.append(Place("", say("library.aside")))
        found.append(Place(CLASHES, say("library.clashes"), len(shelf.clashes)))
        found.append(Place(TRASH, say("library.trash"), len(shelf.trash)))
        if found != self.places:
            self.beginResetModel()
            self.places = found
            self.endResetModel()

    def row(self, key: str) -> int:
        """The row of a place, -1 where it is not there."""
        keys = [place.key for place in self.places]
        return keys.index(key) if key and key in keys else -1

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.places)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        place = self.places[index.row()]
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen if place.key else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the place for the delegate, and what a screen reader says."""
        place = self.places[index.row()]
        if role == PLACE:
            return place
        if role == Qt.ItemDataRole.DisplayRole:
            return place.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._words.say("library.place", title=place.title, count=place.count)
        return None


class PlaceDelegate(QStyledItemDelegate):
    """Paints a place: its title, and how much is there."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.tokens = tokens
        self.target = -1
        """The row that something is dragged over."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the font needs."""
        return QSize(0, max(_ROW, option.fontMetrics.height() + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        place = index.data(PLACE)
        if not isinstance(place, Place):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, tokens = option.rect.adjusted(0, 1, -1, -1), self.tokens
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        target = index.row() == self.target
        if selected or target:
            paint_ground(painter, area, tokens.wash, tokens.accent if target else "")
        inner = area.adjusted(_PAD + _INDENT * place.depth, 0, -_PAD, 0)
        little = small(option.font)
        if not place.key:
            paint_text(painter, inner.adjusted(0, 6, 0, 0), little, tokens.soft, place.title)
            painter.restore()
            return
        count = str(place.count) if place.count else ""
        room = QFontMetrics(little).horizontalAdvance(count)
        waits = place.key == CLASHES and place.count
        number = QRect(inner.right() - room, inner.top(), room + 1, inner.height())
        paint_text(painter, number, little, tokens.amber if waits else tokens.soft, count)
        title = inner.adjusted(0, 0, -room - _PAD, 0)
        font = bold(option.font) if selected else option.font
        paint_text(painter, title, font, tokens.accent if selected else tokens.ink, place.title)
        painter.restore()


class PlaceView(QListView):
    """The places; phrases can be dropped on those that take them."""

    entered = Signal(str)
    removed = Signal()
    named = Signal()
    """The current set is to be deleted; to get another name."""
    dropped = Signal(str, list)
    """The key of a place, and the ids of what was dropped there."""
    nudged = Signal(int, int)
    """The current set is to go up (-1) or down, and out of (-1) or into another set."""

    def __init__(self, model: PlaceModel, delegate: PlaceDelegate) -> None:
        super().__init__()
        self._places, self._delegate = model, delegate
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def current(self) -> Place | None:
        """The chosen place."""
        place = self.currentIndex().data(PLACE)
        return place if isinstance(place, Place) else None

    def choose(self, key: str) -> None:
        """Choose a place; everything where it is not there."""
        row = self._places.row(key)
        self.setCurrentIndex(self._places.index(max(row, 0), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move a set, Enter goes on to its phrases, Del and F2 mean the set."""
        steps = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        key, place = Qt.Key(event.key()), self.current()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in steps:
            self.nudged.emit(*steps[key])
        elif key == Qt.Key.Key_Delete:
            self.removed.emit()
        elif key == Qt.Key.Key_F2:
            self.named.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and place is not None:
            self.entered.emit(place.key)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Phrases may come in."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Mark the place that would take them."""
        place = self._under(event.position().toPoint())
        if place is not None and place.takes and event.mimeData().hasFormat(MIME):
            self._mark(self._places.row(place.key))
            event.acceptProposedAction()
        else:
            self._mark(-1)
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is dragged here any more."""
        self._mark(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dropped where."""
        self._mark(-1)
        place = self._under(event.position().toPoint())
        if place is not None and place.takes and event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            self.dropped.emit(place.key, dragged(event.mimeData(), MIME))

    def _under(self, at: QPoint) -> Place | None:
        place = self.indexAt(at).data(PLACE)
        return place if isinstance(place, Place) else None

    def _mark(self, row: int) -> None:
        if row != self._delegate.target:
            self._delegate.target = row
            self.viewport().update()
