"""Locked while somebody is sitting down: nothing opens behind a screen at which nobody is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.app.locking import Locking
from companion.app.tray_app import TrayApp
from companion.desk.ports import Going
from companion.desk.recording_presence import RecordingPresence
from companion.session import sitting
from companion.session.session import Session
from companion.ui.tray import Tray
from tests.app.conftest import MakeApp
from tests.app.seated import WORDS
from tests.app.stores import PASSPHRASE, SlowServer, new_session

ENTER = Qt.Key.Key_Return


@dataclass
class Desk:
    """The app, started with nobody signed in, and what is around it."""

    app: TrayApp
    presence: RecordingPresence
    server: SlowServer
    qtbot: QtBot
    told: list[str] = field(default_factory=list)

    def leave(self, going: Going) -> None:
        """Say that nobody is there any more, while the store lets somebody wait."""
        self.qtbot.waitUntil(lambda: self.server.inside == 1)
        self.presence.go(going)
        # The desk may sleep at once: nobody waits for the store.
        self.qtbot.waitUntil(lambda: self.presence.safe == [going])


@pytest.fixture
def desk(
    qtbot: QtBot,
    make_app: MakeApp,
    tmp_path: Path,
    server: SlowServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    app, presence = make_app(tmp_path / "home"), RecordingPresence()
    desk = Desk(app, presence, server, qtbot)
    monkeypatch.setattr(Tray, "show", lambda _: None)
    monkeypatch.setattr(app.tray, "tell", lambda text, *_: desk.told.append(text))
    monkeypatch.setattr(app.instance, "take", lambda _: True)
    app.desk = replace(app.desk, presence=presence)
    app.locking = Locking(app, presence)
    assert app.start()
    yield desk
    app.left_behind.end()
    app.seating.put_away()


def sit_down(desk: Desk) -> None:
    who = desk.app.seating.window.who
    who.card.setText(desk.server.address)
    QTest.keyClick(who.card, ENTER)
    who.login.password.setText("secret")
    who.passphrase.setText(PASSPHRASE)
    QTest.keyClick(who.passphrase, ENTER)


def begin_first(desk: Desk) -> None:
    desk.app.seating.window.ask_first()
    first = desk.app.seating.window.first
    first.place.name.setText("林")
    first.place.store.setText(desk.server.address)
    QTest.keyClick(first.place.store, ENTER)
    first.place.login.password.setText("secret")
    QTest.keyClick(first.place.login.password, ENTER)
    for line in (first.secret.passphrase, first.secret.again):
        line.setText(PASSPHRASE)
    QTest.keyClick(first.secret.again, ENTER)


@pytest.mark.parametrize("going", [Going.LOCKED, Going.SLEEPS])
@pytest.mark.parametrize("begin", [sit_down, begin_first])
def test_what_is_fetched_or_made_is_stopped_and_the_passphrase_typed_again(
    desk: Desk, tmp_path: Path, begin: Callable[[Desk], None], going: Going
) -> None:
    if begin is sit_down:
        new_session(tmp_path / "one", desk.server)
    window = desk.app.seating.window
    with desk.server.shut():
        begin(desk)
        desk.leave(going)
        for line in (window.who.passphrase, window.first.secret.passphrase):
            assert line.text() == ""
    desk.qtbot.waitUntil(window.go.isEnabled)
    assert window.notice.text() == WORDS.say("signin.stopped")
    assert desk.app.session is None and not desk.app.seat.settings.read()["profile"]


def test_who_has_sat_down_too_late_for_that_is_signed_in_and_locked(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_session(tmp_path / "one", desk.server)
    made, sign_in = list[Session](), sitting.sign_in

    def unstoppable(*said: Any, stop: object, **more: Any) -> Session:
        made.append(sign_in(*said, **more))
        return made[0]

    monkeypatch.setattr(sitting, "sign_in", unstoppable)
    with desk.server.shut():
        sit_down(desk)
        desk.leave(Going.LOCKED)
    desk.qtbot.waitUntil(desk.app.seating.unlocking.window.isVisible)
    assert made[0].closed and desk.app.session is None
    assert not desk.app.seating.window.isVisible()
    assert desk.app.tray.actions["unlock"].isVisible()


def test_a_code_that_nobody_has_seen_is_not_shown_behind_the_lock(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = sitting.create

    def unstoppable(*said: Any, stop: object) -> tuple[Session, str]:
        return create(*said)

    monkeypatch.setattr(sitting, "create", unstoppable)
    with desk.server.shut():
        begin_first(desk)
        desk.leave(Going.LOCKED)
    desk.qtbot.waitUntil(desk.app.seating.unlocking.window.isVisible)
    assert desk.app.seating.window.first.code.code.text() == ""
    assert desk.told == [WORDS.say("note.code_unseen")]
