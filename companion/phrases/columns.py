"""One property of every entry in one long string, a line each, so that a search is str.find."""

import heapq
import re
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, count, islice, repeat
from operator import add

from companion.phrases import pinyin

# Fewer matches are found one by one as quickly as all at once.
_ONE_BY_ONE = 48
# So many codes are found sooner each on its own than as one of a class.
_MOST_OF_CLASS, _MOST_ALONE = 12, 3
# One way to read letters stands for this many texts at most.
_MOST_PATHS = 48
_MOST_FIRSTS = 512
_PAIRS_AT_ONCE = 1 << 16

Needle = tuple[str, str]
"""What is looked for: a text, and the characters of which one must follow, or none for any.

Without a text, it is one of these characters.
"""


class Column:
    """Lines of text that are searched together."""

    def __init__(self, joined: str) -> None:
        # Every line begins behind a line break, so that "at the start" is a plain substring.
        self.text = f"\n{joined}\n"
        self._offsets = _offsets(joined)
        # Where a piece of text stands for the first time.
        self._firsts: dict[str, int] = {}

    def only(self, lines: Sequence[int]) -> "Column":
        """A column of some of the lines, numbered anew."""
        return Column(self._joined(lines))

    def line(self, number: int) -> str:
        """The text of a line."""
        begin, end = self.span(number)
        return self.text[begin + 1 : end - 1]

    def span(self, line: int) -> tuple[int, int]:
        """Where a line stands in the text, with the line breaks before and behind it."""
        return self._offsets[line] - 1, self._offsets[line + 1]

    def lines(self, needle: Needle, behind: str = "") -> Iterator[int]:
        """The numbers of the lines that hold needle, directly behind ``behind``, ascending."""
        piece, ends = needle
        if not piece:
            return self._with_one_of(ends, behind)
        first = self._first(piece)
        if first < 0:
            return iter(())
        return self._with(behind + piece, ends, max(0, first - len(behind)))

    def all_lines(self, needle: Needle, most: int = sys.maxsize) -> set[int]:
        """The same anywhere in a line, all at once; more than ``most`` need not be."""
        piece, ends = needle
        begun = self.lines(needle)
        found = list(islice(begun, _ONE_BY_ONE))
        if len(found) < _ONE_BY_ONE:
            return set(found)
        if ends or not piece:
            return {*found, *islice(begun, most)}
        # Between two matches the line breaks are counted, which is quicker for many of them.
        pieces = self.text[self._offsets[found[-1]] :].split(piece)
        pieces.pop()
        return {*found, *accumulate(map(str.count, pieces, repeat("\n")), initial=found[-1])}

    def holds(self, line: int, needle: Needle, behind: str = "") -> bool:
        """Whether one line holds needle, directly behind ``behind``."""
        begin, after = self.span(line)
        text = self.text
        piece, ends = needle
        if not piece:
            return _one_of(behind, ends).search(text, begin, after) is not None
        piece = behind + piece
        at = text.find(piece, begin, after)
        while at >= 0 and ends and text[at + len(piece)] not in ends:
            at = text.find(piece, at + 1, after)
        return at >= 0

    def _with(self, piece: str, ends: str, first: int) -> Iterator[int]:
        text, offsets = self.text, self._offsets
        size, at = len(piece), text.find(piece, first)
        while at >= 0:
            if ends and text[at + size] not in ends:
                at = text.find(piece, at + 1)
                continue
            # A match may begin with the line break before its line.
            line = bisect_right(offsets, at + (text[at] == "\n")) - 1
            yield line
            at = text.find(piece, offsets[line + 1] - 1)

    def _with_one_of(self, ends: str, behind: str) -> Iterator[int]:
        if len(ends) <= _MOST_OF_CLASS:
            return heapq.merge(*(self.lines((one, ""), behind) for one in ends))
        return self._matching(_one_of(behind, ends))

    def _matching(self, pattern: "re.Pattern[str]") -> Iterator[int]:
        text, offsets = self.text, self._offsets
        found = pattern.search(text)
        while found:
            at = found.start()
            line = bisect_right(offsets, at + (text[at] == "\n")) - 1
            yield line
            found = pattern.search(text, offsets[line + 1] - 1)

    def _first(self, piece: str) -> int:
        first = self._firsts.get(piece)
        if first is None:
            if len(self._firsts) > _MOST_FIRSTS:
                self._firsts.clear()
            first = self._firsts[piece] = self.text.find(piece)
        return first

    def _joined(self, lines: Sequence[int]) -> str:
        text, offsets = self.text, self._offsets
        return "\n".join([text[offsets[at] : offsets[at + 1] - 1] for at in lines])


@lru_cache(maxsize=64)
def _one_of(behind: str, characters: str) -> "re.Pattern[str]":
    return re.compile(f"{behind}[{re.escape(characters)}]")


