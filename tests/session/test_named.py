"""A profile knows whose it is."""

from pathlib import Path

from companion.desk.recording import RecordingSecrets
from companion.profile.records import Record, Stamp
from companion.session.seat import Seat
from companion.session.sitting import create, sign_in
from companion.wiring.seats import full_address, open_store

PASSPHRASE = "correct horse battery"


def test_a_desk_that_knows_no_name_has_it_from_the_profile(tmp_path: Path) -> None:
    seats = [Seat(tmp_path / name, open_store, RecordingSecrets()) for name in ("one", "two")]
    address = full_address("store", tmp_path)
    create(seats[0], address, "小林", PASSPHRASE)[0].sync()
    session = sign_in(seats[1], address, PASSPHRASE)
    assert seats[1].settings.read()["agent"] == session.card().agent == "小林"
    # What a colleague has exported does not say who one is.
    theirs = Record("option:agent_name", "option", Stamp(10**6, "w"), {"value": "小王"})
    session.take_in(session.profile.clock, [theirs])
    assert session.option("agent_name") == "小林"
