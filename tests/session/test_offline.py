"""Sitting down while the store is away: from the sealed packs that this desk still has."""

import shutil
from pathlib import Path

import pytest

from companion.desk.recording import RecordingSecrets
from companion.errors import FileUnwritable, StoreMissing, StoreOfAnother, WrongPassphrase
from companion.session.card import Card
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create, sign_in, status_sealed
from companion.wiring.seats import full_address, open_store

PASSPHRASE = "正确的口令 correct horse"


def a_seat(home: Path) -> Seat:
    return Seat(home, open_store, RecordingSecrets())


def titles(session: Session) -> set[str]:
    return {phrase.title for phrase in session.profile.phrases()}


@pytest.fixture
def left(tmp_path: Path) -> tuple[Seat, Card, str]:
    """A desk left while its store was away, with an edit that waits; its card, its code."""
    seat = a_seat(tmp_path / "home")
    session, code = create(seat, full_address("store", tmp_path), "小林", PASSPHRASE)
    session.profile.add("phrase", title="退款", body="x")
    session.sync()
    card = session.card()
    (tmp_path / "store").rename(tmp_path / "away")
    session.profile.add("phrase", title="晚班", body="y")
    said = session.sign_out()
    assert said.kept_sealed and said.traces == []
    assert not status_sealed(seat).signed_in
    return seat, card, code


@pytest.mark.parametrize("by", ["card", "address", "recovery code"])
def test_a_desk_that_still_has_the_packs_opens_without_the_store(
    left: tuple[Seat, Card, str], by: str, tmp_path: Path
) -> None:
    seat, card, code = left
    secret = code if by == "recovery code" else PASSPHRASE
    session = sign_in(seat, card.store, secret, card if by == "card" else None, agent="林")
    assert titles(session) == {"退款", "晚班"}
    status = session.status()
    assert session.offline and status.offline
    assert status.problem == StoreMissing.code
    assert status_sealed(seat).facts["place"]
    # Only what the store does not have waits.
    assert (status.waiting, status.agent) == (1, "小林" if by == "card" else "林")
    assert status_sealed(seat).signed_in
    session.profile.add("phrase", title="早班", body="z")
    (tmp_path / "away").rename(tmp_path / "store")
    session.sync()
    assert not session.offline and not session.status().offline
    other = sign_in(a_seat(tmp_path / "other"), card.store, PASSPHRASE)
    assert titles(other) == {"退款", "晚班", "早班"} and not other.offline


def test_a_wrong_passphrase_is_wrong_offline_too(left: tuple[Seat, Card, str]) -> None:
    seat, card, _ = left
    for known in (card, None):
        with pytest.raises(WrongPassphrase):
            sign_in(seat, card.store, "another passphrase", known)
    assert not status_sealed(seat).signed_in


def test_what_is_here_of_another_store_is_not_opened(
    left: tuple[Seat, Card, str], tmp_path: Path
) -> None:
    seat, card, _ = left
    elsewhere = full_address("elsewhere", tmp_path)
    with pytest.raises(StoreMissing):
        sign_in(seat, elsewhere, PASSPHRASE)
    with pytest.raises(StoreMissing):
        sign_in(seat, card.store, PASSPHRASE, Card("B" * 22, "小王", card.store))


def test_what_was_never_whole_here_is_not_taken_for_the_profile(
    left: tuple[Seat, Card, str],
) -> None:
    seat, card, _ = left
    # As after a first sign-in that was cut off.
    seat.whole_file(card.profile).unlink()
    with pytest.raises(StoreMissing):
        sign_in(seat, card.store, PASSPHRASE, card)


def test_what_is_half_deleted_is_not_taken_for_whole(
    left: tuple[Seat, Card, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seat, card, _ = left

    def broken(_folder: Path) -> None:
        raise OSError

    monkeypatch.setattr("companion.session.seat.shutil.rmtree", broken)
    with pytest.raises(FileUnwritable):
        seat.drop_sealed(card.profile)
    with pytest.raises(StoreMissing):
        sign_in(seat, card.store, PASSPHRASE, card)


def test_a_store_of_another_is_refused_whatever_is_here(
    left: tuple[Seat, Card, str], tmp_path: Path
) -> None:
    seat, card, _ = left
    create(a_seat(tmp_path / "other"), card.store, "小王", PASSPHRASE)
    with pytest.raises(StoreOfAnother):
        sign_in(seat, card.store, PASSPHRASE, card)


def test_what_is_noted_names_no_place_and_goes_with_the_packs(
    left: tuple[Seat, Card, str], tmp_path: Path
) -> None:
    seat, card, _ = left
    noted = seat.whole_file(card.profile)
    assert noted.stat().st_mode & 0o077 == 0
    assert str(tmp_path).encode() not in noted.read_bytes()
    assert b"store" not in noted.read_bytes()
    (tmp_path / "away").rename(tmp_path / "store")
    assert sign_in(seat, card.store, PASSPHRASE).sign_out().traces == []
    assert not list(seat.home.rglob("whole.json"))
    shutil.rmtree(tmp_path / "store")
