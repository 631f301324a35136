"""A file is brought in by the running app: looked at first, taken in, and taken back."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.app.tray_app import TrayApp
from companion.formats import chromium_tree as tree
from companion.formats import delimited
from companion.formats.items import PhraseItem
from companion.session.planning import Planned
from companion.session.session import Session
from companion.ui.import_window import ImportWindow
from companion.ui.words import Words
from tests.app.conftest import MakeApp
from tests.app.stores import SlowServer, new_session

WORDS = Words("zh")
TABLE = "title,body,abbr,set\n退款,新的,tk,售后\n换货,可以换,hh,售后\n退,旧的,,别处\n"
MARKS = '<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><A HREF="https://a.test/">物流</A></DL>'


@pytest.fixture
def app(qtbot: QtBot, make_app: MakeApp, tmp_path: Path, server: SlowServer) -> TrayApp:
    app = make_app(tmp_path / "home")
    session = new_session(tmp_path / "home", server)
    parent = session.profile.add("set", title="售后")
    session.profile.add("phrase", title="退款", body="旧的", abbr="tk", parent=parent)
    app.seating.opened.emit(session)
    qtbot.waitUntil(lambda: not app.syncing.running)
    return app


@pytest.fixture
def window(app: TrayApp) -> Iterator[ImportWindow]:
    app.tray.actions["import"].trigger()
    window = app.bringing.window
    assert window.isVisible()
    yield window
    # What was made for it would slow down every test after this one.
    window.close()
    app.bringing.end()
    gc.collect()


def test_by_keys_alone_the_picker_leads_to_everything_else(app: TrayApp, qtbot: QtBot) -> None:
    app.inserting.open()
    picker = app.inserting.picker
    QTest.keyClick(picker.search, Qt.Key.Key_F10)
    menu = app.tray.menu
    qtbot.waitUntil(menu.isVisible)
    assert picker.isVisible()
    QTest.keyClick(menu, Qt.Key.Key_I)
    qtbot.waitUntil(app.bringing.window.isVisible)
    app.bringing.window.close()


def session_of(app: TrayApp) -> Session:
    assert app.session is not None
    return app.session


def bodies(app: TrayApp) -> list[str]:
    return sorted(phrase.body for phrase in session_of(app).profile.phrases())


def read(qtbot: QtBot, app: TrayApp, file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    app.bringing.read(file)
    qtbot.waitUntil(app.bringing.window.take.isVisible)


def fates(window: ImportWindow) -> list[str]:
    return [row.fate.value for row in window.preview.model.rows if isinstance(row, Planned)]


def test_it_is_looked_at_taken_in_and_taken_back(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    read(qtbot, app, tmp_path / "话术.csv", TABLE)
    assert fates(window) == ["changed", "new", "duplicate"]
    assert window.preview.now.toPlainText() == "旧的"
    assert window.preview.shown.toPlainText() == "新的"
    assert bodies(app) == ["旧的"]
    assert window.take.text() == WORDS.say("import.take", count=3)
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.undo.isVisible)
    assert bodies(app) == ["可以换", "新的", "旧的"]
    window.undo.click()
    qtbot.waitUntil(window.other.isVisible)
    assert bodies(app) == ["旧的"]
    assert window.heading.text() == WORDS.say("import.taken_back", count=3)


def test_the_agent_decides_where_and_what(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    read(qtbot, app, tmp_path / "话术.csv", TABLE)
    window.preview.doubles.click()
    qtbot.waitUntil(lambda: window.take.text() == WORDS.say("import.take", count=2))
    window.preview.changes.click()
    qtbot.waitUntil(lambda: window.take.text() == WORDS.say("import.take", count=1))
    window.preview.into.setFocus()
    window.preview.into.setCurrentText("我的")
    QTest.keyClick(window.preview.into, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: fates(window) == ["new", "new", "duplicate"])
    window.preview.into.setCurrentIndex(0)
    window.preview.into.activated.emit(0)
    qtbot.waitUntil(lambda: fates(window)[0] == "changed")
    window.take.click()
    qtbot.waitUntil(window.undo.isVisible)
    assert bodies(app) == ["可以换", "旧的"]


def test_the_last_import_is_offered_when_the_window_opens_again(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    read(qtbot, app, tmp_path / "书签.html", MARKS)
    window.take.click()
    qtbot.waitUntil(window.undo.isVisible)
    assert [mark.title for mark in session_of(app).profile.bookmarks()] == ["物流"]
    window.close()
    app.tray.actions["import"].trigger()
    qtbot.waitUntil(window.undo.isVisible)
    assert "书签.html" in window.notice.text()
    window.undo.click()
    qtbot.waitUntil(lambda: not session_of(app).profile.bookmarks())


def test_what_can_be_read_of_a_broken_file_is_offered(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "good.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "a" / "bad.csv").write_text('title,body\nx,"open\n', encoding="utf-8")
    app.bringing.read(tmp_path / "a")
    qtbot.waitUntil(window.good.isVisible)
    assert bodies(app) == ["旧的"]
    assert window.good.text() == WORDS.say("import.keep_good", count=3)
    window.good.click()
    qtbot.waitUntil(window.take.isVisible)
    window.take.click()
    qtbot.waitUntil(window.undo.isVisible)
    assert len(bodies(app)) == 3


def test_a_file_that_nobody_knows_is_refused_and_another_asked_for(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    (tmp_path / "x.bin").write_bytes(bytes(range(256)))
    app.bringing.read(tmp_path / "x.bin")
    qtbot.waitUntil(window.other.isVisible)
    assert not window.good.isVisible()
    window.other.click()
    assert window.file.isVisible()


def test_a_reading_can_be_stopped(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    many = [PhraseItem(str(n), f"内容{n}" * 20) for n in range(30_000)]
    (tmp_path / "many.csv").write_bytes(delimited.write_phrases(many).data)
    app.bringing.read(tmp_path / "many.csv")
    qtbot.waitUntil(window.stop.isVisible)
    window.stop.click()
    qtbot.waitUntil(window.file.isVisible)
    assert not window.take.isVisible()


def test_what_is_dropped_is_read(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    file = tmp_path / "话术.csv"
    file.write_text(TABLE, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entered = QDragEnterEvent(window.rect().center(), copy, data, left, none)
    window.dragEnterEvent(entered)
    assert entered.isAccepted()
    window.dropEvent(QDropEvent(QPointF(window.rect().center()), copy, data, left, none))
    qtbot.waitUntil(window.take.isVisible)


def test_another_format_may_be_chosen(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    read(qtbot, app, tmp_path / "话术.csv", TABLE)
    box = window.preview.format
    assert box.currentData() == "delimited"
    box.setCurrentIndex(box.findData("beeftext"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(window.other.isVisible)
    qtbot.waitUntil(lambda: not window.take.isVisible())
    assert "Beeftext" in window.heading.text()


def test_a_chip_narrows_the_list(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    read(qtbot, app, tmp_path / "话术.csv", TABLE + "空,,,\n")
    chips = {str(chip.property("filter")): chip for chip in window.preview.chips}
    assert list(chips) == ["all", "new", "changed", "duplicate", "problems"]
    chips["new"].click()
    assert fates(window) == ["new"]
    chips["problems"].click()
    assert window.preview.model.rowCount() == 1
    chips["all"].click()
    assert len(fates(window)) == 3


def test_signing_out_puts_it_away(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    read(qtbot, app, tmp_path / "话术.csv", TABLE)
    app.put_away()
    assert not window.isVisible()
    assert window.preview.model.rowCount() == 0
    assert window.preview.heading.text() == ""
    assert window.preview.shown.toPlainText() == ""


def test_thousands_are_looked_at_and_taken_in(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    many = [PhraseItem(str(n), f"内容{n}", set=f"组{n % 40}") for n in range(5_000)]
    (tmp_path / "many.csv").write_bytes(delimited.write_phrases(many).data)
    app.bringing.read(tmp_path / "many.csv")
    qtbot.waitUntil(window.take.isVisible, timeout=60_000)
    assert window.preview.model.rowCount() == 5_000
    window.take.click()
    qtbot.waitUntil(window.undo.isVisible, timeout=60_000)
    assert len(bodies(app)) == 5_001


def test_the_agent_says_what_the_columns_hold(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    table = "类别,甲,乙\n售后,退款怎么办,马上为您办理退款\n物流,到哪了,帮您查一下物流\n"
    read(qtbot, app, tmp_path / "话术.csv", table)
    columns = window.preview.columns
    assert columns.isVisible()
    for role, number in (("title", "2"), ("body", "3"), ("set", "1")):
        box = columns.boxes[role]
        box.setCurrentIndex(box.findData(number))
        box.activated.emit(box.currentIndex())
    qtbot.waitUntil(
        lambda: (
            [
                (row.place, row.item.title, row.item.body)
                for row in window.preview.model.rows
                if isinstance(row, Planned)
            ][-2:]
            == [
                (("售后",), "退款怎么办", "马上为您办理退款"),
                (("物流",), "到哪了", "帮您查一下物流"),
            ]
        )
    )


def test_what_is_no_table_has_no_columns(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    read(qtbot, app, tmp_path / "书签.html", MARKS)
    assert not window.preview.columns.isVisible()


@pytest.mark.skipif(sys.platform != "linux", reason="the folder is that of Linux")
def test_bookmarks_come_from_a_browser_of_this_desk(
    qtbot: QtBot, app: TrayApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = tmp_path / "user/.config/chromium/Default"
    profile.mkdir(parents=True)
    (profile / "Preferences").write_text("{}")
    root = tree.empty()
    node = {"type": "url", "name": "物流", "url": "https://a.test/", "id": "7", "guid": "9" * 36}
    tree.children(root["roots"]["bookmark_bar"]).append(node)
    (profile / "Bookmarks").write_bytes(tree.dumps(root))
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    app.tray.actions["import"].trigger()
    window = app.bringing.window
    qtbot.waitUntil(lambda: len(window.browsers) == 1)
    window.browsers[0].click()
    qtbot.waitUntil(window.take.isVisible)
    window.take.click()
    qtbot.waitUntil(window.undo.isVisible)
    assert [mark.url for mark in session_of(app).profile.bookmarks()] == ["https://a.test/"]
