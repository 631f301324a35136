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
from tests.app.conftest import MakeApp
from tests.app.stores import SlowServer, new_session

FILES = {
    "phrases": "title,body\n退款,马上办\n",
    "bookmarks": '<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><A HREF="https://a.test/">物流</A></DL>',
}
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
