"""The picker's other keys in the running app: favourites kept, bookmarks opened, texts taken."""

import webbrowser
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.app.tray_app import TrayApp
from companion.desk.ports import Content
from companion.desk.recording import RecordingDesk
from companion.profile.slots import new_recovery_code
from companion.session.session import Session
from tests.app.conftest import MakeApp
from tests.app.stores import SlowServer, new_session

CONTROL = Qt.KeyboardModifier.ControlModifier
ADDRESS = "https://tickets.example/{id}?a=1"


@pytest.fixture
def app(qtbot: QtBot, make_app: MakeApp, tmp_path: Path, server: SlowServer) -> TrayApp:
    app = make_app(tmp_path / "home")
    session = new_session(tmp_path / "home", server)
    session.profile.add("phrase", title="退款", body="钱没到账")
    session.profile.add("bookmark", title="工单", url=ADDRESS)
    app.seating.opened.emit(session)
    qtbot.waitUntil(lambda: own(app) == 2)
    return app


def own(app: TrayApp) -> int:
    """How many phrases and bookmarks can be found; openings always can."""
    return sum(entry.kind != "opening" for entry in app.inserting.index.entries)


def opened(app: TrayApp) -> Session:
    assert app.session is not None
    return app.session


def press(app: TrayApp, key: Qt.Key, query: str = "") -> None:
    """Open the picker, look for something, and press a key with Ctrl."""
    picker = app.inserting.picker
    app.hotkey()
    picker.search.setText(query)
    QTest.keyClick(picker.search, key, CONTROL)


def favourites(app: TrayApp) -> list[str]:
    return [phrase.title for phrase in opened(app).profile.phrases() if phrase.favourite]


def test_a_favourite_is_kept_and_stays_selected_when_the_list_is_made_anew(
    app: TrayApp, qtbot: QtBot
) -> None:
    picker = app.inserting.picker
    opened(app).profile.add("phrase", title="催发货", body="马上催")
    qtbot.waitUntil(lambda: own(app) == 3)
    app.hotkey()
    QTest.keyClick(picker.search, Qt.Key.Key_Down)
    before = app.inserting.index
    QTest.keyClick(picker.search, Qt.Key.Key_D, CONTROL)
    qtbot.waitUntil(lambda: favourites(app) == ["催发货"])
    qtbot.waitUntil(lambda: app.inserting.index is not before)
    current = picker.hits.current()
    assert current is not None
    assert (current.title, current.favourite) == ("催发货", True)
    assert picker.hits.currentIndex().row() == 0
    assert opened(app).status().unsaved == 0
    QTest.keyClick(picker.search, Qt.Key.Key_D, CONTROL)
    qtbot.waitUntil(lambda: favourites(app) == [])
    picker.hide()


def test_control_o_opens_the_address_as_it_stands_and_counts_it(
    app: TrayApp, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def browse(url: str) -> bool:
        asked.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", browse)
    press(app, Qt.Key.Key_O, "工单")
    qtbot.waitUntil(lambda: asked == [ADDRESS])
    qtbot.waitUntil(lambda: bool(opened(app).profile.uses()))
    assert not app.inserting.picker.isVisible()


def test_an_address_that_may_not_be_opened_is_told_of(
    app: TrayApp, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(app.tray, "tell", lambda text, *_: told.append(text))
    opened(app).profile.add("bookmark", title="脚本", url="javascript:alert(1)")
    qtbot.waitUntil(lambda: own(app) == 3)
    press(app, Qt.Key.Key_O, "脚本")
    qtbot.waitUntil(lambda: bool(told))
    assert not opened(app).profile.uses()


def test_control_n_takes_what_is_typed_or_what_was_copied(app: TrayApp) -> None:
    press(app, Qt.Key.Key_N, "催发货")
    assert (app.editor.title.text(), app.editor.body.toPlainText()) == ("催发货", "")
    app.editor.hide()
    desk = app.desk.clipboard
    assert isinstance(desk, RecordingDesk)
    desk.copy(Content("您好,\n马上帮您催"))
    press(app, Qt.Key.Key_N)
    assert (app.editor.title.text(), app.editor.body.toPlainText()) == ("", "您好,\n马上帮您催")
    app.editor.hide()


def test_what_opens_a_profile_is_offered_to_no_phrase(app: TrayApp) -> None:
    desk = app.desk.clipboard
    assert isinstance(desk, RecordingDesk)
    for secret in (opened(app).card().text(), new_recovery_code()):
        desk.copy(Content(secret))
        press(app, Qt.Key.Key_N)
        assert app.editor.body.toPlainText() == ""
        app.editor.hide()


def test_the_hotkey_holds_what_is_typed_until_a_window_of_ours_takes_it(
    app: TrayApp, qtbot: QtBot
) -> None:
    desk = app.desk.hotkeys
    assert isinstance(desk, RecordingDesk)
    for session in (app.session, None):
        app.session = session
        desk.waits = True
        app.hotkey()
        qtbot.waitUntil(lambda: not desk.waits)
    app.inserting.picker.hide()
    app.seating.window.hide()


def test_a_bookmark_is_edited_in_its_window_and_a_phrase_in_that_of_phrases(
    app: TrayApp, qtbot: QtBot
) -> None:
    press(app, Qt.Key.Key_E, "工单")
    qtbot.waitUntil(lambda: app.marking.writing is not None)
    assert app.marking.writing is not None
    marks = app.marking.writing.window
    qtbot.waitUntil(lambda: marks.editor.url.text() == ADDRESS)
    assert app.editing.writing is None
    press(app, Qt.Key.Key_E, "退款")
    qtbot.waitUntil(lambda: app.editing.writing is not None)
    assert app.editing.writing is not None
    phrases = app.editing.writing.window
    qtbot.waitUntil(lambda: phrases.editor.title.text() == "退款")
