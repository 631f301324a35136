"""The end by force: real processes that get a signal end in time, safe, and signed out."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.app.ending import AT_MOST_S
from companion.desk.ports import Going
from companion.desk.recording_presence import RecordingPresence
from companion.session.leftovers import leftovers
from companion.session.session import Session
from companion.session.sitting import open_here, sign_in
from companion.sync.store import Login
from tests.app.conftest import MakeApp
from tests.app.ended import BODY
from tests.app.stores import PASSPHRASE, SlowServer, a_seat, another_desk, new_session
from tests.e2e.desktop import ROOT

if sys.platform == "win32":
    pytest.skip("there no signal ends a process softly", allow_module_level=True)

MOST_S = 2.0


def ended(home: Path, does: str, by: signal.Signals = signal.SIGTERM) -> float:
    """How long an app took to end, in seconds, from the signal to the end of its process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.app.ended", str(home), does, PASSPHRASE],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "ready\n"
        began = time.monotonic()
        process.send_signal(by)
        status = process.wait(20)
        took = time.monotonic() - began
        assert status == 0
        assert process.stdout.readline() == "clipboard ''\n"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    return took


def titles(session: Session) -> set[str]:
    return {phrase.title for phrase in session.profile.phrases()}


def back(home: Path, server: SlowServer) -> Session:
    return sign_in(a_seat(home), server.address, PASSPHRASE, login=Login("lin", "secret"))


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_while_the_store_hangs(server: SlowServer, tmp_path: Path, by: signal.Signals) -> None:
    home = tmp_path / "home"
    new_session(home, server)
    with server.shut():
        assert ended(home, "waits", by) < MOST_S
    seat = a_seat(home)
    assert not seat.settings.read()["profile"]
    assert [one.waits for one in leftovers(seat)] == [True]
    assert titles(back(home, server)) == {"退款"}
    assert titles(another_desk(tmp_path / "other", server)) == {"退款"}


def test_while_signing_out_sends(server: SlowServer, tmp_path: Path) -> None:
    home = tmp_path / "home"
    new_session(home, server)
    with server.shut():
        assert ended(home, "sends") < MOST_S
    assert not a_seat(home).settings.read()["profile"]
    assert titles(back(home, server)) == {"退款"}


def test_with_a_text_that_is_being_written(server: SlowServer, tmp_path: Path) -> None:
    home = tmp_path / "home"
    new_session(home, server)
    with server.shut():
        assert ended(home, "writes") < MOST_S
    assert [phrase.body for phrase in back(home, server).profile.phrases()] == [BODY]


def test_where_the_secret_store_does_not_answer(server: SlowServer, tmp_path: Path) -> None:
    home = tmp_path / "home"
    new_session(home, server)
    assert ended(home, "locked") < MOST_S
    assert not a_seat(home).settings.read()["profile"]


@pytest.mark.parametrize("does", ["lends", "full"])
def test_what_is_not_safe_leaves_the_agent_signed_in(
    server: SlowServer, tmp_path: Path, does: str
) -> None:
    home = tmp_path / "home"
    new_session(home, server)
    assert ended(home, does) < MOST_S
    assert a_seat(home).settings.read()["profile"]
    open_here(a_seat(home), PASSPHRASE)


def test_presence_is_told_when_all_is_safe_and_the_app_ends_once(
    qtbot: QtBot,
    make_app: MakeApp,
    server: SlowServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quits: list[None] = []
    monkeypatch.setattr(QApplication, "quit", lambda: quits.append(None))
    app = make_app(tmp_path / "home")
    app.seating.opened.emit(new_session(tmp_path / "home", server))
    presence = app.desk.presence
    assert isinstance(presence, RecordingPresence)
    app.locking.begin()
    began = time.monotonic()
    for _ in range(2):
        presence.go(Going.ENDS)
    qtbot.waitUntil(lambda: presence.safe == [Going.ENDS] * 2)
    assert not app.seat.settings.read()["profile"]
    assert time.monotonic() - began < AT_MOST_S + 0.5


@pytest.mark.parametrize("lent", [False, True])
def test_a_locked_desk_is_signed_out_where_nothing_is_lent(
    make_app: MakeApp,
    server: SlowServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lent: bool,
) -> None:
    monkeypatch.setattr(QApplication, "quit", lambda: None)
    home = tmp_path / "home"
    session = new_session(home, server)
    session.profile.add("phrase", title="没送出去", body="x")
    session.close()
    app = make_app(home)
    if lent:
        app.seat.lent_folder.mkdir()
        (app.seat.lent_folder / "a note").touch()
    app.ending.end_fast()
    assert bool(app.seat.settings.read()["profile"]) is lent
    # What waits stays sealed for him.
    assert app.seat.sealed_folder(session.profile.id).is_dir()


def test_while_it_locks_what_is_being_saved_is_not_taken_away(
    make_app: MakeApp, server: SlowServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "quit", lambda: None)
    home = tmp_path / "home"
    app, session = make_app(home), new_session(home, server)
    session.sync()
    app.session = session
    session.profile.add("phrase", title="退款", body="x")
    save = session.engine.save

    def slowly() -> bool:
        time.sleep(0.3)
        return save()

    monkeypatch.setattr(session.engine, "save", slowly)
    app.locking.lock()
    app.ending.end_fast()
    assert not app.seat.settings.read()["profile"]
    assert titles(back(home, server)) == {"退款"}
