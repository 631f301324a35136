"""What a foreign file holds, in our words, before it becomes records of the profile."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Problem:
    """Something that was not carried over as it stood.

    ``kind`` is a key of the catalogues (``problem.KIND``); ``name`` names the entry it happened
    to and ``line`` its line in the file, 0 where the format has no lines.
    """

    kind: str
    name: str = ""
    line: int = 0


@dataclass(frozen=True)
class PhraseItem:
    """One phrase. ``body`` is in Companion's own template syntax (see profile/template.py)."""

    title: str
    body: str
    abbr: str = ""
    set: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class BookmarkItem:
    """One bookmark; ``folder`` is its path from the root, ``added`` in Unix seconds, 0 unknown."""

    title: str
    url: str
    folder: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    added: int = 0


@dataclass
class Parsed:
    """All that a file held, in its order."""

    phrases: list[PhraseItem] = field(default_factory=list)
    bookmarks: list[BookmarkItem] = field(default_factory=list)
    folders: list[tuple[str, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Reader(Protocol):
    """A module of this package that reads a format; detection.py finds it by these names."""

    NAME: str
    HOLDS: str

    def matches(self, data: bytes, name: str) -> float:
        """How sure this module is that data (from a file called name) is its own: 0 to 1."""

    def read(self, data: bytes, name: str) -> Parsed:
        """Everything the file holds. Raises FormatBroken (facts: place, format, line)."""


class Writer(Protocol):
    """A module of this package that writes a format."""

    NAME: str
    HOLDS: str

    def write_phrases(self, items: Sequence[PhraseItem]) -> bytes:
        """A file of this format with these phrases."""
