"""Signing out and quitting while the store does not answer: nobody waits, and nothing is lost."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from companion.app.handing_over import take_in_found
from companion.app.serving import Serving
from companion.app.tray_app import TrayApp
from companion.runtime.tasks import Tasks
from companion.session.session import Session
from companion.session.sitting import open_here, sign_in
from companion.sync.store import Login
from companion.ui.words import Words
from tests.app.conftest import MakeApp
from tests.app.stores import PASSPHRASE, SlowServer, a_seat, another_desk, new_session
from tests.e2e.desktop import ROOT, wait_for
from tests.sync.fault_server import Answer

WORDS = Words("zh")
BODY = "钱没到账肯定惦记,我马上替您查"


@pytest.fixture
def app(qtbot: QtBot, make_app: MakeApp, tmp_path: Path, server: SlowServer) -> TrayApp:
    app = make_app(tmp_path / "home")
    session = new_session(tmp_path / "home", server)
    app.seating.opened.emit(session)
    qtbot.waitUntil(lambda: not app.syncing.running)
    return app


def session_of(app: TrayApp) -> Session:
    assert app.session is not None
    return app.session


def sign_out(qtbot: QtBot, app: TrayApp) -> None:
    app.act("sign_out")
    window = app.leaving.window
    qtbot.waitUntil(window.go.isVisible)
    QTest.mouseClick(window.go, Qt.MouseButton.LeftButton)


def titles(session: Session) -> set[str]:
    return {phrase.title for phrase in session.profile.phrases()}


@pytest.mark.parametrize("way", ["window", "shell"])
def test_a_text_that_is_being_written_is_kept_and_not_left_in_the_window(
    qtbot: QtBot, app: TrayApp, server: SlowServer, tmp_path: Path, way: str
) -> None:
    app.editor.write("", BODY)
    app.editor.set.setText("退款")
    if way == "window":
        sign_out(qtbot, app)
        qtbot.waitUntil(app.leaving.window.close_it.isVisible)
    else:
        answers: list[dict[str, object]] = []

        def execute(session: Session | None, *_: object) -> dict[str, object]:
            assert session is not None
            return {"kept": session.sign_out().kept_sealed}

        Serving(app, execute).asked({"argv": ["sign-out"]}, answers.append)
        qtbot.waitUntil(lambda: answers == [{"kept": False}])
    assert [line.text() for line in (app.editor.title, app.editor.abbr, app.editor.set)] == [""] * 3
    assert app.editor.body.toPlainText() == ""
    assert titles(another_desk(tmp_path / "b", server)) == {BODY}


def test_with_the_store_at_hand_everything_is_sent_and_gone(
    qtbot: QtBot, app: TrayApp, server: SlowServer, tmp_path: Path
) -> None:
    session_of(app).profile.add("phrase", title="退款", body=BODY)
    sign_out(qtbot, app)
    window = app.leaving.window
    qtbot.waitUntil(window.close_it.isVisible)
    assert window.heading.text() == WORDS.say("left.nothing")
    assert app.session is None
    assert not list((tmp_path / "home").rglob("*.pack"))
    assert titles(another_desk(tmp_path / "other", server)) == {"退款"}
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_nobody_waits_for_a_store_that_hangs(
    qtbot: QtBot, app: TrayApp, server: SlowServer, tmp_path: Path
) -> None:
    session, window = session_of(app), app.leaving.window
    with server.shut():
        session.profile.add("phrase", title="退款", body=BODY)
        sign_out(qtbot, app)
        qtbot.waitUntil(window.skip.isVisible)
        assert window.text.text() == WORDS.say("leaving.text")
        assert app.tray.actions["stop_leaving"].isVisible()
        assert not app.tray.actions["find"].isVisible()
        # The hotkey shows how far it is, not the picker.
        app.hotkey()
        assert not app.inserting.picker.isVisible()
        began = time.monotonic()
        QTest.mouseClick(window.skip, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(window.close_it.isVisible)
        assert time.monotonic() - began < 2
        assert server.inside == 1
    assert window.text.text() == WORDS.say("leaving.kept")
    assert app.session is None
    assert not session.seat.settings.read()["profile"]
    # The answer that comes too late changes nothing: neither here nor, under a key that is no
    # more, there.
    here = {path: path.read_bytes() for path in (tmp_path / "home").rglob("*.pack")}
    assert app.away.finish(5_000)
    assert here == {path: path.read_bytes() for path in (tmp_path / "home").rglob("*.pack")}
    assert BODY.encode() not in b"".join(here.values())
    again = a_seat(tmp_path / "home")
    back = sign_in(again, server.address, PASSPHRASE, login=Login("lin", "secret"))
    assert titles(back) == {"退款"}
    assert titles(another_desk(tmp_path / "other", server)) == {"退款"}


def test_who_stays_after_all_works_on(qtbot: QtBot, app: TrayApp, server: SlowServer) -> None:
    session, window = session_of(app), app.leaving.window
    with server.shut():
        sign_out(qtbot, app)
        qtbot.waitUntil(window.skip.isVisible)
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert not window.isVisible()
        assert app.session is session
        session.profile.add("phrase", title="退款", body=BODY)
        qtbot.waitUntil(lambda: session.status().waiting == 1)
    qtbot.waitUntil(lambda: session.status().waiting == 0 and not app.syncing.running)
    assert app.tray.actions["find"].isVisible()
    assert not app.leaving.under_way


def test_nobody_signs_out_by_closing_the_question(app: TrayApp, qtbot: QtBot) -> None:
    app.act("sign_out")
    app.leaving.window.close()
    assert app.session is not None
    assert not app.leaving.under_way


def test_quitting_ends_within_two_seconds_with_everything_saved(
    server: SlowServer, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    new_session(home, server)
    with server.shut():
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.app.quitting", str(home), PASSPHRASE],
            cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None and process.stdout is not None
        wait_for(lambda: server.inside == 1)
        process.stdin.close()
        assert process.stdout.readline() == "quitting\n"
        began = time.monotonic()
        assert process.wait(20) == 0
        assert time.monotonic() - began < 2
        process.stdout.close()
    session = open_here(a_seat(home), PASSPHRASE)
    assert titles(session) == {"退款", "快走时写的"}
    assert session.profile.uses()
    session.sync()
    assert titles(another_desk(tmp_path / "other", server)) == {"退款", "快走时写的"}


def test_what_was_kept_can_be_taken_along_as_a_file(
    qtbot: QtBot,
    app: TrayApp,
    server: SlowServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window, file = app.leaving.window, tmp_path / "stick.waiting"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    with server.shut():
        session_of(app).profile.add("phrase", title="退款", body=BODY)
        sign_out(qtbot, app)
        qtbot.waitUntil(window.skip.isVisible)
        window.skip.click()
        qtbot.waitUntil(window.hand_over.isVisible)
        window.hand_over.click()
        qtbot.waitUntil(window.delete.isVisible)
        assert str(file) in window.text.text().replace("\u200b", "")
        window.delete.click()
        qtbot.waitUntil(lambda: window.text.text() == WORDS.say("handing.deleted"))
    assert not list((tmp_path / "home").rglob("*.pack"))
    there = another_desk(tmp_path / "other", server)
    assert titles(there) == set()
    here, taken = Tasks(), list[None]()
    take_in_found(there, lambda: [tmp_path], here, lambda: taken.append(None), lambda _: None)
    qtbot.waitUntil(lambda: bool(taken))
    here.end()
    there.sync()
    assert titles(another_desk(tmp_path / "third", server)) == {"退款"}


def test_where_everything_was_sent_there_is_nothing_to_take_along(
    qtbot: QtBot, app: TrayApp
) -> None:
    sign_out(qtbot, app)
    qtbot.waitUntil(app.leaving.window.close_it.isVisible)
    assert not app.leaving.window.hand_over.isVisible()


def test_what_is_known_not_to_be_sent_is_said_with_the_question(
    qtbot: QtBot, app: TrayApp, server: SlowServer
) -> None:
    window, question = app.leaving.window, WORDS.say("signout.ask")
    app.act("sign_out")
    app.tasks.finish()
    qtbot.wait(20)
    assert window.text.text() == question
    window.stay.click()
    server.answer(Answer(503))
    session_of(app).profile.add("phrase", title="没送出去", body="x")
    qtbot.waitUntil(lambda: bool(session_of(app).status().problem))
    app.act("sign_out")
    warned = f"{question}\n{WORDS.say('signout.waiting.one')}"
    qtbot.waitUntil(lambda: window.text.text() == warned)
    server.answer(None)


@pytest.mark.parametrize("copied", ["card", "card, then another text", "nothing"])
def test_a_card_that_was_copied_for_the_next_desk_is_in_the_report(
    qtbot: QtBot, app: TrayApp, copied: str
) -> None:
    if copied != "nothing":
        app.act("card")
        card = app.seat_card.window
        qtbot.waitUntil(lambda: card.isVisible() and card.copy.isEnabled())
        card.copy.click()
    if copied == "card, then another text":
        app.copy_text("x")
    sign_out(qtbot, app)
    window = app.leaving.window
    qtbot.waitUntil(window.close_it.isVisible)
    stays = copied == "card"
    assert (WORDS.say("left.card") in window.text.text()) is stays
    assert window.heading.text() == WORDS.say("left.but_card" if stays else "left.nothing")
