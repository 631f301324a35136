"""The running app on a desk that only remembers what it was asked to do."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from companion.app.syncing import Pace, Syncing
from companion.app.tray_app import TrayApp
from companion.desk.recording import RecordingDesk
from companion.desk.recording_copies import RecordingCopies
from companion.desk.recording_presence import RecordingPresence
from companion.runtime.tasks import Tasks
from companion.session.session import Session
from companion.ui.words import Words
from companion.wiring.desktop import DeskAdapters
from tests.app.looked_after import PACE, Desk
from tests.app.stores import SlowServer, a_seat, new_session

if TYPE_CHECKING:
    from tests.app.lock_scene import Scene
    from tests.app.watched import Watched

APP_PACE = Pace(after_edit=0.05, retry=0.2, long=0.05)
MakeApp = Callable[[Path], TrayApp]


def no_commands(
    _session: Session | None,
    _message: dict[str, object],
    _insert: Callable[[str], None],
    _opened: Callable[[Session], None],
    _lock: Callable[[], None],
) -> dict[str, object]:
    return {}


def an_app(home: Path) -> TrayApp:
    """The app at a home, with nobody signed in and no tray to be seen."""
    desk = RecordingDesk()
    adapters = DeskAdapters(desk, desk, desk, desk, RecordingPresence())
    return TrayApp(a_seat(home), adapters, Words("zh"), "light", no_commands, pace=APP_PACE)


@pytest.fixture
def server() -> Iterator[SlowServer]:
    with SlowServer() as server:
        yield server
        server.gate.set()


@pytest.fixture
def make_app(qtbot: QtBot) -> Iterator[MakeApp]:
    """Makes apps; each is brought to rest at the end."""
    made: list[TrayApp] = []

    def make(home: Path) -> TrayApp:
        made.append(an_app(home))
        return made[-1]

    yield make
    for app in made:
        app.syncing.end()
        # A window that stays open would have the focus in the next test.
        app.put_away()
        app.leaving.window.hide()
        app.closed()
        for tasks in (app.tasks, app.away, app.shell):
            tasks.finish(5_000)
            tasks.end()
        app.tray.hide()
    # What a worker has still to say is said to windows that are there.
    QApplication.processEvents()
    # Every later app would dress the windows of this one anew.
    for window in QApplication.topLevelWidgets():
        # A menu is still told how things stand, by what was under way.
        if not isinstance(window, QMenu):
            window.close()
            window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def scene(
    qtbot: QtBot,
    make_app: MakeApp,
    tmp_path: Path,
    server: SlowServer,
    monkeypatch: pytest.MonkeyPatch,
) -> "Iterator[Scene]":
    """The app with a phrase in its profile, and somebody at the desk."""
    from tests.app.lock_scene import a_scene

    found = a_scene(qtbot, make_app, tmp_path / "home", server, monkeypatch)
    yield found
    found.app.left_behind.end()
    found.app.seating.put_away()


@pytest.fixture
def pace() -> Pace:
    return PACE


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, server: SlowServer, pace: Pace) -> Iterator[Desk]:
    session = new_session(tmp_path / "home", server)
    here, away = Tasks(), Tasks()
    syncing = Syncing(here, away, pace)
    desk = Desk(session, server, syncing, here, away)
    syncing.asked.connect(desk.asked.append)
    syncing.trouble.connect(desk.trouble.append)
    syncing.begin(session)
    qtbot.waitUntil(lambda: not syncing.running)
    server.heard.clear()
    yield desk
    syncing.end()
    server.gate.set()
    for tasks in (here, away):
        assert tasks.finish(5_000)


@pytest.fixture
def off(scene: "Scene") -> "Watched":
    """As everybody begins: nothing is watched."""
    from tests.app.watched import Watched

    copies = RecordingCopies()
    scene.app.desk = replace(scene.app.desk, copies=lambda: copies)
    return Watched(scene, copies)


@pytest.fixture
def watched(off: "Watched") -> "Iterator[Watched]":
    """微信 is watched."""
    off.want(True, "weixin")
    yield off
    off.scene.app.prompting.put_away()
