"""What the shell says of a sync and of how the desk stands."""

from pathlib import Path

from tests.cli.conftest import Made


def test_a_sync_says_what_it_did_in_words_and_as_a_document(made: Made) -> None:
    made.desk.json("sync")
    made.desk.json("phrases", "add", "--title", "退款", "--body", "x")
    status = made.desk.json("status")
    assert (status["waiting"], status["waiting_packs"], status["problem"]) == (1, 1, "")
    assert "1 change waits to be sent." in made.desk.run("status").out
    synced = made.desk.json("sync")
    seconds = synced.pop("seconds")
    assert 0 <= seconds < 60
    requests = synced.pop("requests")
    assert requests >= 2
    assert synced == {"pulled": 0, "pushed": 1, "waiting": 0, "unreadable": []}
    said = made.desk.run("sync").out
    assert said.startswith("Synced: 0 packs fetched, 0 sent (1 requests")
    status = made.desk.json("status")
    assert (status["waiting"], status["pushed"]) == (0, 0)
    assert "Every change is in the store." in made.desk.run("status").out


def test_why_a_sync_failed_is_said_afterwards_too(made: Made, tmp_path: Path) -> None:
    made.desk.json("sync")
    made.desk.json("phrases", "add", "--title", "退款", "--body", "x")
    made.store.rename(tmp_path / "elsewhere")
    assert made.desk.run("sync").code == 1
    status = made.desk.json("status")
    assert (status["problem"], status["waiting"]) == ("store_missing", 1)
    assert status["tried_at"] >= status["synced_at"]
    assert "The store is not connected, 1 change kept here" in made.desk.run("status").out
