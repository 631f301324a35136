"""What is done with whole bookmarks and folders in their window: by key, by mouse, by menu."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from companion.session.bookmark_tree import FOLDER, Node, Place
from companion.session.library import Group
from companion.ui.bookmarks_asking import OpenForm
from companion.ui.bookmarks_clips import Clips
from companion.ui.bookmarks_links import Link
from companion.ui.keys_page import KeysPage
from companion.ui.questions import MoveForm, NameForm
from companion.ui.tag_line import tags_in
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.ui.bookmarks import Bookmarks

MOST_UNASKED = 12
"""So many are opened without a question."""
_KEYS = {"move": "Ctrl+M", "undo": "Ctrl+Z", "redo": "Ctrl+Y"}
KEYS = {
    "new": "Ctrl N",
    "new_folder": "Ctrl Shift N",
    "find": "Ctrl F",
    "open": "Enter",
    "open_all": "Ctrl Enter",
    "sides": "← →",
    "title": "F2",
    "part": "F6",
    "save": "Ctrl S",
    "move": "Ctrl M",
    "order": "Alt ↑↓",
    "nest": "Alt ←→",
    "cut": "Ctrl X V",
    "copy": "Ctrl C",
    "paste": "Ctrl V",
    "several": "Shift ↑↓",
    "trash": "Del",
    "menu": "Shift F10",
    "undo": "Ctrl Z",
    "redo": "Ctrl Y",
    "close": "Esc",
}
"""By the end of its word's key, each key as it is shown."""


