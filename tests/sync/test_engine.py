"""Desks that edit apart over one store: nothing is lost, and little is asked of the store."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from companion.errors import HeaderMissing, ObjectMissing, Stopped, StoreEmpty, StoreFull
from companion.profile import slots
from companion.profile.packs import SUFFIX, Pack, decode, encode, name_of
from companion.profile.profile import Profile
from companion.profile.sealing import ProfileKey
from companion.sync.engine import HANDFUL, MANY_EDITS, Engine, SyncReport
from companion.sync.folder import FolderStore
from companion.sync.store import Store

ID = "A" * 22
SLOT = f"passphrase-{'0' * 32}.slot"
KEY = ProfileKey.fresh()


class Killed(BaseException):
    """The process is gone."""


class Unsteady:
    """A store that calls ``after`` with every act once it is done, and ``before`` with a put."""

    def __init__(self, inner: Store) -> None:
        self.place = inner.place
        self.before: Callable[[str], None] = lambda name: None
        self.after: Callable[[], None] = lambda: None
        self.sizes: list[int] = []
        self._inner = inner

    @property
    def requests(self) -> int:
        return self._inner.requests

    @requests.setter
    def requests(self, value: int) -> None:
        self._inner.requests = value

    def names(self) -> set[str]:
        found = self._inner.names()
        self.after()
        return found

    def get(self, name: str) -> bytes:
        data = self._inner.get(name)
        self.after()
        return data

    def put(self, name: str, data: bytes) -> None:
        self.before(name)
        self._inner.put(name, data)
        self.sizes.append(len(data))
        self.after()

    def delete(self, name: str) -> None:
        self._inner.delete(name)
        self.after()


class Desk:
    """A profile opened on the sealed packs of one desk."""

    def __init__(self, folder: Path) -> None:
        self.local = Unsteady(FolderStore(folder, make=True))
        self.profile = Profile(ID)
        self.engine = Engine(self.profile, KEY, self.local)
        self.engine.load()

    def add(self, title: str) -> str:
        return self.profile.add("phrase", title=title, body=f"正文 {title}")

    def sync(self, far: Store) -> SyncReport:
        return self.engine.sync(far)

    def titles(self) -> set[str]:
        return {phrase.title for phrase in self.profile.phrases()}


@pytest.fixture
def far(tmp_path: Path) -> Unsteady:
    store = Unsteady(FolderStore(tmp_path / "far", make=True))
    for name, data in ((SLOT, b"{}"), (slots.HEADER, slots.encode_header(ID))):
        store.put(name, data)
    store.sizes.clear()
    return store


@pytest.fixture
def desks(tmp_path: Path) -> list[Desk]:
    return [Desk(tmp_path / name) for name in ("early", "late", "third")]


def packs(store: Store) -> set[str]:
    return {name for name in store.names() if name.endswith(SUFFIX)}


def exchange(desks: list[Desk], far: Store) -> None:
    """Sync every desk until each has what every other had."""
    for desk in (*desks, *desks):
        desk.sync(far)


def test_edits_made_apart_are_both_there(desks: list[Desk], far: Unsteady) -> None:
    one, two, _ = desks
    shared = one.add("退款")
    exchange([one, two], far)
    one.add("早班")
    two.add("晚班")
    one.profile.change(shared, title="退款进度")
    two.profile.change(shared, abbr="tk")
    exchange([one, two], far)
    assert one.titles() == two.titles() == {"退款进度", "早班", "晚班"}
    assert one.profile.phrases() == two.profile.phrases()
    assert {phrase.abbr for phrase in two.profile.phrases() if phrase.id == shared} == {"tk"}


def test_two_rewrites_of_one_text_are_a_conflict_on_both_desks(
    desks: list[Desk], far: Unsteady
) -> None:
    one, two, _ = desks
    shared = one.add("退款")
    exchange([one, two], far)
    one.profile.change(shared, body="早班写的")
    two.profile.change(shared, body="晚班写的")
    exchange([one, two], far)
    for desk in (one, two):
        (phrase,) = desk.profile.phrases()
        (lost,) = desk.profile.conflicts()[shared]["body"]
        assert {phrase.body, lost.value} == {"早班写的", "晚班写的"}


@pytest.mark.parametrize("seed", range(4))
def test_three_desks_at_random_end_alike_with_everything(
    desks: list[Desk], far: Unsteady, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    written: set[str] = set()
    for step in range(60):
        at = chance.randrange(3)
        if chance.random() < 0.1:
            # Closed without a sync and opened again: what was saved is there.
            desks[at].engine.save()
            desks[at] = Desk(Path(desks[at].local.place))
        if chance.random() < 0.4:
            desks[at].sync(far)
        else:
            written.add(f"{step}")
            desks[at].add(f"{step}")
    exchange(desks, far)
    restored = Desk(tmp_path / "new")
    restored.sync(far)
    for desk in (*desks, restored):
        assert desk.titles() == written
        assert desk.profile.phrases() == restored.profile.phrases()


def test_nothing_new_is_one_request(desks: list[Desk], far: Unsteady) -> None:
    one, two, _ = desks
    one.add("退款")
    exchange([one, two], far)
    for desk in (one, two):
        assert desk.sync(far) == SyncReport(requests=1)
    again = Desk(Path(one.local.place))
    assert again.sync(far) == SyncReport(requests=1)


def test_one_edit_is_two_requests_and_two_kilobytes(desks: list[Desk], far: Unsteady) -> None:
    (one, *_) = desks
    rows = [{"title": f"短语 {at}", "body": f"正文 {at}" * 20} for at in range(500)]
    ids = one.profile.add_many("phrase", rows)
    one.sync(far)
    far.sizes.clear()
    one.profile.change(ids[7], body="另一句话" * 60)
    report = one.sync(far)
    assert (report.pushed, report.requests) == (1, 2)
    (size,) = far.sizes
    assert size <= 2048


def test_a_restore_is_single_digits_of_requests(
    desks: list[Desk], far: Unsteady, tmp_path: Path
) -> None:
    for step in range(24):
        desks[step % 3].add(f"{step}")
        desks[step % 3].sync(far)
        # From a copy: a new desk that tidies up would make the next one's work less.
        copy = shutil.copytree(far.place, tmp_path / f"copy{step}")
        report = Desk(tmp_path / f"new{step}").sync(FolderStore(copy))
        assert report.requests <= 9


def test_putting_packs_together_keeps_everything_and_deletes_what_it_covers(
    desks: list[Desk], far: Unsteady, tmp_path: Path
) -> None:
    one, two, _ = desks
    for step in range(HANDFUL):
        one.add(f"{step}")
        one.sync(far)
    # One that this desk could not read, and one that it has not seen.
    damaged = name_of(b"what was here before")
    far.put(damaged, b"a few bytes of it")
    two.add("unseen")
    two.engine.save()
    (unseen,) = packs(two.local)
    before = packs(far)
    far.after = lambda: arrive(far, unseen, two.local.get(unseen))
    one.add("last")
    one.sync(far)
    far.after = lambda: None
    (made,) = packs(far) - before - {damaged, unseen}
    assert {damaged, unseen} < packs(far)
    pack = decode(made, far.get(made), ID, KEY)
    assert before - packs(far) < set(pack.covers)
    assert not {damaged, unseen} & set(pack.covers)
    new = Desk(tmp_path / "new")
    assert new.sync(far).unreadable == [damaged]
    assert new.titles() == {*map(str, range(HANDFUL)), "last", "unseen"}
