"""Sitting down at a store that does not answer: it can be stopped, and begun again."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.app.seating import Seating
from companion.runtime.tasks import Tasks
from companion.session.session import Session
from companion.ui.words import Words
from tests.app.stores import PASSPHRASE, SlowServer, a_seat, new_session

WORDS = Words("zh")


def test_signing_in_can_be_stopped_and_begun_again(
    qtbot: QtBot, server: SlowServer, tmp_path: Path
) -> None:
    one = new_session(tmp_path / "one", server)
    one.profile.add("phrase", title="退款", body="x")
    one.sync()
    here, away = Tasks(), Tasks()
    seating = Seating(a_seat(tmp_path / "two"), WORDS, here, away)
    qtbot.addWidget(seating.window)
    opened: list[Session] = []
    seating.opened.connect(opened.append)
    seating.ask()
    window = seating.window
    window.card.setText(server.address)
    window.passphrase.setText(PASSPHRASE)
    with server.shut():
        QTest.keyClick(window.passphrase, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: server.inside == 1)
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert window.step.text() == WORDS.say("signin.stopping")
    qtbot.waitUntil(window.go.isEnabled)
    assert (opened, window.step.text()) == ([], WORDS.say("signin.stopped"))
    assert not list((tmp_path / "two").rglob("*.pack"))
    QTest.keyClick(window.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened))
    assert len(opened[0].profile.phrases()) == 1
    assert not window.isVisible()
    for tasks in (here, away):
        tasks.finish(5_000)
        tasks.end()
