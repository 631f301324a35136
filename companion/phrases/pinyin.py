"""Readings of Chinese characters: whole texts coded at C speed, typed letters split into syllables.

A character is coded by all its readings at once: one code stands for one group of readings (行 is
xing and hang), so that a text is coded in one way only, and what is typed is looked for in every
way that it may be read.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice, product

from companion.resource_files import resource

# Stands between the spellings of one text; white space, so folded text never holds it.
OTHER = "\x1f"
# The characters that stand for a group of readings, one each, from the private use area.
FIRST_CODE, LAST_CODE = 0xE000, 0xF8FF
# A title with more spellings than this keeps the likelier ones.
_MOST_SPELLINGS = 16
# So many characters around one that may be read otherwise are written out again.
_AROUND = 3
# Longer input is no pinyin that anyone types to find a phrase, and splitting it could explode.
_MOST_TYPED = 40
MOST_SEGMENTATIONS = 8

Segmentation = tuple[tuple[str, ...], str]
"""Typed letters as whole syllables, and the letters behind these, which may go on."""


class _Table:
    """The table as it lies in the file: a dict of it would take eight megabytes.

    The syllables; the groups, each a text of codes of syllables, the most usual first; the
    characters in code point order, and the code of each one's group.
    """

    def __init__(self) -> None:
        text = resource("pinyin", "readings.txt").read_text("utf-8")
        syllables, groups, self.characters, self.codes = text.split("\n")[:4]
        self.syllables = tuple(syllables.split(" "))
        self.groups = tuple(groups.split(" "))


@cache
def _table() -> _Table:
    return _Table()


def code(character: str) -> str:
    """The code of a character's readings, empty for what is no Chinese character."""
    table = _table()
    at = bisect_left(table.characters, character)
    if len(character) != 1 or table.characters[at : at + 1] != character:
        return ""
    return table.codes[at]


@lru_cache(maxsize=4096)
def syllables_of(code: str) -> tuple[str, ...]:
    """The toneless readings that a code stands for, the most usual first."""
    table = _table()
    number = ord(code) - FIRST_CODE
    if not 0 <= number < len(table.groups):
        return ()
    return tuple(table.syllables[ord(one) - FIRST_CODE] for one in table.groups[number])


def readings(character: str) -> tuple[str, ...]:
    """A character's toneless readings, the most usual first; none for what is no Chinese."""
    found = code(character)
    return syllables_of(found) if found else ()


class _Coded(dict[int, str]):
    """A table for str.translate that is filled as characters are met, so that loading is free."""

    def __missing__(self, number: int) -> str:
        character = chr(number)
        found = code(character)
        if not found:
            # Letters and digits stand for themselves; punctuation is never typed in pinyin.
            plain = unicodedata.normalize("NFKC", character).lower()
            found = "".join(code(one) or (one if one.isalnum() else "") for one in plain)
        self[number] = found if character != "\n" else "\n"
        return self[number]


class _Initials(dict[int, str]):
    """The same for the first letter of a code's usual reading."""

    def __missing__(self, number: int) -> str:
        found = syllables_of(chr(number))
        self[number] = found[0][0] if found else chr(number)
        return self[number]


_coded, _initials = _Coded(), _Initials()


def coded(text: str) -> str:
    """The codes of a text, one character a syllable, so that no search matches across them."""
    return text.translate(_coded)


def initials(coded_text: str) -> str:
    """The first letters of a coded text, in its usual reading: 退款 → tk."""
    return coded_text if coded_text.isascii() else coded_text.translate(_initials)


def every_initials(coded_text: str) -> str:
    """The same in every reading, for short lines: the usual first, separated by OTHER."""
    return _with_others(coded_text, _spellings)


def more_initials(coded_text: str) -> str:
    """The same for long lines: the usual reading, then what is around each character that may
    begin otherwise, so written, separated by OTHER.
    """
    return _with_others(coded_text, _around)


def _with_others(coded_text: str, others: Callable[[str, str], Iterable[str]]) -> str:
    found = initials(coded_text)
    # Nothing to read needs no tables: an app that starts signed out does without them.
    if coded_text.isascii():
        return found
    spelled, several = found.split("\n"), _several()
    for number, line in enumerate(coded_text.split("\n")):
        if not several.isdisjoint(line):
            spelled[number] = OTHER.join((spelled[number], *others(line, spelled[number])))
    return "\n".join(spelled)


def _spellings(line: str, usual: str) -> Iterable[str]:
    every = product(*map(_first_letters, line))
    found = list(map("".join, islice(every, _MOST_SPELLINGS)))
    # Of too many spellings, each character at least is written out in every reading.
    more = _around(line, usual, 1) if next(every, None) else ()
    return [one for one in dict.fromkeys((*found, *more)) if one != usual]


def _around(line: str, usual: str, most: int = _MOST_SPELLINGS) -> Iterator[str]:
    """What is around each character that may begin otherwise, so written; what comes behind it in
    at most so many readings.
    """
    several = _several()
    for at, one in enumerate(line):
        if one in several:
            before, after = usual[max(0, at - _AROUND) : at], line[at + 1 : at + 1 + _AROUND]
            for other in _first_letters(one)[1:]:
                for rest in islice(product(*map(_first_letters, after)), most):
                    yield f"{before}{other}{''.join(rest)}"


@lru_cache(maxsize=4096)
def _first_letters(code: str) -> tuple[str, ...]:
    """The first letters of a code's readings, or what it is itself."""
    return tuple(dict.fromkeys(one[0] for one in syllables_of(code))) or (code,)


@cache
def _several() -> frozenset[str]:
    """The codes whose readings begin with more than one letter."""
    table = _table()
    first = [spelled[0] for spelled in table.syllables]
    return frozenset(
        chr(FIRST_CODE + number)
        for number, group in enumerate(table.groups)
        if len(group) > 1 and len({first[ord(one) - FIRST_CODE] for one in group}) > 1
    )


def typable(syllable: str) -> bool:
    """Whether people type a reading: n, m, ng and hm, of interjections, would split every word."""
    return not set(syllable).isdisjoint("aeiouv")


@cache
def syllables() -> frozenset[str]:
    """The syllables that people type."""
    return frozenset(filter(typable, _table().syllables))


@cache
def _beginnings() -> frozenset[str]:
    """All that a syllable begins with, and the syllables themselves."""
    return frozenset(one[:size] for one in syllables() for size in range(1, len(one) + 1))


def begins_syllable(letters: str) -> bool:
    """Whether letters are a syllable or begin one."""
    return letters in _beginnings()


@lru_cache(maxsize=256)
def segmentations(typed: str) -> tuple[Segmentation, ...]:
    """The ways to read typed letters as pinyin: whole syllables, then what may come last.

    ``tuiku`` gives (tui) and ku, which kua, kuan… begin with; what is no pinyin gives none.
    """
    found: list[Segmentation] = []
    known = syllables()

    def split(rest: str, done: tuple[str, ...]) -> None:
        if begins_syllable(rest):
            found.append((done, rest))
        for size in range(min(6, len(rest) - 1), 0, -1):
            if rest[:size] in known and len(found) < MOST_SEGMENTATIONS:
                split(rest[size:], (*done, rest[:size]))

    if typed.isascii() and typed.isalpha() and len(typed) <= _MOST_TYPED:
        split(typed, ())
    return tuple(found[:MOST_SEGMENTATIONS])
