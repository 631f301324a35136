"""The phrase window: sets on the left, their phrases, one of them to write; it decides nothing."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut

from companion.session.clashes import Clash
from companion.session.edits import Edits
from companion.session.library import ALL, CLASHES, SET, TEAM, TRASH, Details, Row, Shelf
from companion.session.record_edits import Done
from companion.ui.library_acts import LibraryActs
from companion.ui.library_editor import Editor
from companion.ui.library_frame import LibraryFrame
from companion.ui.library_preview import rendered
from companion.ui.style import Tokens
from companion.ui.window import WayToLine, WayToList
from companion.ui.words import Words


class Library(LibraryFrame):
    """Everything is asked for by signals and shown when it comes; Esc saves and closes."""

    looked = Signal()
    """Something else is to be shown: see ``subject``."""
    sought = Signal(str)
    """What the filter says: see show_found()."""
    copy_wanted = Signal(str)
    duplicates_wanted = Signal()
    closed = Signal()

    def __init__(self, words: Words, tokens: Tokens, editor: Editor | None = None) -> None:
        super().__init__(words, tokens, editor or Editor(words, tokens, rendered))
        self.shelf = Shelf()
        self.subject = ("", "")
        """What the right side is about: phrase or clash, and an id; both empty for neither."""
        self._drafts, self._written, self._showing = 0, "", False
        self._found, self._typed_on = ("", frozenset[str]()), False
        """What the filter said when it was last found, and the ids of that."""
        self._wanted: tuple[str, ...] = ()
        """What is to be chosen as soon as it is listed."""
        self.acts = LibraryActs(self, words)
        self._connect()
        self.show_shelf(self.shelf)

    # ---- showing

    def show_shelf(self, shelf: Shelf) -> None:
        """Show the phrases as they are now; what is chosen stays so."""
        place, self._showing, self.shelf = self.place, True, shelf
        self.side.model.show(shelf)
        self.places.choose(place)
        self._showing = False
        self._found = ("", frozenset())
        self.editor.show_groups(shelf.groups)
        self.name_place()
        self._list()
        if self._wanted:
            self._open(self._wanted)

    def seek(self) -> None:
        """Look for what the filter says once more."""
        typed = self.search.text().strip()
        if typed and self._found[0] == typed:
            self._typed_on = False
            self.sought.emit(typed)

    def show_found(self, query: str, ids: Iterable[str]) -> None:
        """List what a query finds, unless the filter says something else by now."""
        if query == self.search.text().strip():
            self._found = query, frozenset(ids)
            self._list(self._typed_on)

    def show_details(self, details: Details | None, writes: int) -> None:
        """Show a phrase as it was after so many writes of the editor; None where it is no more."""
        if details is None:
            self.show_page(self.many)
            self._advise()
        elif self.subject == ("phrase", details.id) and writes == self.editor.writes:
            self.editor.show_details(details)
            self.show_page(self.editor)
            self._go_on()

    def show_clashes(self, id: str, clashes: Sequence[Clash]) -> None:
        """Show what two desks wrote, side by side."""
        if self.subject == ("clash", id) and clashes:
            titles = (row.title for row in self.shelf.clashes if row.id == id)
            self.clash.show_clashes(next(titles, ""), clashes)
            self.show_page(self.clash)

    def show_done(self, done: Done) -> None:
        """Say what was done; what an undo brought back is chosen as soon as it is listed."""
        self.foot.tell(done)
        if done.ids:
            self._wanted = done.ids
        elif done.name in ("undo.new", "undo.copy"):
            # What it made is gone: the next Del must not take another one.
            self.rows.clearSelection()

    def show_problem(self, text: str) -> None:
        """Say what went wrong."""
        self.foot.say(text, undo=False, look="problem")

    def open_at(self, id: str) -> None:
        """Show a phrase in its place, as soon as it is known."""
        self._open((id,))

    def write_at(self, id: str) -> None:
        """Show a phrase as open_at() does, and go on in its text."""
        self._written = id
        self.open_at(id)
        self._go_on()

    def adopt(self, draft: str, id: str) -> None:
        """A draft of the editor has become a phrase."""
        self.editor.adopt(draft, id)
        if self.subject == ("phrase", draft):
            self.subject = ("phrase", id)
            self._wanted = (id,)

    def begin(self, title: str = "", body: str = "") -> None:
        """Begin a new phrase in the chosen set."""
        self.editor.flush()
        self._drafts += 1
        draft = f"{Edits.DRAFT}{self._drafts}"
        self.rows.clearSelection()
        self.subject = ("phrase", draft)
        self.show_page(self.editor)
        parent = self.place.removeprefix(SET) if self.place.startswith(SET) else ""
        self.editor.begin(draft, parent, title, body)

    def forget(self) -> None:
        """Hold nothing of what was shown."""
        self.subject, self._wanted, self._written = ("", ""), (), ""
        self.editor.forget()
        if "clash" in vars(self):
            self.clash.forget()
        self.search.clear()
        self.show_shelf(Shelf())
        self.show_page(self.many)
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

    # ---- inside

    def _open(self, ids: tuple[str, ...]) -> None:
        """Choose phrases where they are listed, as soon as they are known."""
        self._wanted = ids
        known = [id for id in ids if self.shelf.place_of(id)]
        places = {self.shelf.place_of(id) for id in known}
        if not known:
            return
        if self.place in (CLASHES, TRASH) or not self.rows.choose(known):
            self.search.clear()
            self.places.choose(places.pop() if len(places) == 1 else ALL)
            self.rows.choose(known)
        self._wanted = ()

    def _list(self, typed_on: bool = False) -> None:
        """List what the place and the filter leave; the first where something else was typed."""
        place, typed = self.place, self.search.text().strip()
        rows = self.shelf.place(place)
        if typed and place in (TRASH, CLASHES):
            said = typed.casefold()
            rows = [row for row in rows if said in f"{row.title}\n{row.text}".casefold()]
        elif typed:
            if self._found[0] != typed:
                self._typed_on = typed_on
                self.sought.emit(typed)
                return
            rows = [row for row in rows if row.id in self._found[1]]
        before = self.chosen
        first = self.middle.model.rows.index(before[0]) if before else -1
        self.middle.model.movable = movable = not (place in (TRASH, CLASHES) or TEAM in place[:5])
        self.middle.model.ordered = movable and (place == ALL or place.startswith(SET))
        if self.middle.model.show(rows) and (before or typed_on):
            ids = [row.id for row in before]
            if not (before and self.rows.choose(ids)) and rows and not self._wanted:
                # What was chosen went away: the next one takes its place.
                at = 0 if typed_on else min(first, len(rows) - 1)
                self.rows.choose([rows[at].id])
        self.middle.advise("" if rows else self.acts.advice(place, typed))
        self._selected()

    def _selected(self) -> None:
        """Show on the right what is chosen."""
        chosen = self.chosen
        if len(chosen) == 1 and not (self.place == TRASH and chosen[0].kind != "phrase"):
            subject = ("clash" if self.place == CLASHES else "phrase", chosen[0].id)
        elif not chosen and self.subject[1].startswith((Edits.DRAFT, *self._wanted)):
            # Whoever writes in a phrase that is about to be listed stays in it.
            return
        else:
            subject = ("", "")
        if subject == self.subject:
            self._advise()
            return
        self.editor.flush()
        self.subject = subject
        if subject[1]:
            # Whoever goes on is not to be taken back to what was asked for before.
            self._wanted = ()
            self._written = self._written if self._written == subject[1] else ""
            self._glance(subject)
            self.looked.emit()
        else:
            self.show_page(self.many)
        self._advise()

    def _glance(self, subject: tuple[str, str]) -> None:
        """Show at once what is known: nobody may type into the phrase that was shown before."""
        known = self.shelf.glance(subject[1]) if subject[0] == "phrase" else None
        if known is not None and self.place != TRASH:
            self.editor.show_details(known)
            self.show_page(self.editor)
        else:
            self.editor.forget()

    def _go_on(self) -> None:
        """Go into the text of the phrase that is to be written in, once that is shown."""
        if self._written and self._written == self.editor.id:
            self._written = ""
            self.editor.body.go_on()

    def _advise(self) -> None:
        self.many.say(*self.acts.offers(self.place, self.chosen))

    def _reached(self) -> None:
        """The list has the focus: one line is chosen, but for a new phrase none has to be."""
        if not self.subject[1].startswith(Edits.DRAFT):
            self.rows.choose_current()

    def _look_at_clash(self, id: str) -> None:
        self.editor.flush()
        self.places.choose(CLASHES)
        if not self.rows.choose([id]):
            # It is one of its wordings.
            self.rows.choose([row.id for row in self.shelf.clashes if row.parent == id][:1])

    def _placed(self) -> None:
        """Another place is chosen."""
        if self._showing:
            return
        self.name_place()
        self.editor.flush()
        self.rows.clearSelection()
        self._list()
        self.rows.scrollToTop()

    def _connect(self) -> None:
        self.places.selectionModel().currentChanged.connect(lambda *_: self._placed())
        self.search.textChanged.connect(lambda typed: self._list(bool(typed)))
        way = WayToList(self.search, lambda: self.middle.model.rows)
        way.taken.connect(self.rows.setFocus)
        WayToLine(self.rows, self.search)
        self.rows.chosen_changed.connect(self._selected)
        self.rows.reached.connect(self._reached)
        self.rows.entered.connect(self.editor.body.setFocus)
        self.editor.acted.connect(self.acted)
        self.editor.copy_wanted.connect(self.copy_wanted)
        self.editor.clash_wanted.connect(self._look_at_clash)
        self.side.duplicates.clicked.connect(lambda _checked: self.duplicates_wanted.emit())
        self.acts.connect()
        keys = {"N": self.begin, "F": self.search.setFocus, "S": self.editor.flush}
        for key, act in keys.items():
            QShortcut(QKeySequence(f"Ctrl+{key}"), self, lambda act=act: act())
        QShortcut(QKeySequence("F6"), self, self.next_part)
        self.middle.add.clicked.connect(lambda _checked: self.begin())
