"""The right side of the bookmark window: one bookmark or folder; what is typed is never lost."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal

from companion.session.bookmark_tree import BOOKMARK, Node
from companion.ui.bookmarks_form import MarkForm
from companion.ui.seen import Key, Seen
from companion.ui.tag_line import tags_in
from companion.ui.undo_keys import UndoKeys
from companion.ui.words import Words


class MarkEditor(MarkForm):
    """Says what was typed as soon as a field is left, by ``acted`` (write)."""

    acted = Signal(str, dict)
    undo_wanted = Signal(bool)
    """To take the last act back, or (False) to do it again: no field has anything to undo."""
    typed = Signal()
    wanted = Signal(str)
    """What a button stands for: open, open_all, copy, move, trash, copy_shared."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.id = ""
        self.writes = 0
        """How often something was said to be written: what was read before is out of date."""
        self._node: Node | None = None
        self._path, self._made = "", True
        self._seen = Seen()
        self._comma = words.say("library.tags.comma")
        for line in (self.title, self.url, self.tags):
            line.editingFinished.connect(self.flush)
            line.textChanged.connect(self.typed)
        self.url.textChanged.connect(lambda _text: self._look_at_address())
        # A new bookmark begins with its address, and then wants a title.
        self.url.returnPressed.connect(self._on_to_title)
        UndoKeys(self.lines, self).wanted.connect(self.undo_wanted)
        buttons = {
            "open": self.open,
            "open_all": self.open_all,
            "copy": self.copy,
            "move": self.move_it,
            "trash": self.trash,
        }
        for name, one in buttons.items():
            one.clicked.connect(lambda _checked, name=name: self.wanted.emit(name))
        self.notice.pressed.connect(self._notice_act)
        self.notice.other_pressed.connect(lambda: self._settle(other=True))

    # ---- showing

    def show_node(self, node: Node, path: str) -> None:
        """Show a node, or what has become of the one that is shown; what was typed is kept."""
        if node.id != self.id:
            self.forget()
            self.id = node.id
        self._node, self._path, self._made = node, path, True
        for key, stored in self._stored(node).items():
            if self._seen.came(key, stored, self._shown()[key]):
                self._put(key, stored)
        self._show_rest()

    def begin(self, draft: str, parent: str, path: str) -> None:
        """Begin a bookmark that is not there yet, in a folder."""
        self.show_node(Node(draft, BOOKMARK, "", parent), path)
        self._made = False
        self._show_rest()
        self.url.setFocus()

    def adopt(self, draft: str, id: str) -> None:
        """A draft has become a bookmark."""
        if self.id == draft and self._node is not None:
            self._seen.rename(draft, id)
            self.id, self._node = id, replace(self._node, id=id)

    def forget(self) -> None:
        """Show nothing, and hold nothing of what was shown."""
        self.id, self._node = "", None
        self._seen.forget()
        for line in (self.title, self.url, self.tags):
            line.clear()
        self.place.clear()
        self.notice.say("")

    # ---- saving

    def flush(self) -> None:
        """Say what was typed and is not written yet."""
        node = self._node
        if node is None or not node.ours:
            return
        for id, typed in self._seen.typed(self._shown()).items():
            fields = {
                name: said.strip() if isinstance(said, str) else said
                for name, said in typed.items()
            }
            if not self._made:
                if not (self.title.text().strip() or self.url.text().strip()):
                    return
                fields, self._made = fields | {"parent": node.parent}, True
            seen = self._seen.write(id, typed)
            self.writes += 1
            self.acted.emit("write", {"id": id, "seen": seen, "fields": fields})

    # ---- inside

    def _on_to_title(self) -> None:
        if not self.title.text():
            # In its own turn: with this key the line still has to say that it is finished, and
            # what has no title is called by its address from then on.
            QTimer.singleShot(0, self.title, self.title.setFocus)
            QTimer.singleShot(0, self.title, self.title.selectAll)

    def _stored(self, node: Node) -> dict[Key, Any]:
        found: dict[Key, Any] = {(node.id, "title"): node.title}
        if node.kind == BOOKMARK:
            found |= {(node.id, "url"): node.url, (node.id, "tags"): tuple(node.tags)}
        return found

    def _shown(self) -> dict[Key, Any]:
        return {
            (self.id, "title"): self.title.text(),
            (self.id, "url"): self.url.text(),
            (self.id, "tags"): tags_in(self.tags.text()),
        }

    def _put(self, key: Key, stored: Any) -> None:
        line = {"title": self.title, "url": self.url, "tags": self.tags}[key[1]]
        line.setText(self._comma.join(stored) if key[1] == "tags" else stored)
        self._seen.shows(key, stored, self._shown()[key])
        if not line.hasFocus():
            # A long one is to be seen from its beginning.
            line.setCursorPosition(0)

    def _show_rest(self) -> None:
        node = self._node
        if node is not None:
            self.show_rest(node, self._path, self._made)
            self.tell(node, bool(self._seen.elsewhere))
            self._look_at_address()

    def _look_at_address(self) -> None:
        self.show_address(self.url.text(), self._node is not None and self._node.kind == BOOKMARK)

    def _notice_act(self) -> None:
        node = self._node
        if node is None:
            return
        if node.team:
            self.wanted.emit("copy_shared")
        elif node.gone:
            self.acted.emit("restore", {"ids": [node.id]})
        else:
            self._settle(other=False)

    def _settle(self, other: bool) -> None:
        """Settle the conflict that is told of on one of its two values."""
        node = self._node
        if node is not None and node.clashes:
            self.flush()
            name, (value, *_) = next(iter(node.clashes.items()))
            value = value if other else getattr(node, name)
            self.acted.emit("settle", {"id": node.id, "field": name, "value": value})