class MarkActs:
    """Turns keys, drops and menus into acts."""

    def __init__(self, window: "Bookmarks", words: Words) -> None:
        self._window, self._words = window, words
        self.clips = Clips(window, self, words)

    def connect(self) -> None:
        """Listen to the window's parts."""
        window, view = self._window, self._window.tree_view
        for name, key in _KEYS.items():
            QShortcut(QKeySequence(key), window, lambda name=name: self.do(name))
        QShortcut(QKeySequence("Ctrl+Shift+Z"), window, lambda: self.do("redo"))
        QShortcut(QKeySequence("Ctrl+Shift+N"), window, self.new_folder)
        QShortcut(QKeySequence("F1"), window, self._show_keys)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("F2"), window.editor, self._rename, context=within)
        view.takes = lambda ids, parent: window.tree.takes(window.tree.outermost(ids), parent)
        view.removed.connect(lambda: self.do("trash"))
        view.named.connect(self._rename)
        view.entered.connect(self._enter)
        view.opened.connect(lambda: self.do("open_all"))
        view.put.connect(self.move)
        view.linked.connect(self.add)
        view.nudged.connect(self._nudge)
        view.nested.connect(self._nest)
        view.clipped.connect(self.clips.act)
        view.customContextMenuRequested.connect(self._menu)
        window.editor.undo_wanted.connect(lambda undo: self.do("undo" if undo else "redo"))
        window.editor.typed.connect(window.foot.typed)
        window.editor.wanted.connect(self.do)
        window.left.folder.clicked.connect(lambda _checked: self.new_folder())
        window.many.chosen.connect(self.do)
        window.tags.tagged.connect(self._tag)
        window.foot.undo.clicked.connect(lambda _checked: self.do("undo"))

    @cached_property
    def naming(self) -> NameForm:
        """Asks for the name of a folder."""
        form = NameForm(self._words, self._window, "marks.folder")
        form.setWindowTitle(self._words.say("marks.folder.new"))
        form.named.connect(self._named)
        return form

    @cached_property
    def keys(self) -> KeysPage:
        """All keys of the window."""
        return KeysPage(self._words, self._window, "marks", KEYS)

    @cached_property
    def moving(self) -> MoveForm:
        """Asks which folder to move to."""
        form = MoveForm(self._words, self._window, "marks")
        form.chosen.connect(self._move_to)
        return form

    @cached_property
    def opening(self) -> OpenForm:
        """Asks whether so many are to be opened."""
        form = OpenForm(self._words, self._window)
        form.confirmed.connect(self._window.open_wanted)
        return form

    def do(self, name: str) -> None:
        """Do one of the acts on what is chosen."""
        window, chosen = self._window, self._window.chosen
        window.editor.flush()
        ids = window.tree.outermost(node.id for node in chosen)
        if name in ("undo", "redo"):
            window.acted.emit(name, {})
        elif name in ("open", "open_all"):
            self._open(ids)
        elif name not in self.offered(chosen):
            return
        elif name == "move":
            self.moving.ask(len(ids), self._groups(ids))
        elif name == "copy":
            self._copy(chosen)
        elif name == "copy_shared":
            nodes = [node for id in ids for node in (window.tree.nodes[id], *window.tree.below(id))]
            window.acted.emit("copy_shared", {"nodes": nodes, "parent": ""})
        else:
            window.acted.emit(name, {"ids": ids})

    def new_folder(self) -> None:
        """Ask for the name of a new folder."""
        self.naming.ask(self._words.say("marks.folder.new"), "")

    def home(self) -> str:
        """The folder that something new goes to: the chosen one, or that of what is chosen."""
        line = next(iter(self._window.chosen), None)
        if line is None or not line.ours:
            return ""
        return line.id if line.kind == FOLDER else line.parent

    def offers(self, chosen: Sequence[Node]) -> tuple[str, ...]:
        """Heading, text and acts for what is chosen, where it is not one that can be shown."""
        say = self._words.say
        if not chosen:
            return "", say("marks.pick") if self._window.left.model.rows else ""
        if len(chosen) == 1:
            return say("library.trash"), say("marks.trash.why")
        acts = self.offered(chosen)
        tags = ("tag",) if "move" in acts and any(not node.holds for node in chosen) else ()
        return say("marks.chosen", count=len(chosen)), "", *acts, *tags

    def forget(self) -> None:
        """Nothing is cut any more."""
        self.clips.cut(())

    # ---- inside

    @staticmethod
    def offered(chosen: Sequence[Node]) -> tuple[str, ...]:
        """The acts that can be done with these."""
        if not chosen or any(node.kind in ("trash", "team") for node in chosen):
            return ()
        if all(node.gone for node in chosen):
            return ("restore",)
        if all(node.ours for node in chosen):
            return ("open_all", "move", "copy", "trash")
        shared = all(node.team for node in chosen)
        return ("open_all", "copy", "copy_shared") if shared else ("copy",)

    def _show_keys(self) -> None:
        self.keys.ask()

    def _enter(self) -> None:
        """Enter opens bookmarks in the browser, and a folder in the tree."""
        line = self._window.tree_view.current()
        if line is not None and line.node.holds and len(self._window.chosen) < 2:
            self._window.show_open(line.id, not line.open)
        else:
            self.do("open")

    def _open(self, ids: Sequence[str]) -> None:
        batch = self._window.tree.batch(ids)
        if len(batch.nodes) > MOST_UNASKED:
            self.opening.ask(batch)
        elif batch.nodes:
            self._window.open_wanted.emit(list(batch.nodes))
        elif batch.refused:
            self._window.show_problem(self._words.say("marks.never.why"))

    def _copy(self, chosen: Sequence[Node]) -> None:
        tree = self._window.tree
        nodes = [node for one in chosen for node in (one, *tree.below(one.id)) if node.url]
        urls = dict.fromkeys(node.url for node in nodes)
        if urls:
            self._window.copy_wanted.emit("\n".join(urls))
            self._window.foot.say(self._words.say("marks.copied", count=len(urls)), undo=False)

    def _rename(self) -> None:
        title = self._window.editor.title
        if title.isVisible() and not title.isReadOnly():
            title.setFocus()
            title.selectAll()

    def _named(self, name: str) -> None:
        self._window.acted.emit("add_folder", {"title": name, "parent": self.home()})

    def _groups(self, moving: Sequence[str]) -> list[Group]:
        """The folders that something can be moved to."""
        tree = self._window.tree
        inside = {one.id for id in moving for one in (tree.nodes[id], *tree.below(id))}
        found = (
            node for line in tree.lines(tree.nodes.keys()) if (node := line.node).kind == FOLDER
        )
        return [
            Group(node.id, node.name, node.parent)
            for node in found
            if node.ours and node.id not in inside
        ]

    def _move_to(self, parent: str, title: str) -> None:
        ids = self._window.tree.outermost(node.id for node in self._window.chosen)
        if ids:
            self._window.acted.emit("move_to", {"ids": ids, "parent": parent, "title": title})

    def move(self, ids: Sequence[str], place: Place | None, follow: bool = False) -> None:
        """Put nodes to a place, where that takes them; ``follow`` chooses them there."""
        tree = self._window.tree
        ids = tree.outermost(ids)
        if place is not None and ids and tree.takes(ids, place.parent):
            self._window.editor.flush()
            if follow:
                self._window.want(ids)
            before = place.before
            while before in ids:
                # In front of one that moves itself: what follows it is meant.
                around = tree.inside[place.parent]
                at = around.index(before) + 1
                before = around[at] if at < len(around) else ""
            facts = {"ids": ids, "parent": place.parent, "before": before}
            self._window.acted.emit("move", facts)

    def _nudge(self, step: int) -> None:
        ids, window = [node.id for node in self._window.chosen], self._window
        if ids and not window.finds:
            self.move(ids, window.tree.nudged(ids, step))

    def _nest(self, step: int) -> None:
        ids, window = [node.id for node in self._window.chosen], self._window
        place = window.tree.nested(ids, step) if ids and not window.finds else None
        if place is not None:
            self.move(ids, place, follow=True)

    def add(self, links: Sequence[Link], place: Place) -> None:
        """Make bookmarks of links that came from outside."""
        self._window.editor.flush()
        facts = {"links": links, "parent": place.parent, "before": place.before}
        self._window.acted.emit("add_links", facts)

    def _tag(self, text: str, on: bool) -> None:
        ids = [node.id for node in self._window.chosen if not node.holds]
        self._window.acted.emit("tag", {"ids": ids, "tags": list(tags_in(text)), "on": on})

    def _menu(self, at: QPoint) -> None:
        window, say = self._window, self._words.say
        menu = QMenu(window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self.offered(window.chosen):
            action = menu.addAction(say(f"marks.act.{name}"))
            action.triggered.connect(lambda _checked, name=name: self.do(name))
        menu.addSeparator()
        menu.addAction(say("marks.new")).triggered.connect(lambda _checked: window.begin())
        menu.addAction(say("marks.folder.new")).triggered.connect(
            lambda _checked: self.new_folder()
        )
        menu.popup(window.tree_view.viewport().mapToGlobal(at))
