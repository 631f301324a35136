"""What the letters behind an unfinished composition may be, so that it can be searched for."""

from collections.abc import Iterator
from itertools import islice, product

from companion.phrases.pinyin import readings

_MOST_SPELLINGS = 4
"""Of a guess in which many characters have several readings, the likelier ones are enough."""


def guesses(composed: str) -> list[str]:
    """The queries that a composition may stand for, the likeliest first, none of them twice.

    Some input methods show the letters, in syllables apart (``tui'kuan``); others show characters
    that they guess while one is typing. How those sound is nearer to what was typed: of the last
    one perhaps only the beginning, and perhaps of each.
    """
    plain = "".join(composed.split()).replace("'", "")
    return list(dict.fromkeys((plain, *_spelled(plain))))


def _spelled(plain: str) -> Iterator[str]:
    if plain.isascii():
        return
    sounds = [readings(character) or (character,) for character in plain]
    *before, last = sounds
    yield from _some(sounds)
    begun = last[0][0]
    yield from (f"{spelled}{begun}" for spelled in _some(before))
    yield "".join(sound[0][0] for sound in sounds)


def _some(sounds: list[tuple[str, ...]]) -> Iterator[str]:
    return map("".join, islice(product(*sounds), _MOST_SPELLINGS))
