"""Leaving a desk whose own settings cannot be read: nobody has to stay because of them."""

from pathlib import Path

import pytest

from companion.desk.recording import RecordingSecrets
from companion.session.leftovers import leftovers
from companion.session.remembering import remember
from companion.session.seat import SETTINGS_FILE, Seat
from companion.session.session import Session
from companion.session.sitting import create, status_sealed
from companion.wiring.seats import full_address, open_store


@pytest.fixture
def session(tmp_path: Path) -> Session:
    seat = Seat(tmp_path / "home", open_store, RecordingSecrets())
    made, _ = create(seat, full_address("store", tmp_path), "lin", "correct horse battery")
    remember(made, "135790")
    return made


@pytest.mark.parametrize("hurried", [False, True], ids=["signing out", "ended by force"])
def test_settings_that_somebody_spoilt_keep_nobody_from_leaving(
    session: Session, hurried: bool
) -> None:
    session.profile.add("phrase", title="没送出去", body="x")
    seat, drawer = session.seat, session.seat.secrets
    (seat.home / SETTINGS_FILE).write_text("profile = [")
    if hurried:
        session.leave_at_once()
    else:
        assert session.sign_out().reason == "settings_broken"
    assert not status_sealed(seat).signed_in
    assert isinstance(drawer, RecordingSecrets) and drawer.kept == {}
    assert [one.waits for one in leftovers(seat)] == [True]
