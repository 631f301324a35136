"""A plain, slow search: what the index must find, told character by character without any index."""

from companion.folding import fold
from companion.phrases import pinyin
from companion.phrases.search import Entry
from companion.phrases.word import letters

NEIGHBOURS = 3


def stands(entry: Entry, word: str) -> bool:
    """Whether a folded word that is text, whole syllables or initials stands in an entry."""
    names = (entry.title, entry.set, *entry.above, *entry.tags)
    if any(in_text(name, word) or spells(name, word) for name in names):
        return True
    if word in fold(entry.abbr):
        return True
    typed = letters(word)
    if len(typed) == 1:
        return word in fold(entry.body)
    return in_text(entry.body, word) or spells(entry.body, word, long=True)


def in_text(text: str, word: str) -> bool:
    """Whether it stands there as it is; letters also where signs and blanks stand between."""
    typed = letters(word)
    return word in fold(text) or (bool(typed) and typed in _initials_as_written(text))


def _initials_as_written(text: str) -> str:
    return pinyin.initials(pinyin.coded(" ".join(text.split())))


def spells(text: str, word: str, long: bool = False) -> bool:
    """Whether letters are the syllables, or the initials, of characters in a row.

    Of a ``long`` text the index need know an unusual initial among its neighbours only.
    """
    typed, characters = letters(word), [one for one in fold(text) if one.isalnum()]
    if not typed:
        return False
    return any(
        (
            _initials(row := characters[at : at + len(typed)], typed)
            and not (long and _far(row, typed))
        )
        or (len(typed) > 1 and _syllables(characters[at:], typed))
        for at in range(len(characters))
    )


def _initials(characters: list[str], typed: str) -> bool:
    return len(characters) == len(typed) and all(
        letter in {one[0] for one in (*pinyin.readings(character), character)}
        for character, letter in zip(characters, typed, strict=True)
    )


def _far(characters: list[str], typed: str) -> bool:
    """Whether letters reach further from the first unusual initial among them than neighbours."""
    usual = [pinyin.initials(pinyin.coded(character)) for character in characters]
    pairs = enumerate(zip(usual, typed, strict=True))
    first = next((at for at, (one, letter) in pairs if one != letter), None)
    return first is not None and max(first, len(typed) - 1 - first) > NEIGHBOURS


def _syllables(characters: list[str], rest: str) -> bool:
    if not rest:
        return True
    return bool(characters) and any(
        reading.startswith(rest)
        or (rest.startswith(reading) and _syllables(characters[1:], rest.removeprefix(reading)))
        for reading in pinyin.readings(characters[0])
        if pinyin.typable(reading)
    )
