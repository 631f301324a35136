"""Disks, sticks and shares that go away, fill up or may not be written; what a power cut leaves."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.errors import CompanionError, FileUnwritable, StoreDenied, StoreEmpty, StoreMissing
from companion.session.searching import Trace
from companion.session.sitting import status_sealed
from companion.sync.folder import FolderStore
from tests.contracts.servers.disk import FolderPlace
from tests.faults.world import PASSPHRASE, World, files, quickly, settle, titles


@pytest.fixture(autouse=True, scope="module")
def _quickly() -> Iterator[None]:
    with quickly():
        yield


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> World:
    with quickly():
        world = World(tmp_path_factory.mktemp("filled"))
        world.fill()
        return world


@pytest.fixture
def world(filled: World, tmp_path: Path) -> World:
    return filled.copy(tmp_path / "world")


class Leaving(FolderStore):
    """A folder that is pulled out after some acts; an empty one may stand in its place."""

    def __init__(self, folder: Path, after: int, looks_empty: bool) -> None:
        super().__init__(folder)
        self._where, self._left, self._looks_empty = folder, after, looks_empty

    def _count(self) -> None:
        if self._left == 0:
            self._where.rename(self._where.with_name("pulled out"))
            if self._looks_empty:
                self._where.mkdir()
        self._left -= 1

    def names(self) -> set[str]:
        self._count()
        return super().names()

    def get(self, name: str) -> bytes:
        self._count()
        return super().get(name)

    def put(self, name: str, data: bytes) -> None:
        self._count()
        super().put(name, data)

    def delete(self, name: str) -> None:
        self._count()
        super().delete(name)


def leaving_soon(world: World, after: int, looks_empty: bool) -> World:
    store = Leaving(world.folder / "store", after, looks_empty)
    return World(world.folder, lambda make: store)


@pytest.mark.parametrize("looks_empty", [False, True], ids=["stick", "unmounted share"])
def test_a_store_pulled_out_at_any_act_of_a_sync_loses_nothing(
    filled: World, tmp_path: Path, looks_empty: bool
) -> None:
    for after in range(100):
        world = filled.copy(tmp_path / "world")
        store = world.folder / "store"
        had = set(titles(world.open("here", PASSPHRASE)))
        session = leaving_soon(world, after, looks_empty).open("here", PASSPHRASE)
        try:
            session.sync()
        except CompanionError as error:
            assert looks_empty or isinstance(error, StoreMissing)
        pulled = (world.folder / "pulled out").exists()
        assert set(titles(world.open("here", PASSPHRASE))) >= had
        if not pulled:
            break
        with pytest.raises(
            StoreEmpty if looks_empty and not any(store.iterdir()) else CompanionError
        ):
            session.sync()
        shutil.rmtree(store, ignore_errors=True)
        (world.folder / "pulled out").rename(store)
        settle(world, PASSPHRASE)
    assert 3 < after < 99


def test_an_unmounted_share_looks_empty_and_gets_nothing(world: World) -> None:
    store = world.folder / "store"
    store.rename(world.folder / "share")
    store.mkdir()
    session = world.open("here", PASSPHRASE)
    with pytest.raises(StoreEmpty):
        session.sync()
    assert list(store.iterdir()) == []
    said = session.sign_out()
    assert (said.kept_sealed, said.reason) == (True, "store_empty")
    store.rmdir()
    (world.folder / "share").rename(store)
    settle(world, PASSPHRASE)


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that every user may enter: the one pytest makes is for its owner only."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def test_from_a_read_only_share_all_comes_and_what_cannot_go_waits(open_place: Path) -> None:
    place = FolderPlace(open_place)
    world = World(open_place / "desks", lambda make: place.open())
    world.folder.mkdir()
    world.fill()
    session = world.open("here", PASSPHRASE)
    # While the share is closed to root, too, root is somebody else, who must have a desk.
    for path in (world.folder, *world.folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    with place.closed("write"), pytest.raises(StoreDenied):
        session.sync()
    assert set(titles(session)) == set(world.saved)
    settle(world, PASSPHRASE)


DRAFT = ".companion-0123456789abcdef0123456789abcdef.tmp"


@pytest.mark.parametrize("left", ["empty", "cut", "whole"])
def test_what_a_power_cut_leaves_before_the_rename_is_never_read_and_goes_in_time(
    world: World, left: str
) -> None:
    session = world.open("here", PASSPHRASE)
    session.sync()
    home, store = world.seat("here").home, world.folder / "store"
    sealed = world.seat("here").sealed_folder(session.profile.id)
    pack = next(iter(sorted(sealed.glob("*.pack")))).read_bytes()
    whole = {
        home: (home / "desk.toml").read_bytes(),
        home / "profiles": pack,
        sealed: pack,
        store: pack,
    }
    for folder, data in whole.items():
        size = {"empty": 0, "cut": len(data) // 2, "whole": len(data)}[left]
        (folder / DRAFT).write_bytes(data[:size])
    # Nobody takes one for anything, and one that may be being written right now is left alone.
    assert status_sealed(world.seat("here")).signed_in
    settle(world, PASSPHRASE)
    assert all((folder / DRAFT).exists() for folder in whole)
    yesterday = time.time() - 25 * 3600
    for folder in whole:
        os.utime(folder / DRAFT, (yesterday, yesterday))
    session = world.open("here", PASSPHRASE)
    world.write(session, "later")
    session.sync()
    assert not (store / DRAFT).exists()
    assert not (sealed / DRAFT).exists()
    session.sign_out()
    assert files(home) == {}


def test_a_desk_clock_that_is_wrong_ends_no_draft_of_another(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "far", make=True)
    (tmp_path / "far" / DRAFT).write_bytes(b"being written")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time", lambda: 4e9)
        store.put("0" * 64 + ".pack", b"x")
    assert (tmp_path / "far" / DRAFT).exists()


def test_a_home_that_cannot_be_emptied_is_told_and_leaves_nobody_signed_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError(folder)

    session = world.open("here", PASSPHRASE)
    monkeypatch.setattr(shutil, "rmtree", refuse)
    said = session.sign_out()
    folder = str(world.seat("here").sealed_folder(session.profile.id))
    assert (said.kept_sealed, said.traces) == (False, [Trace(folder, "stuck", "PermissionError")])
    assert not status_sealed(world.seat("here")).signed_in
    monkeypatch.undo()
    settle(world, PASSPHRASE)


def test_settings_that_cannot_be_removed_keep_the_desk_as_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(path)

    session = world.open("here", PASSPHRASE)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(FileUnwritable):
        world.seat("here").settings.clear()
    monkeypatch.undo()
    assert set(titles(world.open("here", PASSPHRASE))) == set(titles(session))


def test_the_network_gone_at_any_act_of_a_sign_out_loses_nothing(
    filled: World, tmp_path: Path
) -> None:
    """And one that ended well leaves nothing, one that did not only what is sealed."""
    ends = set()
    for at in range(1, 100):
        world = filled.copy(tmp_path / "world")
        session = world.open("here", PASSPHRASE)
        world.write(session, "unsent")
        world.plan.acts, world.plan.at, world.plan.how = 0, at, "gone"
        said = session.sign_out()
        acts, world.plan.at, world.plan.gone = world.plan.acts, 0, False
        assert said.traces == []
        assert said.kept_sealed == bool(said.reason)
        left = {Path(path).suffix for path in files(world.seat("here").home)}
        assert left <= ({".pack", ".slot", ".json", ".last"} if said.kept_sealed else set())
        assert not status_sealed(world.seat("here")).signed_in
        ends.add(said.kept_sealed)
        settle(world, PASSPHRASE)
        if acts < at:
            break
    assert ends == {True, False}
