"""How the phrase window is laid out: three parts side by side, or two where there is no room."""

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QWidget

from companion.ui.foot import Foot
from companion.ui.library_clash import ClashPane
from companion.ui.library_editor import Editor
from companion.ui.library_panes import Middle, Side
from companion.ui.lists_style import dress
from companion.ui.many import Many
from companion.ui.parts import grown
from companion.ui.style import Tokens
from companion.ui.window import put_on_foot, take_first_size
from companion.ui.words import Words

_SIZE, _FOLDS = (1080, 700), 790
_SMALLEST = (640, 380)
_LEAST = (150, 230, 400)
_USUAL = (190, 330, 560)
# With the keys that do them.
_ACTS = {
    "move": "Ctrl M",
    "favourite": "Ctrl D",
    "unfavourite": "",
    "trash": "Del",
    "restore": "",
}


class LibraryFrame(QWidget):
    """The parts of the window and their places."""

    acted = Signal(str, dict)
    """An act of session.edits.Edits by its name, with what it is to be done to."""

    def __init__(self, words: Words, tokens: Tokens, editor: Editor) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(words.say("library.title"))
        # First: later every part would be dressed once more.
        dress(self, tokens)
        self._words, self._folded = words, False
        self.side, self.middle, self.foot = (
            Side(words, tokens),
            Middle(words, tokens),
            Foot(words, "library"),
        )
        self.editor = editor
        self._tokens = tokens
        self.many = Many(words, "library", _ACTS)
        self.places, self.rows, self.search = self.side.view, self.middle.view, self.middle.search
        self._right = QStackedWidget()
        # Text that was made large, on a small screen: the lower half can be reached all the same.
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.editor)
        # A page that was never in front has no size of its own.
        self._scroll.resize(self.editor.sizeHint())
        for page in (self.many, self._scroll):
            self._right.addWidget(page)
        self._lay_out()
        self.places.clicked.connect(lambda _index: self._unfold(False))
        self.places.entered.connect(lambda _key: self._enter())
        self.middle.places.clicked.connect(lambda _checked: self._unfold(True))

    def showEvent(self, event: QShowEvent) -> None:
        """Its size is known only when the fonts are. Whoever opens it looks for something."""
        take_first_size(self, _SIZE)
        super().showEvent(event)
        if not event.spontaneous():
            self.search.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for three parts, the places and the list take turns."""
        super().resizeEvent(event)
        self._fold(event.size().width() < grown(self, _FOLDS))

    @cached_property
    def clash(self) -> ClashPane:
        """Two texts side by side; made when it is needed, which is seldom."""
        pane = ClashPane(self._words, self._tokens)
        pane.acted.connect(self.acted)
        self._right.addWidget(pane)
        return pane

    def next_part(self) -> None:
        """Put the focus into the next of the three parts."""
        parts = [part for part in (self.places, self.rows, self.editor.body) if part.isVisible()]
        at = next((n for n, part in enumerate(parts) if part.hasFocus()), -1)
        if parts:
            parts[(at + 1) % len(parts)].setFocus()

    def show_page(self, page: QWidget) -> None:
        """Show this on the right side; where the focus was in what goes, the list takes it."""
        page = self._scroll if page is self.editor else page
        if page is not self._right.currentWidget() and self._right.isAncestorOf(self.focusWidget()):
            self.rows.setFocus(Qt.FocusReason.NoFocusReason)
        self._right.setCurrentWidget(page)

    def _fold(self, folded: bool) -> None:
        self._folded = folded
        self.middle.places.setVisible(folded)
        self.side.setVisible(not folded)
        self.middle.setVisible(True)
        self.name_place()

    def _unfold(self, places: bool) -> None:
        """Folded, show the places or the list."""
        if self._folded:
            self.side.setVisible(places)
            self.middle.setVisible(not places)
            (self.places if places else self.rows).setFocus()

    def _enter(self) -> None:
        """From the places on to the list."""
        self._unfold(False)
        self.rows.setFocus()

    def name_place(self) -> None:
        """Say the chosen place where the places are not seen."""
        place = self.places.current()
        title = place.title.replace("&", "&&") if place is not None else ""
        self.middle.places.setText(f"‹ {title}".rstrip())

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for part, share, least in zip(
            (self.side, self.middle, self._right), (0, 2, 3), _LEAST, strict=True
        ):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, share)
            part.setMinimumWidth(grown(self, least))
        split.setSizes([grown(self, width) for width in _USUAL])
        put_on_foot(self, split, self.foot, _SMALLEST)
