"""What others left sealed: counted, cleared, and signed out for them, all without any key."""

import shutil
import time
from pathlib import Path

import pytest

from companion.desk.recording import RecordingSecrets
from companion.errors import NotSignedIn, SecretsUnavailable, StoreUnreachable
from companion.session.drafts import NewPhrase, drafts_file
from companion.session.leftovers import Leftover, clear, leftovers, stand_down, tidy
from companion.session.remembering import remember
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create, open_here, sign_in, status_sealed
from companion.wiring.seats import full_address, open_store

PASSPHRASE = "correct horse battery"


class Silent(RecordingSecrets):
    """A secret store that is locked."""

    def delete(self, name: str) -> None:
        raise SecretsUnavailable(reason="locked")


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return Seat(tmp_path / "home", open_store, RecordingSecrets())


def an_agent(seat: Seat, tmp_path: Path, name: str) -> tuple[Session, str]:
    """Somebody's first shift here, and where his store is."""
    address = full_address(str(tmp_path / name), tmp_path)
    session, _ = create(seat, address, name, PASSPHRASE)
    session.profile.add("phrase", title="退款", body=f"{name} 写的")
    session.sync()
    return session, address


def left_waiting(seat: Seat, tmp_path: Path, name: str) -> Leftover:
    """What an agent left who could not reach his store."""
    session, _ = an_agent(seat, tmp_path, name)
    session.profile.add("phrase", title="没送出去", body="x")
    (tmp_path / name).rename(tmp_path / f"{name} away")
    assert session.sign_out().kept_sealed
    (tmp_path / f"{name} away").rename(tmp_path / name)
    return next(one for one in leftovers(seat) if one.profile == session.profile.id)


def titles(session: Session) -> set[str]:
    return {phrase.title for phrase in session.profile.phrases()}


def test_a_desk_that_was_left_clean_has_none(seat: Seat, tmp_path: Path) -> None:
    assert leftovers(seat) == []
    an_agent(seat, tmp_path, "lin")[0].sign_out()
    assert leftovers(seat) == []


def test_what_waits_is_told_from_what_does_not(seat: Seat, tmp_path: Path) -> None:
    began = time.time()
    waits = left_waiting(seat, tmp_path, "lin")
    assert (waits.packs, waits.waits) == (2, True)
    assert began - 2 <= waits.since <= time.time() + 2
    assert waits.bytes > 100
    session, _ = an_agent(seat, tmp_path, "wang")
    # Ended by force: everything was sent, and nobody had the time to make sure.
    session.leave_at_once()
    sent = next(one for one in leftovers(seat) if one.profile == session.profile.id)
    assert (sent.packs, sent.waits) == (1, False)


@pytest.mark.parametrize("spoil", ["gone", "torn", "draft"])
def test_where_it_is_not_known_it_counts_as_waiting(seat: Seat, tmp_path: Path, spoil: str) -> None:
    session, _ = an_agent(seat, tmp_path, "lin")
    session.leave_at_once()
    last = seat.last_sync_file(session.profile.id)
    if spoil == "gone":
        last.unlink()
    elif spoil == "torn":
        last.write_bytes(b'{"held": ["')
    else:
        # Something that the agent had begun to write, as Drafts.keep() leaves it.
        file = drafts_file(seat.sealed_folder(session.profile.id))
        file.parent.mkdir()
        file.write_bytes(b"sealed")
    assert [one.waits for one in leftovers(seat)] == [True]


def test_nothing_says_whose_it_is(seat: Seat, tmp_path: Path) -> None:
    left_waiting(seat, tmp_path, "林小姐")
    kept = b"".join(path.read_bytes() for path in seat.home.rglob("*") if path.is_file())
    for said in ("林小姐", "folder:", str(tmp_path)):
        assert said.encode() not in kept


def test_clearing_takes_one_and_leaves_the_others(seat: Seat, tmp_path: Path) -> None:
    first, second = (left_waiting(seat, tmp_path, name) for name in ("lin", "wang"))
    clear(seat, first)
    assert leftovers(seat) == [second]
    back = sign_in(seat, full_address(str(tmp_path / "wang"), tmp_path), PASSPHRASE)
    assert titles(back) == {"退款", "没送出去"}
    # He sits here now: what was listed before is his again.
    clear(seat, second)
    assert leftovers(seat) == []
    assert titles(back) == {"退款", "没送出去"} and back.seat.sealed_folder(second.profile).is_dir()


@pytest.mark.parametrize("name", [f".companion-{'a' * 32}.tmp", "Thumbs.db", ".DS_Store"])
def test_what_is_of_no_profile_is_nobodys_and_clearing_takes_nothing_with_it(
    seat: Seat, tmp_path: Path, name: str
) -> None:
    session, _ = an_agent(seat, tmp_path, "lin")
    # A write that was cut off, or what a file manager puts everywhere.
    (seat.home / "profiles" / name).write_bytes(b"x")
    for one in leftovers(seat):
        clear(seat, one)
    assert leftovers(seat) == []
    assert seat.sealed_folder(session.profile.id).is_dir()


