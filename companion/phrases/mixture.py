"""Reads what is typed half in pinyin and half otherwise (``tui款``, ``tkuan``, ``tuikj``)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from companion.phrases import pinyin

# More ways to read a mixture are not tried: what is typed that long is found in other ways.
_MOST_READINGS = 8
_MOST_TYPED = 16
_RUNS = re.compile(r"[a-z]+|[^a-z]+")
_RUN_OF_LETTERS = re.compile(r"[a-z]+")

Splits = Iterator[tuple[str, ...]]


@lru_cache(maxsize=64)
def patterns(word: str) -> tuple[tuple[str, str], ...]:
    """The ways to read a folded word: what a title must hold, and how it must look when coded,
    as a regular expression.

    The first of each pair is the longest Chinese piece of the word or, where it is letters only,
    the initials it would have. A word that is text, syllables or initials only gives none.
    """
    runs = _RUNS.findall(word)
    if len(word) > _MOST_TYPED or len(runs) < 2:
        return tuple(_of_letters(word)) if word.isascii() and len(word) <= _MOST_TYPED else ()
    chinese = [run for run in runs if not run.isascii()]
    if not chinese or not all(map(pinyin.codes, _RUN_OF_LETTERS.sub("", word))):
        return ()
    pattern = "".join(
        _letters(run, last=at == len(runs) - 1) if run.isascii() else _characters(run)
        for at, run in enumerate(runs)
    )
    return ((max(chinese, key=len), pattern),)


def read_whole(word: str) -> bool:
    """Whether patterns() tries every way to read a word."""
    runs = [run for run in _RUNS.findall(word) if run.isascii()]
    counts = [sum(1 for _ in islice(_splits(run, True), _MOST_READINGS + 1)) for run in runs]
    return len(word) <= _MOST_TYPED and all(count <= _MOST_READINGS for count in counts)


def _of_letters(word: str) -> Iterator[tuple[str, str]]:
    for parts in islice(_splits(word, True), _MOST_READINGS):
        # All of one letter are initials, all but the last whole are syllables: both are found
        # without a pattern.
        if any(len(part) > 1 for part in parts) and any(len(part) == 1 for part in parts[:-1]):
            starts = "".join(part[0] for part in parts)
            yield starts, _pattern(parts, open_end=True)


def _letters(run: str, last: bool) -> str:
    """A pattern for letters beside Chinese characters, in each way to read them."""
    ways = [_pattern(parts, last) for parts in islice(_splits(run, last), _MOST_READINGS)]
    return f"(?:{'|'.join(ways)})" if ways else "(?!)"


def _characters(run: str) -> str:
    return "".join(f"[{pinyin.codes(character)}]" for character in run)


def _pattern(parts: tuple[str, ...], open_end: bool) -> str:
    """A class of codes for each part; what is one letter, or last, may go on.

    One letter may also stand for itself: a title can hold letters (VIP客户).
    """
    found = []
    for at, part in enumerate(parts):
        goes_on = len(part) == 1 or (open_end and at == len(parts) - 1)
        itself = part if len(part) == 1 else ""
        found.append(f"[{pinyin.codes_from(part) if goes_on else pinyin.code_of(part)}{itself}]")
    return "".join(found)


def _splits(rest: str, open_end: bool) -> Splits:
    """The ways to split letters into syllables and single ones, the longest first part first."""
    for size in range(min(6, len(rest)), 0, -1):
        part, after = rest[:size], rest[size:]
        goes_on = open_end and not after
        if size > 1 and not (pinyin.codes_from(part) if goes_on else pinyin.code_of(part)):
            continue
        if not after:
            yield (part,)
        else:
            yield from ((part, *tail) for tail in _splits(after, open_end))
