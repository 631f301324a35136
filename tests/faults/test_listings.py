"""Listings that are cut, long, wrong or full of other names: nothing goes for them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.errors import StoreEmpty
from companion.profile import slots
from companion.profile.packs import SUFFIX, Pack, encode, name_of
from companion.profile.profile import Profile
from companion.sync.folder import FolderStore
from companion.sync.store import Login, Network
from companion.sync.webdav import WebDavStore
from tests.faults.world import PASSPHRASE, World, files, quickly, settle, titles
from tests.sync.fault_server import FOLDER, Answer, FaultServer, Heard, multistatus
from tests.sync.test_engine import ID, KEY, SLOT, Desk

MOST = 750


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


def edits(count: int) -> dict[str, bytes]:
    """So many packs of one phrase each, by name."""
    profile = Profile(ID)
    made = {}
    for at in range(count):
        profile.add("phrase", title=f"{at}", body="x")
        clock, records = profile.take_changes()
        sealed = encode(Pack(ID, clock, [], records), KEY)
        made[name_of(sealed)] = sealed
    return made


HEAD = {slots.HEADER: slots.encode_header(ID), SLOT: b"{}"}


class Cut(FolderStore):
    """Lists 750 names and does not say that there are more."""

    def names(self) -> set[str]:
        found = super().names()
        # Sorted, our header comes last: a service lists in an order of its own.
        return {*(found & HEAD.keys()), *sorted(found - HEAD.keys())[: MOST - len(HEAD)]}


@pytest.mark.parametrize("count", [MOST - 1, MOST, MOST + 1])
def test_a_service_that_lists_750_names_and_says_nothing_loses_none(
    tmp_path: Path, count: int
) -> None:
    """What is not listed is neither taken for deleted nor sent once more."""
    store = Cut(tmp_path / "far", make=True)
    for name, data in (HEAD | edits(count - len(HEAD))).items():
        store.put(name, data)
    desk = Desk(tmp_path / "desk")
    desk.add("own")
    sent = [desk.sync(store).pushed for _ in range(3)]
    assert (sum(sent) <= 2, sent[-1]) == (True, 0)
    assert desk.titles() == {"own", *(f"{at}" for at in range(count - len(HEAD)))}
    fresh = Desk(tmp_path / "fresh")
    fresh.sync(store)
    assert fresh.titles() == desk.titles()
    assert len(store.names()) < 10


def test_ours_behind_750_names_of_others_are_missed_and_nothing_is_sent(tmp_path: Path) -> None:
    with FaultServer() as server:
        server.objects = dict(HEAD)
        desk = Desk(tmp_path / "desk")
        desk.add("own")
        store = WebDavStore(server.url, Login(), Network())
        desk.sync(store)
        before = dict(server.objects)

        def cut(heard: Heard) -> Answer | None:
            if heard.method != "PROPFIND":
                return None
            shown = [(f"{FOLDER}{at}.jpg", False) for at in range(MOST)]
            return Answer(207, (), multistatus((FOLDER, True), *shown))

        server.check = cut
        with pytest.raises(StoreEmpty):
            desk.sync(store)
        assert desk.titles() == Desk(tmp_path / "desk").titles() == {"own"}
        assert server.objects == before


def test_more_than_a_thousand_packs_in_a_folder_come_down_to_a_handful(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "far", make=True)
    for name, data in (HEAD | edits(1_001)).items():
        store.put(name, data)
    desk = Desk(tmp_path / "desk")
    desk.sync(store)
    assert desk.titles() == {f"{at}" for at in range(1_001)}
    assert len(store.names()) < 10
    assert Desk(tmp_path / "fresh").sync(store).requests < 10


def test_a_name_that_is_listed_and_not_there_stops_nothing(tmp_path: Path) -> None:
    class Haunted(FolderStore):
        """Lists one that nobody can get, as a folder whose files lie in a cloud may."""

        def names(self) -> set[str]:
            return super().names() | {"0" * 64 + SUFFIX}

    Haunted(tmp_path / "far", make=True)
    far = Haunted(tmp_path / "far")
    for name, data in HEAD.items():
        far.put(name, data)
    one, two = Desk(tmp_path / "one"), Desk(tmp_path / "two")
    one.add("alt")
    two.add("neu")
    for desk in (one, two, one):
        assert desk.sync(far).unreadable == ["0" * 64 + SUFFIX]
    assert one.titles() == two.titles() == {"alt", "neu"}


def test_copies_under_names_of_others_are_neither_read_nor_touched(world: World) -> None:
    """What file-sync programs leave: "(1)", "sync-conflict", names in capitals, halves."""
    store = world.folder / "store"
    for path in list(store.iterdir()):
        stem, suffix = path.name.rsplit(".", 1)
        for name in (
            f"{stem} (1).{suffix}",
            f"{stem}.sync-conflict-20240101-120000-ABCDEF.{suffix}",
            f"{stem} (林's conflicted copy 2024-01-01).{suffix}",
            f"{path.name}.part",
            path.name.upper(),
        ):
            shutil.copy(path, store / name)
    ours = world.far().names()
    foreign = {name: data for name, data in files(store).items() if Path(name).name not in ours}
    assert len(foreign) > 30
    settle(world, PASSPHRASE)
    for name in ("here", "other"):
        world.open(name, PASSPHRASE).check(mend=True)
    after = files(store)
    assert {name: after.get(name) for name in foreign} == foreign


def test_a_store_whose_names_were_all_put_in_capitals_empties_no_desk(world: World) -> None:
    store = world.folder / "store"
    for path in list(store.iterdir()):
        path.rename(store / path.name.upper())
    before = files(store)
    session = world.open("here", PASSPHRASE)
    with pytest.raises(StoreEmpty):
        session.sync()
    assert files(store) == before
    assert set(titles(session)) == {title for title in world.saved if title.startswith("here")}
    for path in list(store.iterdir()):
        path.rename(store / path.name.lower())
    settle(world, PASSPHRASE)
