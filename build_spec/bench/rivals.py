"""Measures Companion, AutoKey and CopyQ side by side: start, memory, a key to text in the target.

espanso and QuickText are in no package of Debian; they are not run, and nothing is said of them.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from build_spec.bench import manners
from build_spec.bench.figures import Figure, say, spread
from build_spec.bench.ours import Ours
from build_spec.bench.rival import COUNT, LONG, SHORT, Rival, Size, pieces, size
from build_spec.bench.scene import SILENT, Inserted, Scene

ROUNDS = 3
_BAR_MS, _RESIDENT_BAR = 80.0, 95.0
# How often each text is inserted in a round: by the first way, and by the others.
_FIRST, _OTHER = {SHORT: 7, LONG: 2}, {SHORT: 2}
_IDLE_S = 11.0
_NAMES = {SHORT: "450 characters", LONG: "5,000 characters, 60 lines"}


@dataclass
class _Series:
    """What one way did with one text: seconds of those that came whole, and what came else."""

    took: list[float] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    """How many characters came instead."""

    def add(self, inserted: Inserted, wanted: str) -> None:
        """Count one insertion."""
        if inserted.text == wanted:
            self.took.append(inserted.took)
        else:
            self.wrong.append(len(inserted.text))


@dataclass
class _Found:
    """All that was measured of one program."""

    rival: Rival
    starts: list[float] = field(default_factory=list)
    size: Size | None = None
    stops: int = 0
    series: dict[tuple[str, int], _Series] = field(default_factory=lambda: defaultdict(_Series))


def measure(folder: Path) -> Iterator[Figure]:
    """The figures of every program that is installed, and a row for each that is not."""
    say("rivals: a desktop, the same phrases in each program")
    scene = Scene(folder)
    try:
        found = {rival.name: _Found(rival) for rival in scene.rivals}
        _warm_up(scene, list(found.values()))
        for number, rival in scene.turns(ROUNDS):
            say(f"rivals: round {number + 1} of {ROUNDS}, {rival.name}")
            _round(scene, found[rival.name])
        yield from _figures(list(found.values()))
        yield from manners.measure(scene)
        yield from (Figure("rivals", None, "", why) for why in scene.absent)
    finally:
        scene.close()


def _warm_up(scene: Scene, found: Sequence[_Found]) -> None:
    """Start each once, which compiles modules and fills caches; then see what they hold, idle.

    The first GTK program on a screen holds 50 MB more than any later one: it loads OpenGL to look
    at the screen's visuals, and leaves its findings there. So none is measured at its first start.
    """
    for one in found:
        with scene.running(one.rival):
            pass
    with ExitStack() as ends:
        for one in found:
            ends.enter_context(scene.running(one.rival))
        time.sleep(_IDLE_S)
        for one in found:
            one.size = size(one.rival)


def _round(scene: Scene, found: _Found) -> None:
    with scene.running(found.rival) as run:
        found.starts.append(run.took)
        for way in found.rival.ways:
            # The first time something is set up or grabbed; it is no part of the figures.
            scene.insert(way, SHORT)
            counts = _FIRST if way is found.rival.ways[0] else _OTHER
            for piece, count in counts.items():
                for _ in range(count):
                    inserted = scene.insert(way, piece)
                    found.series[way.name, piece].add(inserted, pieces()[piece])
                    run.heard(bool(inserted.text))
        found.stops += run.stops


def _figures(found: Sequence[_Found]) -> Iterator[Figure]:
    for one in found:
        how = f"median of {ROUNDS}, {COUNT:,} phrases; {one.rival.start_means}"
        yield Figure(f"start: {one.rival.name}", median(one.starts) * 1e3, "ms", how)
        if isinstance(one.rival, Ours):
            runs = len(one.rival.first_hit)
            how = f"median of {runs}; from Enter behind the passphrase, key derivation and all"
            seconds = median(one.rival.first_hit)
            yield Figure(f"passphrase to first hit: {one.rival.name}", seconds * 1e3, "ms", how)
    for one in found:
        yield from _sizes(one)
    for one in found:
        for (way, piece), series in one.series.items():
            yield from _spread(one.rival, way, piece, series)
        runs = sum(len(series.took) + len(series.wrong) for series in one.series.values())
        how = f"of {runs}; silent {SILENT} times in a row, and started again"
        no_fault = _no_fault(one.rival)
        yield Figure(f"stopped answering: {one.rival.name}", one.stops, "times", how, no_fault)


def _sizes(found: _Found) -> Iterator[Figure]:
    if found.size is None:
        return
    bar = _RESIDENT_BAR if isinstance(found.rival, Ours) else None
    how = f"{found.rival.size_means}, {_IDLE_S:g} s after its second start, {COUNT:,} phrases"
    yield Figure(f"idle, resident: {found.rival.name}", found.size.resident, "MB", how, bar)
    yield Figure(f"idle, proportional: {found.rival.name}", found.size.proportional, "MB", how)


def _spread(rival: Rival, way: str, piece: int, series: _Series) -> Iterator[Figure]:
    """The median and p95 of a way, or that its text never came whole; how many did not."""
    text, runs = _NAMES[piece], len(series.took) + len(series.wrong)
    name = f"to text, {text}: {rival.name}, {way}"
    if series.took:
        usual = isinstance(rival, Ours) and way == rival.ways[0].name and piece == SHORT
        bars = {0.5: None, 0.95: _BAR_MS if usual else None}
        how = f"{len(series.took)} times, from the last key (or command) to textChanged in Qt"
        yield from spread(name, series.took, how, bars)
    how = f"of {runs}; in an editor that was left in peace"
    if series.wrong:
        how += f"; of {len(pieces()[piece]):,} characters came {median(series.wrong):g} (median)"
    yield Figure(f"{name}: wrong or missing", len(series.wrong), "times", how, _no_fault(rival))


def _no_fault(rival: Rival) -> float | None:
    return 0.0 if isinstance(rival, Ours) else None
