"""What others left, in the app: offered once, cleared only where that is meant; who forgot."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.app.tray_app import TrayApp
from companion.session.leftovers import leftovers
from companion.session.sitting import sign_in
from companion.sync.store import Login
from companion.ui.words import Words
from tests.app.conftest import MakeApp
from tests.app.stores import PASSPHRASE, SlowServer, a_seat, new_session

WORDS = Words("zh")


@pytest.fixture
def home(tmp_path: Path, server: SlowServer) -> Path:
    """A home in which somebody left something that his store does not have."""
    session = new_session(tmp_path / "home", server)
    session.sync()
    session.profile.add("phrase", title="没送出去", body="x")
    session.leave_at_once()
    return tmp_path / "home"


def begun(qtbot: QtBot, app: TrayApp) -> list[str]:
    """What the tray told of it at the start."""
    told: list[str] = []
    vars(app.tray)["tell"] = lambda text, *_: told.append(text)
    app.left_behind.begin()
    qtbot.waitUntil(lambda: app.tasks.finish(0))
    qtbot.wait(20)
    return told


def test_it_is_offered_where_nobody_sits(qtbot: QtBot, make_app: MakeApp, home: Path) -> None:
    app = make_app(home)
    assert begun(qtbot, app) == [WORDS.say("leftovers.notice")]
    assert app.tray.actions["leftovers"].isVisible()


def test_where_somebody_is_signed_in_and_locked_the_tray_still_says_so(
    qtbot: QtBot, make_app: MakeApp, home: Path
) -> None:
    with SlowServer() as other:
        new_session(home, other).close()
    app = make_app(home)
    vars(app)["_showing"].take(None, app.locking.agent())
    assert begun(qtbot, app) == []
    assert app.tray.actions["unlock"].isVisible()


def test_a_desk_without_any_offers_nothing(qtbot: QtBot, make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(tmp_path / "empty")
    assert begun(qtbot, app) == []
    assert not app.tray.actions["leftovers"].isVisible()


def test_what_waits_is_cleared_only_when_asked_for_twice(
    qtbot: QtBot, make_app: MakeApp, home: Path
) -> None:
    app = make_app(home)
    app.act("leftovers")
    window = app.left_behind.leftovers.window
    qtbot.waitUntil(window.isVisible)
    assert window.keep.hasFocus() or window.focusWidget() is window.keep
    assert not window.clear.isEnabled()
    window.boxes[0].setChecked(True)
    window.clear.click()
    assert window.warning.isVisible() and len(leftovers(a_seat(home))) == 1
    window.clear.click()
    qtbot.waitUntil(window.close_it.isVisible)
    assert leftovers(a_seat(home)) == []
    assert window.heading.text() == WORDS.say("leftovers.none")
    app.left_behind.end()


def test_to_tick_something_else_asks_anew(qtbot: QtBot, make_app: MakeApp, home: Path) -> None:
    app = make_app(home)
    app.act("leftovers")
    window = app.left_behind.leftovers.window
    qtbot.waitUntil(window.isVisible)
    window.boxes[0].setChecked(True)
    window.clear.click()
    window.boxes[0].setChecked(False)
    window.boxes[0].setChecked(True)
    assert not window.warning.isVisible()
    window.clear.click()
    assert len(leftovers(a_seat(home))) == 1
    window.keep.click()
    assert not window.isVisible()
    app.left_behind.end()


def test_who_forgot_is_signed_out_and_can_come_back(
    qtbot: QtBot, make_app: MakeApp, home: Path, server: SlowServer
) -> None:
    sign_in(a_seat(home), server.address, PASSPHRASE, login=Login("lin", "secret"))
    app = make_app(home)
    app.left_behind.not_me()
    window = app.left_behind.leftovers.window
    assert window.heading.text() == WORDS.say("leftovers.forgot")
    window.stand_down.click()
    qtbot.waitUntil(window.close_it.isVisible)
    assert not app.seat.settings.read()["profile"]
    assert app.seating.window.isVisible()
    back = sign_in(a_seat(home), server.address, PASSPHRASE, login=Login("lin", "secret"))
    assert [phrase.title for phrase in back.profile.phrases()] == ["没送出去"]
    app.left_behind.end()
    app.seating.window.close()
