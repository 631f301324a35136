"""The bookmark window on a profile, with every act done at once, as the app's worker does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from companion.phrases.entries import entries_of
from companion.phrases.search import Index
from companion.profile.profile import Profile
from companion.profile.records import Bookmark
from companion.profile.team_content import TeamPack
from companion.session.bookmark_edits import BookmarkEdits
from companion.session.bookmark_tree import BOOKMARK, FOLDER, Node, tree_of
from companion.session.record_edits import Done
from companion.ui.bookmarks import Bookmarks
from companion.ui.style import LIGHT
from companion.ui.words import Words

WORDS = Words("zh")
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Desk:
    """The window, what it works on, and what it asked for."""

    profile: Profile
    window: Bookmarks
    edits: BookmarkEdits
    teams: Mapping[str, TeamPack] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    opened: list[list[str]] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)

    def act(self, name: str, facts: dict[str, Any]) -> None:
        """Do what the window asks for."""
        done = getattr(self.edits, name)(**self.edits.named(facts))
        self.done.append(done)
        self.window.show_done(done)
        if done.name == "new":
            self.window.adopt(facts["id"], done.id)
        self.refresh()

    def refresh(self) -> None:
        """Show what the profile holds now."""
        self.window.show_tree(tree_of(self.profile, self.teams))

    def id(self, title: str) -> str:
        """The id of what has a title."""
        nodes = self.window.tree.nodes.values()
        return next(node.id for node in nodes if node.title == title)

    def choose(self, *titles: str) -> None:
        assert self.window.tree_view.choose([self.id(title) for title in titles])
        self.window.tree_view.setFocus()

    def mark(self, title: str) -> Bookmark:
        found = self.profile.get(self.id(title))
        assert isinstance(found, Bookmark)
        return found

    @property
    def seen(self) -> str:
        """The lines that are listed, with a dot for each folder that they stand in."""
        rows = self.window.left.model.rows
        return " ".join(f"{'.' * line.depth}{line.node.title}" for line in rows)

    @property
    def chosen(self) -> list[str]:
        return [node.title for node in self.window.chosen]

    @property
    def said(self) -> str:
        return self.window.foot.text.text()


def some(profile: Profile) -> None:
    """Folders a, b in a, and c; bookmarks 1 and 2 in a, 3 in b, 4 in c, and 5 in none."""
    ids = {"": ""}
    for title, parent in (("a", ""), ("b", "a"), ("c", "")):
        ids[title] = profile.add(FOLDER, title=title, parent=ids[parent])
    for number, parent in enumerate(("a", "a", "b", "c", ""), 1):
        facts = {"title": str(number), "url": f"https://x{number}.example/"}
        profile.add(BOOKMARK, **facts, parent=ids[parent])


def desk_with(profile: Profile, teams: Mapping[str, TeamPack] | None = None) -> Desk:
    """The window on a profile, shown and in front."""

    def find(query: str) -> list[str]:
        index = Index(entries_of(profile, teams or {}))
        return [hit.entry.id for hit in index.find(query, 10_000)]

    def opened(nodes: Sequence[Node]) -> None:
        desk.opened.append([node.title for node in nodes])

    window = Bookmarks(WORDS, LIGHT)
    window.sought.connect(lambda query: window.show_found(query, find(query)))
    desk = Desk(profile, window, BookmarkEdits(profile), teams or {})
    window.acted.connect(desk.act)
    window.open_wanted.connect(opened)
    window.copy_wanted.connect(desk.copied.append)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    desk.refresh()
    QApplication.processEvents()
    return desk


def desk_on_some(teams: Mapping[str, TeamPack] | None = None) -> Desk:
    """The window on the bookmarks of some()."""
    profile = Profile("p")
    some(profile)
    return desk_with(profile, teams)


def press(
    desk: Desk, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key wherever the focus of the window is."""
    QTest.keyClick(desk.window.focusWidget() or desk.window, key, held)
