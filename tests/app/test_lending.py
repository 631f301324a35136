"""Phrases and bookmarks are lent from the running app to programs of this desk, and taken back."""

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from companion.app.tray_app import TrayApp
from companion.formats import chromium_tree as tree
from companion.formats import sogou
from companion.session.session import Session
from companion.ui.messages import Message
from companion.ui.this_desk import ThisDesk
from companion.ui.words import Words
from tests.app.conftest import MakeApp
from tests.app.stores import SlowServer, new_session
from tests.session.lent_desk import RIME, LentDesk, make_lent_desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the folders are those of Linux")
WORDS = Words("zh")
CANARY = "金丝雀退款马上办好请您稍等一下"


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LentDesk:
    return make_lent_desk(tmp_path / "user", monkeypatch)


@pytest.fixture
def app(
    qtbot: QtBot, make_app: MakeApp, tmp_path: Path, server: SlowServer, there: LentDesk
) -> TrayApp:
    app = make_app(tmp_path / "home")
    session = new_session(tmp_path / "home", server)
    profile = session.profile
    parent = profile.add("set", title="售后")
    profile.add("phrase", title="退款", body=CANARY, parent=parent)
    profile.add("phrase", title="别的", body="别的内容")
    early = profile.add("folder", title="早班")
    profile.add("bookmark", title="物流", url="https://a.test/", parent=early)
    profile.add("bookmark", title="其他", url="https://c.test/")
    profile.add("bookmark", title="脚本", url="javascript:1")
    app.seating.opened.emit(session)
    qtbot.waitUntil(lambda: not app.syncing.running)
    return app


@pytest.fixture
def window(qtbot: QtBot, app: TrayApp) -> ThisDesk:
    app.tray.actions["desk"].trigger()
    window = app.lending.window
    qtbot.waitUntil(window.places.isVisible)
    return window


def session_of(app: TrayApp) -> Session:
    assert app.session is not None
    return app.session


def choose(window: ThisDesk, at: int) -> None:
    window.places.setCurrentIndex(window.places.model().index(at, 0))


def untick(window: ThisDesk, name: str) -> None:
    model = window.page.shares.model()
    role, match = Qt.ItemDataRole.DisplayRole, Qt.MatchFlag.MatchContains
    (index,) = model.match(model.index(0, 0), role, name, 1, match)
    model.setData(index, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)


def said(qtbot: QtBot, window: ThisDesk) -> str:
    """What became of it, when it is done."""
    qtbot.waitUntil(lambda: not window.busy and window.page.result.isVisible())
    return window.page.result.text()


def states(window: ThisDesk) -> list[str]:
    model = window.places.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(at, 0).data(role)) for at in range(model.rowCount())]


def test_sets_are_put_into_an_input_method_updated_and_taken_back(
    qtbot: QtBot, app: TrayApp, window: ThisDesk, there: LentDesk
) -> None:
    nothing = WORDS.say("this_desk.nothing_there")
    assert states(window) == [f"Rime（IBus） {nothing}", f"Chromium · Default {nothing}"]
    assert not window.back_all.isEnabled()
    untick(window, "没有分组")
    window.page.put.click()
    done = WORDS.say("this_desk.done.phrases", count=1, name="")
    assert said(qtbot, window) == f"{done}\n{WORDS.say('this_desk.told')}"
    assert f"{CANARY}\ttk" in there.rime()
    assert "别的内容" not in there.rime()
    assert WORDS.say("this_desk.has.phrases", count=1) in states(window)[0]
    assert window.page.put.text() == WORDS.say("this_desk.update")
    window.page.all.click()
    window.page.put.click()
    qtbot.waitUntil(lambda: "别的内容" in there.rime())
    done = WORDS.say("this_desk.done.phrases", count=2, name="")
    assert said(qtbot, window) == f"{done}\n{WORDS.say('this_desk.told')}"
    window.page.back.click()
    qtbot.waitUntil(lambda: window.page.result.text() == WORDS.say("this_desk.taken_back"))
    assert there.rime() == RIME
    assert not window.page.back.isVisible()
    assert not window.back_all.isEnabled()


def test_folders_are_put_into_a_browser_and_what_is_left_out_is_named(
    qtbot: QtBot, window: ThisDesk, there: LentDesk
) -> None:
    choose(window, 1)
    window.page.put.click()
    done = WORDS.say("this_desk.done.bookmarks", count=2, name="")
    missed = WORDS.say("this_desk.missed_count", count=1)
    assert said(qtbot, window) == f"{done}\n{missed}"
    lines = window.page.problems.lines
    assert [lines.index(at, 0).data() for at in range(lines.rowCount())] == ["脚本"]
    assert b"https://a.test/" in there.bookmarks()
    untick(window, "没有放进文件夹")
    window.page.put.click()
    qtbot.waitUntil(lambda: b"https://c.test/" not in there.bookmarks() and not window.busy)
    assert b"https://a.test/" in there.bookmarks()
    assert WORDS.say("this_desk.has.bookmarks", count=1) in states(window)[1]


