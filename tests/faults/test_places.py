"""Two desks that make a profile in one store at once, and a store that became another one."""

import itertools
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.desk.recording import RecordingSecrets
from companion.errors import (
    CompanionError,
    HeaderMissing,
    StoreEmpty,
    StoreOfAnother,
    StoreTaken,
)
from companion.profile import slots
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create
from companion.sync.folder import FolderStore
from companion.sync.store import Login, Store
from companion.wiring.seats import open_store
from tests.faults.world import ADDRESS, PASSPHRASE, World, add, files, quickly, settle, titles


@pytest.fixture(autouse=True, scope="module")
def _quickly() -> Iterator[None]:
    with quickly():
        yield


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path / "world")
    world.folder.mkdir()
    world.fill()
    return world


class InTurns:
    """Lets two works act in a given order: each act on the store waits for its turn."""

    def __init__(self, order: tuple[int, ...]) -> None:
        self._order = list(order)
        self._turn = threading.Condition()
        self._ended: set[int] = set()

    def act(self, who: int) -> None:
        with self._turn:
            assert self._turn.wait_for(lambda: self._next() in (who, None), 20)
            if self._order:
                self._order.pop(0)
            self._turn.notify_all()

    def end(self, who: int) -> None:
        with self._turn:
            self._ended.add(who)
            self._turn.notify_all()

    def _next(self) -> int | None:
        while self._order and self._order[0] in self._ended:
            self._order.pop(0)
        return self._order[0] if self._order else None


class Turning(FolderStore):
    """A folder store whose every act waits for its turn."""

    def __init__(self, folder: Path, who: int, turns: InTurns) -> None:
        super().__init__(folder, make=True)
        self._who, self._turns = who, turns

    def names(self) -> set[str]:
        self._turns.act(self._who)
        return super().names()

    def get(self, name: str) -> bytes:
        self._turns.act(self._who)
        return super().get(name)

    def put(self, name: str, data: bytes) -> None:
        self._turns.act(self._who)
        super().put(name, data)

    def delete(self, name: str) -> None:
        self._turns.act(self._who)
        super().delete(name)


def two_make_one(folder: Path, order: tuple[int, ...]) -> list[Session | CompanionError]:
    """What becomes of two desks that make a profile in one empty store, acting in this order."""
    turns = InTurns(order)
    came: dict[int, Session | CompanionError] = {}

    def make(who: int) -> None:
        def opened(address: str, make: bool, login: Login) -> Store:
            if address == ADDRESS:
                return Turning(folder / "store", who, turns)
            return open_store(address, make, login)

        seat = Seat(folder / f"home {who}", opened, RecordingSecrets())
        try:
            came[who] = create(seat, ADDRESS, f"desk {who}", PASSPHRASE)[0]
        except CompanionError as error:
            came[who] = error
        finally:
            turns.end(who)

    threads = [threading.Thread(target=make, args=(who,)) for who in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [came[0], came[1]]


# Names, two slots, names, header: five acts of each, in every order in which they can meet.
ORDERS = [
    tuple(0 if at in zeros else 1 for at in range(10))
    for zeros in itertools.combinations(range(10), 5)
]


def test_two_desks_that_make_a_profile_at_once_never_share_one(tmp_path: Path) -> None:
    seen = set()
    for at, order in enumerate(ORDERS):
        folder = tmp_path / f"{at}"
        folder.mkdir()
        came = two_make_one(folder, order)
        made = [one for one in came if isinstance(one, Session)]
        refused = [one for one in came if isinstance(one, CompanionError)]
        seen.add(len(made))
        assert all(isinstance(error, StoreTaken) for error in refused), refused
        assert len(made) <= 1, order
        held = FolderStore(folder / "store")
        assert len(held.names()) == 3 * len(made)
        for session in made:
            assert slots.decode_header(held.get(slots.HEADER)).profile == session.profile.id
            assert not session.check(mend=False).broken
        # Whoever was refused has nothing on the desk.
        homes = {one.seat.home for one in made}
        assert all(
            not files(folder / f"home {n}") for n in (0, 1) if folder / f"home {n}" not in homes
        )
    assert seen == {0, 1}


def test_a_store_in_which_another_profile_was_made_is_told_and_keeps_ours_here(
    world: World, tmp_path: Path
) -> None:
    """What two desks could do whose store listed late: the later header has taken the place."""
    other = World(tmp_path / "theirs")
    other.folder.mkdir()
    add(other.create("other"), "theirs")
    # Our packs are there already, so that nothing else looks at the header.
    world.open("here", PASSPHRASE).sync()
    for part in (other.folder / "store").iterdir():
        shutil.copy(part, world.folder / "store")
    session = world.open("here", PASSPHRASE)
    add(session, "ours")
    with pytest.raises(StoreOfAnother):
        session.sync()
    assert "ours" in titles(session)
    said = world.open("here", PASSPHRASE).sign_out()
    assert (said.kept_sealed, said.reason) == (True, "store_of_another")


def empty(world: World, tmp_path: Path) -> type[CompanionError] | None:
    (tmp_path / "place").mkdir()
    return StoreEmpty


def of_another(world: World, tmp_path: Path) -> type[CompanionError] | None:
    theirs = World(tmp_path / "theirs")
    theirs.folder.mkdir()
    session = theirs.create("other")
    add(session, "theirs")
    session.sync()
    shutil.copytree(theirs.folder / "store", tmp_path / "place")
    return StoreOfAnother


def a_copy(world: World, tmp_path: Path) -> type[CompanionError] | None:
    world.open("here", PASSPHRASE).sync()
    shutil.copytree(world.folder / "store", tmp_path / "place")
    return None


def an_older_copy(world: World, tmp_path: Path) -> type[CompanionError] | None:
    shutil.copytree(world.folder / "store", tmp_path / "place")
    for at in range(9):
        session = world.open("other", PASSPHRASE)
        world.write(session, f"since {at}")
        session.sync()
    world.open("here", PASSPHRASE).sync()
    return None


def half_a_copy(world: World, tmp_path: Path) -> type[CompanionError] | None:
    shutil.copytree(world.folder / "store", tmp_path / "place")
    (tmp_path / "place" / slots.HEADER).unlink()
    return HeaderMissing


Move = Callable[[World, Path], type[CompanionError] | None]


@pytest.mark.parametrize("move", [empty, of_another, a_copy, an_older_copy, half_a_copy])
def test_the_store_is_elsewhere_from_one_sync_to_the_next(
    world: World, tmp_path: Path, move: Move
) -> None:
    error = move(world, tmp_path)
    before = files(tmp_path / "place")
    (world.folder / "store").rename(world.folder / "old store")
    shutil.copytree(tmp_path / "place", world.folder / "store")
    session = world.open("here", PASSPHRASE)
    world.write(session, "edited")
    had = titles(session)
    if error is None:
        session.sync()
    else:
        with pytest.raises(error):
            session.sync()
        # Nothing of ours went there, and nothing of theirs came here.
        assert len(files(world.folder / "store")) == len(before)
        shutil.rmtree(world.folder / "store")
        (world.folder / "old store").rename(world.folder / "store")
    assert set(titles(world.open("here", PASSPHRASE))) >= set(had)
    settle(world, PASSPHRASE)
