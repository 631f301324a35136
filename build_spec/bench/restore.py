"""Measures sitting down at an empty desk: from the passphrase to the first hit, and its floor.

    python -m build_spec.bench.restore HOME STORE

does it once in this process and prints the seconds of each part as JSON: a desk that was just
switched on has nothing in memory yet, so every round is a process of its own.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from build_spec.bench.figures import ROOT, Figure, say
from build_spec.bench.stores import PASSPHRASE, fill, new_profile
from companion.phrases.entries import entries_of
from companion.phrases.search import Index
from companion.profile import packs, slots
from companion.session.sitting import sign_in
from companion.sync.folder import FolderStore
from companion.wiring.seats import full_address, seat

ROUNDS = 5
PHRASES, BOOKMARKS, REFLECTIONS = 5_000, 500, 500
_BAR_S, _RATIO_BAR = 1.0, 2.0
_NO_HIT = "the query found nothing"


def measure(folder: Path) -> Iterator[Figure]:
    """The figures of five desks, one after the other."""
    say("restore: sign in at an empty desk")
    store = folder / "store"
    fill(new_profile(folder / "first", store), PHRASES, BOOKMARKS, REFLECTIONS)
    parts: dict[str, list[float]] = {}
    for number in range(ROUNDS):
        for name, seconds in _round_apart(folder / f"desk{number}", store).items():
            parts.setdefault(name, []).append(seconds)
    middle = {name: median(seconds) for name, seconds in parts.items()}
    total = middle["sign_in"] + middle["index"] + middle["find"]
    floor = middle["kdf"] + middle["decode"]
    size = sum(path.stat().st_size for path in store.iterdir())
    how = (
        f"median of {ROUNDS} fresh processes, imports not counted; {PHRASES:,} phrases, "
        f"{BOOKMARKS} bookmarks, {REFLECTIONS} reflections in a folder store, "
        f"{len(list(store.glob('*.pack')))} packs, {size / 1024:.0f} KB"
    )
    yield Figure("empty desk to first hit", total, "s", how, _BAR_S)
    how = "the same divided by KDF + reading and decoding the same packs"
    yield Figure("empty desk, times its floor", total / floor, "×", how, _RATIO_BAR)
    whats = {
        "sign_in": "session.sign_in, the KDF in it",
        "index": "entries_of + Index, the pinyin tables in it",
        "find": "the first query",
        "kdf": "floor: fetching and opening the slot, Argon2id in it",
        "decode": "floor: reading and packs.decode alone, after the sign-in",
    }
    for name, what in whats.items():
        yield Figure(f"  of it: {name}", middle[name], "s", what)


def _round_apart(home: Path, store: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "build_spec.bench.restore", str(home), str(store)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds: dict[str, float] = json.loads(done.stdout)
    return seconds


def one_round(home: Path, store: Path) -> dict[str, float]:
    """The seconds of each part of sitting down at this home, and those of the floor."""
    took: dict[str, float] = {}
    begun = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal begun
        took[name] = time.perf_counter() - begun
        begun = time.perf_counter()

    session = sign_in(seat(home), full_address(str(store), home), PASSPHRASE)
    lap("sign_in")
    index = Index(entries_of(session.profile))
    lap("index")
    if not index.find("tk"):
        raise ValueError(_NO_HIT)
    lap("find")
    far = FolderStore(store)
    slot = next(name for name in far.names() if slots.slot_kind(name) == "passphrase")
    key = slots.open_slot(slot, far.get(slot), session.profile.id, PASSPHRASE)
    lap("kdf")
    for name in far.names():
        if name.endswith(packs.SUFFIX):
            packs.decode(name, far.get(name), session.profile.id, key)
    lap("decode")
    return took


if __name__ == "__main__":
    print(json.dumps(one_round(Path(sys.argv[1]), Path(sys.argv[2]))))