def _offsets(joined: str) -> "array[int]":
    """Where each line begins, behind one line break at the very start, and where the text ends."""
    lengths = map(len, joined.split("\n"))
    return array("I", map(add, chain((0,), accumulate(lengths)), count(1)))


class CodedColumn(Column):
    """A column of coded text that knows which codes follow one another anywhere in it.

    Most ways to read typed letters as pinyin are ruled out by that, without a search each.
    """

    def __init__(self, joined: str, like: "CodedColumn | None" = None) -> None:
        super().__init__(joined)
        # Some lines of a column hold nothing that the column does not hold.
        self._known: _Codes = like._known if like else _Codes(self.text)

    def only(self, lines: Sequence[int]) -> "CodedColumn":
        """A column of some of the lines, numbered anew."""
        return CodedColumn(self._joined(lines), self)

    def read_as(self, syllable: str) -> str:
        """The codes in this column that a whole syllable may be, as usual readings first."""
        return self._known.by_syllable.get(syllable, "")

    def read_from(self, letters: str) -> str:
        """The codes in this column of which a reading begins with these letters."""
        return self._known.beginning(letters)

    def follow(self, first: str, second: str) -> bool:
        """Whether two codes stand together anywhere in this column."""
        return self._known.follow(first, second)

    def needles(self, typed: str, whole: bool = False) -> tuple[Needle, ...]:
        """What to find for typed letters: coded texts that may stand in this column.

        Of the last syllable the beginning is enough, unless ``whole``.
        """
        found: list[Needle] = []
        for done, rest in pinyin.segmentations(typed):
            lasts = self.read_as(rest) if whole else self.read_from(rest)
            for path in self.paths([self.read_as(one) for one in done]) if lasts else ():
                after = lasts
                if path:
                    after = "".join(last for last in lasts if self.follow(path[-1], last))
                if path and 0 < len(after) <= _MOST_ALONE:
                    found += [(path + last, "") for last in after]
                elif after:
                    found.append((path, after))
        return tuple(dict.fromkeys(found))

    def paths(self, steps: Sequence[str]) -> list[str]:
        """The texts made of one code of each step that may stand in this column."""
        paths = [""]
        for codes in steps:
            paths = [
                path + one
                for path in paths
                for one in codes
                if not path or self.follow(path[-1], one)
            ][:_MOST_PATHS]
        return paths


class _Codes:
    """The codes of a text: which there are, how they are read, and which stand together."""

    def __init__(self, text: str) -> None:
        self._pairs, present = _pairs(text)
        by_syllable: dict[str, list[str]] = {}
        for code in present:
            for number, syllable in enumerate(pinyin.syllables_of(code)):
                if pinyin.typable(syllable):
                    codes = by_syllable.setdefault(syllable, [])
                    codes.insert(0 if not number else len(codes), code)
        self.by_syllable = {syllable: "".join(codes) for syllable, codes in by_syllable.items()}
        self._beginnings: dict[str, str] = {}

    def beginning(self, letters: str) -> str:
        """The codes of which a reading begins with these letters, each once."""
        found = self._beginnings.get(letters)
        if found is None:
            read = (codes for one, codes in self.by_syllable.items() if one.startswith(letters))
            found = "".join(dict.fromkeys("".join(read)))
            # What begins no syllable is asked for without end.
            if found:
                self._beginnings[letters] = found
        return found

    def follow(self, first: str, second: str) -> bool:
        """Whether two codes stand together."""
        pair = _pair(ord(first), ord(second))
        at = bisect_left(self._pairs, pair)
        return at < len(self._pairs) and self._pairs[at] == pair


def _pair(first: int, second: int) -> int:
    return first | second << 16 if sys.byteorder == "little" else first << 16 | second


def _pairs(text: str) -> "tuple[array[int], list[str]]":
    """Each two characters that stand together, as sorted numbers, and the codes among them."""
    if text.isascii():
        return array("I"), []
    numbers: set[int] = set()
    # Two characters of two bytes each are one number; both ways to pair them up are needed.
    for begin in range(0, len(text), _PAIRS_AT_ONCE):
        block = text[begin : begin + _PAIRS_AT_ONCE + 1]
        data = memoryview(block.encode(f"utf-16-{sys.byteorder[0]}e", "replace"))
        whole, odd = len(data) // 4 * 4, (len(data) - 2) // 4 * 4
        numbers.update(data[:whole].cast("I"), data[2 : 2 + odd].cast("I"))
    low, high = pinyin.FIRST_CODE, pinyin.LAST_CODE
    # A line break stands before and behind each line: no code is without a pair.
    present = {number & 0xFFFF for number in numbers}
    kept = sorted(
        number
        for number in numbers
        if low <= number & 0xFFFF <= high and low <= number >> 16 <= high
    )
    return array("I", kept), [chr(one) for one in sorted(present) if low <= one <= high]
