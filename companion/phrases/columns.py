"""One property of every entry in one long string, a line each, so that a search is str.find."""

import heapq
import re
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, chain, count, islice, pairwise
from operator import add

from companion.phrases import pinyin

_MOST_ALONE = 3
_MOST_FEW = 100
_STARTS = ("\n", pinyin.OTHER)
_SYLLABLES = pinyin.LAST_CODE - pinyin.FIRST_CODE + 1

Needle = tuple[str, str]
"""What is looked for: a text, and the characters of which one must follow, or none for any."""


class Column:
    """Lines of text that are searched together."""

    def __init__(self, joined: str) -> None:
        # Every line begins behind a line break, so that "at the start" is a plain substring.
        self.text = f"\n{joined}\n"
        self._offsets = _offsets(joined)
        # Where a piece of text stands for the first time, for the pieces of the last query.
        self._firsts: dict[str, int] = {}

    def forget(self) -> None:
        """Drop what was kept for one query."""
        self._firsts.clear()

    def lines(self, needle: Needle, behind: str = "") -> Iterator[int]:
        """The numbers of the lines that hold needle, directly behind ``behind``, ascending."""
        text, offsets = self.text, self._offsets
        piece, ends = needle
        first = self._firsts.get(piece)
        if first is None:
            first = self._firsts[piece] = text.find(piece)
        if first < 0:
            return
        piece = behind + piece
        size, at = len(piece), text.find(piece, max(0, first - len(behind)))
        while at >= 0:
            if ends and text[at + size] not in ends:
                at = text.find(piece, at + 1)
                continue
            # A match may begin with the line break before its line.
            line = bisect_right(offsets, at + (text[at] == "\n")) - 1
            yield line
            if line + 1 == len(offsets):
                return
            at = text.find(piece, offsets[line + 1] - 1)

    def holds(self, line: int, needle: Needle, behind: str = "") -> bool:
        """Whether one line holds needle, directly behind ``behind``."""
        offsets, text = self._offsets, self.text
        after = offsets[line + 1] if line + 1 < len(offsets) else len(text)
        piece, ends = needle
        piece = behind + piece
        at = text.find(piece, offsets[line] - 1, after)
        while at >= 0 and ends and text[at + len(piece)] not in ends:
            at = text.find(piece, at + 1, after)
        return at >= 0

    def span(self, line: int) -> tuple[int, int]:
        """Where a line stands in the text, with the line breaks before and behind it."""
        offsets = self._offsets
        after = offsets[line + 1] if line + 1 < len(offsets) else len(self.text)
        return offsets[line] - 1, after


def _offsets(joined: str) -> "array[int]":
    """Where each line begins, behind one line break at the very start."""
    lengths = map(len, joined.split("\n"))
    found = array("I", map(add, chain((0,), accumulate(lengths)), count(1)))
    # The last one is where the line after the last would begin.
    found.pop()
    return found


class CodedColumn(Column):
    """A column of coded text that knows which syllables follow one another anywhere in it.

    Most ways to read typed letters as pinyin are ruled out by that, without a search each.
    """

    def __init__(self, joined: str) -> None:
        super().__init__(joined)
        self._singles, self._pairs = _syllables(self.text)

    def needles(self, typed: str) -> tuple[Needle, ...]:
        """What to find for typed letters: coded texts that may stand in this column."""
        found: list[Needle] = []
        for done, ends in pinyin.segmentations(typed):
            if not done:
                found += [(last, "") for last in ends if last in self._singles]
            elif all(self._follow(*pair) for pair in pairwise(done)):
                after = "".join(last for last in ends if self._follow(done[-1], last))
                # A few are found sooner each on its own than by looking behind what is common.
                if len(after) <= _MOST_ALONE:
                    found += [(done + last, "") for last in after]
                else:
                    found.append((done, after))
        return tuple(found)

    def _follow(self, first: str, second: str) -> bool:
        at = _pair(ord(first), ord(second))
        return bool(self._pairs[at >> 3] & 1 << (at & 7))


def _pair(first: int, second: int) -> int:
    return (first - pinyin.FIRST_CODE) * _SYLLABLES + second - pinyin.FIRST_CODE


