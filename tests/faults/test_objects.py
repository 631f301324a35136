"""Objects that are broken, lost, swapped or old: only they are missing, and who has them mends."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.errors import CompanionError, HeaderDamaged, HeaderMissing
from companion.profile import slots
from companion.profile.packs import SUFFIX
from companion.sync.folder import FolderStore
from tests.faults.world import PASSPHRASE, World, add, files, quickly, settle, titles
from tests.sync.test_engine import Desk, Unsteady, exchange, new_store


@pytest.fixture(autouse=True, scope="module")
def _quickly() -> Iterator[None]:
    with quickly():
        yield


@pytest.fixture
def far(tmp_path: Path) -> Unsteady:
    return new_store(tmp_path)


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path / "world")
    world.folder.mkdir()
    world.fill()
    for name in ("here", "other", "here"):
        world.open(name, PASSPHRASE).sync()
    return world


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


HARMS: dict[str, Callable[[bytes, bytes], bytes | None]] = {
    "bit flipped": lambda data, _: flipped(data),
    "cut short": lambda data, _: data[: len(data) // 2],
    "emptied": lambda _, __: b"",
    "swapped": lambda _, other: other,
    "deleted": lambda _, __: None,
}


def harm(path: Path, how: str, other: Path) -> None:
    made = HARMS[how](path.read_bytes(), other.read_bytes())
    path.unlink()
    if made is not None:
        path.write_bytes(made)


def objects(folder: Path) -> list[Path]:
    """Of each kind of object one: a header, a slot of each kind, a pack."""
    kinds = (slots.HEADER, "passphrase-*", "recovery-*", "*.pack")
    return [sorted(folder.glob(kind))[0] for kind in kinds]


@pytest.mark.parametrize("how", HARMS)
@pytest.mark.parametrize("kind", range(4), ids=["header", "passphrase", "recovery", "pack"])
def test_an_object_harmed_in_the_store_harms_no_desk(world: World, kind: int, how: str) -> None:
    harmed = objects(world.folder / "store")
    before = {name: titles(world.open(name, PASSPHRASE)) for name in ("here", "other")}
    harm(harmed[kind], how, harmed[3 - kind])
    for name in ("here", "other"):
        session = world.open(name, PASSPHRASE)
        world.write(session, f"after {name}")
        try:
            session.sync()
        except HeaderMissing:
            assert (kind, how) == (0, "deleted")
        assert set(titles(session)) >= {*before[name], f"after {name}"}
        again = world.open(name, PASSPHRASE)
        assert set(titles(again)) >= {*before[name], f"after {name}"}
    # Nobody is let in by something broken, and nothing is half fetched.
    if harmed[kind].exists() and kind < 2:
        with pytest.raises(HeaderDamaged):
            world.open("fresh", PASSPHRASE)
    report = world.open("other", PASSPHRASE).check(mend=True)
    # A pack that is gone is none that somebody could be asked for: a desk that has it sends it.
    assert report.mended == ([] if (kind, how) == (3, "deleted") else [harmed[kind].name])
    assert report.broken == []
    settle(world, PASSPHRASE)


@pytest.mark.parametrize("how", HARMS)
@pytest.mark.parametrize("kind", range(1, 4), ids=["passphrase", "recovery", "pack"])
def test_an_object_harmed_on_this_desk_is_fetched_again(world: World, kind: int, how: str) -> None:
    session = world.open("here", PASSPHRASE)
    here = objects(world.seat("here").sealed_folder(session.profile.id))
    whole = {path: path.read_bytes() for path in here}
    harm(here[kind], how, here[(kind + 1) % 4])
    session.sync()
    session = world.open("here", PASSPHRASE)
    session.sync()
    assert set(titles(session)) >= set(world.saved)
    assert here[kind].read_bytes() == whole[here[kind]]
    settle(world, PASSPHRASE)


def test_a_pack_spoiled_on_this_desk_before_it_was_sent_goes_out_whole(world: World) -> None:
    session = world.open("here", PASSPHRASE)
    folder = world.seat("here").sealed_folder(session.profile.id)
    before = set(folder.glob("*.pack"))
    world.write(session, "spoiled")
    (new,) = set(folder.glob("*.pack")) - before
    new.write_bytes(flipped(new.read_bytes()))
    session.sync()
    settle(world, PASSPHRASE)


def test_half_a_pack_of_a_killed_process_is_mended_at_sign_out(world: World) -> None:
    session = world.open("here", PASSPHRASE)
    world.write(session, "half sent")
    session.sync()
    folder = world.seat("here").sealed_folder(session.profile.id)
    (sent,) = (path for path in folder.glob("*.pack") if path.name in last_sent(world))
    there = world.folder / "store" / sent.name
    there.write_bytes(there.read_bytes()[:40])
    # A process that was killed while it sent cannot tell; its listing says that the pack is there.
    assert world.open("here", PASSPHRASE).sign_out().kept_sealed is False
    settle(world, PASSPHRASE)


def last_sent(world: World) -> set[str]:
    packs = (world.folder / "store").glob("*.pack")
    return {max(packs, key=lambda path: path.stat().st_mtime_ns).name}


def test_an_own_pack_that_cannot_be_read_is_kept_at_sign_out(world: World) -> None:
    session = world.open("here", PASSPHRASE)
    folder = world.seat("here").sealed_folder(session.profile.id)
    # As a newer Companion at this desk may have left it, before it could send it.
    newer = folder / ("0" * 64 + SUFFIX)
    newer.write_bytes(b"CPN2 something that we cannot read")
    said = world.open("here", PASSPHRASE).sign_out()
    assert (said.kept_sealed, said.reason) == (True, "object_missing")
    assert newer.read_bytes() == b"CPN2 something that we cannot read"
    assert not (world.folder / "store" / newer.name).exists()


def test_an_old_pack_replayed_changes_nothing(far: FolderStore, tmp_path: Path) -> None:
    one, two = Desk(tmp_path / "one"), Desk(tmp_path / "two")
    first = one.add("alt")
    one.sync(far)
    (old,) = [name for name in far.names() if name.endswith(SUFFIX)]
    sealed = far.get(old)
    for text in "abcdefgh":
        one.profile.change(first, body=text)
        exchange(far, one, two)
    assert old not in far.names()
    far.put(old, sealed)
    for desk in (one, two, Desk(tmp_path / "three")):
        desk.sync(far)
        (phrase,) = desk.profile.phrases()
        assert (phrase.body, desk.profile.conflicts()) == ("h", {})


def test_an_old_listing_of_everything_loses_nothing(world: World, tmp_path: Path) -> None:
    """The whole store as it was: whoever knows more puts it there again."""
    old = shutil.copytree(world.folder / "store", tmp_path / "old")
    session = world.open("here", PASSPHRASE)
    for at in range(12):
        world.write(session, f"since {at}")
        session.sync()
    world.open("other", PASSPHRASE).sync()
    shutil.rmtree(world.folder / "store")
    shutil.copytree(old, world.folder / "store")
    settle(world, PASSPHRASE)


def test_a_desk_that_comes_back_after_thirty_days(world: World, tmp_path: Path) -> None:
    """With edits of its own, and packs that were covered long ago by others that are gone, too."""
    away = world.open("here", PASSPHRASE)
    for at in range(3):
        world.write(away, f"away {at}")
    working = world.open("other", PASSPHRASE)
    for at in range(150):
        world.write(working, f"meanwhile {at}")
        working.sync()
    settle(world, PASSPHRASE)
    assert len(world.far().names()) < 10


def test_a_broken_pack_that_others_put_right_is_not_told_any_more(world: World) -> None:
    broken = objects(world.folder / "store")[3]
    broken.write_bytes(b"half of it")
    session = world.open("fresh", PASSPHRASE)
    assert session.engine.unreadable == [broken.name]
    # One who has read it puts all together, and what is broken goes.
    other = world.open("other", PASSPHRASE)
    other.take_in(0, [])
    other.sync()
    assert not broken.exists()
    assert session.sync().unreadable == []
    settle(world, PASSPHRASE)


def test_what_is_broken_for_good_is_told_each_time_and_stops_nothing(world: World) -> None:
    path = objects(world.folder / "store")[3]
    path.unlink()
    path.write_bytes(b"nothing")
    for name in ("here", "other"):
        world.open(name, PASSPHRASE).sign_out()
    before = files(world.folder / "store")
    session = world.open("here", PASSPHRASE)
    add(session, "goes on")
    report = session.sync()
    assert report.pushed == 1
    assert before.keys() <= files(world.folder / "store").keys()
    with pytest.raises(CompanionError):
        world.open("here", "not the passphrase")
