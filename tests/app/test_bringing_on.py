"""After an import: the window that shows it, and the next file, but none while one is taken in."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from companion.app.editing import Editing
from companion.app.tray_app import TrayApp
from companion.ui.import_window import ImportWindow
from companion.ui.words import Words
from tests.app.conftest import MakeApp
from tests.app.stores import SlowServer, new_session

FILES = {
    "phrases": "title,body\n退款,马上办\n",
    "bookmarks": '<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><A HREF="https://a.test/">物流</A></DL>',
}
WORDS = Words("zh")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def app(qtbot: QtBot, make_app: MakeApp, tmp_path: Path, server: SlowServer) -> TrayApp:
    app = make_app(tmp_path / "home")
    app.seating.opened.emit(new_session(tmp_path / "home", server))
    qtbot.waitUntil(lambda: not app.syncing.running)
    return app


@pytest.fixture
def window(app: TrayApp) -> Iterator[ImportWindow]:
    app.act("import")
    yield app.bringing.window
    app.bringing.window.close()
    app.bringing.end()
    gc.collect()


def read(qtbot: QtBot, app: TrayApp, folder: Path, holds: str) -> None:
    path = folder / holds
    path.write_text(FILES[holds], encoding="utf-8")
    app.bringing.read(path)
    qtbot.waitUntil(app.bringing.window.take.isVisible)


@pytest.mark.parametrize("holds", FILES)
def test_what_was_brought_in_is_looked_at_in_its_own_window(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path, holds: str
) -> None:
    read(qtbot, app, tmp_path, holds)
    window.take.click()
    qtbot.waitUntil(window.look.isVisible)
    window.look.click()
    opened: dict[str, Editing[Any]] = {"phrases": app.editing, "bookmarks": app.marking}

    def seen() -> bool:
        writing = opened[holds].writing
        return writing is not None and bool(writing.window.isVisible())

    qtbot.waitUntil(seen)
    del opened[holds]
    assert [one.writing for one in opened.values()] == [None]


def test_the_next_file_may_come_while_one_is_looked_at_but_not_while_it_is_taken_in(
    qtbot: QtBot,
    app: TrayApp,
    window: ImportWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    def choose(*said: object) -> tuple[str, str]:
        asked.append(said)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    read(qtbot, app, tmp_path, "phrases")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_O, CONTROL)
    assert len(asked) == 1
    assert may_come(window, tmp_path / "phrases")
    window.show_taking("phrases")
    QTest.keyClick(window, Qt.Key.Key_O, CONTROL)
    assert len(asked) == 1
    assert not may_come(window, tmp_path / "phrases")


def may_come(window: ImportWindow, path: Path) -> bool:
    """Whether a file that is dragged over the window is taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDragEnterEvent(QPoint(9, 9), actions, data, buttons, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    window.dragEnterEvent(event)
    return event.isAccepted()


def test_what_lies_beside_is_gone_over_to_and_taken_in_too(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "both"
    folder.mkdir()
    for holds, content in FILES.items():
        (folder / holds).write_text(content, encoding="utf-8")
    app.bringing.read(folder)
    first, second = (WORDS.say(f"import.beside.{holds}", count=1) for holds in FILES)
    qtbot.waitUntil(window.take.isVisible)
    # As many of each: bookmarks come first, and what lies beside is the phrase.
    assert window.beside.text() == first
    window.beside.click()
    qtbot.waitUntil(lambda: window.beside.text() == second)
    qtbot.waitUntil(window.take.isVisible)
    window.take.click()
    qtbot.waitUntil(window.look.isVisible)
    window.beside.click()
    qtbot.waitUntil(window.take.isVisible)
    window.take.click()
    qtbot.waitUntil(window.look.isVisible)
    session = app.session
    assert session is not None
    assert (len(session.profile.phrases()), len(session.profile.bookmarks())) == (1, 1)


def test_another_one_still_offers_to_take_the_last_import_back(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    read(qtbot, app, tmp_path, "phrases")
    window.take.click()
    qtbot.waitUntil(window.look.isVisible)
    window.other.click()
    qtbot.waitUntil(lambda: window.undo.isVisible() and window.file.isVisible())
    assert window.undo.text() == WORDS.say("import.undo_last")
    window.undo.click()
    qtbot.waitUntil(lambda: window.heading.text() == WORDS.say("import.taken_back", count=1))


def test_an_empty_file_and_one_that_nobody_knows_are_told_in_the_words_of_a_window(
    qtbot: QtBot, app: TrayApp, window: ImportWindow, tmp_path: Path
) -> None:
    path = tmp_path / "什么.csv"
    path.touch()
    app.bringing.read(path)
    qtbot.waitUntil(lambda: window.heading.text() == WORDS.say("import.empty", name=path.name))
    assert not window.take.isVisible()
    other = tmp_path / "什么"
    other.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    app.bringing.read(other)
    qtbot.waitUntil(lambda: WORDS.say("import.unknown_do") in window.text.text())
    assert "--format" not in window.text.text()


def test_a_dialog_begins_where_the_last_one_was_until_somebody_else_comes(
    app: TrayApp, window: ImportWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(_window: object, _title: str, folder: str) -> tuple[str, str]:
        asked.append(folder)
        return str(tmp_path / "there" / "a.csv"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    window.file_wanted.emit()
    window.file_wanted.emit()
    app.bringing.put_away()
    window.file_wanted.emit()
    assert asked == [str(Path.home()), str(tmp_path / "there"), str(Path.home())]
