"""What a query may have been meant to say, for when nothing is what it says: small slips only."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from companion.phrases import pinyin, sounds
from companion.phrases.columns import CodedColumn, Column
from companion.phrases.fields import Field, Fields, InGroup
from companion.phrases.looks import Anywhere
from companion.phrases.word import letters, looks

# A slip in fewer characters could have meant anything.
_FEWEST_LETTERS, _FEWEST_CHARACTERS, _MOST_CHARACTERS = 4, 3, 24
# More lines than these are not looked at for one word.
_MOST_LINES = 2_000
_ANY = f"[^\n{pinyin.OTHER}]"

Found = tuple[int, str]
"""A line, and what stands there of what was typed: a piece of text, or letters of pinyin."""


def find(
    words: tuple[str, ...], fields: Fields, limit: int, bodies: bool
) -> list[tuple[int, tuple[str, ...]]]:
    """The lines on which all words stand or nearly stand, with the words as they stand there."""
    common: dict[int, tuple[int, tuple[str, ...]]] | None = None
    for word in words:
        found = _by_line(word, fields, bodies, most=limit if len(words) == 1 else _MOST_LINES)
        if common is None:
            common = {line: (cost, (read,)) for line, (cost, read) in found.items()}
        else:
            common = {
                line: (cost + found[line][0], (*read, found[line][1]))
                for line, (cost, read) in common.items()
                if line in found
            }
    order = sorted((common or {}).items(), key=lambda item: (item[1][0], item[0]))
    return [(line, read) for line, (_, read) in order[:limit]]


def _by_line(word: str, fields: Fields, bodies: bool, most: int) -> dict[int, tuple[int, str]]:
    """By line, what stands there of a word, with how far that is from it."""
    places = looks(word, fields, bodies)
    exact = places.head.all_lines() | places.body.all_lines()
    if exact:
        return dict.fromkeys(exact, (0, word))
    found: dict[int, tuple[int, str]] = {}
    for cost, lines in enumerate(_nearly(word, fields, bodies), 1):
        for line, read in islice(lines, most):
            found.setdefault(line, (cost, read))
        if len(found) >= most:
            break
    return found


def _nearly(word: str, fields: Fields, bodies: bool) -> Iterator[Iterable[Found]]:
    """The lines on which a word nearly stands, the likeliest first."""
    typed, groups = letters(word), fields.group
    held = [fields.title, *([fields.body] if bodies else [])]
    if not typed:
        for field in held:
            yield _sounding(word, field.coded)
            yield _one_off(word, field.text, _FEWEST_CHARACTERS)
        return
    for field in held:
        yield _sounds(typed, field)
        if field is fields.title:
            yield (
                (line, read.spelled)
                for read in sounds.near(typed, groups.names.coded)
                for line in InGroup(
                    groups, Anywhere(groups.names.coded, ((read.codes, ""),))
                ).lines()
            )
            yield _one_off(typed, field.text, _FEWEST_LETTERS)
            yield _one_off(typed, field.initials, _FEWEST_LETTERS)


def _sounds(typed: str, field: Field) -> Iterator[Found]:
    for read in sounds.near(typed, field.coded):
        for line in field.coded.lines((read.codes, "")):
            yield line, read.spelled


def _sounding(word: str, column: CodedColumn) -> Iterator[Found]:
    """The lines with other characters of the same readings: 退宽 for 退款, as an input method
    may offer them.
    """
    if not 1 < len(word) <= _MOST_CHARACTERS or not any(map(pinyin.code, word)):
        return
    steps = ["".join(map(column.read_as, pinyin.readings(one))) or one for one in word]
    for path in column.paths(steps):
        spelled = "".join(map(_shared_reading, word, path))
        for line in column.lines((path, "")):
            yield line, spelled


def _shared_reading(character: str, code: str) -> str:
    """A syllable that is typed both for a character and for a code; the character without one."""
    known = pinyin.readings(character)
    return next((one for one in pinyin.syllables_of(code) if one in known), character)


def _one_off(word: str, column: Column, fewest: int) -> Iterator[Found]:
    """The lines that hold a word but for one character: left out, added, another, or swapped."""
    if not fewest <= len(word) <= _MOST_CHARACTERS:
        return
    half = len(word) // 2
    fits = re.compile("|".join(map(_escaped, _variants(word)))).search
    # Of a word with one slip, one half is as it should be.
    halves = (column.lines((part, "")) for part in (word[:half], word[half:]))
    for line in dict.fromkeys(islice(chain.from_iterable(halves), _MOST_LINES)):
        if found := fits(column.text, *column.span(line)):
            yield line, found[0]


def _variants(word: str) -> Iterator[str]:
    """The word with one slip undone, a line break for any character."""
    for at in range(len(word)):
        yield word[:at] + "\n" + word[at + 1 :]
        if at:
            yield word[:at] + "\n" + word[at:]
            yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
        yield word[:at] + word[at + 1 :]


def _escaped(variant: str) -> str:
    return re.escape(variant).replace("\\\n", _ANY)
