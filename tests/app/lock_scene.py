"""The app, started, with a profile open and somebody at the desk, for the tests of locking."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.app.locking import Locking
from companion.app.tray_app import TrayApp
from companion.desk.ports import Target
from companion.desk.recording import RecordingDesk
from companion.desk.recording_presence import RecordingPresence
from companion.session.session import Session
from companion.session.sitting import create
from companion.sync.store import Login
from companion.ui.tray import Tray
from companion.ui.words import Words
from tests.app.conftest import MakeApp
from tests.app.stores import PASSPHRASE, SlowServer

WORDS = Words("zh")
CANARY = "金丝雀七号"
CHAT = Target(7, "chat", "客户 7")


@dataclass
class Scene:
    """The app and what is around it."""

    app: TrayApp
    desk: RecordingDesk
    presence: RecordingPresence
    told: list[str]
    qtbot: QtBot

    def session(self) -> Session:
        """The one that is open."""
        assert self.app.session is not None
        return self.app.session

    def found(self, word: str = CANARY) -> int:
        """How many entries of the index have a word in their titles."""
        return sum(word in entry.title for entry in self.app.inserting.index.entries)

    def fill_in(self, text: str) -> str:
        """Open the form of a new phrase for a chat and type a text; the phrase's id."""
        app = self.app
        phrase = self.session().profile.add("phrase", title="称呼", body="{称呼}好，{单号}在路上")
        self.qtbot.waitUntil(lambda: self.found("称呼") == 1)
        self.desk.target = CHAT
        app.hotkey()
        app.inserting.picker.search.setText("称呼")
        QTest.keyClick(app.inserting.picker.search, Qt.Key.Key_Return)
        form = app.inserting.asking.form
        assert form is not None
        form.fields["称呼"].setProperty("text", text)
        return phrase

    def rest(self, session: Session) -> None:
        """Wait until a session is closed."""
        self.qtbot.waitUntil(lambda: session.closed and self.app.session is None)

    def unlock(self) -> Session:
        """By hand, in the window that is there or comes."""
        window, app = self.app.seating.unlocking.window, self.app
        if not window.isVisible():
            app.act("unlock")
        QTest.keyClicks(window.secret, PASSPHRASE)
        QTest.keyClick(window.secret, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: app.session is not None and not app.syncing.running)
        self.qtbot.waitUntil(lambda: self.found() > 0)
        assert not window.isVisible()
        return self.session()


def a_scene(
    qtbot: QtBot, make_app: MakeApp, home: Path, server: SlowServer, patch: pytest.MonkeyPatch
) -> Scene:
    """The app with a phrase in its profile."""
    app, presence, told = make_app(home), RecordingPresence(), list[str]()
    patch.setattr(Tray, "show", lambda _: None)
    patch.setattr(app.tray, "tell", lambda text, *_: told.append(text))
    patch.setattr(app.instance, "take", lambda _: True)
    app.desk = replace(app.desk, presence=presence)
    app.locking = Locking(app, presence)
    assert app.start()
    login = Login("lin", "secret")
    session, _ = create(app.seat, server.address, "林", PASSPHRASE, login)
    session.profile.add("phrase", title=f"退款 {CANARY}", body=f"{CANARY} 钱没到账肯定惦记")
    app.seating.take(session)
    desk = app.desk.windows
    assert isinstance(desk, RecordingDesk)
    scene = Scene(app, desk, presence, told, qtbot)
    qtbot.waitUntil(lambda: not app.syncing.running and scene.found() == 1)
    return scene
