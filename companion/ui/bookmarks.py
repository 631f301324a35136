"""The bookmark window: one tree, what is chosen in it beside it; it decides nothing."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut

from companion.session.bookmark_tree import MarkTree
from companion.session.record_edits import Done, RecordEdits
from companion.ui.bookmarks_acts import MarkActs
from companion.ui.bookmarks_editor import MarkEditor
from companion.ui.bookmarks_frame import MarksFrame
from companion.ui.style import Tokens
from companion.ui.window import WayToLine, WayToList
from companion.ui.words import Words

# So few are all seen at first.
_FEW = 40
_COMES = ("add_folder", "add_links", "copy", "keep_one")


class Bookmarks(MarksFrame):
    """Everything is asked for by signals and shown when it comes; Esc saves and closes."""

    sought = Signal(str)
    """What is searched for: see show_found()."""
    open_wanted = Signal(list)
    """Nodes whose addresses are to be opened in this order."""
    copy_wanted = Signal(str)
    """A text that is to go to the clipboard."""
    way_wanted = Signal(str)
    doubles_wanted = Signal()
    dead_wanted = Signal()
    closed = Signal()

    def __init__(
        self,
        words: Words,
        tokens: Tokens,
        ways: Sequence[str] = ("import",),
        editor: MarkEditor | None = None,
    ) -> None:
        super().__init__(words, tokens, ways, editor or MarkEditor(words))
        self.subject = ""
        """The id of what the right side is about, empty for advice or several."""
        self._opened: set[str] | None = None
        self._drafts = 0
        self._found: tuple[str, tuple[str, ...]] = ("", ())
        """What was searched for when it was last found, and the ids of that, best first."""
        self._wanted: tuple[str, ...] = ()
        """What is to be chosen as soon as it is listed."""
        self._typed_on = False
        self.acts = MarkActs(self, words)
        self._connect()
        self.show_tree(self.tree)

    # ---- showing

    def show_tree(self, tree: MarkTree) -> None:
        """Show the bookmarks as they are, with all that the editor has asked to be written."""
        self.tree = tree
        if self._opened is None and tree.nodes:
            few = len(tree.nodes) <= _FEW
            self._opened = {node.id for node in tree.nodes.values() if few and node.ours}
        self._found = ("", ())
        self._list()
        if self._wanted:
            self._open(self._wanted)
        self._offer()

    def seek(self) -> None:
        """Look for what is searched for once more."""
        typed = self.search.text().strip()
        if typed and self._found[0] == typed:
            self._typed_on = False
            self.sought.emit(typed)

    def show_found(self, query: str, ids: Iterable[str]) -> None:
        """List what a query finds, unless something else is searched for by now."""
        if query == self.search.text().strip():
            self._found = query, tuple(ids)
            self._list(self._typed_on)

    def show_done(self, done: Done) -> None:
        """Say what was done; what came of it is chosen as soon as it is listed."""
        self.foot.tell(done)
        if done.name in _COMES and done.id:
            self._wanted = (done.id,)
        elif done.ids:
            self._wanted = done.ids
        elif done.name.startswith("undo."):
            # What it made may be gone: the next Del must not take another one.
            self.tree_view.clearSelection()

    def show_problem(self, text: str) -> None:
        """Say what went wrong."""
        self.foot.say(text, undo=False, look="problem")

    def open_at(self, id: str) -> None:
        """Show a node in its place, as soon as it is known."""
        self.search.clear()
        self._open((id,))

    def want(self, ids: Sequence[str]) -> None:
        """Choose these wherever they are listed next."""
        self._wanted = tuple(ids)

    def adopt(self, draft: str, id: str) -> None:
        """A draft of the editor has become a bookmark."""
        self.editor.adopt(draft, id)
        if self.subject == draft:
            self.subject = id
            self._wanted = (id,)

    def begin(self) -> None:
        """Begin a new bookmark where the chosen line is."""
        self.editor.flush()
        self._drafts += 1
        parent = self.acts.home()
        self.tree_view.clearSelection()
        self.subject = f"{RecordEdits.DRAFT}{self._drafts}"
        self.show_page(self.editor)
        self.editor.begin(self.subject, parent, self.path_in(parent))

    def forget(self) -> None:
        """Hold nothing of what was shown."""
        self.subject, self._wanted, self.tree = "", (), MarkTree()
        self.acts.forget()
        self.search.clear()
        self.show_tree(self.tree)
        self.editor.forget()
        self.foot.say("", undo=False)

    def close_folders(self) -> None:
        """Forget which folders were open: another agent has others."""
        self._opened = None

    def show_open(self, id: str, is_open: bool) -> None:
        """Open a folder, or close it; whatever is chosen in it is left for the folder."""
        opened = self._opened if self._opened is not None else set[str]()
        (opened.add if is_open else opened.discard)(id)
        self._opened = opened
        chosen = {node.id for node in self.chosen}
        self._list()
        if not is_open and not chosen <= {node.id for node in self.chosen}:
            self.tree_view.choose([id])

    # ---- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the search, or saves and closes."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.search.text():
            self.search.clear()
            self.tree_view.setFocus()
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed is kept."""
        self.editor.flush()
        super().closeEvent(event)
        self.closed.emit()

    # ---- inside

    def _open(self, ids: tuple[str, ...]) -> None:
        """Choose nodes where they are listed, as soon as they are known."""
        self._wanted = ids
        known = [id for id in ids if id in self.tree.nodes]
        if not known:
            return
        if not (self.finds and self.tree_view.choose(known)):
            self.search.clear()
            above = {node.id for id in known for node in self.tree.above(id)}
            if self._opened is None or not above <= self._opened:
                self._opened = (self._opened or set()) | above
                self._list()
            self.tree_view.choose(known)
            self.tree_view.scrollTo(self.tree_view.currentIndex())
        self._wanted = ()

    def _list(self, typed_on: bool = False) -> None:
        """List the hits of what is searched for, or else the lines of the tree."""
        typed, view, model = self.search.text().strip(), self.tree_view, self.left.model
        if typed and self._found[0] != typed:
            self._typed_on = typed_on
            self.sought.emit(typed)
            return
        before, first = self.chosen, self.tree_view.currentIndex().row()
        rows = self.tree.found(self._found[1]) if typed else self.tree.lines(self._opened or ())
        other = view.delegate.found != bool(typed)
        view.delegate.found = bool(typed)
        model.movable = model.ordered = not typed
        if other:
            # Its lines have another height.
            model.show([])
        if model.show(rows) and (before or typed_on):
            ids = [node.id for node in before]
            if other and before and not typed:
                self._open(tuple(ids))
            elif not (before and view.choose(ids)) and rows and not self._wanted:
                # What was chosen went away: the next one takes its place.
                view.choose([rows[0 if typed_on else max(0, min(first, len(rows) - 1))].id])
        empty = not self.tree.nodes and not typed
        if rows:
            self.left.advise("", ways=False)
        elif empty:
            self.left.advise(self._words.say("marks.empty"), ways=True)
        else:
            self.left.advise(self._words.say("library.empty.filter", typed=typed), ways=False)
        self._selected()

    def _selected(self) -> None:
        """Show on the right what is chosen."""
        chosen = self.chosen
        if not chosen and self.subject.startswith((RecordEdits.DRAFT, *self._wanted)):
            # Whoever writes a bookmark that is about to be listed stays in it.
            return
        one = chosen[0].id if len(chosen) == 1 and chosen[0].kind != "trash" else ""
        if one != self.subject:
            self.editor.flush()
            self.subject = one
            if one:
                # Whoever goes on is not to be taken back to what was asked for before.
                self._wanted = ()
        self._show_subject()

    def _show_subject(self) -> None:
        node = self.tree.nodes.get(self.subject)
        if node is not None:
            self.editor.show_node(node, self.path_in(node.parent))
            self.show_page(self.editor)
        elif not self.subject:
            self.show_page(self.many)
        self._advise()

    def _advise(self) -> None:
        heading, text, *acts = self.acts.offers(self.chosen)
        self.many.say(heading, text, *acts)
        self.tags.setVisible("tag" in acts)

    def _offer(self) -> None:
        """Offer to look for doubles and dead links where there is anything to look at."""
        some = self.tree.count > 0
        for one in (self.left.doubles, self.left.dead):
            one.setEnabled(some)

    def _reached(self) -> None:
        """The tree has the focus: one line is chosen, but for a new bookmark none has to be."""
        if not self.subject.startswith(RecordEdits.DRAFT):
            self.tree_view.choose_current()

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda typed: self._list(bool(typed)))
        way = WayToList(self.search, lambda: self.left.model.rows)
        way.taken.connect(lambda: self.tree_view.setFocus(Qt.FocusReason.ShortcutFocusReason))
        WayToLine(self.tree_view, self.search)
        self.tree_view.delegate.where = self.path_in
        self.tree_view.chosen_changed.connect(self._selected)
        self.tree_view.reached.connect(self._reached)
        self.tree_view.toggled.connect(self.show_open)
        self.editor.acted.connect(self._write)
        self.left.way.connect(self._come)
        self.left.add.clicked.connect(lambda _checked: self.begin())
        self.left.doubles.clicked.connect(lambda _checked: self.doubles_wanted.emit())
        self.left.dead.clicked.connect(lambda _checked: self.dead_wanted.emit())
        self.acts.connect()
        keys = {"N": self.begin, "F": self.search.setFocus, "S": self.editor.flush}
        for key, act in keys.items():
            QShortcut(QKeySequence(f"Ctrl+{key}"), self, lambda act=act: act())
        QShortcut(QKeySequence("F6"), self, self.next_part)

    def _write(self, name: str, facts: dict[str, Any]) -> None:
        """Ask for what the editor asks for; what it writes is known from now on."""
        if name == "write":
            self.tree = self.tree.written(facts["id"], facts["fields"])
        self.acted.emit(name, facts)

    def _come(self, way: str) -> None:
        if way == "new":
            self.begin()
        else:
            self.way_wanted.emit(way)
