"""Writing in the phrase window: what is typed is saved when left and not lost to another desk."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.session.library import details_of
from tests.ui.library_window import WORDS, Opened, opened_at_a_phrase

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


def names(desk: Opened) -> list[str]:
    return [done.name for done in desk.done]


def test_leaving_a_field_saves_it_and_only_it(desk: Opened, id: str) -> None:
    editor = desk.window.editor
    editor.title.setFocus()
    editor.title.selectAll()
    QTest.keyClicks(editor.title, " Refund ")
    QTest.keyClick(editor.title, Qt.Key.Key_Tab)
    assert desk.phrase(id).title == "Refund" == editor.title.text()
    assert names(desk) == ["write"]
    editor.abbr.setFocus()
    editor.tags.setFocus()
    assert names(desk) == ["write"]
    editor.tags.setText("急，VIP 客户, 急")
    editor.body.setFocus()
    assert desk.phrase(id).tags == ("急", "VIP 客户")
    editor.body.setPlainText("第二版\n第二行")
    editor.abbr.setFocus()
    assert desk.phrase(id).body == "第二版\n第二行"
    assert desk.profile.history(id, "body") == [BODY]


@pytest.mark.parametrize("way", ["keys", "another", "place", "close"])
def test_whatever_leaves_the_phrase_saves_it(desk: Opened, id: str, way: str) -> None:
    editor = desk.window.editor
    editor.body.setFocus()
    editor.body.insertPlainText("新")
    if way == "keys":
        QTest.keyClick(editor.body, Qt.Key.Key_S, CONTROL)
        assert editor.body.hasFocus()
    elif way == "another":
        desk.window.rows.choose([desk.profile.phrases()[1].id])
    elif way == "place":
        desk.window.places.choose("trash")
    else:
        QTest.keyClick(editor.body, Qt.Key.Key_Escape)
        assert not desk.window.isVisible()
    assert desk.phrase(id).body == f"新{BODY}"


def test_what_only_looks_different_is_not_written(desk: Opened, id: str) -> None:
    odd = "一\u00a0二\r\n三\u2028四\t{a}"
    desk.profile.change(id, body=odd, title=" 退 款 ", tags=("a,b",))
    desk.refresh()
    desk.window.rows.choose([desk.profile.phrases()[1].id])
    assert desk.phrase(id).body == odd
    assert names(desk) == []
    desk.window.rows.choose([id])
    desk.window.editor.body.insertPlainText("零")
    desk.window.editor.flush()
    assert desk.phrase(id).body.startswith("零一\u00a0二\n三")


def test_a_new_phrase_is_made_of_what_was_written_in_the_chosen_set(desk: Opened) -> None:
    keys = {held.title: held.key for held in desk.window.side.model.places}
    desk.window.places.choose(keys["物流"])
    QTest.keyClick(desk.window, Qt.Key.Key_N, CONTROL)
    editor = desk.window.editor
    assert editor.title.hasFocus()
    QTest.keyClick(desk.window, Qt.Key.Key_S, CONTROL)
    assert names(desk) == []
    editor.body.setPlainText("快递在路上\n请放心")
    editor.star.click()
    editor.abbr.setFocus()
    assert names(desk) == ["new"]
    assert desk.titles == ["快递在路上"]
    (made,) = (phrase for phrase in desk.profile.phrases() if phrase.body.startswith("快递"))
    assert (made.title, made.favourite) == ("快递在路上", True)
    assert editor.id == made.id and editor.title.text() == made.title
    # Written on: it is the same phrase.
    editor.abbr.setText("kd")
    editor.body.setFocus()
    assert desk.phrase(made.id).abbr == "kd"
    assert len(desk.profile.phrases()) == 8
    desk.window.acts.do("undo")
    desk.window.acts.do("undo")
    assert desk.titles == []


def test_control_z_takes_back_typing_first_and_then_acts(desk: Opened, id: str) -> None:
    editor = desk.window.editor
    editor.star.click()
    assert desk.phrase(id).favourite
    editor.body.setFocus()
    QTest.keyClicks(editor.body, "abc")
    QTest.keyClick(editor.body, Qt.Key.Key_Z, CONTROL)
    assert editor.body.text() == BODY
    QTest.keyClick(editor.body, Qt.Key.Key_Z, CONTROL)
    assert not desk.phrase(id).favourite
    assert desk.said == WORDS.say("library.undone", act="收藏了 1 条")
    QTest.keyClick(editor.body, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert not desk.phrase(id).favourite or desk.said.startswith("又做了一遍")


@pytest.mark.parametrize("line", ["title", "body"])
def test_control_y_does_typing_again_and_no_word_about_nothing_stays(
    desk: Opened, line: str
) -> None:
    part = getattr(desk.window.editor, line)
    before = part.text()
    part.setFocus()
    QTest.keyClicks(part, "abc")
    typed = part.text()
    QTest.keyClick(part, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(part, Qt.Key.Key_Z, CONTROL)
    assert (part.text(), desk.said) == (before, WORDS.say("library.nothing"))
    QTest.keyClick(part, Qt.Key.Key_Y, CONTROL)
    assert (part.text(), desk.said) == (typed, "")
    assert desk.window.foot.keys.isVisible()


def test_what_comes_while_one_types_is_shown_and_becomes_a_conflict(desk: Opened, id: str) -> None:
    other, editor = desk.elsewhere(), desk.window.editor
    editor.body.setFocus()
    editor.body.setPlainText("这边写的")
    other.change(id, body="那边写的", title="那边的标题")
    desk.sync(other)
    assert editor.body.text() == "这边写的"
    assert editor.title.text() == "那边的标题"
    assert editor.notice.text.text() == WORDS.say("library.elsewhere")
    QTest.keyClick(editor.body, Qt.Key.Key_S, CONTROL)
    assert desk.phrase(id).body == "这边写的"
    assert [one.value for one in desk.profile.conflicts()[id]["body"]] == ["那边写的"]
    assert desk.said == WORDS.say("library.kept_both")
    assert editor.notice.act.text() == WORDS.say("library.look")
    QTest.mouseClick(editor.notice.act, Qt.MouseButton.LeftButton)
    clash = desk.window.clash
    assert clash.isVisible()
    assert (clash.left.toPlainText(), clash.right.toPlainText()) == ("这边写的", "那边写的")


def test_what_comes_while_one_does_not_type_is_shown_at_once(desk: Opened, id: str) -> None:
    other, editor = desk.elsewhere(), desk.window.editor
    other.change(id, body="那边写的", abbr="x", tags=("新",))
    desk.sync(other)
    assert (editor.body.text(), editor.abbr.text(), editor.tags.text()) == ("那边写的", "x", "新")
    assert not editor.notice.isVisible()
    assert names(desk) == []


def test_what_was_read_before_something_was_written_is_not_shown(desk: Opened, id: str) -> None:
    editor = desk.window.editor
    before, writes = details_of(desk.profile, {}, id), editor.writes
    editor.body.setPlainText("neu")
    editor.flush()
    desk.window.show_details(before, writes)
    assert editor.body.text() == "neu"


def test_nobody_types_into_the_phrase_that_was_shown_before(desk: Opened) -> None:
    # As long as the worker has not answered.
    desk.window.looked.disconnect(desk.look)
    other = desk.profile.phrases()[1]
    desk.window.rows.choose([other.id])
    editor = desk.window.editor
    assert (editor.id, editor.title.text(), editor.body.text()) == (other.id, "1", other.body)
    editor.body.insertPlainText("neu")
    editor.flush()
    assert desk.phrase(other.id).body == f"neu{other.body}"


def test_tags_of_two_desks_are_all_kept(desk: Opened, id: str) -> None:
    other, editor = desk.elsewhere(), desk.window.editor
    editor.tags.setFocus()
    editor.tags.setText("急，这边")
    other.change(id, tags=("急", "那边"))
    desk.sync(other)
    editor.body.setFocus()
    assert set(desk.phrase(id).tags) == {"急", "这边", "那边"}


def test_what_was_deleted_elsewhere_while_one_types_comes_back(desk: Opened, id: str) -> None:
    other, editor = desk.elsewhere(), desk.window.editor
    editor.body.setFocus()
    editor.body.setPlainText("还要用的")
    other.trash(id)
    desk.sync(other)
    assert desk.phrase(id).body == "还要用的"


def test_the_preview_follows_the_typing(desk: Opened, qtbot: QtBot) -> None:
    editor = desk.window.editor
    editor.body.setPlainText("{称呼}，<b>好</b>\n{{}}")
    wanted = "称呼，<b>好</b>\n{}"
    preview = editor.below.preview
    qtbot.waitUntil(lambda: "".join(preview.toPlainText().split(" ")) == wanted)
