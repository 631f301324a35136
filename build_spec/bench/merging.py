"""Measures what the profile itself costs: merging, putting packs together, and what it holds."""

import time
from collections.abc import Generator, Iterator
from pathlib import Path
from statistics import median

from build_spec.bench.figures import Figure, say
from build_spec.bench.stores import PASSPHRASE, fill, new_profile
from companion.profile.profile import Profile
from companion.session.session import Session
from companion.session.sitting import open_here
from companion.wiring.seats import seat

SIZES, ROUNDS = (100, 5_000, 50_000), 3
_GROWTH_BAR = 1.0


def measure(folder: Path) -> Iterator[Figure]:
    """The figures of profiles of 100, 5,000 and 50,000 phrases."""
    merged: dict[int, float] = {}
    for count in SIZES:
        say(f"merge: {count:,} phrases")
        home, store = folder / f"home{count}", folder / f"store{count}"
        session = new_profile(home, store)
        fill(session, count)
        merged[count] = yield from _merging(session, count)
        yield from _putting_together(session, store, count)
        yield _opening(home, count)
    small, large = SIZES[1:]
    how = f"merging {large:,} against {small:,}, divided by {large // small}"
    grown = merged[large] / merged[small] / (large / small)
    yield Figure("merge: growth of seconds to records", grown, "×", how, _GROWTH_BAR)


def _merging(session: Session, count: int) -> Generator[Figure, None, float]:
    """Two desks that have rewritten a tenth each meet; then the same once more, nothing new."""
    clock, records = session.profile.everything()
    desks = [Profile(session.profile.id) for _ in range(2)]
    for number, desk in enumerate(desks):
        desk.absorb(records, clock)
        for phrase in desk.phrases()[: max(1, count // 10)]:
            desk.change(phrase.id, body=f"在 {number} 号桌改写")
    theirs = desks[1].everything()
    seconds = []
    for _ in range(2):
        begun = time.perf_counter()
        desks[0].absorb(theirs[1], theirs[0])
        seconds.append(time.perf_counter() - begun)
    met = len(desks[0].conflicts())
    how = f"one desk absorbs every record of another; a tenth rewritten by both: {met:,} conflicts"
    yield Figure(f"merge, {count:,} phrases", seconds[0] * 1e3, "ms", how)
    yield Figure("  once more, nothing new", seconds[1] * 1e3, "ms", "the same records again")
    return seconds[0]


def _putting_together(session: Session, store: Path, count: int) -> Iterator[Figure]:
    """The whole profile as one pack; and the slowest of many syncs of one edit."""
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        session.engine.save_everything()
        took.append(time.perf_counter() - begun)
    session.sync()
    size = sum(path.stat().st_size for path in store.glob("*.pack")) / 1024
    how = f"merge, pack, seal, write, read back: {size:,.0f} KB in a folder"
    yield Figure(f"compaction of everything, {count:,} phrases", median(took) * 1e3, "ms", how)
    seconds = []
    for number, phrase in enumerate(session.profile.phrases()[:30]):
        session.profile.change(phrase.id, body=f"第 {number} 次改动")
        begun = time.perf_counter()
        session.sync()
        seconds.append(time.perf_counter() - begun)
    how = f"{len(seconds)} edits, each synced with a folder; the slowest put packs together"
    yield Figure("  an edit and its sync, slowest", max(seconds) * 1e3, "ms", how)


def _opening(home: Path, count: int) -> Figure:
    """Opening what is on the desk already, offline."""
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        open_here(seat(home), PASSPHRASE)
        took.append(time.perf_counter() - begun)
    how = f"median of {ROUNDS}, the KDF in it, without the index"
    return Figure(f"opening offline, {count:,} phrases", median(took), "s", how)