def test_what_was_added_in_the_browser_is_kept_by_an_update(
    qtbot: QtBot, app: TrayApp, window: ThisDesk, there: LentDesk
) -> None:
    choose(window, 1)
    window.page.put.click()
    said(qtbot, window)
    root = json.loads(there.bookmarks())
    ours = root["roots"]["bookmark_bar"]["children"][-1]
    link = {"type": "url", "name": "新的", "url": "https://new.test/"}
    ours["children"].append(link | {"guid": "0" * 36, "id": "99"})
    there.bookmarks_file.write_bytes(tree.dumps(root))
    window.page.put.click()
    qtbot.waitUntil(lambda: WORDS.say("this_desk.has.bookmarks", count=3) in states(window)[1])
    urls = [mark.url for mark in session_of(app).profile.bookmarks()]
    assert urls.count("https://new.test/") == 1
    assert there.bookmarks().count(b"https://new.test/") == 1
    window.back_all.click()
    qtbot.waitUntil(lambda: there.bookmarks() == there.before or not window.busy)
    assert b"https://a.test/" not in there.bookmarks()


def test_a_browser_that_is_open_is_refused_and_seen_to_be_closed(
    qtbot: QtBot, window: ThisDesk, there: LentDesk
) -> None:
    lock = there.open_browser()
    choose(window, 1)
    window.page.put.click()
    assert said(qtbot, window) == WORDS.say("browser.refused.running")
    assert WORDS.say("this_desk.refused.running") in states(window)[1]
    assert there.bookmarks() == there.before
    lock.unlink()
    window.looked_at.emit()
    qtbot.waitUntil(lambda: WORDS.say("this_desk.nothing_there") in states(window)[1])
    window.page.put.click()
    qtbot.waitUntil(lambda: b"https://a.test/" in there.bookmarks())


def test_what_cannot_be_taken_back_is_said(qtbot: QtBot, window: ThisDesk, there: LentDesk) -> None:
    choose(window, 1)
    window.page.put.click()
    said(qtbot, window)
    there.open_browser()
    window.back_all.click()
    qtbot.waitUntil(lambda: WORDS.say("loans.remains") in window.page.result.text())
    assert WORDS.say("browser.remains.running") in window.page.result.text()
    assert window.back_all.isEnabled()


def test_a_browser_with_an_account_is_asked_about_once_more(
    qtbot: QtBot, window: ThisDesk, there: LentDesk
) -> None:
    there.sign_in_browser()
    choose(window, 1)
    assert not window.page.own.isVisible()
    window.page.put.click()
    assert said(qtbot, window) == WORDS.say("browser.refused.synced")
    assert there.bookmarks() == there.before
    assert not window.page.put.isVisible()
    choose(window, 0)
    assert window.page.put.isVisible() and not window.page.own.isVisible()
    choose(window, 1)
    window.page.put.click()
    qtbot.waitUntil(window.page.own.isVisible)
    window.page.own.click()
    qtbot.waitUntil(lambda: b"https://a.test/" in there.bookmarks() and not window.busy)


def test_for_an_input_method_that_nobody_else_may_write_a_file_is_made(
    qtbot: QtBot,
    window: ThisDesk,
    there: LentDesk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (there.home / ".config/sogoupinyin").mkdir()
    window.looked_at.emit()
    qtbot.waitUntil(lambda: len(states(window)) == 3)
    choose(window, 1)
    assert not window.page.put.isVisible()
    untick(window, "没有分组")
    file = tmp_path / "out.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    window.page.export.click()
    assert not window.busy
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    window.page.export.click()
    written = WORDS.say("this_desk.written.sogou", count=1, name="out.txt")
    assert said(qtbot, window) == written
    assert [item.body for item in sogou.read(file.read_bytes(), "out.txt").phrases] == [CANARY]
    file.unlink()
    file.mkdir()
    window.page.export.click()
    qtbot.waitUntil(lambda: not window.busy and window.page.result.text() != written)
    assert str(file) in window.page.result.text()


def test_an_empty_desk_says_what_is_looked_for(
    qtbot: QtBot, app: TrayApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    app.act("desk")
    window = app.lending.window
    qtbot.waitUntil(lambda: window.heading.text() == WORDS.say("this_desk.found_none"))
    assert window.text.text() == WORDS.say("this_desk.looked_for")


def test_keys_and_coming_back(
    qtbot: QtBot, app: TrayApp, window: ThisDesk, there: LentDesk, qapp: QApplication
) -> None:
    QTest.keyClick(window.places, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: CANARY in there.rime())
    said(qtbot, window)
    assert window.focusWidget() is window.places
    looks: list[int] = []
    window.looked_at.connect(lambda: looks.append(1))
    if not window.isActiveWindow():
        qapp.setActiveWindow(window)
    qapp.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert bool(looks) == window.isActiveWindow()
    # What became of it is still to be read when this desk was looked at once more.
    app.lending.look()
    assert window.page.result.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_signing_out_empties_the_window_and_the_desk(
    qtbot: QtBot, app: TrayApp, window: ThisDesk, there: LentDesk
) -> None:
    window.page.put.click()
    said(qtbot, window)
    app.sign_out()
    qtbot.waitUntil(app.leaving.window.close_it.isVisible)
    assert app.leaving.window.heading.text() == WORDS.say("left.nothing")
    assert there.rime() == RIME
    assert not window.isVisible()
    assert states(window) == []
    assert window.page.shares.model().rowCount() == 0
    app.act("desk")
    assert not window.isVisible()


def test_signing_out_says_what_remains_and_what_to_do(
    qtbot: QtBot, app: TrayApp, window: ThisDesk, there: LentDesk
) -> None:
    choose(window, 1)
    window.page.put.click()
    said(qtbot, window)
    there.open_browser()
    app.sign_out()
    left = app.leaving.window
    qtbot.waitUntil(left.close_it.isVisible)
    shown = [part.text() for part in left.items.findChildren(QLabel)]
    why = Message(WORDS.say("browser.remains.running"), WORDS.say("leaving.remains_do"), "")
    assert shown == ["Chromium · Default", str(why)]
