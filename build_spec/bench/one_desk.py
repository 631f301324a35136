"""Sits down at an empty desk once, in a process of its own, and works there for a moment.

    python -m build_spec.bench.one_desk HOME < place.json

where place.json holds the address of a store and its login. Prints what each part took as JSON:
a desk that was just switched on has nothing in memory yet.
"""

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from build_spec.bench.stores import PASSPHRASE, Counted
from companion.phrases.entries import entries_of
from companion.phrases.search import Index
from companion.profile import packs, slots
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import sign_in
from companion.sync.store import Login, Store
from companion.wiring.seats import prepare, seat

EDITS = 10
_NO_HIT = "the query found nothing"


def one_desk(home: Path, address: str, login: Login) -> dict[str, float]:
    """The seconds of sitting down and of its floor; requests, bytes and seconds of three syncs."""
    # As the app does while the passphrase is being typed.
    prepare(address)
    desk, far = _watched(seat(home), address)
    took: dict[str, float] = {}
    before = begun = time.perf_counter()
    session = sign_in(desk, address, PASSPHRASE, login=login)
    took["sign_in"] = time.perf_counter() - begun
    took["requests"] = far[0].requests
    begun = time.perf_counter()
    # As the app does: bodies are read behind the first hit.
    index = Index(entries_of(session.profile), later=True)
    took["index"] = time.perf_counter() - begun
    if not index.find("tk"):
        raise ValueError(_NO_HIT)
    took["total"] = time.perf_counter() - before
    took["peak"] = _peak_mb()
    took |= _floor(seat(home).open_store(address, False, login), session)
    return took | _syncs(session, far)


def _peak_mb() -> float:
    """The most memory this process had, in MB; ru_maxrss would count the parent's as well."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _watched(plain: Seat, address: str) -> tuple[Seat, list[Counted]]:
    """The seat, and the far stores it has opened, in which what goes up is counted."""
    opened: list[Counted] = []

    def watch(asked: str, make: bool, login: Login) -> Store:
        store = plain.open_store(asked, make, login)
        if asked != address:
            return store
        opened.append(Counted(store))
        return opened[-1]

    return replace(plain, open_store=watch), opened


def _floor(far: Store, session: Session) -> dict[str, float]:
    """Fetching the same bytes, the key derivation, and decoding, with nothing around them."""
    names = far.names()
    slot = next(name for name in names if slots.slot_kind(name) == "passphrase")
    begun = time.perf_counter()
    bodies = {name: far.get(name) for name in names}
    fetched = time.perf_counter()
    key = slots.open_slot(slot, bodies[slot], session.profile.id, PASSPHRASE)
    derived = time.perf_counter()
    for name, data in bodies.items():
        if name.endswith(packs.SUFFIX):
            packs.decode(name, data, session.profile.id, key)
    decoded = time.perf_counter()
    return {
        "bytes": sum(map(len, bodies.values())),
        "fetch": fetched - begun,
        "kdf": derived - fetched,
        "decode": decoded - derived,
    }


def _syncs(session: Session, far: list[Counted]) -> dict[str, float]:
    """With nothing new, and edit after edit: the median and the worst of each."""
    took: dict[str, float] = {}
    session.sync()
    begun = time.perf_counter()
    took["nothing_requests"] = session.sync().requests
    took["nothing"] = time.perf_counter() - begun
    seconds, asked, sent = [], [], []
    for number, phrase in enumerate(session.profile.phrases()[:EDITS]):
        # No desk before this one may have written the same: that would be no edit.
        body = f"第 {number} 次改动({time.time_ns()}):退款已加急,3 天内到账。"
        session.profile.change(phrase.id, body=body)
        before = sum(store.sent for store in far)
        begun = time.perf_counter()
        asked.append(session.sync().requests)
        seconds.append(time.perf_counter() - begun)
        sent.append(sum(store.sent for store in far) - before)
    for name, values in (("edit", seconds), ("edit_requests", asked), ("edit_sent", sent)):
        took[name] = sorted(values)[EDITS // 2]
        took[f"{name}_worst"] = max(values)
    return took


if __name__ == "__main__":
    told = json.load(sys.stdin)
    place = told["address"], Login(told["user"], told["password"])
    print(json.dumps(one_desk(Path(sys.argv[1]), *place)))
