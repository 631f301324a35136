"""The phrase window on a profile, with every act done at once: as the app does it on its worker."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from companion.phrases.entries import entries_of
from companion.phrases.search import Index
from companion.profile.profile import Profile
from companion.profile.records import Phrase
from companion.profile.team_content import TeamPack
from companion.session.clashes import clashes_of
from companion.session.edits import Edits
from companion.session.library import details_of, shelf_of
from companion.session.record_edits import Done
from companion.ui.library import Library
from companion.ui.style import LIGHT
from companion.ui.words import Words
from tests.profile.desks import exchange

WORDS = Words("zh")


@dataclass
class Opened:
    """The window, what it works on, and what was done."""

    profile: Profile
    window: Library
    edits: Edits
    teams: Mapping[str, TeamPack] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
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
        self.window.show_shelf(shelf_of(self.profile, self.teams))
        self.look()

    def look(self) -> None:
        """Show what the window is about."""
        kind, id = self.window.subject
        id = self.edits.born.get(id, id)
        if kind == "clash":
            self.window.show_clashes(id, clashes_of(self.profile, id))
        elif id and not id.startswith(Edits.DRAFT):
            found = details_of(self.profile, self.teams, id)
            self.window.show_details(found, self.window.editor.writes)

    def elsewhere(self) -> Profile:
        """The same profile at another desk."""
        other = Profile("p")
        exchange(self.profile, other)
        return other

    def sync(self, other: Profile) -> None:
        """Exchange everything with another desk, and show it."""
        exchange(self.profile, other)
        self.refresh()

    def phrase(self, id: str) -> Phrase:
        found = self.profile.get(id)
        assert isinstance(found, Phrase)
        return found

    @property
    def titles(self) -> list[str]:
        """What is listed."""
        return [row.title for row in self.window.middle.model.rows]

    @property
    def said(self) -> str:
        return self.window.foot.text.text()


def opened(profile: Profile, teams: Mapping[str, TeamPack] | None = None) -> Opened:
    """The window on a profile, shown and in front."""

    def find(query: str) -> list[str]:
        index = Index(entries_of(profile))
        return [hit.entry.id for hit in index.find(query, 10_000)]

    window = Library(WORDS, LIGHT)
    window.sought.connect(lambda query: window.show_found(query, find(query)))
    found = Opened(profile, window, Edits(profile), teams or {})
    window.acted.connect(found.act)
    window.looked.connect(found.look)
    window.copy_wanted.connect(found.copied.append)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    found.refresh()
    QApplication.processEvents()
    return found


def opened_on_some() -> Opened:
    """The window on the phrases of some()."""
    profile = Profile("p")
    some(profile)
    return opened(profile)


def opened_at_a_phrase(body: str) -> Opened:
    """The window on some phrases and, chosen, one with a code and a tag."""
    profile = Profile("p")
    some(profile)
    id = profile.add("phrase", title="退款", body=body, tags=("急",), abbr="tk")
    found = opened(profile)
    found.window.open_at(id)
    return found


def some(profile: Profile, count: int = 6) -> list[str]:
    """Two sets, the second in the first, with phrases titled by their numbers."""
    outer = profile.add("set", title="售后")
    inner = profile.add("set", title="退款", parent=outer)
    profile.add("set", title="物流")
    rows = [
        {"title": str(number), "body": f"第{number}句", "parent": outer if number % 2 else inner}
        for number in range(count)
    ]
    return profile.add_many("phrase", rows)


def place(desk: Opened, title: str) -> None:
    """Choose a place by its title."""
    keys = {held.title: held.key for held in desk.window.side.model.places}
    desk.window.places.choose(keys[title])


def choose(desk: Opened, *titles: str) -> None:
    rows = {row.title: row.id for row in desk.window.middle.model.rows}
    assert desk.window.rows.choose([rows[title] for title in titles])
    desk.window.rows.setFocus()


def chosen(desk: Opened) -> list[str]:
    return [row.title for row in desk.window.chosen]
