"""A list of records: several can be chosen, and dragged as a small card to where they may go."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QMimeData,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragLeaveEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QListView

from companion.ui.lists_style import Index, as_list, paint_ground, paint_text
from companion.ui.style import Tokens, bold
from companion.ui.words import Words

_NO_PARENT = QModelIndex()
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home)
_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class HasId(Protocol):
    """A line of a list."""

    @property
    def id(self) -> str:
        """The id of its record."""


_L = TypeVar("_L", bound=HasId)


class ListedModel(QAbstractListModel, Generic[_L]):
    """The lines of a list."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.rows: list[_L] = []
        self.movable = self.ordered = False
        """Whether they can be dragged, and be put in another order."""

    def show(self, rows: list[_L]) -> bool:
        """List these lines; whether other ones are listed now, or in another order."""
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All can be chosen, the agent's own dragged."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsDragEnabled if self.movable else found


class ListedView(QListView, Generic[_L]):
    """The lines; ``mime`` is what a drag of them is called."""

    nudged = Signal(int)
    """What is chosen is to go up (-1) or down."""
    entered = Signal()
    removed = Signal()
    named = Signal()
    """What is chosen is to be deleted; to get another title."""
    reached = Signal()
    """The focus came by a key."""
    chosen_changed = Signal()

    def __init__(
        self, model: ListedModel[_L], words: Words, tokens: Tokens, mime: str, name: str
    ) -> None:
        super().__init__()
        self._rows, self._words, self._tokens, self._mime = model, words, tokens, mime
        self._line = -1
        self._chosen: list[_L] | None = None
        self.setModel(model)
        as_list(self, name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.selectionModel().selectionChanged.connect(lambda *_: self._choice_changed())
        model.modelReset.connect(self._forget_choice)
        model.dataChanged.connect(lambda *_: self._forget_choice())

    # ---- choosing

    def chosen(self) -> list[_L]:
        """The lines that are chosen, in their order."""
        if self._chosen is None:
            selection = self.selectionModel().selection()
            parts = [selection.at(number) for number in range(selection.size())]
            numbers = sorted(n for part in parts for n in range(part.top(), part.bottom() + 1))
            self._chosen = [self._rows.rows[number] for number in numbers]
        return self._chosen

    def choose(self, ids: Sequence[str]) -> bool:
        """Choose these lines, the first one current; false where none of them is listed."""
        wanted = set(ids)
        numbers = [number for number, row in enumerate(self._rows.rows) if row.id in wanted]
        selection = QItemSelection()
        begin = 0
        for at, number in enumerate(numbers):
            # Neighbours are one range: hundreds of them would be slow.
            if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
                ends = self._rows.index(numbers[begin], 0), self._rows.index(number, 0)
                selection.append(QItemSelectionRange(*ends))
                begin = at + 1
        model = self.selectionModel()
        if numbers:
            first = next((n for n in numbers if self._rows.rows[n].id == ids[0]), numbers[0])
            model.setCurrentIndex(
                self._rows.index(first, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        return bool(numbers)

    def choose_current(self) -> None:
        """Choose the current line where none is chosen, the first where there is none."""
        if self._rows.rows and not self.chosen():
            self.choose([self._rows.rows[max(0, self.currentIndex().row())].id])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by a key is on a line."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEY:
            self.reached.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow put what is chosen one further, Enter goes on to what it holds."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in steps:
            self.nudged.emit(steps[key])
        elif key == Qt.Key.Key_Delete:
            self.removed.emit()
        elif key == Qt.Key.Key_F2:
            self.named.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key in _MOVES and not self.chosen():
            # Qt would go on from the current line, which nobody has seen yet.
            self.choose_current()
        else:
            super().keyPressEvent(event)

    def _choice_changed(self) -> None:
        self._forget_choice()
        self.chosen_changed.emit()

    def _forget_choice(self) -> None:
        self._chosen = None

    # ---- dragging

    def mime(self) -> QMimeData:
        """What is chosen, as it is dragged: by its ids only."""
        data = QMimeData()
        data.setData(self._mime, "\n".join(row.id for row in self.chosen()).encode())
        return data

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag what is chosen, as a small card that says how many they are."""
        if not self._rows.movable:
            return
        drag = QDrag(self)
        drag.setMimeData(self.mime())
        drag.setPixmap(self._card(len(self.chosen())))
        drag.setHotSpot(QPoint(-12, -4))
        drag.exec(Qt.DropAction.MoveAction)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is dragged here any more."""
        super().dragLeaveEvent(event)
        self._mark(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, and where a dragged one would stand."""
        super().paintEvent(event)
        if self._line >= 0:
            painter = QPainter(self.viewport())
            painter.fillRect(self._gap_line(), QColor(self._tokens.accent))
            painter.end()

    def _dropped_here(self) -> None:
        """End a drag that Qt takes for one of its own."""
        self._mark(-1)
        self.stopAutoScroll()
        self.setState(QAbstractItemView.State.NoState)

    def _gap(self, at: QPoint) -> int:
        """The gap between lines that a point is nearest to: 0 in front of all."""
        index = self.indexAt(at)
        if not index.isValid():
            return len(self._rows.rows)
        return index.row() + (at.y() > self.visualRect(index).center().y())

    def _gap_line(self) -> QRect:
        count = len(self._rows.rows)
        last = self.visualRect(self._rows.index(min(self._line, count - 1), 0))
        y = last.bottom() + 1 if self._line == count else last.top()
        return QRect(8, max(0, min(y - 1, self.viewport().height() - 2)), last.width() - 16, 2)

    def _mark(self, gap: int) -> None:
        if gap != self._line:
            self._line = gap
            self.viewport().update()

    def _card(self, count: int) -> QPixmap:
        text, font = self._words.say("library.dragged", count=count), bold(self.font())
        metrics, ratio = QFontMetrics(font), self.devicePixelRatioF()
        size = QSize(metrics.horizontalAdvance(text) + 24, metrics.height() + 12)
        card = QPixmap(size * ratio)
        card.setDevicePixelRatio(ratio)
        card.fill(Qt.GlobalColor.transparent)
        painter = QPainter(card)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(QPoint(), size)
        paint_ground(painter, area.adjusted(0, 0, -1, -1), self._tokens.accent)
        inner = area.adjusted(12, 0, 0, 0)
        paint_text(painter, inner, font, self._tokens.on_accent, text)
        painter.end()
        return card


def dragged(data: QMimeData, mime: str) -> list[str]:
    """The ids of what is dragged under this name."""
    return bytes(data.data(mime).data()).decode("utf-8", "replace").split()
