"""Counts a text as the arrow keys do: in what a person takes for one character (UAX 29).

The rules stand here because neither Python nor a library of ours has them; a test compares them
with Qt's.
"""

import unicodedata
from collections.abc import Iterator

_JOINER = "\u200d"
_EXTENDING = {"Mn", "Me", "Mc"}


def clusters(text: str) -> Iterator[int]:
    """Where each cluster begins."""
    before, flags, pictured, joins = "", 0, False, False
    for at, char in enumerate(text):
        if not before or _parts(before, char, flags, joins):
            yield at
        flags = flags + 1 if _flag(char) else 0
        # A picture stays one through what extends it, up to the one joiner.
        joins = pictured and char == _JOINER
        pictured = _picture(char) or (pictured and _extends(char) and not joins)
        before = char


def count_from(text: str, at: int) -> int:
    """How many presses of the left arrow lead from the end of text back to an index."""
    return sum(1 for start in clusters(text) if start >= at)


def _parts(before: str, char: str, flags: int, joins: bool) -> bool:
    """Whether a cluster ends between two characters."""
    if before == "\r" and char == "\n":
        return False
    if _control(before) or _control(char):
        return True
    if _extends(char) or _hangul(before, char):
        return False
    if joins and _picture(char):
        return False
    # Two letters of a country's code are one flag.
    return not (_flag(char) and flags % 2)


def _control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Zl", "Zp") or char in "\u200b\u2060\ufeff"


def _extends(char: str) -> bool:
    code = ord(char)
    return (
        char in "\u200c\u200d"
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
        or unicodedata.category(char) in _EXTENDING
    )


def _picture(char: str) -> bool:
    """Whether it is pictographic: what a joiner may join."""
    code = ord(char)
    return (
        char in "©®"
        or (0x1F000 <= code < 0x1F1E6 or 0x1F200 <= code < 0x1F3FB or 0x1F400 <= code <= 0x1FAFF)
        or (0x203C <= code <= 0x3299 and unicodedata.category(char) in ("So", "Sm", "Po", "Pd"))
    )


def _flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _hangul(before: str, char: str) -> bool:
    """Whether two parts stand in one syllable."""
    leads = "\u1100" <= before <= "\u115f"
    vowels = "\u1160" <= before <= "\u11a7"
    syllable = "\uac00" <= before <= "\ud7a3"
    vowel, tail = "\u1160" <= char <= "\u11a7", "\u11a8" <= char <= "\u11ff"
    if leads:
        return vowel or "\u1100" <= char <= "\u115f" or "\uac00" <= char <= "\ud7a3"
    if syllable and (ord(before) - 0xAC00) % 28 == 0:
        return vowel or tail
    return (vowels and (vowel or tail)) or ((syllable or "\u11a8" <= before <= "\u11ff") and tail)
