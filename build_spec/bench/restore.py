"""Measures desks over each kind of store: sitting down, its floor, nothing new, an edit."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from build_spec.bench.figures import ROOT, Figure, say
from build_spec.bench.one_desk import EDITS
from build_spec.bench.stores import fill, new_profile
from companion.sync.folder import FolderStore
from companion.sync.store import Login
from companion.wiring.seats import full_address, open_store
from tests.contracts.servers import addresses

ROUNDS = {100: 3, 5_000: 5, 50_000: 3}
BARRED = "WebDAV", 5_000
_SECONDS_BAR, _RATIO_BAR, _UP_BAR, _GROWTH_BAR = 1.0, 2.0, 2_048.0, 1.0
Middle = dict[str, float]


def _in_a_folder(around: Path) -> addresses.Place:
    return full_address(str(around / "far"), around), Login()


STORES: dict[str, Callable[[Path], addresses.Place]] = {
    "WebDAV": addresses.on_apache,
    "folder": _in_a_folder,
    "bucket": addresses.in_a_bucket,
    "mailbox": addresses.in_a_mailbox,
}
SERVERS = {"WebDAV": "Apache, Digest", "folder": "this disk", "bucket": "rclone serve s3",
           "mailbox": "Dovecot"}  # fmt: skip


def measure(folder: Path) -> Iterator[Figure]:
    """The figures of every store with 100, 5,000 and 50,000 phrases."""
    found: dict[tuple[str, int], Middle] = {}
    for count, rounds in ROUNDS.items():
        made = folder / f"{count}"
        made.mkdir()
        fill(new_profile(made / "first", made / "store"), count, count // 10, count // 10)
        for kind in STORES:
            say(f"restore: {kind}, {count:,} phrases")
            found[kind, count] = middle = _desks(made, kind, rounds)
            yield from _figures(kind, count, middle)
    small, large = sorted(ROUNDS)[1:]
    for kind in STORES:
        yield _growth(kind, found[kind, small], found[kind, large], large // small)


def _desks(made: Path, kind: str, rounds: int) -> Middle:
    """The middle of so many desks over a store that holds what was made in a folder."""
    # Its name is that of the place on a server too, which serves all of them.
    around = made / f"{kind}{made.name}"
    around.mkdir()
    address, login = STORES[kind](around)
    far, store = open_store(address, True, login), FolderStore(made / "store")
    for name in sorted(store.names()):
        far.put(name, store.get(name))
    place = {"address": address, "user": login.user, "password": login.password}
    parts: dict[str, list[float]] = {}
    for number in range(rounds):
        done = subprocess.run(
            [sys.executable, "-m", "build_spec.bench.one_desk", str(around / f"desk{number}")],
            input=json.dumps(place),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        for name, value in json.loads(done.stdout).items():
            parts.setdefault(name, []).append(value)
    return {name: median(values) for name, values in parts.items()}


def _figures(kind: str, count: int, middle: Middle) -> Iterator[Figure]:
    barred = (kind, count) == BARRED
    of = f"{kind}, {count:,}"
    floor = middle["kdf"] + middle["fetch"] + middle["decode"]
    how = (
        f"median of {ROUNDS[count]} fresh processes, imports not counted; {SERVERS[kind]}; "
        f"{count:,} phrases, {count // 10:,} bookmarks and reflections each, "
        f"{middle['bytes'] / 1024:,.0f} KB"
    )
    parts = ", ".join(f"{name} {middle[name] * 1e3:.0f}" for name in ("sign_in", "index"))
    bar = _SECONDS_BAR if barred else None
    yield Figure(f"empty desk to first hit, {of}", middle["total"], "s", f"{how}; ms: {parts}", bar)
    parts = ", ".join(f"{name} {middle[name] * 1e3:.0f}" for name in ("kdf", "fetch", "decode"))
    bar = _RATIO_BAR if barred else None
    yield Figure(
        "  times its floor", middle["total"] / floor, "×", f"the floor in ms: {parts}", bar
    )
    yield Figure("  requests", middle["requests"], "requests", "login and listing counted", 9)
    yield Figure("  peak memory", middle["peak"], "MB", "VmHWM at the first hit, no window")
    how = f"{middle['nothing'] * 1e3:.1f} ms"
    yield Figure("  nothing new", middle["nothing_requests"], "requests", how, 1)
    how = (
        f"{EDITS} edits, each then synced: median {middle['edit'] * 1e3:.1f} ms, "
        f"worst {middle['edit_worst'] * 1e3:.1f} ms, {middle['edit_sent_worst']:,.0f} bytes and "
        f"{middle['edit_requests_worst']:.0f} requests"
    )
    yield Figure("  one edit, up, median", middle["edit_sent"], "bytes", how, _UP_BAR)
    yield Figure("  one edit, median, all", middle["edit_requests"], "requests", "list and put", 3)


def _growth(kind: str, small: Middle, large: Middle, times: int) -> Figure:
    """How much faster the seconds grow than the bytes; the key derivation is the same for both."""
    seconds = [middle["total"] - middle["kdf"] for middle in (small, large)]
    grown, bytes_grown = seconds[1] / seconds[0], large["bytes"] / small["bytes"]
    how = f"{times} × the phrases: seconds without the KDF × {grown:.1f}, bytes × {bytes_grown:.1f}"
    return Figure(f"{kind}: growth of seconds to bytes", grown / bytes_grown, "×", how, _GROWTH_BAR)
