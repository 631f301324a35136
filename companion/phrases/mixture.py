"""Reads what is typed half in pinyin and half otherwise (``tui款``, ``tkuan``, ``tuikj``)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from companion.phrases import pinyin
from companion.phrases.columns import CodedColumn

# More ways to read a mixture are not tried: what is typed that long is found in other ways.
_MOST_READINGS = 8
_MOST_TYPED = 16
_RUNS = re.compile(r"[a-z]+|[^a-z]+")

Splits = Iterator[tuple[str, ...]]


def patterns(word: str, coded: CodedColumn) -> Iterator[tuple[str, str]]:
    """The ways to read a folded word: what a line must hold, and how it must look when coded,
    as a regular expression over the codes of this column.

    The first of each pair is the longest Chinese piece of the word or, where it is letters only,
    the initials it would have. A word that is text, syllables or initials only gives none.
    """
    if word.isascii():
        for parts in _mixtures(word):
            if pattern := _pattern(parts, coded, open_end=True):
                yield "".join(part[0] for part in parts), pattern
        return
    runs = _runs(word)
    found = [
        _letters(run, coded, last=at == len(runs) - 1) if run.isascii() else _characters(run, coded)
        for at, run in enumerate(runs)
    ]
    if runs and all(found):
        yield max((run for run in runs if not run.isascii()), key=len), "".join(found)


def read_whole(word: str) -> bool:
    """Whether patterns() tries every way to read a word."""
    runs = [run for run in _RUNS.findall(word) if run.isascii()]
    counts = [sum(1 for _ in islice(_splits(run, True), _MOST_READINGS + 1)) for run in runs]
    return len(word) <= _MOST_TYPED and all(count <= _MOST_READINGS for count in counts)


@lru_cache(maxsize=64)
def _mixtures(word: str) -> tuple[tuple[str, ...], ...]:
    """The ways to split letters that are neither initials only nor syllables only."""
    if len(word) > _MOST_TYPED or not word.isalnum():
        return ()
    return tuple(
        parts
        for parts in islice(_splits(word, True), _MOST_READINGS)
        # All of one letter are initials, all but the last whole are syllables: both are found
        # without a pattern.
        if any(len(part) > 1 for part in parts) and any(len(part) == 1 for part in parts[:-1])
    )


def _runs(word: str) -> list[str]:
    """A word as runs of letters and of Chinese characters in turn, none for anything else."""
    runs = _RUNS.findall(word)
    if len(word) > _MOST_TYPED or len(runs) < 2:
        return []
    others = "".join(run for run in runs if not run.isascii())
    return runs if others and all(pinyin.code(one) for one in _rest(word)) else []


def _rest(word: str) -> str:
    return re.sub("[a-z]", "", word)


def _letters(run: str, coded: CodedColumn, last: bool) -> str:
    """A pattern for letters beside Chinese characters, in each way to read them."""
    ways = (_pattern(parts, coded, last) for parts in islice(_splits(run, last), _MOST_READINGS))
    found = [way for way in ways if way]
    return f"(?:{'|'.join(found)})" if found else ""


def _characters(run: str, coded: CodedColumn) -> str:
    """A pattern for Chinese characters, by their readings."""
    found = ["".join(map(coded.read_as, pinyin.readings(one))) for one in run]
    return "".join(f"[{codes}]" for codes in found) if all(found) else ""


def _pattern(parts: tuple[str, ...], coded: CodedColumn, open_end: bool) -> str:
    """A class of codes for each part; what is one letter, or last, may go on.

    One letter may also stand for itself: a title can hold letters (VIP客户). Empty where a part
    stands nowhere in the column.
    """
    found = ""
    for at, part in enumerate(parts):
        goes_on = len(part) == 1 or (open_end and at == len(parts) - 1)
        codes = coded.read_from(part) if goes_on else coded.read_as(part)
        codes += part if len(part) == 1 else ""
        if not codes:
            return ""
        found += f"[{codes}]"
    return found


def _splits(rest: str, open_end: bool) -> Splits:
    """The ways to split letters into syllables and single ones, the longest first part first."""
    for size in range(min(6, len(rest)), 0, -1):
        part, after = rest[:size], rest[size:]
        fits = pinyin.begins_syllable if open_end and not after else pinyin.syllables().__contains__
        if size > 1 and not fits(part):
            continue
        if not after:
            yield (part,)
        else:
            yield from ((part, *tail) for tail in _splits(after, open_end))
