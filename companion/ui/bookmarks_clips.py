"""Copying, cutting and pasting in the bookmark window."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from companion.session.bookmark_tree import FOLDER, Place
from companion.ui.bookmarks_links import links_in
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.ui.bookmarks import Bookmarks
    from companion.ui.bookmarks_acts import MarkActs


class Clips:
    """Addresses go to the clipboard and come from it; what is cut stays until it is pasted."""

    def __init__(self, window: "Bookmarks", acts: "MarkActs", words: Words) -> None:
        self._window, self._acts, self._words = window, acts, words
        self._cut: tuple[str, ...] = ()

    def act(self, name: str) -> None:
        """Copy the addresses of what is chosen, cut it, or paste what was cut or addresses."""
        window, say = self._window, self._words.say
        if name == "copy":
            self.cut(())
            self._acts.do("copy")
        elif name == "cut":
            chosen = window.chosen
            if "move" in self._acts.offered(chosen):
                self.cut(tuple(window.tree.outermost(node.id for node in chosen)))
                window.foot.say(say("marks.cut", count=len(self._cut)), undo=False)
        elif self._cut:
            ids, place = self._cut, self._here()
            self.cut(())
            self._acts.move(ids, place, follow=True)
        elif links := links_in(QGuiApplication.clipboard().mimeData()):
            self._acts.add(links, self._here())
        else:
            window.foot.say(say("marks.paste.none"), undo=False)

    def cut(self, ids: tuple[str, ...]) -> None:
        """Take these for cut, and none else."""
        self._cut = ids
        tree, view = self._window.tree, self._window.tree_view
        view.delegate.cut = frozenset(
            one.id for id in ids if id in tree.nodes for one in (tree.nodes[id], *tree.below(id))
        )
        view.viewport().update()

    def _here(self) -> Place:
        """Where something is pasted: into the chosen folder, or behind the chosen bookmark."""
        tree, chosen = self._window.tree, self._window.chosen
        node = chosen[-1] if chosen else None
        if node is None or not node.ours or node.kind == FOLDER:
            return Place(self._acts.home())
        around = tree.inside[node.parent]
        behind = around[around.index(node.id) + 1 :]
        return Place(node.parent, next((id for id in behind if tree.nodes[id].ours), ""))
