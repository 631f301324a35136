"""Who has signed out is held by nothing: neither his session nor a text of his."""

import gc
import weakref
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.session.session import Session
from tests.app.conftest import MakeApp
from tests.app.lock_scene import CANARY, Scene
from tests.app.present import shown_anywhere
from tests.app.test_first_run import make_profile


def is_gone(session: weakref.ref[Session]) -> bool:
    """Whether nothing holds it, once what a worker was still about has come back."""
    gc.collect()
    return session() is None


def test_after_a_sign_out_the_session_is_gone(scene: Scene) -> None:
    app, session = scene.app, weakref.ref(scene.session())
    app.sign_out()
    scene.qtbot.waitUntil(app.leaving.window.close_it.isVisible)
    scene.qtbot.waitUntil(lambda: is_gone(session))


def test_after_a_first_run_too_and_its_phrase_is_named_no_more(
    make_app: MakeApp, qtbot: QtBot, tmp_path: Path
) -> None:
    app = make_app(tmp_path / "home")
    make_profile(app, qtbot, tmp_path / "store")
    assert app.session is not None
    app.session.profile.add("phrase", title=CANARY, body="x")
    window = app.seating.window
    QTest.keyClick(window.later, Qt.Key.Key_Space)
    QTest.keyClick(window.go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: CANARY in window.first.trial.text.text())
    QTest.keyClick(window.go, Qt.Key.Key_Space)
    session = weakref.ref(app.session)
    app.sign_out()
    qtbot.waitUntil(app.leaving.window.close_it.isVisible)
    qtbot.waitUntil(lambda: is_gone(session))
    assert shown_anywhere(CANARY) == []
