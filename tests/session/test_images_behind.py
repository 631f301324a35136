"""The bytes of images come behind the phrases: nobody waits for them, and none is ever lost."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.desk.recording import RecordingSecrets
from companion.errors import PackDamaged
from companion.phrases.entries import entries_of
from companion.phrases.material import materials_of
from companion.profile.behind import apart
from companion.profile.merge import merge
from companion.profile.packs import LATER, Pack, decode, encode, is_later, name_of
from companion.profile.profile import Profile
from companion.profile.records import Record
from companion.profile.sealing import ProfileKey
from companion.seat_errors import ImagesAwaited
from companion.session.plain_files import image_files
from companion.session.seat import Seat, StoreOpener
from companion.session.session import Session
from companion.session.sitting import create, sign_in
from companion.sync.store import Login, Store
from companion.wiring.seats import full_address, open_store
from tests.profile.desks import PNG

PASSPHRASE = "correct horse battery"


def picture(number: int, size: int = 4_000) -> bytes:
    """An image that nothing can deflate."""
    return PNG + random.Random(number).randbytes(size)


class Counting:
    """Stores that note which objects were fetched from a far one."""

    def __init__(self) -> None:
        self.got: list[str] = []

    def open(self, address: str, make: bool, login: Login) -> Store:
        store = open_store(address, make, login)
        if "profiles" not in address:
            get = store.get

            def noted(name: str) -> bytes:
                self.got.append(name)
                return get(name)

            vars(store)["get"] = noted
        return store


@pytest.fixture
def counting() -> Counting:
    return Counting()


def a_seat(home: Path, opener: StoreOpener = open_store) -> Seat:
    return Seat(home, opener, RecordingSecrets())


@pytest.fixture
def made(tmp_path: Path) -> Session:
    """A profile with three images, in its store."""
    seat = a_seat(tmp_path / "one")
    session, _ = create(seat, full_address("store", tmp_path), "林", PASSPHRASE)
    for number in range(3):
        phrase = session.profile.add("phrase", title=f"图 {number}", body="看图")
        session.profile.add("image", title=f"{number}", parent=phrase, data=picture(number))
    session.sync()
    return session


def laters(folder: Path) -> set[str]:
    return {path.name for path in folder.glob(f"*{LATER}")}


def data_of(session: Session) -> set[bytes]:
    return {image.data for image in session.profile.images()}


PICTURES = {picture(number) for number in range(3)}


def test_sitting_down_does_not_wait_for_images(
    made: Session, tmp_path: Path, counting: Counting
) -> None:
    two = sign_in(a_seat(tmp_path / "two", counting.open), made.card().store, PASSPHRASE)
    assert not any(map(is_later, counting.got))
    assert len(two.profile.phrases()) == 3
    # What they are called is known, and that they are still to come.
    assert {image.title for image in two.profile.images()} == {"0", "1", "2"}
    assert data_of(two) == {b""} and two.behind == 1
    materials = materials_of(two.profile, entries_of(two.profile))
    (entry, *_) = entries_of(two.profile)
    assert (materials.of(entry).images, materials.of(entry).awaited) == ((), 1)
    with pytest.raises(ImagesAwaited):
        image_files(two.profile)
    two.sync()
    assert data_of(two) == PICTURES and two.behind == 0
    assert materials_of(two.profile, entries_of(two.profile)).of(entry).awaited == 0
    assert set(image_files(two.profile).values()) == PICTURES


def test_what_is_done_before_they_are_here_loses_none(
    made: Session, tmp_path: Path, counting: Counting
) -> None:
    before = laters(tmp_path / "store")
    two = sign_in(a_seat(tmp_path / "two", counting.open), made.card().store, PASSPHRASE)
    first, second, _ = sorted(two.profile.images(), key=lambda image: image.title)
    two.profile.change(first.id, title="another name")
    two.profile.trash(second.id)
    two.profile.add("image", title="new", parent=first.parent, data=picture(9))
    # Leaving sends what is new, and does not first fetch all the rest.
    out = two.sign_out()
    assert (out.kept_sealed, out.traces) == (False, [])
    assert before.isdisjoint(counting.got)
    made.sync()
    kept = {image.title: image.data for image in made.profile.images()}
    assert kept == {"another name": picture(0), "2": picture(2), "new": picture(9)}
    made.profile.restore(second.id)
    assert picture(1) in data_of(made)
    three = sign_in(a_seat(tmp_path / "three"), made.card().store, PASSPHRASE)
    three.sync()
    assert data_of(three) == {*PICTURES, picture(9)} - {picture(1)}


def test_a_desk_that_was_cut_off_in_between_fetches_them_later(
    made: Session, tmp_path: Path
) -> None:
    seat = a_seat(tmp_path / "two")
    two = sign_in(seat, made.card().store, PASSPHRASE)
    (tmp_path / "store").rename(tmp_path / "away")
    two.profile.add("phrase", title="新", body="x")
    assert two.sign_out().kept_sealed
    offline = sign_in(seat, made.card().store, PASSPHRASE)
    assert offline.offline and offline.behind == 1
    (tmp_path / "away").rename(tmp_path / "store")
    offline.sync()
    assert data_of(offline) == PICTURES and offline.behind == 0


def test_many_images_are_put_together_and_never_with_phrases(made: Session, tmp_path: Path) -> None:
    phrase = made.profile.phrases()[0].id
    for number in range(10, 30):
        made.profile.add("image", title=f"{number}", parent=phrase, data=picture(number))
        made.profile.add("phrase", title=f"话 {number}", body="x")
        made.sync()
    store = tmp_path / "store"
    packs = set(store.glob("*.pack"))
    assert len(laters(store)) <= 4 and len(packs) - len(laters(store)) <= 4
    first = sum(path.stat().st_size for path in packs if not is_later(path.name))
    assert first < 12_000 < sum((store / name).stat().st_size for name in laters(store))
    two = sign_in(a_seat(tmp_path / "two"), made.card().store, PASSPHRASE)
    two.sync()
    assert len(data_of(two)) == 23


def test_check_mends_a_lost_image_from_a_desk_that_has_it(made: Session, tmp_path: Path) -> None:
    store = tmp_path / "store"
    for name in laters(store):
        (store / name).write_bytes(b"spoiled")
    report = made.check(mend=True)
    assert report.mended and not report.broken
    for name in laters(store):
        (store / name).unlink()
    made.sync()
    two = sign_in(a_seat(tmp_path / "two"), made.card().store, PASSPHRASE)
    two.sync()
    assert data_of(two) == PICTURES


def test_a_pack_of_both_kinds_from_before_stays_whole(made: Session, tmp_path: Path) -> None:
    """Written by an earlier Companion: whatever covers it holds its images, too."""
    seat = a_seat(tmp_path / "old")
    session, _ = create(seat, full_address("older", tmp_path), "林", PASSPHRASE)
    phrase = session.profile.add("phrase", title="旧", body="x")
    session.profile.add("image", parent=phrase, data=picture(5))
    clock, records = session.profile.take_changes()
    sealed = encode(Pack(session.profile.id, clock, [], records), session._key)
    (tmp_path / "older" / name_of(sealed)).write_bytes(sealed)
    two = sign_in(a_seat(tmp_path / "two"), session.card().store, PASSPHRASE)
    # It came at once, as it always did.
    assert data_of(two) == {picture(5)}
    two.engine.save_everything()
    two.sync()
    for number in range(12):
        two.profile.add("phrase", title=f"{number}", body="x")
        two.sync()
    for name in laters(tmp_path / "older"):
        (tmp_path / "older" / name).unlink()
    three = sign_in(a_seat(tmp_path / "three"), session.card().store, PASSPHRASE)
    assert data_of(three) == {picture(5)}


def test_a_pack_is_read_under_its_own_name_only() -> None:
    key = ProfileKey.fresh()
    sealed, other = (encode(Pack("p", clock, [], []), key) for clock in (1, 2))
    for later in (False, True):
        assert decode(name_of(sealed, later), sealed, "p", key).clock == 1
        with pytest.raises(PackDamaged):
            decode(name_of(other, later), sealed, "p", key)


@given(st.lists(st.sampled_from("abc"), max_size=6))
def test_what_was_taken_apart_comes_together_as_it_was(acts: list[str]) -> None:
    profile = Profile("p")
    phrase = profile.add("phrase", title="x", body="y")
    image = profile.add("image", parent=phrase, title="z", data=picture(1, 20))
    for act in acts:
        if act == "a":
            profile.change(image, title=f"{len(acts)}")
        elif act == "b":
            profile.trash(image)
        else:
            profile.restore(image)
    _, records = profile.everything()
    first, behind = apart(records)
    assert not any("data" in record.plain for record in first)
    for order in (first + behind, behind + first):
        other: dict[str, Record] = {}
        for record in order:
            held = other.get(record.id)
            other[record.id] = record if held is None else merge(held, record)
        assert other == {record.id: record for record in records}
