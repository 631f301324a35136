"""The tree of the bookmark window as one list of lines: to choose, to open folders, to drag."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)

from companion.session.bookmark_tree import Line, Place, landing
from companion.ui.bookmarks_line import LINE, LineDelegate
from companion.ui.bookmarks_links import links_in
from companion.ui.listed import ListedModel, ListedView, dragged
from companion.ui.lists_style import Index
from companion.ui.parts import hint_of
from companion.ui.style import Tokens
from companion.ui.words import Words

MIME = "application/x-companion-bookmarks"
"""The ids of bookmarks and folders that are dragged, a line each."""
# Whoever holds something over a closed folder for so long wants to see into it.
_HOLD_MS = 600
_COPY, _CUT, _PASTE = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
)


class LineModel(ListedModel[Line]):
    """The lines that are seen."""

    def __init__(self, words: Words, delegate: LineDelegate) -> None:
        super().__init__(words)
        self._delegate = delegate

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What cannot be changed cannot be dragged either."""
        found = super().flags(index)
        ours = self.rows[index.row()].node.ours
        return found if ours else found & ~Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the line for the delegate, and what a screen reader says."""
        line = self.rows[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return self._delegate.name_of(line.node)
        if role == Qt.ItemDataRole.ToolTipRole:
            return hint_of(line.node.url) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line)
        return None

    def _spoken(self, line: Line) -> str:
        node, name = line.node, self._delegate.name_of(line.node)
        if not node.holds:
            # Where it stands is seen too, of a hit in words and else by what stands above it.
            where = self._delegate.where(node.parent) if self._delegate.found else ""
            said = (name, node.url, *node.tags, where, self._delegate.warning(node))
            return " ".join(filter(None, said))
        key = "marks.spoken.open" if line.open else "marks.spoken.closed"
        facts = {"title": name, "count": node.count, "level": line.depth + 1}
        return self._words.say(key, **facts)


class TreeView(ListedView[Line]):
    """The lines; folders are opened and closed, and take what is dropped into them."""

    put = Signal(list, object)
    """Ids, and the Place they are to go to."""
    linked = Signal(list, object)
    """Links that came from outside, and the Place they are to go to."""
    toggled = Signal(str, bool)
    """A folder is to be opened, or closed."""
    nested = Signal(int)
    """What is chosen is to go out of its folder (-1), or into the one before it."""
    opened = Signal()
    """What is chosen is to be opened in the browser."""
    clipped = Signal(str)
    """What is chosen is to be copied or cut, or what was is to be pasted: copy, cut, paste."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        self.delegate = LineDelegate(words, tokens)
        self.model_of_lines = LineModel(words, self.delegate)
        super().__init__(self.model_of_lines, words, tokens, MIME, words.say("marks.tree"))
        self.setItemDelegate(self.delegate)
        self.takes: Callable[[Sequence[str], str], bool] = lambda _ids, _parent: False
        """Whether a folder may take what is dragged."""
        self._held, self._depth = "", 0
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(_HOLD_MS)
        self._hold.timeout.connect(lambda: self.toggled.emit(self._held, True))

    def line_at(self, at: QPoint) -> Line | None:
        """The line under a point of the viewport."""
        line = self.indexAt(at).data(LINE)
        return line if isinstance(line, Line) else None

    def current(self) -> Line | None:
        """The line that the keys are on."""
        line = self.currentIndex().data(LINE)
        return line if isinstance(line, Line) else None

    # ---- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right open and close folders, with Alt they put something out of and into one;
        the keys of the clipboard mean what is chosen.
        """
        sides = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key, line = Qt.Key(event.key()), self.current()
        clips = ((_COPY, "copy"), (_CUT, "cut"), (_PASTE, "paste"))
        clip = next((name for known, name in clips if event.matches(known)), "")
        if clip:
            self.clipped.emit(clip)
        elif key in sides and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.nested.emit(sides[key])
        elif key in sides and line is not None and not self.delegate.found:
            self._go_sideways(line, sides[key])
        elif key == Qt.Key.Key_Return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the arrow opens or closes a folder and chooses nothing."""
        at = event.position().toPoint()
        line = self.line_at(at)
        if line is not None and self._on_arrow(line, at):
            self.toggled.emit(line.id, not line.open)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens and closes a folder, and a bookmark in the browser."""
        at = event.position().toPoint()
        line = self.line_at(at)
        if line is not None and event.button() == Qt.MouseButton.LeftButton:
            if line.node.holds:
                self.toggled.emit(line.id, not line.open)
            else:
                self.opened.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        """What was held over a folder is gone when the pointer is."""
        if event.type() == QEvent.Type.Leave:
            self._hold.stop()
        return super().viewportEvent(event)

    # ---- dragging

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Our own lines may come in, and addresses from anywhere."""
        if self._may_come(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go; near an edge the list moves on."""
        at, data = event.position().toPoint(), event.mimeData()
        if not self._may_come(data):
            event.ignore()
            return
        super().dragMoveEvent(event)
        into = self._into(at)
        place = self._place(at)
        # What comes from outside has no ids, and every folder of the agent's own takes it.
        fits = self.takes(dragged(data, MIME), place.parent)
        self._show_target(into if fits else None, self._gap(at) if fits else -1)
        if fits:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is dragged here any more."""
        super().dragLeaveEvent(event)
        self._show_target(None, -1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say where it was let go."""
        at, data = event.position().toPoint(), event.mimeData()
        place, ids = self._place(at), dragged(data, MIME)
        # Qt would take the lines that were dragged out of the model.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._show_target(None, -1)
        self._dropped_here()
        if not self.takes(ids, place.parent):
            return
        if ids:
            self.put.emit(ids, place)
        elif links := links_in(data):
            self.linked.emit(links, place)

    # ---- inside

    def _may_come(self, data: QMimeData) -> bool:
        if data.hasFormat(MIME):
            return self._rows.ordered
        return self._rows.ordered and bool(links_in(data))

    def _on_arrow(self, line: Line, at: QPoint) -> bool:
        if not line.node.holds or self.delegate.found:
            return False
        area = self.visualRect(self.indexAt(at))
        return self.delegate.arrow(area, line.depth).contains(at)

    def _into(self, at: QPoint) -> Line | None:
        """The folder that a point lies in the middle of."""
        line = self.line_at(at)
        if line is None or not line.node.holds:
            return None
        area = self.visualRect(self.indexAt(at))
        edge = area.height() // 4
        inner = area.adjusted(0, edge, 0, -edge)
        return line if inner.contains(at) else None

    def _place(self, at: QPoint) -> Place:
        into, index = self._into(at), self.indexAt(at)
        if into is not None:
            return Place(into.id)
        below = self._gap(at) > index.row()
        place = landing(self._rows.rows, index.row() if index.isValid() else -1, below)
        lines = self._rows.rows
        above = next((line.depth + 1 for line in lines if line.id == place.parent), 0)
        self._depth = above
        return place

    def _gap_line(self) -> QRect:
        """Drawn in as far as what stands in the same folder."""
        line = super()._gap_line()
        height = self.visualRect(self._rows.index(0, 0)).adjusted(0, 1, -1, -1)
        line.setLeft(min(self.delegate.arrow(height, self._depth).left(), line.right() - 40))
        return line

    def _show_target(self, into: Line | None, gap: int) -> None:
        """Mark a folder, or else a gap; -1 for neither."""
        row = self._rows.rows.index(into) if into is not None else -1
        if row != self.delegate.target:
            self.delegate.target = row
            self.viewport().update()
        self._mark(-1 if into is not None else gap)
        held = into.id if into is not None and not into.open else ""
        if held != self._held or not held:
            self._held = held
            self._hold.stop()
            if held:
                self._hold.start()

    def _go_sideways(self, line: Line, side: int) -> None:
        rows, at = self._rows.rows, self.currentIndex().row()
        if line.node.holds and line.open != (side > 0):
            self.toggled.emit(line.id, side > 0)
        elif side > 0:
            if line.node.holds and at + 1 < len(rows) and rows[at + 1].depth > line.depth:
                self.choose([rows[at + 1].id])
        else:
            self.choose([line.node.parent])
