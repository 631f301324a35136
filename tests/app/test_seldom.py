"""What is made only when it is wanted, and what is brought in before that."""

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.app.conftest import MakeApp
from tests.app.stores import SlowServer, new_session


def test_a_worker_brings_in_what_a_hotkey_opens_once_somebody_sits_here(
    make_app: MakeApp,
    server: SlowServer,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    brought = dict[str, threading.Thread]()

    def bring(name: str) -> None:
        brought[name] = threading.current_thread()

    monkeypatch.setattr("companion.app.seldom.import_module", bring)
    session = new_session(tmp_path / "home", server)
    app = make_app(tmp_path / "home")
    assert app.made() == [] and not brought
    app.seating.opened.emit(session)
    qtbot.waitUntil(lambda: len(brought) == 2)
    assert brought.keys() == {"companion.app.prompting", "companion.app.replying"}
    assert threading.main_thread() not in brought.values()
    assert app.made() == []
