"""What an import would do with every entry of a file, before anything is done."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

from companion.bookmarks.opening import openable
from companion.formats.items import (
    BookmarkItem,
    Parsed,
    PhraseItem,
    Problem,
    Watch,
    unwatched,
)
from companion.profile.profile import Profile
from companion.profile.records import Phrase
from companion.session.exporting import Path, folder_paths

LONGEST = 100_000
"""Characters of a text; what is longer is no phrase, and would slow down every search."""

NOT_TRANSLATED = frozenset(
    {
        "variable_kept_as_text",
        "script_kept_as_text",
        "script_left_out",
        "pattern_not_used",
        "image_not_carried",
    }
)
"""The kinds of problems that say that something in a phrase does not act as it did."""

_EACH = 1_000
_Item = TypeVar("_Item", PhraseItem, BookmarkItem)


class Fate(StrEnum):
    """What becomes of an entry.

    ``SAME`` is here already, word for word. ``CHANGED`` gets the new text; what it says now stays
    in its history. A ``DUPLICATE``'s text or address stands elsewhere as well, here or in the file.
    """

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DUPLICATE = "duplicate"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Choices:
    """What the agent has decided: all into the set or folder ``into`` where it is given.

    Without ``doubles`` duplicates are left out, without ``changes`` what is here keeps its text.
    """

    into: str | None = None
    doubles: bool = True
    changes: bool = True

    def takes(self, fate: Fate) -> bool:
        """Whether an entry of this fate is taken in."""
        if fate is Fate.DUPLICATE:
            return self.doubles
        return fate is Fate.NEW or (fate is Fate.CHANGED and self.changes)


AS_IT_STANDS = Choices()


@dataclass(frozen=True)
class Planned(Generic[_Item]):
    """An entry of the file, the path of where it goes, and the record that it changes, if any."""

    item: _Item
    fate: Fate
    place: Path
    record: str = ""


@dataclass
class Plan(Generic[_Item]):
    """Every entry of a file in its order, and what was not carried over as it stood.

    Nothing is added once it was counted.
    """

    choices: Choices
    rows: list[Planned[_Item]] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def counts(self) -> Counter[Fate]:
        """How many entries have which fate."""
        return Counter(row.fate for row in self.rows)

    @property
    def untranslated(self) -> int:
        """How many things do not act as they did in the program they come from."""
        return sum(problem.kind in NOT_TRANSLATED for problem in self.problems)

    @cached_property
    def taken(self) -> list[Planned[_Item]]:
        """The entries that will be taken in, as new or as changes."""
        return [row for row in self.rows if self.choices.takes(row.fate)]

    @cached_property
    def places(self) -> Counter[Path]:
        """Where they go, and how many to each place."""
        return Counter(row.place for row in self.taken)


def plan_phrases(
    profile: Profile, file: Parsed, choices: Choices = AS_IT_STANDS, watch: Watch = unwatched
) -> Plan[PhraseItem]:
    """What would become of phrases.

    Sets are found by title. A phrase of the same set, title and body is the same; one of the same
    set, title and abbreviation is changed. Two phrases of one file never write over each other.
    """
    plan: Plan[PhraseItem] = Plan(choices, problems=list(file.problems))
    sets = {held.id: held.title for held in reversed(profile.sets())}
    here = [(sets.get(phrase.parent, ""), phrase) for phrase in profile.phrases()]
    new = [(_set(item, choices.into), item) for item in file.phrases]
    known = {(title, phrase.title, phrase.body) for title, phrase in here}
    bodies = {phrase.body for _, phrase in here}
    asked = {(title, item.title, item.body) for title, item in new}
    # What the file holds word for word is not there to be rewritten by its namesakes.
    open_to_change: dict[tuple[str, str, str], list[Phrase]] = defaultdict(list)
    for title, phrase in reversed(here):
        if (title, phrase.title, phrase.body) not in asked:
            open_to_change[title, phrase.title, phrase.abbr].append(phrase)
    for title, item in _watched(new, watch):
        place = (title,) if title else ()
        namesakes = open_to_change[title, item.title, item.abbr]
        if len(item.body) > LONGEST:
            plan.problems.append(Problem("longer_than_taken", item.title))
            plan.rows.append(Planned(item, Fate.TOO_LONG, place))
        elif (title, item.title, item.body) in known:
            plan.rows.append(Planned(item, Fate.SAME, place))
        elif namesakes:
            plan.rows.append(Planned(item, Fate.CHANGED, place, namesakes.pop().id))
        else:
            fate = Fate.DUPLICATE if item.body in bodies else Fate.NEW
            plan.rows.append(Planned(item, fate, place))
        known.add((title, item.title, item.body))
        bodies.add(item.body)
    return plan


def plan_bookmarks(
    profile: Profile, file: Parsed, choices: Choices = AS_IT_STANDS, watch: Watch = unwatched
) -> Plan[BookmarkItem]:
    """What would become of bookmarks; ``choices.into`` is a folder that all go below.

    Folders are found by path. An address that stands in the same folder is the same, or changed
    where its title is another. An address that Companion will not open is taken and told.
    """
    into = (choices.into or "").strip()
    root: Path = (into,) if into else ()
    plan: Plan[BookmarkItem] = Plan(choices, problems=list(file.problems))
    plan.folders = [(*root, *path) for path in file.folders]
    paths = folder_paths(profile.folders())
    known = {
        (paths.get(mark.parent, ()), mark.url): (mark.id, mark.title)
        for mark in reversed(profile.bookmarks())
    }
    addresses = {url for _, url in known}
    met: set[tuple[Path, str]] = set()
    for item in _watched(file.bookmarks, watch):
        place = (*root, *item.folder)
        id, title = known.get((place, item.url), ("", ""))
        if max(len(item.url), len(item.title)) > LONGEST:
            plan.problems.append(Problem("longer_than_taken", item.title[:200]))
            plan.rows.append(Planned(item, Fate.TOO_LONG, place))
            continue
        if (place, item.url) in met or (id and title == item.title):
            plan.rows.append(Planned(item, Fate.SAME, place))
        elif id:
            plan.rows.append(Planned(item, Fate.CHANGED, place, id))
        else:
            fate = Fate.DUPLICATE if item.url in addresses else Fate.NEW
            plan.rows.append(Planned(item, fate, place))
            if not openable(item.url):
                plan.problems.append(Problem("not_openable", item.title))
        met.add((place, item.url))
        addresses.add(item.url)
    return plan


def _set(item: PhraseItem, into: str | None) -> str:
    return item.set.strip() if into is None else into.strip()


_Any = TypeVar("_Any")


def _watched(items: Iterable[_Any], watch: Watch) -> Iterator[_Any]:
    listed = list(items)
    for number, item in enumerate(listed):
        if number % _EACH == 0:
            watch(number, len(listed))
        yield item
