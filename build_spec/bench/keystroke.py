"""Measures the search index: from a keystroke in the query to its hits, and building the index.

A keystroke that finds nothing goes on to look for slips; such queries have a figure of their own.
"""

import time
from collections import defaultdict
from collections.abc import Iterator

from build_spec.bench.figures import Figure, percentile, say, spread
from build_spec.bench.samples import entries, typed
from companion.phrases.search import Index

# As many for plain queries; the rarer ones, which are the slow ones, get a share of their own.
KEYSTROKES = 2_000
_BARS = {10_000: 2.0, 100_000: 16.0}
_GROUPS = {
    "": ("text", "pinyin", "initials"),
    ", two words": ("two words",),
    ", one letter wrong": ("mistyped",),
}
# What finds nothing as typed may take a frame of the screen.
_SLIP_BARS = {10_000: 16.0}


def measure() -> Iterator[Figure]:
    """The figures at each size."""
    for count, bar in _BARS.items():
        yield from _at(count, bar)


def _at(count: int, bar: float) -> Iterator[Figure]:
    say(f"keystroke: {count:,} phrases")
    found = entries(count)
    begun = time.perf_counter()
    index = Index(found)
    index.find("tk")
    built = time.perf_counter() - begun
    index.read_bodies()
    whole = time.perf_counter() - begun
    took: dict[str, list[float]] = defaultdict(list)
    for kind, query in typed(found, KEYSTROKES):
        for end in range(1, len(query) + 1):
            begun = time.perf_counter()
            index.find(query[:end])
            took[kind].append(time.perf_counter() - begun)
        if sum(len(took[kind]) for kind in _GROUPS[""]) >= KEYSTROKES:
            break
    for title, kinds in _GROUPS.items():
        seconds = [one for kind in kinds for one in took[kind]]
        each = ", ".join(f"{kind} {percentile(took[kind], 0.99) * 1e3:.1f}" for kind in kinds)
        how = f"Index.find alone, {len(seconds):,} keystrokes"
        how += f"; p99 in ms: {each}" if len(kinds) > 1 else ""
        name = f"keystroke to hits, {count:,} phrases{title}"
        most = _SLIP_BARS.get(count) if kinds == ("mistyped",) else bar
        yield from spread(name, seconds, how, {0.5: None, 0.99: most})
    how = "Index(entries) and a first hit; at the first size the pinyin tables are read with it"
    yield Figure(f"building the index to the first hit, {count:,} phrases", built, "s", how)
    how = "the same, and all bodies read, which the app does behind it"
    yield Figure(f"building the whole index, {count:,} phrases", whole, "s", how)