def test_a_first_sync_that_fails_does_not_say_where_the_store_is(
    seat: Seat, tmp_path: Path
) -> None:
    other = Seat(tmp_path / "other", open_store, RecordingSecrets())
    _, address = an_agent(other, tmp_path, "lin")
    (pack,) = (tmp_path / "lin").glob("*.pack")
    pack.unlink()
    pack.symlink_to(pack)
    with pytest.raises(StoreUnreachable):
        sign_in(seat, address, PASSPHRASE)
    (left,) = leftovers(seat)
    said = seat.last_sync_file(left.profile).read_text("utf-8")
    assert "store_unreachable" in said and str(tmp_path / "lin") not in said


def test_clearing_leaves_nothing_though_the_secret_store_is_locked(tmp_path: Path) -> None:
    seat = Seat(tmp_path / "home", open_store, Silent())
    left = left_waiting(seat, tmp_path, "lin")
    clear(seat, left)
    assert [path for path in seat.home.rglob("*") if path.is_file()] == []


def test_who_forgot_to_sign_out_is_signed_out_without_his_key(seat: Seat, tmp_path: Path) -> None:
    session, address = an_agent(seat, tmp_path, "lin")
    remember(session, "135790")
    session.profile.add("phrase", title="没送出去", body="x")
    session.save()
    del session
    stood = stand_down(seat)
    assert (stood.kept_sealed, stood.traces, stood.remains) == (True, [], ())
    assert not status_sealed(seat).signed_in
    drawer = seat.secrets
    assert isinstance(drawer, RecordingSecrets) and drawer.kept == {}
    assert [one.waits for one in leftovers(seat)] == [True]
    assert titles(sign_in(seat, address, PASSPHRASE)) == {"退款", "没送出去"}


def test_nothing_of_him_stays_where_his_store_has_everything(seat: Seat, tmp_path: Path) -> None:
    an_agent(seat, tmp_path, "lin")
    assert not stand_down(seat).kept_sealed
    assert [path for path in seat.home.rglob("*") if path.is_file()] == []
    assert leftovers(seat) == []


def test_what_was_being_written_when_it_was_locked_stays_for_him(
    seat: Seat, tmp_path: Path
) -> None:
    session, address = an_agent(seat, tmp_path, "lin")
    session.drafts.keep([NewPhrase("标题", "还没写完")])
    session.close()
    assert stand_down(seat).kept_sealed
    again = sign_in(seat, address, PASSPHRASE)
    assert again.drafts.take() == [NewPhrase("标题", "还没写完")]


def test_a_sign_out_without_the_app_that_locked_keeps_what_was_being_written(
    seat: Seat, tmp_path: Path
) -> None:
    session, address = an_agent(seat, tmp_path, "lin")
    session.drafts.keep([NewPhrase("标题", "还没写完")])
    session.close()
    said = open_here(seat, PASSPHRASE).sign_out()
    assert (said.kept_sealed, said.reason) == (True, "unsent")
    assert sign_in(seat, address, PASSPHRASE).drafts.take() == [NewPhrase("标题", "还没写完")]


def test_a_pin_keeps_nothing_here_that_his_store_has(seat: Seat, tmp_path: Path) -> None:
    session, _ = an_agent(seat, tmp_path, "lin")
    remember(session, "135790")
    assert not stand_down(seat).kept_sealed
    assert [path for path in seat.home.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", [f".companion-{'0' * 32}.tmp", ".DS_Store"])
def test_what_is_of_no_profile_is_nobodys_leftover(seat: Seat, tmp_path: Path, name: str) -> None:
    session, _ = an_agent(seat, tmp_path, "lin")
    (seat.home / "profiles" / name).write_bytes(b"half")
    for one in leftovers(seat):
        clear(seat, one)
    # Of whoever sits here nothing was cleared, under no name at all.
    assert leftovers(seat) == []
    assert seat.sealed_folder(session.profile.id).is_dir()


def test_a_write_that_was_cut_off_is_deleted_once_nobody_sits_here(
    seat: Seat, tmp_path: Path
) -> None:
    left_waiting(seat, tmp_path, "lin")
    torn = seat.home / "profiles" / f".companion-{'0' * 32}.tmp"
    torn.write_bytes(b"half")
    tidy(seat)
    assert not torn.exists()


def test_nobody_can_be_signed_out_where_nobody_is(seat: Seat) -> None:
    with pytest.raises(NotSignedIn):
        stand_down(seat)


def test_a_store_that_was_emptied_deletes_nothing_here(seat: Seat, tmp_path: Path) -> None:
    session, _ = an_agent(seat, tmp_path, "lin")
    session.profile.add("phrase", title="没送出去", body="x")
    session.save()
    shutil.rmtree(tmp_path / "lin")
    assert stand_down(seat).kept_sealed
