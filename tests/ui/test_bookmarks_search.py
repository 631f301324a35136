"""The bookmark window: the search, what teams share, what is pasted, and what is heard of it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from companion.profile.profile import Profile
from companion.session.bookmark_tree import BOOKMARK, FOLDER
from companion.ui.bookmarks_acts import KEYS
from tests.session.test_bookmark_tree import PACK
from tests.ui.bookmarks_window import WORDS, Desk, desk_on_some, desk_with, press

CONTROL = Qt.KeyboardModifier.ControlModifier
DOWN, ENTER, DELETE = Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Delete


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    found = desk_on_some()
    qtbot.addWidget(found.window)
    yield found


def test_the_search_finds_by_title_address_tag_and_pinyin(desk: Desk) -> None:
    home = desk.profile.add(FOLDER, title="物流", parent=desk.id("b"))
    facts = {"title": "顺丰运单", "url": "https://sf.example/track", "tags": ("快递",)}
    desk.profile.add(BOOKMARK, **facts, parent=home)
    desk.refresh()
    window = desk.window
    for typed in ("顺丰", "sfyd", "shunfeng", "sf.example", "快递"):
        press(desk, Qt.Key.Key_F, CONTROL)
        window.search.setText(typed)
        assert [node.title for node in (line.node for line in window.left.model.rows)] == [
            "顺丰运单"
        ], typed
    where = window.tree_view.delegate.where(desk.mark("顺丰运单").parent)
    assert where.replace("\u2068", "").replace("\u2069", "") == "a / b / 物流"
    press(desk, DOWN)
    assert desk.chosen == ["顺丰运单"] and window.tree_view.hasFocus()
    # What was found is shown in its place when the search is over.
    press(desk, Qt.Key.Key_Escape)
    assert window.search.text() == "" and desk.chosen == ["顺丰运单"]
    assert "...顺丰运单" in desk.seen
    window.search.setText("没有这个")
    assert window.left.advice.text() == WORDS.say("library.empty.filter", typed="没有这个")
    press(desk, Qt.Key.Key_Escape)
    assert window.isVisible()
    press(desk, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_what_a_team_shares_is_only_copied(qtbot: QtBot) -> None:
    desk = desk_on_some({"t": PACK})
    qtbot.addWidget(desk.window)
    desk.window.open_at(desk.id("退货规则"))
    editor = desk.window.editor
    assert editor.title.isReadOnly() and not editor.trash.isVisible()
    press(desk, DELETE)
    press(desk, Qt.Key.Key_X, CONTROL)
    assert desk.done == []
    desk.choose("规则")
    QTest.mouseClick(editor.notice.act, Qt.MouseButton.LeftButton)
    own = [node for node in desk.window.tree.nodes.values() if node.ours and "规则" in node.title]
    assert [(node.kind, node.title) for node in own] == [(FOLDER, "规则"), (BOOKMARK, "退货规则")]


def test_addresses_are_pasted_behind_what_is_chosen(desk: Desk) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("https://n1.example/\n www.n2.example/a \n\nhttps://n1.example/")
    desk.choose("1")
    press(desk, Qt.Key.Key_V, CONTROL)
    assert desk.seen == "a .b ..3 .1 .https://n1.example/ .https://www.n2.example/a .2 c .4 5"
    clipboard.setText("see https://n3.example/ there")
    press(desk, Qt.Key.Key_V, CONTROL)
    assert desk.said == WORDS.say("marks.paste.none")
    data = QMimeData()
    data.setUrls([QUrl("https://u.example/%E9%80%80")])
    clipboard.setMimeData(data)
    desk.choose("c")
    press(desk, Qt.Key.Key_V, CONTROL)
    assert desk.seen.endswith("c .4 .https://u.example/%E9%80%80 5")
    clipboard.clear()


def test_after_what_was_made_is_taken_back_nothing_else_is_chosen(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("https://n1.example/")
    desk.choose("1")
    press(desk, Qt.Key.Key_V, CONTROL)
    assert desk.chosen == ["https://n1.example/"]
    press(desk, Qt.Key.Key_Z, CONTROL)
    assert desk.chosen == []
    press(desk, DELETE)
    assert desk.window.tree.count == 5
    QGuiApplication.clipboard().clear()


def test_without_bookmarks_it_says_how_they_come(qtbot: QtBot) -> None:
    desk = desk_with(Profile("p"))
    qtbot.addWidget(desk.window)
    left = desk.window.left
    assert left.advice.isVisible() and left.advice.text() == WORDS.say("marks.empty")
    ways: list[str] = []
    desk.window.way_wanted.connect(ways.append)
    QTest.mouseClick(left.ways["import"], Qt.MouseButton.LeftButton)
    assert ways == ["import"]
    assert not left.doubles.isEnabled() and not left.dead.isEnabled()
    QTest.mouseClick(left.ways["new"], Qt.MouseButton.LeftButton)
    QTest.keyClicks(desk.window.editor.url, "one.example")
    press(desk, ENTER)
    assert len(desk.profile.bookmarks()) == 1 and not left.advice.isVisible()


def test_every_part_has_a_name_for_a_screen_reader_and_every_key_a_word(desk: Desk) -> None:
    desk.choose("1")
    kinds = (QLineEdit, QAbstractButton, QListView)
    parts = [part for kind in kinds for part in desk.window.findChildren(kind)]
    named = [part for part in parts if part.isVisible() and not isinstance(part, QAbstractButton)]
    assert all(part.accessibleName() for part in named) and len(named) >= 5
    role = Qt.ItemDataRole.AccessibleTextRole
    model = desk.window.left.model
    assert model.data(model.index(0, 0), role) == "a，文件夹，3 个，第 1 层，已展开"
    assert model.data(model.index(3, 0), role) == "1 https://x1.example/"
    desk.profile.change(desk.id("1"), url="javascript:alert(1)")
    desk.refresh()
    desk.window.search.setText("1")
    desk.window.show_found("1", [desk.id("1")])
    assert model.data(model.index(0, 0), role) == "1 javascript:alert(1) \u2068a\u2069 不打开"
    assert all(WORDS.knows(f"marks.key.{name}") for name in KEYS)
    press(desk, Qt.Key.Key_F1)
    assert desk.window.acts.keys.isVisible()
    desk.window.acts.keys.hide()


def test_f6_goes_from_part_to_part(desk: Desk) -> None:
    desk.choose("1")
    window = desk.window
    for part in (window.editor.title, window.search, window.tree_view):
        press(desk, Qt.Key.Key_F6)
        assert part.hasFocus()
