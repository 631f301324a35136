"""Desks that edit apart over one store: nothing is lost, and little is asked of the store."""

import random
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from companion.errors import HeaderMissing, StoreEmpty, StoreFull
from companion.profile import slots
from companion.profile.packs import SUFFIX, decode, name_of
from companion.profile.profile import Profile
from companion.profile.sealing import ProfileKey
from companion.sync.compaction import HANDFUL
from companion.sync.engine import Engine
from companion.sync.folder import FolderStore
from companion.sync.progress import SyncReport
from companion.sync.store import Store
from tests.faults.faulty import Killed

ID = "A" * 22
SLOT = f"passphrase-{'0' * 32}.slot"
KEY = ProfileKey.fresh()


class Unsteady(FolderStore):
    """A store that calls ``before`` with what is put, and ``after`` when any act is done."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, make=True)
        self.before: Callable[[str], object] = lambda name: None
        self.after: Callable[[], object] = lambda: None

    def names(self) -> set[str]:
        found = super().names()
        self.after()
        return found

    def get(self, name: str) -> bytes:
        data = super().get(name)
        self.after()
        return data

    def put(self, name: str, data: bytes) -> None:
        self.before(name)
        super().put(name, data)
        self.after()

    def delete(self, name: str) -> None:
        super().delete(name)
        self.after()


class Desk:
    """A profile opened on the sealed packs of one desk."""

    def __init__(self, folder: Path) -> None:
        self.local = Unsteady(folder)
        self.profile = Profile(ID)
        self.engine = Engine(self.profile, KEY, self.local)
        self.engine.load()

    def add(self, title: str) -> str:
        return self.profile.add("phrase", title=title, body=f"正文 {title}")

    def save_each(self, titles: Iterable[str]) -> None:
        for title in titles:
            self.add(title)
            self.engine.save()

    def send_each(self, titles: Iterable[str], far: Store) -> None:
        for title in titles:
            self.add(title)
            self.engine.sync(far)

    def sync(self, far: Store) -> SyncReport:
        return self.engine.sync(far)

    def titles(self) -> set[str]:
        return {phrase.title for phrase in self.profile.phrases()}


@pytest.fixture
def far(tmp_path: Path) -> Unsteady:
    return new_store(tmp_path)


def new_store(around: Path) -> Unsteady:
    """A store with a header and a slot, and no pack yet."""
    store = Unsteady(around / "far")
    for name, data in ((SLOT, b"{}"), (slots.HEADER, slots.encode_header(ID))):
        store.put(name, data)
    return store


@pytest.fixture
def one(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "one")


@pytest.fixture
def two(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "two")


def packs(store: Store) -> set[str]:
    return {name for name in store.names() if name.endswith(SUFFIX)}


def exchange(far: Store, *desks: Desk) -> None:
    """Sync every desk until each has what every other had."""
    for desk in (*desks, *desks):
        desk.sync(far)


def test_edits_made_apart_are_all_there_or_shown(one: Desk, two: Desk, far: Unsteady) -> None:
    shared = one.add("退款")
    exchange(far, one, two)
    one.add("早班")
    two.add("晚班")
    one.profile.change(shared, title="退款进度", body="早班写的")
    two.profile.change(shared, abbr="tk", body="晚班写的")
    exchange(far, one, two)
    assert one.titles() == two.titles() == {"退款进度", "早班", "晚班"}
    assert one.profile.phrases() == two.profile.phrases()
    for desk in (one, two):
        (phrase,) = (phrase for phrase in desk.profile.phrases() if phrase.id == shared)
        (lost,) = desk.profile.conflicts()[shared]["body"]
        assert phrase.abbr == "tk"
        assert {phrase.body, lost.value} == {"早班写的", "晚班写的"}


@pytest.mark.parametrize("seed", range(4))
def test_three_desks_at_random_end_alike(far: Unsteady, tmp_path: Path, seed: int) -> None:
    desks = [Desk(tmp_path / f"{at}") for at in range(3)]
    chance, written = random.Random(seed), set()
    for step in range(60):
        at = chance.randrange(3)
        if chance.random() < 0.1:
            desks[at].engine.save()
            desks[at] = Desk(Path(desks[at].local.place))
        if chance.random() < 0.4:
            desks[at].sync(far)
        else:
            written.add(f"{step}")
            desks[at].add(f"{step}")
    exchange(far, *desks)
    restored = Desk(tmp_path / "new")
    restored.sync(far)
    for desk in (*desks, restored):
        assert desk.titles() == written
        assert desk.profile.phrases() == restored.profile.phrases()


def test_nothing_new_is_one_request(one: Desk, two: Desk, far: Unsteady) -> None:
    one.add("退款")
    exchange(far, one, two)
    for desk in (one, two):
        assert desk.sync(far) == SyncReport(requests=1)
    assert Desk(Path(one.local.place)).sync(far) == SyncReport(requests=1)


def test_one_edit_is_two_requests_and_two_kilobytes(one: Desk, far: Unsteady) -> None:
    rows = [{"title": f"短语 {at}", "body": f"正文 {at}" * 20} for at in range(500)]
    ids = one.profile.add_many("phrase", rows)
    one.sync(far)
    before = packs(far)
    one.profile.change(ids[7], body="另一句话" * 60)
    report = one.sync(far)
    assert (report.pushed, report.requests) == (1, 2)
    (sent,) = packs(far) - before
    assert len(far.get(sent)) <= 2048


def test_a_restore_is_single_digits_of_requests(far: Unsteady, tmp_path: Path) -> None:
    desks = [Desk(tmp_path / f"{at}") for at in range(3)]
    for step in range(24):
        desks[step % 3].add(f"{step}")
        desks[step % 3].sync(far)
        # From a copy: a new desk that tidies up would make the next one's work less.
        copy = shutil.copytree(far.place, tmp_path / f"copy{step}")
        report = Desk(tmp_path / f"new{step}").sync(FolderStore(copy))
        assert report.requests <= 9


def test_compaction_deletes_only_what_it_covers(one: Desk, two: Desk, far: Unsteady) -> None:
    one.send_each(map(str, range(HANDFUL)), far)
    # One that this desk could not read, and one that it has not seen.
    damaged = name_of(b"what was here before")
    far.put(damaged, b"a few bytes of it")
    two.save_each(["unseen"])
    (unseen,) = packs(two.local)
    before = packs(far)
    plain = FolderStore(Path(far.place))
    # It arrives while this desk, which has looked already, writes the one pack for the many.
    sealed, far.before = two.local.get(unseen), lambda name: plain.put(unseen, sealed)
    one.add("last")
    one.sync(far)
    (made,) = packs(far) - before - {damaged, unseen}
    assert {damaged, unseen} < packs(far)
    pack = decode(made, far.get(made), ID, KEY)
    assert before - packs(far) < set(pack.covers)
    assert not {damaged, unseen} & set(pack.covers)
    new = Desk(Path(far.place).with_name("new"))
    assert new.sync(far).unreadable == [damaged]
    assert new.titles() == {*map(str, range(HANDFUL)), "last", "unseen"}


@pytest.mark.parametrize("harm", ["half", "bit", "swapped"])
def test_only_a_damaged_pack_is_missing(one: Desk, two: Desk, far: Unsteady, harm: str) -> None:
    one.send_each(["heil"], far)
    (whole,) = packs(far)
    one.send_each(["kaputt"], far)
    (harmed,) = packs(far) - {whole}
    sealed = far.get(harmed)
    middle = len(sealed) // 2
    flipped = sealed[:middle] + bytes([sealed[middle] ^ 4]) + sealed[middle + 1 :]
    damage = {"half": sealed[:middle], "bit": flipped, "swapped": far.get(whole)}
    far.put(harmed, damage[harm])
    assert two.sync(far).unreadable == [harmed] == two.engine.unreadable
    assert two.titles() == {"heil"}
    assert packs(two.local) == {whole}
    far.put(harmed, sealed)
    assert two.sync(far).unreadable == [] == two.engine.unreadable
    assert two.titles() == {"heil", "kaputt"}


@pytest.mark.parametrize("gone", ["everything", slots.HEADER, SLOT])
def test_a_store_that_lost_something_empties_no_desk(one: Desk, far: Unsteady, gone: str) -> None:
    one.add("alt")
    one.sync(far)
    one.add("neu")
    for name in far.names() if gone == "everything" else {gone}:
        far.delete(name)
    left = far.names()
    with pytest.raises(HeaderMissing if left else StoreEmpty):
        one.sync(far)
    assert far.names() == left
    assert one.titles() == Desk(Path(one.local.place)).titles() == {"alt", "neu"}


def test_a_store_that_lost_its_packs_gets_them_back(one: Desk, two: Desk, far: Unsteady) -> None:
    one.add("alt")
    one.sync(far)
    for name in packs(far):
        far.delete(name)
    exchange(far, one, two)
    assert one.titles() == two.titles() == {"alt"}


@pytest.mark.parametrize("where", ["save", "sync"])
def test_a_failed_put_keeps_the_changes(one: Desk, far: Unsteady, where: str) -> None:
    full = one.local if where == "save" else far
    changed = one.add("退款")
    one.profile.count_use(changed)

    def refuse(name: str) -> None:
        raise StoreFull(place=full.place)

    full.before = refuse
    with pytest.raises(StoreFull):
        one.sync(far)
    assert one.profile.has_changes() == (where == "save")
    full.before = lambda name: None
    assert one.sync(far).pushed == 1
    again = Desk(Path(one.local.place))
    assert again.titles() == {"退款"}
    assert again.profile.uses() == one.profile.uses() != {}


@pytest.mark.parametrize("at", range(1, 25))
def test_killed_at_any_act_loses_nothing(one: Desk, two: Desk, far: Unsteady, at: int) -> None:
    here, there = {"hier 0", "hier 1"}, {f"fern {step}" for step in range(HANDFUL)}
    two.send_each(sorted(there), far)
    one.save_each(sorted(here))
    acts = iter(range(1, at + 1))

    def count() -> None:
        if next(acts) == at:
            raise Killed

    far.after = one.local.after = count
    with pytest.raises(Killed):
        one.sync(far)
    far.after = lambda: None
    assert Desk(Path(far.place)).titles() >= there
    again = Desk(Path(one.local.place))
    exchange(far, again, two)
    assert again.titles() == two.titles() == here | there
