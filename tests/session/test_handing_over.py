"""What waits, carried away as one file: taken in elsewhere, whole or not at all, once or twice."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.desk.recording import RecordingSecrets
from companion.errors import CompanionError, FileUnwritable, NewerFormat
from companion.profile.packs import name_of
from companion.profile.sealing import ProfileKey
from companion.seat_errors import WaitingDamaged, WaitingOfAnother
from companion.session import handing_over
from companion.session.handing_over import (
    Waiting,
    delete_here,
    found_waiting,
    hand_over,
    read_waiting,
    take_in,
)
from companion.session.leftovers import leftovers
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create, sign_in
from companion.wiring.seats import full_address, open_store

PASSPHRASE = "correct horse battery"
BODY = "路上写的，还没送出去"


class Trip:
    """An agent who wrote something where the store was out of reach, and goes to another desk."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "stick" / "mine.waiting"
        self.file.parent.mkdir(parents=True)
        self.address = full_address(str(folder / "store"), folder)
        self.seat = self.desk("one")
        session, _ = create(self.seat, self.address, "林", PASSPHRASE)
        session.profile.add("phrase", title="退款", body="x")
        session.sync()
        self.profile = session.profile.id
        session.profile.add("phrase", title="路上", body=BODY)
        (folder / "store").rename(folder / "away")
        assert session.sign_out().kept_sealed
        (folder / "away").rename(folder / "store")

    def desk(self, name: str) -> Seat:
        return Seat(self.folder / name, open_store, RecordingSecrets())

    def sit(self, name: str) -> Session:
        return sign_in(self.desk(name), self.address, PASSPHRASE)


@pytest.fixture
def trip(tmp_path: Path) -> Trip:
    return Trip(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of such a file."""
    trip = Trip(tmp_path_factory.mktemp("whole"))
    hand_over(trip.seat, trip.profile, trip.file)
    return trip.file.read_bytes()


def titles(session: Session) -> set[str]:
    return {phrase.title for phrase in session.profile.phrases()}


def test_what_was_written_offline_arrives_by_another_desk(trip: Trip) -> None:
    assert hand_over(trip.seat, trip.profile, trip.file) == 2
    assert BODY.encode() not in trip.file.read_bytes()
    assert trip.file.stat().st_mode & 0o777 == 0o600
    delete_here(trip.seat, trip.profile, trip.file)
    assert leftovers(trip.seat) == []
    session = trip.sit("two")
    assert titles(session) == {"退款"}
    taken = take_in(session, trip.file)
    assert (taken.packs, taken.new) == (2, 1)
    assert titles(session) == {"退款", "路上"}
    assert session.status().waiting == 1
    assert session.sync().pushed == 1
    assert titles(trip.sit("three")) == {"退款", "路上"}
    # The file is nobody's to delete but the agent's.
    assert trip.file.exists()


def test_the_store_that_was_lost_meanwhile_takes_nothing_along(trip: Trip) -> None:
    hand_over(trip.seat, trip.profile, trip.file)
    delete_here(trip.seat, trip.profile, trip.file)
    assert {*read_waiting(trip.file).packs} > {
        path.name for path in (trip.folder / "store").glob("*.pack")
    }


def test_twice_is_once_and_an_old_one_takes_nothing_back(trip: Trip) -> None:
    hand_over(trip.seat, trip.profile, trip.file)
    session = trip.sit("two")
    take_in(session, trip.file)
    phrase = next(one for one in session.profile.phrases() if one.title == "路上")
    session.profile.change(phrase.id, body="后来改的")
    for number in range(9):
        session.profile.add("phrase", title=str(number), body="x")
        session.sync()
    before = session.profile.everything()[1]
    assert take_in(session, trip.file).packs == 2
    session.sync()
    assert session.profile.everything()[1] == before
    session.sign_out()
    later = trip.sit("three")
    take_in(later, trip.file)
    later.sync()
    assert [one.body for one in later.profile.phrases() if one.title == "路上"] == ["后来改的"]
    assert later.profile.conflicts() == {}


def test_that_of_another_profile_is_refused(trip: Trip, tmp_path: Path) -> None:
    hand_over(trip.seat, trip.profile, trip.file)
    session, _ = create(trip.desk("two"), full_address("b", tmp_path), "王", PASSPHRASE)
    with pytest.raises(WaitingOfAnother):
        take_in(session, trip.file)
    assert titles(session) == set()


@given(st.data())
def test_a_file_that_was_changed_anywhere_is_refused_whole(
    whole: bytes, data: st.DataObject
) -> None:
    how = data.draw(st.sampled_from(["cut", "flip", "double", "insert"]))
    at = data.draw(st.integers(0, len(whole) - 1))
    spoilt = {
        "cut": whole[:at],
        "flip": whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :],
        "double": whole + whole[at:],
        "insert": whole[:at] + b"\x00" + whole[at:],
    }[how]
    file = Path(handing_over.__file__).with_name("never")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _: spoilt)
        patch.setattr(Path, "stat", lambda _, **__: type("Stat", (), {"st_size": len(spoilt)}))
        try:
            read = read_waiting(file)
        except (WaitingDamaged, NewerFormat):
            return
    # Only the profile's name is not in any hash: it is then another's.
    assert read.packs.keys() and read.profile.encode() in spoilt[:80]


def test_packs_that_the_key_does_not_open_are_not_kept(trip: Trip) -> None:
    session = trip.sit("two")
    forged = ProfileKey.fresh().seal(b"x", b"y")
    waiting = Waiting(trip.profile, {name_of(forged): forged})
    trip.file.write_bytes(handing_over._written(waiting))
    with pytest.raises(WaitingDamaged):
        take_in(session, trip.file)
    assert not list((trip.folder / "two").rglob(name_of(forged)))
    assert session.engine.unreadable == []


def test_a_stick_that_lies_is_found_out_before_anything_is_deleted(
    trip: Trip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        handing_over, "write_whole", lambda path, data: path.write_bytes(data[: len(data) // 2])
    )
    with pytest.raises(FileUnwritable):
        hand_over(trip.seat, trip.profile, trip.file)
    with pytest.raises(CompanionError):
        delete_here(trip.seat, trip.profile, trip.file)
    assert [one.waits for one in leftovers(trip.seat)] == [True]


def test_nothing_is_deleted_that_the_file_does_not_hold(trip: Trip) -> None:
    hand_over(trip.seat, trip.profile, trip.file)
    session = sign_in(trip.seat, trip.address, PASSPHRASE)
    session.profile.add("phrase", title="后来", body="x")
    delete_here(trip.seat, trip.profile, trip.file)
    assert titles(session) == {"退款", "路上", "后来"}
    session.leave_at_once()
    with pytest.raises(WaitingDamaged):
        delete_here(trip.seat, trip.profile, trip.file)
    assert len(leftovers(trip.seat)) == 1


def test_it_is_found_at_the_top_of_a_stick_by_its_profile(trip: Trip) -> None:
    hand_over(trip.seat, trip.profile, trip.file)
    (trip.file.parent / "other.waiting").write_bytes(b"companion waiting 1\nabc\n")
    (trip.file.parent / "folder.waiting").mkdir()
    places = [trip.folder / "no such place", trip.file.parent]
    assert found_waiting(places, trip.profile) == [trip.file]
    assert found_waiting(places, "0" * 32) == []
