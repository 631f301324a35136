"""Places to look for a word: in which column, for which pieces of text, and where in the line."""

import heapq
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from companion.phrases.columns import Column, Needle

_MOST_FEW = 100


class Look(Protocol):
    """Somewhere to look for a word."""

    def lines(self) -> Iterator[int]:
        """The lines where it stands, ascending; one may come twice."""

    def all_lines(self, most: int = sys.maxsize) -> set[int]:
        """The same, all at once; more than ``most`` need not be."""

    def few(self) -> list[int] | None:
        """The same, where these are few; else None."""

    def on(self, line: int) -> bool:
        """Whether it stands on one line."""


def first_few(lines: Iterator[int]) -> list[int] | None:
    """Lines, where these are few; else None."""
    found = list(islice(lines, _MOST_FEW))
    return found if len(found) < _MOST_FEW else None


@dataclass
class Anywhere:
    """In a column, any of the needles."""

    column: Column
    needles: tuple[Needle, ...]
    _few: list[int] | None = None

    def few(self) -> list[int] | None:
        """The lines where it stands, where these are few; else None."""
        if self._few is None:
            self._few = first_few(self.lines())
        return self._few

    def lines(self) -> Iterator[int]:
        """The lines where it stands, ascending; one may come twice."""
        if self._few is not None:
            return iter(self._few)
        found = [self.column.lines(needle) for needle in self.needles]
        return found[0] if len(found) == 1 else heapq.merge(*found)

    def all_lines(self, most: int = sys.maxsize) -> set[int]:
        """The same, all at once; more than ``most`` need not be."""
        lines = self.column.all_lines
        return set[int]().union(*(lines(needle, most) for needle in self.needles))

    def on(self, line: int) -> bool:
        """Whether it stands on one line."""
        holds, needles = self.column.holds, self.needles
        # This is asked a thousand times for one keystroke, and mostly there is one.
        if len(needles) == 1:
            return holds(line, needles[0])
        return any(holds(line, needle) for needle in needles)


@dataclass
class Within:
    """Where in a line one finds what stands ``anywhere``: behind and before certain characters."""

    anywhere: Anywhere
    behind: tuple[str, ...]
    ends: str = ""
    needles: tuple[Needle, ...] = field(default=())

    def _needles(self) -> Iterable[Needle]:
        found = self.needles or self.anywhere.needles
        if not self.ends:
            return found
        return [(piece, self.ends) for piece, _ in found]

    def lines(self) -> Iterator[int]:
        """The lines where it stands, ascending; one may come twice."""
        few = self.anywhere.few()
        if few is not None:
            return filter(self.on, few)
        lines, needles = self.anywhere.column.lines, self._needles()
        return heapq.merge(*(lines(needle, at) for needle in needles for at in self.behind))

    def all_lines(self, most: int = sys.maxsize) -> set[int]:
        """The same, all at once; more than ``most`` need not be."""
        return set(islice(self.lines(), most))

    def few(self) -> list[int] | None:
        """The same, where these are few; else None."""
        return first_few(self.lines())

    def on(self, line: int) -> bool:
        """Whether it stands on one line."""
        holds = self.anywhere.column.holds
        return any(holds(line, needle, at) for needle in self._needles() for at in self.behind)


class Any:
    """Where any of some looks finds something."""

    def __init__(self, places: Sequence[Look]) -> None:
        self.places = places

    def lines(self) -> Iterator[int]:
        """The lines where it stands, ascending; one may come twice."""
        if len(self.places) == 1:
            return self.places[0].lines()
        return heapq.merge(*(look.lines() for look in self.places))

    def all_lines(self, most: int = sys.maxsize) -> set[int]:
        """The same, all at once; more than ``most`` need not be."""
        return set[int]().union(*(look.all_lines(most) for look in self.places))

    def few(self) -> list[int] | None:
        """The same, where these are few; else None."""
        return first_few(self.lines())

    def on(self, line: int) -> bool:
        """Whether it stands on one line."""
        return any(look.on(line) for look in self.places)


@dataclass(frozen=True)
class Guided:
    """Where a pattern fits a coded line: tried only on lines that hold ``must`` in a column."""

    column: Column
    must: str
    coded: Column
    pattern: str

    def lines(self) -> Iterator[int]:
        """The lines where it stands, ascending."""
        return filter(self.on, self.column.lines((self.must, "")))

    def all_lines(self, most: int = sys.maxsize) -> set[int]:
        """The same, all at once; more than ``most`` need not be."""
        return set(islice(self.lines(), most))

    def few(self) -> list[int] | None:
        """The same, where these are few; else None."""
        return first_few(self.lines())

    def on(self, line: int) -> bool:
        """Whether it stands on one line."""
        # Compiled when first needed, and kept by re: most of what must stand does not.
        fits = re.compile(self.pattern).search
        return fits(self.coded.text, *self.coded.span(line)) is not None
