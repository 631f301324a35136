"""The phrase window: sets on the left, their phrases, one of them to write; it decides nothing."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from companion.session.clashes import Clash
from companion.session.edits import Done, Edits
from companion.session.library import ALL, CLASHES, SET, TEAM, TRASH, Details, Row, Shelf
from companion.ui.library_acts import LibraryActs
from companion.ui.library_clash import ClashPane
from companion.ui.library_editor import Editor
from companion.ui.library_many import Many
from companion.ui.library_panes import Foot, Middle, Side
from companion.ui.library_preview import Rendered, rendered
from companion.ui.library_style import dress
from companion.ui.parts import grown, rule
from companion.ui.style import Tokens
from companion.ui.words import Words

Find = Callable[[str], Sequence[str]]
_WIDTH, _HEIGHT, _FOLDS = 1080, 700, 790
_LEAST = (150, 230, 400)
_USUAL = (190, 330, 560)


class Library(QWidget):
    """Everything is asked for by signals and shown when it comes; Esc saves and closes."""

    acted = Signal(str, dict)
    """An act of session.edits.Edits by its name, with what it is to be done to."""
    looked = Signal()
    """Something else is to be shown: see ``subject``."""
    copy_wanted = Signal(str)
    duplicates_wanted = Signal()
    closed = Signal()

    def __init__(
        self, words: Words, tokens: Tokens, find: Find, shown: Rendered = rendered
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(words.say("library.title"))
        self._words, self._find = words, find
        self.shelf = Shelf()
        self.subject = ("", "")
        """What the right side is about: phrase or clash, and an id; both empty for neither."""
        self._drafts, self._wanted, self._folded = 0, "", False
        self.side, self.middle, self.foot = Side(words, tokens), Middle(words, tokens), Foot(words)
        self.editor, self.clash = Editor(words, tokens, shown), ClashPane(words, tokens)
        self.acts = LibraryActs(self, words)
        self.many = Many(words, self.acts.do)
        self._right = QStackedWidget()
        for page in (self.many, self.editor, self.clash):
            self._right.addWidget(page)
        self.places, self.rows, self.search = self.side.view, self.middle.view, self.middle.search
        self._lay_out()
        dress(self, tokens)
        self._connect()
        self.show_shelf(self.shelf)

    # ---- showing

    def show_shelf(self, shelf: Shelf) -> None:
        """Show the phrases as they are now; what is chosen stays so."""
        place = self.place
        self.shelf = shelf
        self.side.model.show(shelf)
        self.editor.show_groups(shelf.groups)
        self.places.blockSignals(True)
        self.places.choose(place)
        self.places.blockSignals(False)
        self._list()
        if self._wanted:
            self.open_at(self._wanted)

    def show_details(self, details: Details | None, writes: int) -> None:
        """Show a phrase as it was after so many writes of the editor; None where it is no more."""
        if details is None:
            self._show_page(self.many)
            self._advise()
        elif self.subject == ("phrase", details.id) and writes == self.editor.writes:
            self.editor.show_details(details)
            self._show_page(self.editor)

    def show_clashes(self, id: str, clashes: Sequence[Clash]) -> None:
        """Show what two desks wrote, side by side."""
        if self.subject == ("clash", id) and clashes:
            titles = (row.title for row in self.shelf.clashes if row.id == id)
            self.clash.show_clashes(next(titles, ""), clashes)
            self._show_page(self.clash)

    def show_done(self, done: Done) -> None:
        """Say what was done."""
        self.acts.told(done)

    def show_problem(self, text: str) -> None:
        """Say what went wrong."""
        self.foot.say(text, undo=False, look="problem")

    def open_at(self, id: str) -> None:
        """Show a phrase in its place, as soon as it is known."""
        self._wanted = ""
        if self.place not in (CLASHES, TRASH) and self.rows.choose([id]):
            return
        if self.search.text():
            self.search.clear()
        place = self.shelf.place_of(id)
        if place != ALL:
            self.places.choose(place)
        if not self.rows.choose([id]):
            self._wanted = id

    def adopt(self, draft: str, id: str) -> None:
        """A draft of the editor has become a phrase."""
        self.editor.adopt(draft, id)
        if self.subject == ("phrase", draft):
            self.subject = ("phrase", id)
            self._wanted = id

    def begin(self, title: str = "", body: str = "") -> None:
        """Begin a new phrase in the chosen set."""
        self.editor.flush()
        self._drafts += 1
        draft = f"{Edits.DRAFT}{self._drafts}"
        self.rows.clearSelection()
        self.subject = ("phrase", draft)
        self._show_page(self.editor)
        parent = self.place.removeprefix(SET) if self.place.startswith(SET) else ""
        self.editor.begin(draft, parent, title, body)

    def forget(self) -> None:
        """Hold nothing of what was shown."""
        self.subject, self._wanted = ("", ""), ""
        self.editor.forget()
        self.clash.forget()
        self.search.clear()
        self.show_shelf(Shelf())
        self.foot.say("", undo=False)

    @property
    def place(self) -> str:
        """The key of the chosen place."""
        place = self.places.current()
        return place.key if place is not None else ALL

    @property
    def chosen(self) -> list[Row]:
        """The lines that are chosen."""
        return self.rows.chosen()

    # ---- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the filter, or saves and closes."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.search.hasFocus() and self.search.text():
            self.search.clear()
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed is kept."""
        self.editor.flush()
        super().closeEvent(event)
        self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Its size is known only when the fonts are."""
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            room = self.screen().availableGeometry()
            width, height = grown(self, _WIDTH), grown(self, _HEIGHT)
            self.resize(min(width, room.width()), min(height, room.height() - 40))
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for three parts, the places and the list take turns."""
        super().resizeEvent(event)
        self._fold(event.size().width() < grown(self, _FOLDS))

    # ---- inside

    def _list(self) -> None:
        """List what the place and the filter leave."""
        place, typed = self.place, self.search.text().strip()
        rows = self.shelf.place(place)
        if typed and place in (TRASH, CLASHES):
            said = typed.casefold()
            rows = [row for row in rows if said in f"{row.title}\n{row.text}".casefold()]
        elif typed:
            found = set(self._find(typed))
            rows = [row for row in rows if row.id in found]
        before = self.chosen
        first = self.middle.model.rows.index(before[0]) if before else -1
        self.middle.model.movable = movable = not (place in (TRASH, CLASHES) or TEAM in place[:5])
        self.middle.model.ordered = movable and (place == ALL or place.startswith(SET))
        if self.middle.model.show(rows) and before:
            ids = [row.id for row in before]
            if not self.rows.choose(ids) and rows and not self._wanted:
                # What was chosen went away: the next one takes its place.
                self.rows.choose([rows[min(first, len(rows) - 1)].id])
        self.middle.advise("" if rows else self.acts.advice(place, typed))
        self._selected()

    def _selected(self) -> None:
        """Show on the right what is chosen."""
        chosen = self.chosen
        if len(chosen) == 1 and not (self.place == TRASH and chosen[0].kind != "phrase"):
            subject = ("clash" if self.place == CLASHES else "phrase", chosen[0].id)
        elif not chosen and self.subject[1].startswith(Edits.DRAFT):
            return
        else:
            subject = ("", "")
        if subject == self.subject:
            return
        self.editor.flush()
        self.subject = subject
        if subject[1]:
            self.looked.emit()
        else:
            self._show_page(self.many)
        self._advise()

    def _advise(self) -> None:
        self.many.say(*self.acts.offers(self.place, self.chosen))

    def _show_page(self, page: QWidget) -> None:
        self._right.setCurrentWidget(page)

    def _look_at_clash(self, id: str) -> None:
        self.editor.flush()
        self.places.choose(CLASHES)
        if not self.rows.choose([id]):
            # It is one of its wordings.
            self.rows.choose([row.id for row in self.shelf.clashes][:1])

    def _fold(self, folded: bool) -> None:
        self._folded = folded
        self.middle.places.setVisible(folded)
        self.side.setVisible(not folded)
        self.middle.setVisible(True)
        self._name_place()

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

    def _name_place(self) -> None:
        place = self.places.current()
        self.middle.places.setText(f"‹ {place.title}" if place is not None else "‹")

    def _placed(self) -> None:
        """Another place is chosen."""
        self._name_place()
        self.editor.flush()
        self.rows.clearSelection()
        self._list()
        self.rows.scrollToTop()

    def _connect(self) -> None:
        self.places.selectionModel().currentChanged.connect(lambda *_: self._placed())
        self.places.clicked.connect(lambda _index: self._unfold(False))
        self.places.entered.connect(lambda _key: self._enter())
        self.middle.places.clicked.connect(lambda _checked: self._unfold(True))
        self.search.textChanged.connect(lambda _text: self._list())
        self.rows.chosen_changed.connect(self._selected)
        self.rows.entered.connect(self.editor.body.setFocus)
        self.editor.acted.connect(self.acted)
        self.editor.copy_wanted.connect(self.copy_wanted)
        self.editor.clash_wanted.connect(self._look_at_clash)
        self.clash.acted.connect(self.acted)
        self.side.duplicates.clicked.connect(lambda _checked: self.duplicates_wanted.emit())
        self.acts.connect()
        keys = {
            "Ctrl+N": self.begin,
            "Ctrl+F": self.search.setFocus,
            "Ctrl+S": self.editor.flush,
            "F6": self._next_part,
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self, lambda act=act: act())
        self.middle.add.clicked.connect(lambda _checked: self.begin())

    def _next_part(self) -> None:
        parts = [part for part in (self.places, self.rows, self.editor.body) if part.isVisible()]
        at = next((n for n, part in enumerate(parts) if part.hasFocus()), -1)
        if parts:
            parts[(at + 1) % len(parts)].setFocus()

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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(split, 1)
        column.addWidget(rule())
        column.addWidget(self.foot)
