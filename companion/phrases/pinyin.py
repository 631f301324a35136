"""Readings of Chinese characters: whole texts coded at C speed, typed letters split and aligned."""

from bisect import bisect_left
from functools import cache, lru_cache
from itertools import islice, product

from companion.resource_files import resource

# Stands between the spellings of one text; white space, so folded text never holds it.
OTHER = "\x1f"
# The characters that stand for a syllable, one each, from the private use area.
FIRST_CODE, LAST_CODE = 0xE000, 0xE1FF
# A title with more spellings than this keeps the likelier ones.
_MOST_SPELLINGS = 16
# Longer input is no pinyin that anyone types to find a phrase, and splitting it could explode.
_MOST_TYPED = 40
MOST_SEGMENTATIONS = 8


class _Table:
    """The table as it lies in the file, four strings: a dict of it would take eight megabytes.

    Syllables, whose number is their code's; characters in code point order; the code of each
    one's usual reading; and, each behind a space, the characters with several readings, followed
    by the codes of the others.
    """

    def __init__(self) -> None:
        text = resource("pinyin", "readings.txt").read_text("utf-8")
        syllables, self.characters, self.usual, self.others = text.split("\n")[:4]
        self.syllables = tuple(syllables.split(" "))


@cache
def _table() -> _Table:
    return _Table()


@lru_cache(maxsize=4096)
def codes(character: str) -> str:
    """The codes of a character's readings, the most usual first (from pypinyin's data)."""
    table = _table()
    at = bisect_left(table.characters, character)
    if len(character) != 1 or table.characters[at : at + 1] != character:
        return ""
    begin = table.others.find(f" {character}")
    if begin < 0:
        return table.usual[at]
    end = table.others.find(" ", begin + 1)
    return table.usual[at] + table.others[begin + 2 : end if end >= 0 else None]


def syllable(code: str) -> str:
    """The letters of a code."""
    return _table().syllables[ord(code) - FIRST_CODE]


def readings(character: str) -> tuple[str, ...]:
    """A character's toneless readings, the most usual first; none for what is no Chinese."""
    return tuple(map(syllable, codes(character)))


@cache
def _several() -> frozenset[str]:
    """The characters with more than one reading."""
    return frozenset(group[0] for group in _table().others.split())


class _Usual(dict[int, str]):
    """A table for str.translate that is filled as characters are met, so that loading is free."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        found = codes(character)[:1]
        # Letters and digits stand for themselves; punctuation is never typed in pinyin.
        if not found and (character.isalnum() or character in ("\n", OTHER)):
            found = character
        self[code] = found
        return found


_usual = _Usual()


def coded(text: str) -> str:
    """The usual readings, one character a syllable, so that no search matches across them."""
    return text.translate(_usual)


def every_coded(text: str) -> str:
    """The same in every reading, for short lines: the usual first, separated by OTHER."""
    if not text.strip("\n"):
        # Nothing to read needs no tables: an app that starts signed out does without them.
        return text
    several = _several()
    found = coded(text).split("\n")
    for number, line in enumerate(text.split("\n")):
        if not several.isdisjoint(line):
            choices = [codes(one) if one in several else _usual[ord(one)] for one in line]
            # What is dropped leaves nothing to choose.
            spellings = islice(product(*filter(None, choices)), _MOST_SPELLINGS)
            found[number] = OTHER.join(map("".join, spellings))
    return "\n".join(found)


@cache
def _initials() -> dict[int, str | int]:
    kept = {ord(one): ord(one) for one in ("\n", OTHER)}
    return kept | {FIRST_CODE + at: one[0] for at, one in enumerate(_table().syllables)}


def initials(coded_text: str) -> str:
    """The first letters of a coded text: 退款 → tk."""
    return coded_text.translate(_initials()) if not coded_text.isascii() else coded_text


@cache
def _typed_syllables() -> dict[str, str]:
    """The syllables that people type, by spelling, with their codes.

    n, m, ng and hm are readings of interjections; as syllables they would split every word.
    """
    return {
        spelled: chr(FIRST_CODE + number)
        for number, spelled in enumerate(_table().syllables)
        if set(spelled) & set("aeiouv")
    }


@cache
def _beginnings() -> dict[str, str]:
    """By the beginning of a syllable, the codes of all syllables that begin so."""
    found: dict[str, str] = {}
    for spelled, code in _typed_syllables().items():
        for size in range(1, len(spelled) + 1):
            found[spelled[:size]] = found.get(spelled[:size], "") + code
    return found


def code_of(letters: str) -> str:
    """The code of a whole syllable, empty for anything else."""
    return _typed_syllables().get(letters, "")


def codes_from(letters: str) -> str:
    """The codes of the syllables that begin with these letters."""
    return _beginnings().get(letters, "")


@lru_cache(maxsize=256)
def segmentations(typed: str) -> tuple[tuple[str, str], ...]:
    """The ways to read typed letters as pinyin: coded whole syllables, then what may come last.

    ``tuiku`` gives the code of tui and the codes of ku, kua, kuan…; what is no pinyin gives none.
    """
    found: list[tuple[str, str]] = []

    def split(rest: str, done: str) -> None:
        last = codes_from(rest)
        if last:
            found.append((done, last))
        for size in range(min(6, len(rest) - 1), 0, -1):
            if (code := code_of(rest[:size])) and len(found) < MOST_SEGMENTATIONS:
                split(rest[size:], done + code)

    if typed.isascii() and typed.isalpha() and len(typed) <= _MOST_TYPED:
        split(typed, "")
    return tuple(found[:MOST_SEGMENTATIONS])


def align(text: str, typed: str) -> list[int]:
    """The indexes of the characters of text that typed spells, none where it does not.

    Typed may be the text itself, full readings, initials, or a mixture (``tui款``, ``tkuan``); of
    the last character only the beginning of a reading is needed.
    """

    def follow(at: int, rest: str) -> list[int] | None:
        if not rest:
            return []
        if at == len(text):
            return None
        character = text[at]
        lower = character.lower()
        whole = (lower, *readings(character))
        options = [lower] if rest.startswith(lower) else []
        for reading in whole[1:]:
            options += [reading[:size] for size in range(len(reading), 0, -1)]
        for option in options:
            # A part of a reading is only its first letter, or all that is left to match.
            fits = option in whole or len(option) in (1, len(rest))
            if fits and rest.startswith(option):
                tail = follow(at + 1, rest[len(option) :])
                if tail is not None:
                    return [at, *tail]
        if not character.isalnum():
            return follow(at + 1, rest)
        return None

    for start, character in enumerate(text):
        if character.isalnum() and (found := follow(start, typed)):
            return found
    return []
