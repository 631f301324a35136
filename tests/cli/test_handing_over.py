"""Signing out offline with what waits in a file, and taking it in at another desk, by the shell."""

import json
from pathlib import Path

from companion.session.sitting import create, sign_in
from companion.wiring.seats import full_address
from tests.cli.desks import PASSPHRASE, Desk


def test_from_one_desk_to_another(tmp_path: Path) -> None:
    one, two = Desk(tmp_path / "one"), Desk(tmp_path / "two")
    address = full_address("store", tmp_path)
    session, _ = create(one.seat(), address, "林", PASSPHRASE)
    session.sync()
    session.profile.add("phrase", title="路上", body="x")
    session.save()
    (tmp_path / "store").rename(tmp_path / "away")
    command = ("sign-out", "--hand-over", "mine.waiting", "--delete-here", "--json")
    said = one.run(*command, stdin=PASSPHRASE)
    assert said.code == 0
    document = json.loads(said.out)
    assert document["handed_over"] == str(tmp_path / "mine.waiting")
    assert document["kept_sealed"] is False
    assert [path for path in (tmp_path / "one").rglob("*") if path.is_file()] == []
    (tmp_path / "away").rename(tmp_path / "store")
    sign_in(two.seat(), address, PASSPHRASE)
    taken = two.json("profile", "take-in", "mine.waiting", stdin=PASSPHRASE)
    assert taken == {"packs": 2, "new": 1}
    assert two.json("sync", stdin=PASSPHRASE)["pushed"] == 1
    wrong = two.run("profile", "take-in", "none.waiting", "--json", stdin=PASSPHRASE)
    assert (wrong.code, wrong.error["error"]) == (1, "file_unreadable")


def test_nothing_is_handed_over_where_everything_was_sent(tmp_path: Path) -> None:
    one = Desk(tmp_path / "one")
    create(one.seat(), full_address("store", tmp_path), "林", PASSPHRASE)
    left = one.json("sign-out", "--hand-over", "mine.waiting", stdin=PASSPHRASE)
    assert "handed_over" not in left and left["kept_sealed"] is False
    assert not (tmp_path / "mine.waiting").exists()
