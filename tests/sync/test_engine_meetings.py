"""Desks that meet at a store at bad moments: packs put together, cut short, or not theirs."""

from pathlib import Path

import pytest

from companion.errors import Stopped, StoreOfAnother
from companion.profile import slots
from companion.profile.packs import Pack, encode, name_of
from companion.sync.compaction import HANDFUL
from companion.sync.folder import FolderStore
from tests.sync.test_engine import ID, KEY, SLOT, Desk, exchange, packs


@pytest.fixture
def far(tmp_path: Path) -> FolderStore:
    store = FolderStore(tmp_path / "far", make=True)
    store.put(slots.HEADER, slots.encode_header("A" * 22))
    store.put(SLOT, b"slot")
    return store


def test_after_putting_together_nothing_new_is_one_request(
    tmp_path: Path, far: FolderStore
) -> None:
    desks = Desk(tmp_path / "one"), Desk(tmp_path / "two")
    for step in range(14):
        desk = desks[step % 2]
        desk.add(f"{step}")
        desk.sync(far)
        report = desk.sync(far)
        assert (report.pushed, report.pulled, report.requests) == (0, 0, 1), step


def test_opened_again_after_putting_together_it_fetches_nothing(
    tmp_path: Path, far: FolderStore
) -> None:
    desk = Desk(tmp_path / "one")
    desk.save_each(map(str, range(8)))
    desk.sync(far)
    exchange(far, desk)
    assert Desk(tmp_path / "one").sync(far).requests == 1


def test_packs_put_together_while_another_reads_are_no_error(tmp_path: Path) -> None:
    folder = tmp_path / "far"
    two = Desk(tmp_path / "two")

    class Meanwhile(FolderStore):
        """Lets the other desk sync right after the list was taken."""

        met = False

        def names(self) -> set[str]:
            found = super().names()
            if not self.met:
                self.met = True
                two.sync(FolderStore(folder))
            return found

    store = FolderStore(folder, make=True)
    store.put(slots.HEADER, slots.encode_header("A" * 22))
    store.put(SLOT, b"slot")
    for number in range(HANDFUL):
        two.add(str(number))
        two.sync(store)
    two.save_each(["last", "very last"])
    one = Desk(tmp_path / "one")
    one.sync(Meanwhile(folder))
    assert {p.title for p in one.profile.phrases()} == {p.title for p in two.profile.phrases()}


def test_a_damaged_pack_of_this_desk_is_told_and_not_sent(tmp_path: Path, far: FolderStore) -> None:
    desk = Desk(tmp_path / "one")
    desk.save_each(["a"])
    (name,) = packs(desk.local)
    path = tmp_path / "one" / name
    path.write_bytes(path.read_bytes()[:20])
    report = Desk(tmp_path / "one").sync(far)
    assert packs(far) == set()
    assert report.unreadable == [name]


def test_nothing_is_sent_to_another_profiles_store(tmp_path: Path, far: FolderStore) -> None:
    far.put(slots.HEADER, slots.encode_header("B" * 22))
    desk = Desk(tmp_path / "one")
    desk.add("geheim")
    before = far.names()
    with pytest.raises(StoreOfAnother):
        desk.sync(far)
    assert far.names() == before


def test_what_a_killed_desk_left_behind_is_tidied_by_the_next(
    tmp_path: Path, far: FolderStore
) -> None:
    desk = Desk(tmp_path / "one")
    for number in range(HANDFUL):
        desk.add(str(number))
        desk.sync(far)
    before = {name: far.get(name) for name in packs(far)}
    desk.add("last")
    desk.sync(far)
    after = packs(far)
    for name, sealed in before.items():
        far.put(name, sealed)
    other = Desk(tmp_path / "two")
    other.sync(far)
    assert packs(far) == packs(other.local) == after
    assert other.titles() == desk.titles()


def test_what_was_saved_apart_is_sent_as_one(tmp_path: Path, far: FolderStore) -> None:
    one, two = Desk(tmp_path / "one"), Desk(tmp_path / "two")
    one.save_each("甲乙丙丁")
    assert one.sync(far).pushed == 1
    assert packs(far) == packs(one.local)
    assert len(packs(far)) == 1
    exchange(far, two)
    assert two.titles() == set("甲乙丙丁")


def test_stop_stops_and_the_next_sync_goes_on(tmp_path: Path, far: FolderStore) -> None:
    one, two = Desk(tmp_path / "one"), Desk(tmp_path / "two")
    one.add("甲")
    with pytest.raises(Stopped):
        one.engine.sync(far, stop=lambda: True)
    assert packs(far) == set()
    one.sync(far)
    one.send_each("乙丙丁", far)
    seen: list[tuple[int, int]] = []
    with pytest.raises(Stopped):
        two.engine.sync(far, lambda *at: seen.append(at), lambda: len(seen) > 1)
    assert (len(two.titles()), seen) == (1, [(0, 4), (1, 4)])
    assert two.sync(far).pulled == 3
    assert two.titles() == one.titles()


def test_what_is_covered_by_what_is_covered_is_tidied(tmp_path: Path, far: FolderStore) -> None:
    desk = Desk(tmp_path / "desk")
    first = encode(Pack(ID, 1, [], []), KEY)
    second = encode(Pack(ID, 1, [name_of(first)], []), KEY)
    # As one does that had no room to name all that the second covers.
    third = encode(Pack(ID, 1, [name_of(second)], []), KEY)
    for sealed in (second, third):
        far.put(name_of(sealed), sealed)
        desk.sync(far)
    # Half of it, put long ago by who did not hear that it failed.
    far.put(name_of(first), first[:9])
    assert desk.sync(far).unreadable == []
    assert packs(far) == {name_of(third)}
