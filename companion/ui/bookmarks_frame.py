"""How the bookmark window is laid out: the tree or the hits, one of them beside it, the foot."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from companion.session.bookmark_tree import MarkTree, Node
from companion.ui.bookmarks_editor import MarkEditor
from companion.ui.bookmarks_line import apart
from companion.ui.bookmarks_tree import TreeView
from companion.ui.foot import Foot
from companion.ui.lists_style import dress
from companion.ui.many import Many
from companion.ui.parts import Glass, button, field, grown, label, settle
from companion.ui.style import Tokens
from companion.ui.window import put_on_foot, scrolling, take_first_size
from companion.ui.words import Words

_SIZE = (960, 640)
_SMALLEST = (640, 380)
_LEAST, _USUAL = (240, 380), (420, 540)
# With the keys that do them.
_ACTS = {
    "open_all": "Ctrl Enter",
    "move": "Ctrl M",
    "copy": "Ctrl C",
    "trash": "Del",
    "restore": "",
    "copy_shared": "",
}


class Tags(QWidget):
    """A line of tags, to be given to several bookmarks or taken away from them."""

    tagged = Signal(str, bool)
    """What was typed, and whether it is to be given."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        say = words.say
        self.line = field(say("library.tags"), hint=say("library.tags.hint"))
        self.add = button(say("marks.tags.add"), "", lambda: self._go(on=True))
        self.drop = button(say("marks.tags.drop"), "", lambda: self._go(on=False))
        self.line.returnPressed.connect(lambda: self._go(on=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.add)
        row.addWidget(self.drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(say("library.tags"), "small"))
        column.addLayout(row)

    def _go(self, on: bool) -> None:
        if self.line.text().strip():
            self.tagged.emit(self.line.text(), on)
            self.line.clear()


class Left(QFrame):
    """A line to search by, the tree, or what to do where there is nothing to list."""

    way = Signal(str)
    """One of the ways by which bookmarks come, by its name."""

    def __init__(self, words: Words, tokens: Tokens, ways: Sequence[str]) -> None:
        super().__init__()
        say = words.say
        self.setObjectName("side")
        self.search = field(say("marks.search"), hint=say("marks.search.hint"))
        self.search.setClearButtonEnabled(True)
        self.add = button(say("marks.new"), "plain", lambda: None)
        self.add.setToolTip("Ctrl N")
        self.view = TreeView(words, tokens)
        self.model = self.view.model_of_lines
        self.advice = label("", "soft", wrap=True)
        self.ways = {
            name: button(say(f"marks.way.{name}"), "", partial(self.way.emit, name))
            for name in (*ways, "new")
        }
        self.folder = button(say("marks.folder.new"), "link", lambda: None)
        self.folder.setToolTip("Ctrl Shift N")
        self.doubles = button(say("marks.doubles"), "link", lambda: None)
        self.dead = button(say("marks.dead"), "link", lambda: None)
        self._pages = QStackedWidget()
        for page in (self.view, scrolling(self._page())):
            self._pages.addWidget(page)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(Glass(tokens.accent))
        top.addWidget(self.search, 1)
        top.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.addLayout(top)
        column.addSpacing(4)
        column.addWidget(self._pages, 1)
        for line in ((self.folder,), (self.doubles, self.dead)):
            below = QHBoxLayout()
            below.setContentsMargins(8, 0, 8, 0)
            below.setSpacing(16)
            for one in line:
                below.addWidget(one)
            below.addStretch()
            column.addLayout(below)
        column.setSpacing(4)

    def advise(self, text: str, ways: bool) -> None:
        """Show this in place of the tree, or the tree where it is empty; and what to press."""
        self.advice.setText(text)
        for one in self.ways.values():
            one.setVisible(ways)
        self._pages.setCurrentIndex(1 if text else 0)

    def _page(self) -> QWidget:
        page = QWidget()
        page.setObjectName("inside")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 32, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.advice)
        column.addSpacing(8)
        for one in self.ways.values():
            row = QHBoxLayout()
            row.addWidget(one)
            row.addStretch()
            column.addLayout(row)
        column.addStretch()
        return page


class MarksFrame(QWidget):
    """The parts of the window and their places."""

    acted = Signal(str, dict)
    """An act of session.bookmark_edits by its name, with what it is to be done to."""

    def __init__(
        self, words: Words, tokens: Tokens, ways: Sequence[str], editor: MarkEditor
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(words.say("marks.title"))
        # First: later every part would be dressed once more.
        dress(self, tokens)
        self._words, self.tree = words, MarkTree()
        self.left = Left(words, tokens, ways)
        self.tree_view, self.search = self.left.view, self.left.search
        self.editor, self.many = editor, Many(words, "marks", _ACTS)
        self.tags = Tags(words)
        # Ahead of what keeps the rest up.
        self.many.column.insertWidget(self.many.column.count() - 1, self.tags)
        self.foot = Foot(words, "marks")
        self._right = QStackedWidget()
        # Text that was made large, on a small screen: the lower half can be reached all the same.
        pages: tuple[QWidget, ...] = (self.many, self.editor)
        self._scrolls = {page: scrolling(page) for page in pages}
        for area in self._scrolls.values():
            self._right.addWidget(area)
        self._lay_out()
        for page, area in self._scrolls.items():
            # One that was never in front has no size of its own.
            settle(page)
            area.resize(page.sizeHint())

    @property
    def chosen(self) -> list[Node]:
        """What is chosen, in the order of the lines."""
        return [line.node for line in self.tree_view.chosen()]

    @property
    def finds(self) -> bool:
        """Whether hits are listed, and not the tree."""
        return self.tree_view.delegate.found

    def path_in(self, parent: str) -> str:
        """The folders from the outside to a folder, for people."""
        if parent not in self.tree.nodes:
            return self._words.say("marks.loose")
        named = (*self.tree.path(parent), self.tree_view.delegate.name_of(self.tree.nodes[parent]))
        return " / ".join(map(apart, named))

    def showEvent(self, event: QShowEvent) -> None:
        """Its size is known only when the fonts are. Whoever opens it looks for something."""
        take_first_size(self, _SIZE)
        super().showEvent(event)
        if not event.spontaneous():
            self.search.setFocus()

    def next_part(self) -> None:
        """Put the focus into the search, the tree and what is beside it, in turn."""
        right = [self.editor.title] if self.editor.isVisible() else []
        parts = [self.search, self.tree_view, *right]
        seen = [part for part in parts if part.isVisible()]
        at = next((n for n, part in enumerate(seen) if part.hasFocus()), -1)
        seen[(at + 1) % len(seen)].setFocus()

    def show_page(self, page: QWidget) -> None:
        """Show this on the right side; where the focus was in what goes, the tree takes it."""
        area = self._scrolls[page]
        if area is not self._right.currentWidget() and self._right.isAncestorOf(self.focusWidget()):
            self.tree_view.setFocus(Qt.FocusReason.NoFocusReason)
        self._right.setCurrentWidget(area)

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for part, share, least in zip((self.left, self._right), (2, 3), _LEAST, strict=True):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, share)
            part.setMinimumWidth(grown(self, least))
        split.setSizes([grown(self, width) for width in _USUAL])
        put_on_foot(self, split, self.foot, _SMALLEST)
