"""What teams share in the running app: in the picker at once, and trouble is said once."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.app.tray_app import TrayApp
from companion.desk.clipboard import QtClipboard
from companion.desk.copy_only import CopyOnlyHotkeys, CopyOnlyTypist, CopyOnlyWindows, NoPresence
from companion.desk.recording import RecordingSecrets
from companion.session.seat import Seat
from companion.session.sitting import create
from companion.ui.words import Words
from companion.wiring.desktop import DeskAdapters
from companion.wiring.seats import full_address, open_store
from tests.session.team_desks import NOBODY, Team


def test_what_is_published_is_in_the_picker_and_a_rollback_is_said_once(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = Team(tmp_path)
    seat = Seat(tmp_path / "home", open_store, RecordingSecrets())
    session, _ = create(seat, full_address("store", tmp_path), "林", "correct horse battery")
    desk = DeskAdapters(
        QtClipboard(), CopyOnlyWindows(), CopyOnlyTypist(), CopyOnlyHotkeys(), NoPresence()
    )
    app = TrayApp(seat, desk, Words("en"), "light", lambda *_: {})
    said: list[str] = []
    monkeypatch.setattr(app.tray, "tell", lambda text, *_: said.append(text))

    def found() -> list[str]:
        return [hit.entry.body for hit in app.inserting.find("tk") if hit.entry.team]

    app._opened(session)
    app.tasks.run(lambda: session.teams.follow(team.card, NOBODY), lambda _: None, app.fail)
    qtbot.waitUntil(lambda: found() == ["1"])
    app._count_use(app.inserting.find("tk")[0].entry.id)
    qtbot.waitUntil(lambda: app.inserting.find("tk")[0].entry.uses == 1)
    kept = team.keep()
    team.publish("2")
    app.syncing.now()
    qtbot.waitUntil(lambda: found() == ["2"])
    assert not any("team" in text for text in said)
    team.put_back(kept)
    for _ in range(2):
        app.syncing.now()
        qtbot.waitUntil(lambda: not app.syncing.running)
    told = [text for text in said if "team" in text]
    assert [text.startswith("The team's place offers version 2 only") for text in told] == [True]
    assert found() == ["2"]
    app.closed()
