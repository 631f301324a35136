"""What a phrase can be sent as: its wordings, its images, and how it goes into single programs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from companion.phrases.search import Entry
from companion.profile.records import Image, Phrase, Program, Variant, View

if TYPE_CHECKING:
    from companion.profile.profile import Profile

# No team has a name of one line break.
_ANY_TEAM = "\n"
_V = TypeVar("_V", bound=View)


@dataclass(frozen=True)
class Wording:
    """One way to say a phrase; ``rich`` is the same as HTML, empty where it has none."""

    title: str
    body: str
    rich: str = ""


@dataclass(frozen=True)
class Material:
    """A phrase with its parts. The phrase's own wording is the first; ``team`` who shares it.

    ``awaited`` is how many of its images are still on their way to this desk.
    """

    id: str
    wordings: tuple[Wording, ...]
    images: tuple[Image, ...] = ()
    programs: tuple[Program, ...] = ()
    team: str = ""
    awaited: int = 0

    def wording(self, title: str) -> Wording:
        """The wording of this title, else the phrase's own."""
        wanted = _folded(title)
        others = (other for other in self.wordings[1:] if _folded(other.title) == wanted)
        return next(others, self.wordings[0])

    def program(self, name: str) -> Program | None:
        """How it goes into a program (a lower-case short name), where the phrase says so."""
        return next((one for one in self.programs if name and one.program == name), None)


_NO_PARTS: Mapping[str, Material] = {}


class Materials:
    """The material of every entry, as of one moment: reading it waits for nothing.

    ``parts`` is of those that are more than their text, ``first`` the title of the wording that
    the agent would have before a phrase's own.
    """

    def __init__(
        self,
        entries: Iterable[Entry] = (),
        parts: Mapping[str, Material] = _NO_PARTS,
        first: str = "",
    ) -> None:
        self.first = first
        self._entries, self._parts = entries, parts
        self._names: dict[tuple[str, str], Entry] = {}

    def of(self, entry: Entry) -> Material:
        """All that an entry can be sent as."""
        own = Wording(entry.title, entry.body)
        return self._parts.get(entry.id) or Material(entry.id, (own,), team=entry.team)

    def named(self, name: str, team: str = "") -> Material | None:
        """The phrase of a title or a code; None where there is none.

        A title counts before a code, the agent's own before a team's, and the first in order. A
        team's phrase means another one of the same team.
        """
        if not self._names:
            self._take_names()
        wanted = _folded(name)
        entry = self._names.get((wanted, team))
        if entry is None and not team:
            entry = self._names.get((wanted, _ANY_TEAM))
        return self.of(entry) if entry is not None else None

    def _take_names(self) -> None:
        """Only phrases that name others need them, so they are not made before."""
        phrases = [entry for entry in self._entries if entry.kind == "phrase"]
        for said in ("title", "abbr"):
            for entry in phrases:
                name = _folded(getattr(entry, said))
                self._names.setdefault((name, entry.team), entry)
                self._names.setdefault((name, _ANY_TEAM), entry)


def materials_of(profile: Profile, entries: Iterable[Entry], first: str = "") -> Materials:
    """The material of a profile's entries; takes the profile's lock, so off the GUI thread."""
    variants, images = _by_phrase(profile.variants()), _by_phrase(profile.images())
    programs = _by_phrase(profile.programs())
    parts = {
        phrase.id: Material(
            phrase.id,
            (_wording(phrase), *map(_wording, variants.get(phrase.id, ()))),
            tuple(image for image in images.get(phrase.id, ()) if image.data),
            tuple(programs.get(phrase.id, ())),
            awaited=sum(not image.data for image in images.get(phrase.id, ())),
        )
        for phrase in profile.phrases()
        if phrase.rich or any(phrase.id in held for held in (variants, images, programs))
    }
    return Materials(entries, parts, first)


def _by_phrase(views: Iterable[_V]) -> dict[str, list[_V]]:
    found: dict[str, list[_V]] = {}
    for view in views:
        found.setdefault(view.parent, []).append(view)
    return found


def _wording(said: Phrase | Variant) -> Wording:
    return Wording(said.title, said.body, said.rich)


def _folded(name: str) -> str:
    """A name without regard to case and width."""
    return unicodedata.normalize("NFKC", name).strip().casefold()
