"""What an agent ticks in the window on this desk is done by itself the next time he sits down."""

import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.app.tray_app import TrayApp
from companion.policy import Policy
from companion.session.each_time import names_in
from companion.session.session import Session
from companion.ui.this_desk import ThisDesk
from companion.ui.words import Words
from tests.app.conftest import MakeApp
from tests.app.stores import SlowServer, new_session
from tests.session.lent_desk import RIME, LentDesk, make_lent_desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the folders are those of Linux")
WORDS = Words("zh")


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LentDesk:
    return make_lent_desk(tmp_path / "user", monkeypatch)


@pytest.fixture
def session(tmp_path: Path, server: SlowServer, there: LentDesk) -> Session:
    session = new_session(tmp_path / "home", server)
    profile = session.profile
    parent = profile.add("set", title="售后")
    profile.add("phrase", title="退款", body="马上办好", parent=parent)
    profile.add("phrase", title="别的", body="别的内容")
    early = profile.add("folder", title="早班")
    profile.add("bookmark", title="物流", url="https://a.test/", parent=early)
    return session


@pytest.fixture
def app(qtbot: QtBot, make_app: MakeApp, tmp_path: Path, session: Session) -> TrayApp:
    app = make_app(tmp_path / "home")
    app.seating.opened.emit(session)
    qtbot.waitUntil(lambda: not app.syncing.running)
    return app


def opened(app: TrayApp, qtbot: QtBot) -> ThisDesk:
    qtbot.waitUntil(app.tray.actions["desk"].isEnabled)
    app.tray.actions["desk"].trigger()
    window = app.lending.window
    qtbot.waitUntil(window.places.isVisible)
    return window


def option(session: Session, name: str) -> str:
    return str(session.option(name))


def test_what_is_ticked_is_written_down_with_the_profile(
    app: TrayApp, session: Session, qtbot: QtBot
) -> None:
    window = opened(app, qtbot)
    each = window.page.each_time
    QTest.keyClick(each.lend, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(option(session, "lend_sets")))
    assert set(names_in(option(session, "lend_sets"))) == {"售后", ""}
    # What is not ticked above is left out from then on.
    model = window.page.shares.model()
    model.setData(model.index(0, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    qtbot.waitUntil(lambda: len(names_in(option(session, "lend_sets"))) == 1)
    QTest.keyClick(each.lend, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not option(session, "lend_sets"))
    window.places.setCurrentIndex(window.places.model().index(1, 0))
    qtbot.waitUntil(lambda: each.morning.isVisible() and not each.lend.isChecked())
    QTest.keyClick(each.morning, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: option(session, "morning_set") == "早班")
    assert not option(session, "lend_folders")


def test_sitting_down_puts_it_there_and_opens_the_morning_set_once(
    app: TrayApp, session: Session, there: LentDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, pages = list[str](), list[Sequence[str]]()
    monkeypatch.setattr(app.each_time, "_tell", told.append)
    app.each_time.open = pages.append
    app.seating.sat_down.emit(session)
    # Nothing was wanted, and nothing is begun.
    assert app.each_time._own is None
    for name, said in (("lend_sets", "售后\n"), ("morning_set", "早班")):
        session.profile.set_option(name, said)
    app.seating.sat_down.emit(session)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert pages == [["https://a.test/"]]
    assert "马上办好" in there.rime() and "别的内容" not in there.rime()
    name = WORDS.say("input_method.ibus_rime")
    assert told[1] == WORDS.say("each_time.done", names=name)
    app.sign_out()
    qtbot.waitUntil(lambda: app.session is None)
    assert there.rime() == RIME
    assert len(pages) == 1


def test_who_leaves_at_once_leaves_nothing_that_is_put_there_afterwards(
    app: TrayApp, session: Session, there: LentDesk, qtbot: QtBot
) -> None:
    gate = threading.Event()

    def slowly(_urls: Sequence[str]) -> None:
        gate.wait(5)

    app.each_time.open = slowly
    for name, said in (("lend_sets", "售后\n"), ("morning_set", "早班")):
        session.profile.set_option(name, said)
    app.seating.sat_down.emit(session)
    app.sign_out()
    QTimer.singleShot(200, gate.set)
    qtbot.waitUntil(lambda: app.session is None)
    own = app.each_time._own
    assert own is not None and own.finish(5_000)
    assert there.rime() == RIME


def test_a_desk_where_it_is_forbidden_says_so(
    qtbot: QtBot, make_app: MakeApp, tmp_path: Path, session: Session
) -> None:
    app = make_app(tmp_path / "home")
    session.seat = replace(session.seat, policy=Policy(input_methods=False))
    app.seating.opened.emit(session)
    window = opened(app, qtbot)
    page = window.page
    assert page.how.text() == WORDS.say("each_time.forbidden")
    assert not page.put.isVisible() and not page.each_time.lend.isVisible()
    # Browsers are another entry.
    window.places.setCurrentIndex(window.places.model().index(1, 0))
    assert page.put.isVisible() and page.each_time.lend.isVisible()
