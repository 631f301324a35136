"""The parts of a phrase in its window: wordings, earlier texts, HTML, images, programs."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.profile.desks import PNG
from tests.ui.library_window import Opened, opened_at_a_phrase

CONTROL = Qt.KeyboardModifier.ControlModifier
BODY = "第一版"


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Opened]:
    found = opened_at_a_phrase(BODY)
    qtbot.addWidget(found.window)
    yield found


@pytest.fixture
def id(desk: Opened) -> str:
    return desk.window.editor.id


def test_wordings_are_tabs_with_texts_of_their_own(desk: Opened, id: str) -> None:
    editor = desk.window.editor
    for action in editor.wordings.menu.actions()[:2]:
        action.trigger()
    bar = editor.wordings.bar
    assert [bar.tabText(at) for at in range(bar.count())] == ["正文", "口语", "书面"]
    assert bar.currentIndex() == 2
    editor.body.setPlainText("书面的")
    bar.setCurrentIndex(1)
    editor.body.setPlainText("口语的")
    editor.wordings.name.setText("随口")
    bar.setCurrentIndex(0)
    assert editor.body.text() == BODY
    held = [(one.title, one.body) for one in desk.profile.variants(id)]
    assert held == [("随口", "口语的"), ("书面", "书面的")]
    bar.setCurrentIndex(1)
    assert editor.body.text() == "口语的"
    QTest.mouseClick(editor.wordings.drop, Qt.MouseButton.LeftButton)
    assert [bar.tabText(at) for at in range(bar.count())] == ["正文", "书面"]
    assert (bar.currentIndex(), editor.body.text()) == (0, BODY)
    desk.window.acts.do("undo")
    assert bar.count() == 3


def test_undo_and_redo_show_each_earlier_text_once(desk: Opened, id: str) -> None:
    editor = desk.window.editor
    editor.body.setPlainText("zwei")
    editor.flush()
    for name in ("undo", "redo", "undo"):
        desk.window.acts.do(name)
    history = editor.below.history
    assert [history.item(row).text() for row in range(history.count())] == ["zwei"]
    desk.window.acts.do("redo")
    assert [history.item(row).text() for row in range(history.count())] == [BODY]


def test_whoever_adds_a_wording_writes_in_it(desk: Opened, id: str) -> None:
    editor = desk.window.editor
    editor.wordings.add.setFocus()
    editor.wordings.menu.actions()[0].trigger()
    focused = QApplication.focusWidget()
    assert focused is editor.body
    QTest.keyClicks(focused, "!")
    QTest.keyClick(focused, Qt.Key.Key_Tab)
    own = desk.phrase(id).body
    assert [variant.body for variant in desk.profile.variants(id)] == [f"{own}!"]


def test_a_wording_that_is_deleted_elsewhere_while_one_types_in_it_comes_back(
    desk: Opened, id: str
) -> None:
    editor = desk.window.editor
    editor.wordings.menu.actions()[0].trigger()
    other = desk.elsewhere()
    (variant,) = desk.profile.variants(id)
    other.trash(variant.id)
    editor.body.setPlainText("还在写")
    desk.sync(other)
    assert [one.body for one in desk.profile.variants(id)] == ["还在写"]
    assert desk.phrase(id).body == BODY


def test_an_earlier_text_is_brought_back(desk: Opened, id: str) -> None:
    for number in range(12):
        desk.profile.change(id, body=f"第{number}次")
    desk.refresh()
    below = desk.window.editor.below
    below.bar.setCurrentIndex(1)
    assert below.history.count() == 10
    below.history.setCurrentRow(2)
    assert below.earlier.toPlainText() == "第8次"
    QTest.mouseClick(below.bring_back, Qt.MouseButton.LeftButton)
    assert desk.phrase(id).body == "第8次" == desk.window.editor.body.text()
    assert desk.profile.history(id, "body")[0] == "第11次"


def test_html_is_marked_kept_until_the_text_is_changed_and_brought_back_whole(
    desk: Opened, id: str
) -> None:
    desk.profile.change(id, body="粗", rich="<b>粗</b>")
    desk.refresh()
    editor = desk.window.editor
    assert editor.rich.isVisible()
    editor.title.setText("还是它")
    editor.flush()
    assert desk.phrase(id).rich == "<b>粗</b>"
    editor.body.insertPlainText("很")
    editor.flush()
    assert (desk.phrase(id).body, desk.phrase(id).rich) == ("很粗", "")
    assert not editor.rich.isVisible()
    editor.below.bar.setCurrentIndex(1)
    QTest.mouseClick(editor.below.bring_back, Qt.MouseButton.LeftButton)
    assert desk.phrase(id).rich == "<b>粗</b>"


def test_images_and_programs_are_listed_and_images_removed(desk: Opened, id: str) -> None:
    desk.profile.add("image", title="收据.png", data=PNG, parent=id)
    desk.profile.set_program(id, "WeChat", keys="ctrl+v", plain=True, enter=True)
    desk.refresh()
    below = desk.window.editor.below
    assert [below.bar.tabText(at) for at in (2, 3)] == ["图片 1", "各程序 1"]
    assert below.programs.item(0).text() == "wechat  ctrl+v、只要纯文字、之后按回车"
    below.bar.setCurrentIndex(2)
    QTest.mouseClick(below.remove, Qt.MouseButton.LeftButton)
    assert desk.profile.images(id) == []
    assert below.images.count() == 0 and not below.remove.isVisible()
