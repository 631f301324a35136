"""A PIN opens a desk for a shift: both halves are needed, tries are few, and it ends in time."""

import json
import shutil
import stat
from datetime import datetime
from pathlib import Path

import pytest

from companion.desk.recording import RecordingSecrets
from companion.errors import FileUnwritable, NotSignedIn, SecretsUnavailable
from companion.policy import Policy
from companion.seat_errors import PinOver, PinTooShort, PolicyForbids, WrongPin
from companion.session.remembering import (
    LEAST_PIN,
    MOST_HOURS,
    TRIES,
    forget,
    open_by_pin,
    remember,
    remembered_until,
)
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create, open_here
from companion.wiring.seats import full_address, open_store
from tests.session.broken_secrets import Broken

PASSPHRASE = "correct horse battery"
PIN = "24680a"
NOW = datetime(2026, 11, 27, 9, 0).timestamp()


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A home at which a PIN was set at NOW, and what its secret store holds."""
    folder = tmp_path_factory.mktemp("pattern")
    secrets = RecordingSecrets()
    seat = Seat(folder / "home", open_store, secrets)
    session, _ = create(seat, full_address("store", folder), "林", PASSPHRASE)
    session.profile.add("phrase", title="退款", body="x")
    session.save()
    assert remember(session, PIN, NOW) == int(NOW) + MOST_HOURS * 3600
    return folder / "home", secrets.kept


@pytest.fixture
def secrets(pattern: tuple[Path, dict[str, str]]) -> RecordingSecrets:
    return RecordingSecrets(dict(pattern[1]))


@pytest.fixture
def seat(pattern: tuple[Path, dict[str, str]], tmp_path: Path, secrets: RecordingSecrets) -> Seat:
    return Seat(shutil.copytree(pattern[0], tmp_path / "home"), open_store, secrets)


def file_of(seat: Seat) -> Path:
    return seat.pin_file(str(seat.settings.read()["profile"]))


def gone(seat: Seat, secrets: RecordingSecrets) -> bool:
    """Whether both halves are, and so it is known."""
    return (
        not file_of(seat).exists() and not secrets.kept and not seat.settings.read()["remembered"]
    )


def titles(session: Session) -> list[str]:
    return [phrase.title for phrase in session.profile.phrases()]


def test_the_pin_opens_and_so_does_the_passphrase(seat: Seat) -> None:
    assert titles(open_by_pin(seat, PIN, NOW)) == ["退款"]
    assert titles(open_by_pin(seat, f" {PIN} ", NOW + 60)) == ["退款"]
    assert titles(open_here(seat, PASSPHRASE)) == ["退款"]
    assert remembered_until(seat, NOW) == int(NOW) + MOST_HOURS * 3600


def test_neither_half_says_anything_and_only_this_user_reads_the_file(
    seat: Seat, secrets: RecordingSecrets
) -> None:
    assert stat.S_IMODE(file_of(seat).stat().st_mode) == 0o600
    said = file_of(seat).read_text("utf-8") + repr(secrets.kept)
    assert PIN not in said and PASSPHRASE not in said


@pytest.mark.parametrize("half", ["secret", "file", "spoiled secret", "spoiled file", "other"])
def test_without_either_half_it_is_over_and_the_other_goes_too(
    seat: Seat, secrets: RecordingSecrets, half: str
) -> None:
    (name,) = secrets.kept
    if half == "secret":
        secrets.kept.clear()
    elif half == "spoiled secret":
        secrets.kept[name] = "not base64!"
    elif half == "file":
        file_of(seat).unlink()
    elif half == "spoiled file":
        file_of(seat).write_text("{}")
    else:
        said = json.loads(file_of(seat).read_bytes()) | {"profile": "another"}
        file_of(seat).write_text(json.dumps(said))
    with pytest.raises(PinOver):
        open_by_pin(seat, PIN, NOW)
    assert gone(seat, secrets)
    assert titles(open_here(seat, PASSPHRASE)) == ["退款"]


def test_a_guard_of_another_time_opens_nothing(seat: Seat, secrets: RecordingSecrets) -> None:
    kept = file_of(seat).read_bytes()
    remember(open_here(seat, PASSPHRASE), PIN, NOW)
    file_of(seat).write_bytes(kept)
    with pytest.raises(WrongPin):
        open_by_pin(seat, PIN, NOW)


def test_five_wrong_ones_end_it(seat: Seat, secrets: RecordingSecrets) -> None:
    for left in reversed(range(1, TRIES)):
        with pytest.raises(WrongPin) as raised:
            open_by_pin(seat, "wrong one", NOW)
        assert raised.value.facts == {"left": left}
    with pytest.raises(PinOver):
        open_by_pin(seat, "wrong one", NOW)
    assert gone(seat, secrets)
    with pytest.raises(PinOver):
        open_by_pin(seat, PIN, NOW)


def test_a_right_one_gives_the_tries_back(seat: Seat) -> None:
    for _ in range(3):
        for _ in range(TRIES - 1):
            with pytest.raises(WrongPin):
                open_by_pin(seat, "wrong one", NOW)
        open_by_pin(seat, PIN, NOW)


def test_a_try_is_counted_on_disk_before_it_is_made(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("companion.profile.sealing.ProfileKey.unwrapped", killed)
        for left in reversed(range(TRIES)):
            with pytest.raises(Killed):
                open_by_pin(seat, PIN, NOW)
            assert json.loads(file_of(seat).read_bytes())["left"] == left
    with pytest.raises(PinOver):
        open_by_pin(seat, PIN, NOW)


def test_what_cannot_be_counted_is_not_tried(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("companion.session.remembering.write_whole", full)
    with pytest.raises(FileUnwritable):
        open_by_pin(seat, PIN, NOW)


@pytest.mark.parametrize("moved", [-1, MOST_HOURS * 3600, 400 * 86_400], ids=["back", "end", "far"])
def test_it_ends_in_time_and_where_the_clock_was_set_back(
    seat: Seat, secrets: RecordingSecrets, moved: int
) -> None:
    assert remembered_until(seat, NOW + moved) == 0
    with pytest.raises(PinOver):
        open_by_pin(seat, PIN, NOW + moved)
    assert gone(seat, secrets)


def test_nobody_gives_it_more_time_by_writing_into_the_file(seat: Seat) -> None:
    said = json.loads(file_of(seat).read_bytes())
    later = said | {"until": said["until"] + 3600, "made": said["made"] + 3600}
    file_of(seat).write_text(json.dumps(later))
    with pytest.raises(WrongPin):
        open_by_pin(seat, PIN, NOW + 3600)


@pytest.mark.parametrize("pin", ["", "12345", " 12345 ", "密码密码"])
def test_a_short_one_is_refused(seat: Seat, pin: str) -> None:
    with pytest.raises(PinTooShort) as raised:
        remember(open_here(seat, PASSPHRASE), pin, NOW)
    assert raised.value.facts == {"least": LEAST_PIN}


def test_the_policy_forbids_it_also_afterwards(seat: Seat, secrets: RecordingSecrets) -> None:
    strict = Seat(seat.home, open_store, secrets, policy=Policy(remember=False))
    assert remembered_until(strict, NOW) == 0
    with pytest.raises(PolicyForbids) as raised:
        open_by_pin(strict, PIN, NOW)
    assert raised.value.facts == {"name": "remember"}
    assert gone(seat, secrets)
    with pytest.raises(PolicyForbids):
        remember(open_here(strict, PASSPHRASE), PIN, NOW)
    assert secrets.kept == {}


def test_the_shift_ends_when_the_agent_or_the_desk_says(
    seat: Seat, secrets: RecordingSecrets
) -> None:
    session = open_here(seat, PASSPHRASE)
    session.profile.set_option("shift_end", "18:30")
    assert remember(session, PIN, NOW) == int(NOW) + 9 * 3600 + 1800
    strict = Seat(seat.home, open_store, secrets, policy=Policy(shift_end="17:00"))
    assert remember(open_here(strict, PASSPHRASE), PIN, NOW) == int(NOW) + 8 * 3600
    with pytest.raises(PinOver):
        open_by_pin(strict, PIN, NOW + 8 * 3600)


def test_a_store_that_cannot_be_asked_costs_no_try(seat: Seat, secrets: RecordingSecrets) -> None:
    broken = Broken(secrets.kept)
    shut = Seat(seat.home, open_store, broken)
    for _ in range(TRIES + 1):
        with pytest.raises(SecretsUnavailable):
            open_by_pin(shut, PIN, NOW)
    broken.acts = ()
    assert titles(open_by_pin(shut, PIN, NOW)) == ["退款"]


def test_without_a_store_nothing_is_remembered(seat: Seat) -> None:
    shut = Seat(seat.home, open_store, Broken())
    with pytest.raises(SecretsUnavailable):
        remember(open_here(shut, PASSPHRASE), "another pin", NOW)
    assert not file_of(seat).exists()
    # The half that may still be there is asked for again when the agent signs out.
    assert seat.settings.read()["remembered"]
    with pytest.raises(PinOver):
        open_by_pin(shut, PIN, NOW)


def test_a_new_pin_takes_the_place_of_the_old_one(seat: Seat) -> None:
    remember(open_by_pin(seat, PIN, NOW), "another pin", NOW)
    with pytest.raises(WrongPin):
        open_by_pin(seat, PIN, NOW)
    assert titles(open_by_pin(seat, "another pin", NOW)) == ["退款"]


def test_it_is_forgotten_when_asked_and_at_sign_out(seat: Seat, secrets: RecordingSecrets) -> None:
    forget(seat)
    assert gone(seat, secrets)
    forget(seat)
    session = open_here(seat, PASSPHRASE)
    remember(session, PIN)
    session.sign_out()
    assert secrets.kept == {}
    assert not list(seat.home.rglob("*.pin"))
    with pytest.raises(NotSignedIn):
        open_by_pin(seat, PIN)


def test_a_crash_between_the_halves_is_cleared_by_signing_out(
    seat: Seat, secrets: RecordingSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget(seat)
    session = open_here(seat, PASSPHRASE)

    def full(*_: object) -> None:
        raise FileUnwritable(place="here", reason="full")

    with monkeypatch.context() as patch:
        patch.setattr("companion.session.remembering._write", full)
        patch.setattr("companion.session.remembering.forget", full)
        with pytest.raises(FileUnwritable):
            remember(session, PIN)
    assert secrets.kept
    session.sign_out()
    assert secrets.kept == {}
