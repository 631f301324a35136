"""Readings of Chinese characters, as tables for str.translate: whole texts at C speed."""

import itertools
from functools import cache, lru_cache

from companion.resource_files import resource

# Stands between the spellings of one text; white space, so folded text never holds it.
OTHER = "\x1f"
# A title with more spellings than this keeps the likelier ones.
_MOST_SPELLINGS = 16
# Code points that stand, inside this module only, for a character in one of its other readings.
_OTHER_READINGS = 0xF0000


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """By character, its toneless readings, the most usual first (made from pypinyin's data)."""
    characters, spelled = resource("pinyin", "readings.txt").read_text("utf-8").split("\n")[:2]
    return {
        character: tuple(found.split(","))
        for character, found in zip(characters, spelled.split(" "), strict=True)
    }


@cache
def syllables() -> dict[str, str]:
    """By syllable, the one character (from the private use area) that stands for it."""
    found = sorted({reading for spelled in readings().values() for reading in spelled})
    return {syllable: chr(0xE000 + number) for number, syllable in enumerate(found)}


@cache
def _others() -> dict[str, str]:
    """By character, the stand-ins for its second and further readings."""
    found, code = {}, _OTHER_READINGS
    for character, spelled in readings().items():
        if len(spelled) > 1:
            count = len(spelled) - 1
            found[character] = "".join(chr(code + number) for number in range(count))
            code += count
    return found


@cache
def _stand_ins() -> dict[str, str]:
    """By stand-in, the reading it stands for."""
    return {
        stand_in: reading
        for character, stand_ins in _others().items()
        for stand_in, reading in zip(stand_ins, readings()[character][1:], strict=True)
    }


class _Table(dict[int, str]):
    """A translate table that is filled as characters are met, so that loading costs nothing."""

    def __init__(self, whole: bool) -> None:
        super().__init__()
        self._whole = whole

    def __missing__(self, code: int) -> str:
        character = chr(code)
        found = readings().get(character)
        spelled = found[0] if found else _stand_ins().get(character)
        if spelled:
            text = syllables()[spelled] if self._whole else spelled[0]
        else:
            # Letters and digits stand for themselves; punctuation is never typed in pinyin.
            kept = character.isalnum() or character in ("\n", OTHER)
            text = character if kept else ""
        self[code] = text
        return text


@cache
def _table(whole: bool) -> _Table:
    return _Table(whole)


def every_reading(line: str) -> str:
    """A short line in all its readings, the usual one first, for initials() and coded() only."""
    if not line:
        # Nothing to read needs no tables: an app that starts signed out does without them.
        return ""
    others = _others()
    choices = [(character, *others.get(character, ())) for character in line]
    spellings = itertools.islice(itertools.product(*choices), _MOST_SPELLINGS)
    return OTHER.join(map("".join, spellings))


def initials(text: str) -> str:
    """First letters: 退款 → tk."""
    return text.translate(_table(False))


def coded(text: str) -> str:
    """One character a syllable, so that a search for syllables cannot match across them."""
    return text.translate(_table(True))


@cache
def _typed_syllables() -> dict[str, str]:
    """The syllables that people type, by spelling, with their codes.

    n, m, ng and hm are readings of interjections; as syllables they would split every word.
    """
    return {spelled: code for spelled, code in syllables().items() if set(spelled) & set("aeiouv")}


@cache
def _beginnings() -> dict[str, frozenset[str]]:
    """By the beginning of a syllable, the codes of all syllables that begin so."""
    found: dict[str, set[str]] = {}
    for spelled, code in _typed_syllables().items():
        for size in range(1, len(spelled) + 1):
            found.setdefault(spelled[:size], set()).add(code)
    return {beginning: frozenset(codes) for beginning, codes in found.items()}


@lru_cache(maxsize=256)
def segmentations(typed: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The ways to read typed letters as pinyin: coded whole syllables, then what may come last.

    ``tuiku`` gives the code of tui and the codes of ku, kua, kuan…; what is no pinyin gives none.
    """
    table, beginnings = _typed_syllables(), _beginnings()
    found: list[tuple[str, frozenset[str]]] = []

    def split(rest: str, done: str) -> None:
        last = beginnings.get(rest)
        if last:
            found.append((done, last))
        for size in range(min(6, len(rest) - 1), 0, -1):
            if rest[:size] in table and len(found) < 3:
                split(rest[size:], done + table[rest[:size]])

    # The longest pinyin anyone types to find a phrase; beyond it splitting could explode.
    if typed.isascii() and typed.isalpha() and len(typed) <= 40:
        split(typed, "")
    return tuple(found)


def align(text: str, typed: str) -> list[int]:
    """The indexes of the characters of text that typed spells, none where it does not.

    Typed may be the text itself, full readings, initials, or a mixture (``tui款``, ``tkuan``); of
    the last character only the beginning of a reading is needed.
    """
    table = readings()

    def follow(at: int, rest: str) -> list[int] | None:
        if not rest:
            return []
        if at == len(text):
            return None
        character = text[at]
        lower = character.lower()
        options = [lower] if rest.startswith(lower) else []
        for reading in table.get(character, ()):
            options += [reading[:size] for size in range(len(reading), 0, -1)]
        for option in options:
            # A part of a reading is only its first letter, or all that is left to match.
            whole = option == lower or option in table.get(character, ())
            if rest.startswith(option) and (whole or len(option) in (1, len(rest))):
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
