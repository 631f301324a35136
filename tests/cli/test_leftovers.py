"""What others left, from the shell: listed without saying whose, cleared, signed out for them."""

import json
from pathlib import Path

import pytest

from companion.session.sitting import create, sign_in
from companion.wiring.seats import full_address
from tests.cli.desks import PASSPHRASE, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk that two agents have left: of the first something waits."""
    desk = Desk(tmp_path / "home")
    for name in ("lin", "wang"):
        session, _ = create(desk.seat(), full_address(name, tmp_path), name, PASSPHRASE)
        session.sync()
        if name == "lin":
            session.profile.add("phrase", title="没送出去", body="x")
        session.leave_at_once()
    return desk


def test_clearing_keeps_what_waits_until_that_is_asked_for(desk: Desk, tmp_path: Path) -> None:
    listed = desk.json("leftovers", "list")["leftovers"]
    assert sorted(one["waits"] for one in listed) == [False, True]
    assert all(set(one) == {"packs", "bytes", "since", "waits"} for one in listed)
    assert desk.json("leftovers", "clear") == {"cleared": 1, "kept": 1}
    back = sign_in(desk.seat(), full_address("lin", tmp_path), PASSPHRASE)
    assert {phrase.title for phrase in back.profile.phrases()} == {"没送出去"}
    back.leave_at_once()
    assert desk.json("leftovers", "clear", "--even-unsent") == {"cleared": 1, "kept": 0}
    assert desk.json("leftovers", "list") == {"leftovers": []}


def test_the_one_before_is_signed_out_without_a_passphrase(desk: Desk, tmp_path: Path) -> None:
    sign_in(desk.seat(), full_address("lin", tmp_path), PASSPHRASE)
    said = desk.json("stand-down")
    assert (said["kept_sealed"], said["traces"], said["remains"]) == (False, [], [])
    assert desk.json("status")["signed_in"] is False
    wrong = desk.run("stand-down", "--json")
    assert (wrong.code, json.loads(wrong.err)["error"]) == (1, "not_signed_in")


def test_in_words_nobody_is_named(desk: Desk) -> None:
    said = desk.run("leftovers", "list").out
    assert "KB, today" in said and "not sent yet" in said
    assert not [name for name in ("lin", "wang") if name in said]
