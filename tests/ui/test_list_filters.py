"""Windows with a list open in their filter, and what is typed in the list goes there as well."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.bookmarks_window import Desk, desk_on_some
from tests.ui.library_window import Opened, choose, opened_on_some

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def phrases(qtbot: QtBot) -> Iterator[Opened]:
    found = opened_on_some()
    qtbot.addWidget(found.window)
    yield found


@pytest.fixture
def marks(qtbot: QtBot) -> Iterator[Desk]:
    found = desk_on_some()
    qtbot.addWidget(found.window)
    yield found


def test_the_phrases_open_in_the_filter_and_with_nothing_of_before(
    phrases: Opened, qtbot: QtBot
) -> None:
    window = phrases.window
    assert window.search.hasFocus()
    choose(phrases, "1")
    window.rows.setFocus()
    assert window.editor.isVisible()
    window.close()
    window.forget()
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    phrases.refresh()
    assert window.search.hasFocus()
    assert window.many.isVisible() and not window.editor.isVisible()


def test_the_bookmarks_open_in_the_search(marks: Desk, qtbot: QtBot) -> None:
    window = marks.window
    assert window.search.hasFocus()
    marks.choose("1")
    window.close()
    window.forget()
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    assert window.search.hasFocus()


def test_letters_typed_in_the_phrases_go_to_the_filter(phrases: Opened) -> None:
    window = phrases.window
    choose(phrases, "1")
    window.rows.setFocus()
    # Keys that mean something in a list still do there.
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(window.rows, key)
    assert window.rows.hasFocus() and not window.search.text()
    QTest.keyClick(window.rows, Qt.Key.Key_A, CONTROL)
    assert len(window.chosen) == 6 and not window.search.text()
    QTest.keyClicks(window.rows, "T")
    assert window.search.hasFocus() and window.search.text() == "T"
    QTest.keyClick(window.search, Qt.Key.Key_K)
    assert window.search.text() == "Tk"


def test_letters_typed_in_the_bookmarks_go_to_the_search(marks: Desk) -> None:
    marks.choose("1")
    QTest.keyClick(marks.window.tree_view, Qt.Key.Key_3)
    assert marks.window.search.hasFocus() and marks.window.search.text() == "3"
    assert marks.chosen == ["3"]
