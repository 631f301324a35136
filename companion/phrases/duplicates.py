"""Finds phrases that say the same, word for word or nearly, so that one of them can be kept.

Near are texts that share most of their pairs of characters (Dice's coefficient). Which texts to
compare is looked up by the rarest runs of three that they hold (prefix filtering, Chaudhuri and
others, 2006), so that most are never compared. Every text is compared with the first of a group
only: all of a group is like its first, and no chain of small steps brings unlike texts together.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain

from companion.errors import Stopped
from companion.folding import simplified
from companion.phrases.search import Entry

ALIKE = 0.75
"""So much of their pairs of characters two texts share to be near: of ten characters one differs,
of forty five."""
LEAST = 8
"""Shorter texts differ by a character in what they mean; only the same ones are found."""
_TOLD_EACH = 10
# Where a quarter of the pairs differs, so do three eighths of the runs, and these may be the
# rarest: so many are looked up, and some more, of which near texts have as many in common.
_RARE, _IN_COMMON = 0.4, 3
# More candidates there are only where texts are made from one pattern.
_MOST_COMPARED = 30

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Alike:
    """Phrases that say the same, the one to keep first. ``same`` says whether word for word."""

    entries: tuple[Entry, ...]
    same: bool


def find_duplicates(
    entries: Iterable[Entry],
    progress: Progress = lambda _done, _of: None,
    stop: Callable[[], bool] = lambda: False,
) -> list[Alike]:
    """The groups of phrases that say the same, then of those that nearly do; the largest first.

    Raises Stopped.
    """
    # The first of a group is what is proposed to keep: the one that is used.
    kept_first = sorted(entries, key=lambda one: (not one.favourite, -one.uses, -one.used_at))
    same: dict[str, list[Entry]] = defaultdict(list)
    for at, entry in enumerate(kept_first):
        if at % _TOLD_EACH == 0:
            _tell(progress, stop, at, 2 * len(kept_first))
        if folded := fold(entry.body):
            same[folded].append(entry)
    near = _near(list(same), progress, stop)
    found = [Alike(tuple(group), True) for group in same.values() if len(group) > 1]
    for texts in near:
        # Of what is the same word for word one stands for all: those are a group of their own.
        found.append(Alike(tuple(same[text][0] for text in texts), False))
    return sorted(found, key=lambda group: (not group.same, -len(group.entries)))


def fold(text: str) -> str:
    """A text as it is compared: no width, case, spaces or punctuation; slots stay slots.

    Traditional characters count as simplified ones.
    """
    return simplified(unicodedata.normalize("NFKC", text).casefold()).translate(_SIGNS)


class _Signs(dict[int, str]):
    """A table for str.translate that is filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        spoken = character in "{}" or unicodedata.category(character)[0] not in "ZPC"
        self[code] = found = character if spoken else ""
        return found


_SIGNS = _Signs()


def _near(texts: list[str], progress: Progress, stop: Callable[[], bool]) -> list[list[str]]:
    """The texts that are nearly the same, each group behind its first."""
    often = Counter(chain.from_iterable(map(_threes, texts)))
    first_with: dict[str, list[int]] = defaultdict(list)
    pairs: dict[int, frozenset[str]] = {}
    groups: dict[int, list[str]] = {}
    for at, text in enumerate(texts):
        if at % _TOLD_EACH == 0:
            _tell(progress, stop, len(texts) + at, 2 * len(texts))
        if len(text) < LEAST:
            continue
        threes = sorted(_threes(text), key=lambda three: (often[three], three))
        rare = threes[: int(len(threes) * _RARE) + _IN_COMMON]
        shared = Counter(chain.from_iterable(first_with[one] for one in rare if one in first_with))
        likely = [(count, first) for first, count in shared.items() if count >= _IN_COMMON]
        held = _pairs(text)
        first = _most_alike(held, (first for _, first in nlargest(_MOST_COMPARED, likely)), pairs)
        if first is not None:
            groups.setdefault(first, [texts[first]]).append(text)
            continue
        pairs[at] = held
        for one in rare:
            first_with[one].append(at)
    return list(groups.values())


def _most_alike(
    held: frozenset[str], firsts: Iterable[int], pairs: dict[int, frozenset[str]]
) -> int | None:
    """The number of the most alike of some texts, None where none is near."""
    best, nearest = None, ALIKE
    for first in firsts:
        other = pairs[first]
        both = len(held) + len(other)
        # Where one is much shorter not even all of it would be enough.
        enough = 2 * min(len(held), len(other)) >= nearest * both
        alike = 2 * len(held & other) / both if enough else 0.0
        if alike >= nearest:
            best, nearest = first, alike
    return best


def _threes(text: str) -> set[str]:
    """The runs of three characters in a text."""
    return {text[at : at + 3] for at in range(len(text) - 2)}


def _pairs(text: str) -> frozenset[str]:
    """The pairs of neighbours in a text; a pair that comes again counts again."""
    found = [text[at : at + 2] for at in range(len(text) - 1)]
    if len(set(found)) == len(found):
        return frozenset(found)
    seen: Counter[str] = Counter()
    for at, pair in enumerate(found):
        if seen[pair]:
            found[at] = f"{pair}{seen[pair]}"
        seen[pair] += 1
    return frozenset(found)


def _tell(progress: Progress, stop: Callable[[], bool], done: int, of: int) -> None:
    if stop():
        raise Stopped
    progress(done, of)
