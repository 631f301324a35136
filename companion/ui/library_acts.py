"""What is done with whole phrases and sets in the phrase window: by key, by mouse, by menu."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from companion.session.library import ALL, CLASHES, FAVOURITES, SET, TEAM, TRASH, Row
from companion.session.record_edits import LAST
from companion.ui.keys_page import KeysPage
from companion.ui.library_places import Place
from companion.ui.questions import MoveForm, NameForm
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.ui.library import Library

_KEYS = {"move": "Ctrl+M", "favourite": "Ctrl+D", "undo": "Ctrl+Z", "redo": "Ctrl+Y"}
KEYS = {
    "new": "Ctrl N",
    "new_set": "Ctrl Shift N",
    "find": "Ctrl F",
    "text": "Enter",
    "title": "F2",
    "part": "F6",
    "save": "Ctrl S",
    "favourite": "Ctrl D",
    "move": "Ctrl M",
    "order": "Alt ↑↓",
    "nest": "Alt ←→",
    "several": "Shift ↑↓",
    "all": "Ctrl A",
    "trash": "Del",
    "menu": "Shift F10",
    "undo": "Ctrl Z",
    "redo": "Ctrl Y",
    "close": "Esc",
}
"""By the end of its word's key, each key as it is shown."""


class LibraryActs:
    """Turns keys, drops and menus into acts, and says what was done."""

    def __init__(self, window: "Library", words: Words) -> None:
        self._window, self._words = window, words
        self._renamed: Place | None = None

    def connect(self) -> None:
        """Listen to the window's parts."""
        window = self._window
        for name, key in _KEYS.items():
            QShortcut(QKeySequence(key), window, lambda name=name: self.do(name))
        QShortcut(QKeySequence("Ctrl+Shift+Z"), window, lambda: self.do("redo"))
        QShortcut(QKeySequence("Ctrl+Shift+N"), window, self.new_set)
        QShortcut(QKeySequence("F1"), window, self._show_keys)
        within, title = Qt.ShortcutContext.WidgetWithChildrenShortcut, window.editor.title
        QShortcut(QKeySequence("F2"), window.editor, title.setFocus, context=within)
        window.rows.removed.connect(lambda: self.do("trash"))
        window.rows.named.connect(window.editor.title.setFocus)
        window.places.removed.connect(self._delete_set)
        window.places.named.connect(self._rename)
        window.rows.put.connect(self._put)
        window.rows.nudged.connect(self._nudge)
        window.places.dropped.connect(self._dropped)
        window.places.nudged.connect(self._nudge_set)
        window.editor.undo_wanted.connect(lambda undo: self.do("undo" if undo else "redo"))
        window.editor.typed.connect(window.foot.typed)
        window.side.add.clicked.connect(lambda _checked: self.new_set())
        window.many.chosen.connect(self.do)
        window.foot.undo.clicked.connect(lambda _checked: self.do("undo"))
        window.rows.customContextMenuRequested.connect(self._row_menu)
        window.places.customContextMenuRequested.connect(self._place_menu)

    @cached_property
    def naming(self) -> NameForm:
        """Asks for the name of a set."""
        form = NameForm(self._words, self._window, "library.set")
        form.named.connect(self._named)
        return form

    @cached_property
    def keys(self) -> KeysPage:
        """All keys of the window."""
        return KeysPage(self._words, self._window, "library", KEYS)

    @cached_property
    def moving(self) -> MoveForm:
        """Asks which set to move to."""
        form = MoveForm(self._words, self._window, "library")
        form.chosen.connect(self._move_to)
        return form

    def do(self, name: str) -> None:
        """Do one of the acts on what is chosen."""
        window, rows = self._window, self._window.chosen
        window.editor.flush()
        ids = [row.id for row in rows]
        if name in ("undo", "redo"):
            window.acted.emit(name, {})
        elif name not in self._offered(window.place, rows):
            # Ctrl+D is one key for both.
            if name == "favourite" and "unfavourite" in self._offered(window.place, rows):
                window.acted.emit("favourite", {"ids": ids, "on": False})
        elif name == "move":
            self.moving.ask(len(ids), window.shelf.groups)
        elif name in ("favourite", "unfavourite"):
            window.acted.emit("favourite", {"ids": ids, "on": name == "favourite"})
        else:
            window.acted.emit(name, {"ids": ids})

    def new_set(self) -> None:
        """Ask for the name of a new set."""
        self._renamed = None
        self.naming.ask(self._words.say("library.set.new"), "")

    def advice(self, place: str, typed: str) -> str:
        """What to say where nothing is listed."""
        say = self._words.say
        if typed:
            return say("library.empty.filter", typed=typed)
        if place == ALL:
            return say("library.empty.all", entry=say("tray.import"))
        kind = "team" if place.startswith(TEAM) else "set" if place.startswith(SET) else place
        return say(f"library.empty.{kind}")

    def offers(self, place: str, rows: Sequence[Row]) -> tuple[str, ...]:
        """Heading, text and acts for what is chosen, where it is not one phrase."""
        say = self._words.say
        if not rows:
            return "", say("library.pick") if self._window.middle.model.rows else ""
        if len(rows) == 1:
            count = rows[0].count
            text = say("library.gone_set", count=count) if rows[0].kind == "set" else ""
            return rows[0].title, text, *self._offered(place, rows)
        return say("library.chosen", count=len(rows)), "", *self._offered(place, rows)

    # ---- inside

    @staticmethod
    def _offered(place: str, rows: Sequence[Row]) -> tuple[str, ...]:
        if not rows or place == CLASHES or place.startswith(TEAM):
            return ()
        if place == TRASH:
            return ("restore",)
        star = "unfavourite" if all(row.favourite for row in rows) else "favourite"
        return ("move", star, "trash")

    def _show_keys(self) -> None:
        self.keys.ask()

    def _rename(self) -> None:
        place = self._window.places.current()
        if place is not None and place.set:
            self._renamed = place
            self.naming.ask(self._words.say("library.set.rename"), place.title)

    def _named(self, name: str) -> None:
        if self._renamed is not None:
            self._window.acted.emit("rename", {"id": self._renamed.set, "title": name})
        else:
            self._window.acted.emit("add_set", {"title": name, "parent": ""})

    def _move_to(self, parent: str, title: str) -> None:
        ids = [row.id for row in self._window.chosen]
        if ids:
            self._window.acted.emit("move_to", {"ids": ids, "parent": parent, "title": title})

    def _put(self, ids: list[str], behind: int) -> None:
        rows = self._window.middle.model.rows
        moving = set(ids)
        while behind >= 0 and rows[behind].id in moving:
            behind -= 1
        if behind >= 0:
            parent, after = rows[behind].parent, rows[behind].id
        else:
            place = self._window.places.current()
            first = (row.parent for row in rows if row.id not in moving)
            parent, after = next(first, place.set if place is not None else ""), ""
        self._window.acted.emit("move", {"ids": ids, "parent": parent, "after": after})

    def _nudge(self, step: int) -> None:
        """Put what is chosen one further up (-1) or down, within its set."""
        rows, chosen = self._window.middle.model.rows, self._window.chosen
        if not chosen or not self._window.middle.model.ordered:
            return
        numbers = [rows.index(row) for row in chosen]
        over = numbers[0] - 1 if step < 0 else numbers[-1] + 1
        parents = {row.parent for row in chosen}
        if not 0 <= over < len(rows) or parents != {rows[over].parent}:
            return
        behind = over - 1 if step < 0 else over
        stays = behind >= 0 and rows[behind].parent in parents
        after = rows[behind].id if stays else ""
        ids = [row.id for row in chosen]
        facts = {"ids": ids, "parent": parents.pop(), "after": after}
        self._window.acted.emit("move", facts)

    def _nudge_set(self, step: int, depth: int) -> None:
        """Put the chosen set up or down among its neighbours, or into the one before and out."""
        place, groups = self._window.places.current(), self._window.shelf.groups
        group = next((one for one in groups if place is not None and one.id == place.set), None)
        if group is None:
            return
        beside = [one.id for one in groups if one.parent == group.parent]
        at = beside.index(group.id)
        parent, after = group.parent, ""
        if depth < 0 and group.parent:
            parent, after = "", group.parent
        elif depth > 0 and at > 0 and not group.parent:
            parent, after = beside[at - 1], LAST
        elif step and 0 <= at + step < len(beside):
            behind = at + step if step > 0 else at - 2
            after = beside[behind] if behind >= 0 else ""
        else:
            return
        self._window.acted.emit("move_set", {"id": group.id, "parent": parent, "after": after})

    def _dropped(self, key: str, ids: list[str]) -> None:
        acts: dict[str, tuple[str, dict[str, object]]] = {
            TRASH: ("trash", {"ids": ids}),
            FAVOURITES: ("favourite", {"ids": ids, "on": True}),
        }
        parent = key.removeprefix(SET)
        name, facts = acts.get(key, ("move_to", {"ids": ids, "parent": parent, "title": ""}))
        self._window.editor.flush()
        self._window.acted.emit(name, facts)

    def _row_menu(self, at: QPoint) -> None:
        window, menu = self._window, QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self._offered(window.place, window.chosen):
            action = menu.addAction(self._words.say(f"library.act.{name}"))
            action.triggered.connect(lambda _checked, name=name: self.do(name))
        if menu.actions():
            menu.popup(window.rows.viewport().mapToGlobal(at))

    def _place_menu(self, at: QPoint) -> None:
        window, menu = self._window, QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = window.places.current()
        acts = [("library.set.new", self.new_set)]
        if place is not None and place.set:
            acts += [("library.set.rename", self._rename), ("library.act.trash", self._delete_set)]
        for key, act in acts:
            menu.addAction(self._words.say(key)).triggered.connect(lambda _checked, act=act: act())
        menu.popup(window.places.viewport().mapToGlobal(at))

    def _delete_set(self) -> None:
        window, place = self._window, self._window.places.current()
        if place is not None and place.set:
            window.editor.flush()
            window.acted.emit("trash", {"ids": [place.set]})
