"""What the scorer of situations sees of a message: pieces of its wording, and how often each."""

import re
from collections import Counter
from collections.abc import Iterator

from companion.folding import fold

_HAN = re.compile(r"[㐀-䶿一-鿿]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+")
# An order number says nothing of what somebody needs, but that it is one.
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_BREAK_ZH = re.compile(r"[^\w]+")
_APOSTROPHE = re.compile(r"['’‘]")
_WORD_EN = re.compile(r"[^\W_]+|[!?]")
# Messages are short; what is behind so many characters is a pasted page.
MOST_CHARACTERS = 1_000
_LONGEST_PIECE = 3
_FARTHEST = 4


def language_of(text: str) -> str:
    """``zh`` or ``en``, by script: a Chinese character counts as much as a Latin word."""
    return "en" if len(_LATIN_WORD.findall(text)) > len(_HAN.findall(text)) else "zh"


def features(text: str, language: str) -> Counter[str]:
    """The pieces of a message as ``zh`` or ``en``, each with how often it is there.

    Width, case, traditional characters and numbers are made alike first. Chinese: runs of one to
    three characters, ``|`` where a clause ends, and pairs with a gap in one clause. English: words,
    two and three in a row, pairs with a gap, and the runs of three to five letters in a word.
    """
    plain = fold(text[:MOST_CHARACTERS])
    return Counter(_chinese(plain) if language == "zh" else _english(plain))


def _chinese(plain: str) -> Iterator[str]:
    whole = _BREAK_ZH.sub("|", _NUMBER.sub("0", plain)).strip("|")
    whole = f"|{whole}|"
    for length in range(1, _LONGEST_PIECE + 1):
        for at in range(len(whole) - length + 1):
            yield whole[at : at + length]
    for clause in whole.split("|"):
        yield from _pairs(list(clause), 2, _FARTHEST)


def _english(plain: str) -> Iterator[str]:
    words = _WORD_EN.findall(_NUMBER.sub("0", _APOSTROPHE.sub("", plain)))
    for at, word in enumerate(words):
        yield f" {word}"
        if at + 1 < len(words):
            yield f"{word} {words[at + 1]}"
        if at + 2 < len(words):
            yield f"{word} {words[at + 1]} {words[at + 2]}"
        around = f"<{word}>"
        for length in (3, 4, 5):
            for start in range(len(around) - length + 1):
                yield around[start : start + length]
    yield from _pairs(words, 2, 3)


def _pairs(parts: list[str], nearest: int, farthest: int) -> Iterator[str]:
    """Two parts that stand so far apart."""
    for gap in range(nearest, farthest + 1):
        for first, second in zip(parts, parts[gap:], strict=False):
            yield f"{first}~{second}"