def _syllables(text: str) -> tuple[set[str], bytearray]:
    """The syllables of a text, and a bit for each pair of them, set where they stand together."""
    found = bytearray(_SYLLABLES * _SYLLABLES // 8)
    if text.isascii():
        return set(), found
    # Two characters of two bytes each are one number; both ways to pair them up are needed.
    data = text.encode(f"utf-16-{sys.byteorder[0]}e", "replace")
    whole, odd = len(data) // 4 * 4, (len(data) - 2) // 4 * 4
    view = memoryview(data)
    numbers = {*view[:whole].cast("I"), *view[2 : 2 + odd].cast("I")}
    low, high = pinyin.FIRST_CODE, pinyin.LAST_CODE
    singles: set[int] = set()
    for number in numbers:
        halves = (number & 0xFFFF, number >> 16)
        # A line break stands before and behind each line: no syllable is without a pair.
        singles.update(halves)
        first, second = halves if sys.byteorder == "little" else halves[::-1]
        if low <= first <= high and low <= second <= high:
            at = _pair(first, second)
            found[at >> 3] |= 1 << (at & 7)
    return {chr(code) for code in singles if low <= code <= high}, found


@dataclass
class Look:
    """A place to look for a word: in a column, any of the needles, behind one of ``behind``."""

    column: Column
    needles: tuple[Needle, ...]
    behind: tuple[str, ...] = ("",)
    _all: list[int] | None = field(default=None, compare=False)

    def few(self) -> list[int] | None:
        """The lines where it stands, where these are few; else None."""
        if self._all is None:
            found = list(islice(self.lines(), _MOST_FEW))
            self._all = found if len(found) < _MOST_FEW else None
        return self._all

    def lines(self) -> Iterator[int]:
        """The lines where it stands, ascending; one may come twice."""
        if self._all is not None:
            return iter(self._all)
        found = [self.column.lines(needle, at) for needle in self.needles for at in self.behind]
        return found[0] if len(found) == 1 else heapq.merge(*found)

    def on(self, line: int) -> bool:
        """Whether it stands on one line."""
        # Loops, not any(): this is asked a thousand times for one keystroke.
        holds = self.column.holds
        for needle in self.needles:
            for at in self.behind:
                if holds(line, needle, at):
                    return True
        return False


class Starts:
    """By the code that a line of a coded column begins with, in one of its spellings, the lines."""

    def __init__(self, column: CodedColumn) -> None:
        self._lines: dict[str, list[int]] = {}
        for number, line in enumerate(column.text[1:-1].split("\n")):
            # Most lines have one spelling.
            several = pinyin.OTHER in line
            for code in {one[:1] for one in line.split(pinyin.OTHER)} if several else line[:1]:
                self._lines.setdefault(code, []).append(number)

    def lines(self, codes: Iterable[str]) -> list[int]:
        """The lines that begin with one of these codes, ascending."""
        return sorted(set().union(*(self._lines.get(code, ()) for code in codes)))


@dataclass
class StartLook:
    """Where a coded line begins with what a look finds anywhere in it."""

    starts: Starts
    anywhere: Look

    def lines(self) -> Iterator[int]:
        """The lines where it stands, ascending; one may come twice."""
        few = self.anywhere.few()
        if few is not None:
            return filter(self.on, few)
        # The beginning of one syllable is many codes: a search for each would take too long.
        single = [piece for piece, ends in self.anywhere.needles if len(piece) == 1 and not ends]
        rest = tuple(one for one in self.anywhere.needles if one[0] not in single)
        others = Look(self.anywhere.column, rest, _STARTS).lines() if rest else ()
        return heapq.merge(self.starts.lines(single), others)

    def on(self, line: int) -> bool:
        """Whether it stands on one line."""
        holds = self.anywhere.column.holds
        return any(holds(line, needle, at) for needle in self.anywhere.needles for at in _STARTS)


@dataclass(frozen=True)
class GuidedLook:
    """Where a pattern fits a coded line: tried only on lines that hold ``must`` in a column."""

    column: Column
    must: str
    coded: Column
    pattern: str

    def lines(self) -> Iterator[int]:
        """The lines where it stands, ascending."""
        return filter(self._fits, self.column.lines((self.must, "")))

    def on(self, line: int) -> bool:
        """Whether it stands on one line."""
        return self._fits(line)

    def _fits(self, line: int) -> bool:
        # Compiled when first needed, and kept by re: most of what must stand does not.
        fits = re.compile(self.pattern).search
        return fits(self.coded.text, *self.coded.span(line)) is not None


AnyLook = Look | StartLook | GuidedLook
