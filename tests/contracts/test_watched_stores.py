"""Every store tells what moves, stops within a second, and is as good as new afterwards."""

import hashlib
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest

from companion.errors import Stopped
from companion.sync import folder
from companion.sync.folder import FolderStore
from companion.sync.store import Store
from tests.contracts.servers.buckets import MotoBucketPlace, RcloneBucketPlace
from tests.contracts.servers.dovecot import MailboxPlace
from tests.contracts.servers.line import Line, nobody_accepts
from tests.contracts.servers.served import ApachePlace, RclonePlace, WsgidavPlace

# Sealed bytes: nothing on the way can make them fewer.
PACK = os.urandom(10_000_000)
NAME = hashlib.sha256(PACK).hexdigest() + ".pack"
SLOW = 2_000_000
SOON_S = 1.0


class Place(Protocol):
    """A store's place on a real server, which may be reached at another port."""

    @property
    def port(self) -> int: ...
    def open(self) -> Store: ...
    def reached(self, port: int) -> Store: ...


PLACES: tuple[Callable[[Path], Place], ...] = (
    ApachePlace,
    WsgidavPlace,
    RclonePlace,
    RcloneBucketPlace,
    MotoBucketPlace,
    MailboxPlace,
)


@pytest.fixture(params=PLACES, ids=lambda kind: str(kind.__name__))
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as around:
        Path(around).chmod(0o755)
        made: Place = request.param(Path(around))
        made.open()
        yield made


@pytest.fixture
def line(place: Place) -> Iterator[Line]:
    with Line(place.port) as line:
        yield line


@dataclass
class Onlooker:
    """Counts what moves; stops after so many bytes or seconds, and knows how long that took."""

    after_bytes: int = 1 << 60
    after_s: float = 1e9
    moved: int = 0
    pieces: int = 0
    stopped_at: float = 0.0
    began: float = field(default_factory=time.monotonic)

    def hear(self, count: int) -> None:
        self.moved += count
        self.pieces += 1

    def stop(self) -> bool:
        now = time.monotonic()
        if self.moved >= self.after_bytes or now - self.began > self.after_s:
            self.stopped_at = self.stopped_at or now
        return self.stopped_at > 0

    def stops(self, store: Store, act: Callable[[], object]) -> None:
        """Whether this act is stopped when this onlooker wants it."""
        with store.watch.by(self.hear, self.stop), pytest.raises(Stopped):
            act()
        assert time.monotonic() - self.stopped_at < SOON_S


def test_what_moves_is_told_piece_by_piece(place: Place) -> None:
    store, onlooker = place.open(), Onlooker()
    with store.watch.by(onlooker.hear, onlooker.stop):
        store.put(NAME, PACK)
        # A mail has a third more.
        assert len(PACK) <= onlooker.moved < 1.5 * len(PACK)
        assert onlooker.pieces > 50
        onlooker.moved = onlooker.pieces = 0
        assert store.get(NAME) == PACK
        assert len(PACK) <= onlooker.moved < 1.5 * len(PACK)
        assert onlooker.pieces > 50


def test_a_put_is_stopped_on_its_way_and_leaves_nothing_to_see(place: Place, line: Line) -> None:
    store = place.reached(line.port)
    store.names()
    line.bytes_a_second = SLOW
    Onlooker(after_bytes=1_000_000).stops(store, lambda: store.put(NAME, PACK))
    assert place.open().names() == set()
    line.bytes_a_second = 0
    assert store.names() == set()
    store.put(NAME, PACK)
    assert (store.names(), store.get(NAME)) == ({NAME}, PACK)


def test_a_get_is_stopped_on_its_way(place: Place, line: Line) -> None:
    place.open().put(NAME, PACK)
    store = place.reached(line.port)
    store.names()
    line.bytes_a_second = SLOW
    Onlooker(after_bytes=1_000_000).stops(store, lambda: store.get(NAME))
    line.bytes_a_second = 0
    assert store.get(NAME) == PACK


def test_a_server_that_hangs_is_left_when_told_so(place: Place, line: Line) -> None:
    store = place.reached(line.port)
    store.names()
    acts = (store.names, lambda: store.get(NAME), lambda: store.put(NAME, b"x"))
    for act in (*acts, lambda: store.delete(NAME)):
        line.held = True
        Onlooker(after_s=0.2).stops(store, act)
        # The one that is held may have been heard all the same once it is let go.
        line.drop()
        line.held = False
    assert store.names() <= {NAME}


def test_a_server_that_lets_nobody_in_is_left_when_told_so(place: Place) -> None:
    with nobody_accepts() as port:
        store = place.reached(port)
        Onlooker(after_s=0.2).stops(store, store.names)


def test_a_wait_between_tries_is_ended_when_told_so(place: Place, line: Line) -> None:
    store = place.reached(line.port)
    line.refuses = True
    Onlooker(after_s=0.2).stops(store, store.names)
    line.refuses = False
    assert store.names() == set()


def test_a_folder_is_stopped_on_its_way_and_leaves_nothing_to_see(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "packs", make=True)
    Onlooker(after_bytes=1_000_000).stops(store, lambda: store.put(NAME, PACK))
    assert store.names() == set()
    store.put(NAME, PACK)
    Onlooker(after_bytes=1_000_000).stops(store, lambda: store.get(NAME))
    assert store.get(NAME) == PACK


def test_a_folder_that_hangs_is_left_when_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe that nobody writes into hangs whoever opens it, as a share does that is gone."""
    # Opened as the store does it, a pipe would be passed over at once.
    monkeypatch.setattr(folder, "_open_at_once", os.open)
    store = FolderStore(tmp_path / "packs", make=True)
    pipe = tmp_path / "packs" / NAME
    os.mkfifo(pipe)
    # Whoever is hung is let go in the end, so that this test fails where nothing else would.
    end = threading.Timer(5, lambda: os.close(os.open(pipe, os.O_RDWR)))
    end.start()
    Onlooker(after_s=0.2).stops(store, lambda: store.get(NAME))
    end.cancel()
    pipe.unlink()
    store.put(NAME, b"x")
    assert store.get(NAME) == b"x"


# ---- kept open


def test_looking_again_is_one_request(place: Place) -> None:
    store = place.open()
    store.put(NAME, b"x")
    store.names()
    for _ in range(3):
        before = store.requests
        assert store.names() == {NAME}
        assert store.requests == before + 1


def test_a_line_that_was_closed_while_idle_is_opened_anew(place: Place, line: Line) -> None:
    place.open().put(NAME, b"x")
    store = place.reached(line.port)
    acts = (store.names, lambda: store.get(NAME), lambda: store.put(NAME, b"x"))
    for act in (*acts, lambda: store.delete(NAME)):
        store.names()
        line.drop()
        act()
    assert store.names() == set()
