"""Writing in the phrase window: what is typed is saved when left and not lost to another desk."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.profile.profile import Profile
from tests.profile.desks import PNG, exchange
from tests.ui.library_window import WORDS, Opened, opened, some

CONTROL = Qt.KeyboardModifier.ControlModifier
BODY = "第一版"


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Opened]:
    profile = Profile("p")
    some(profile)
    profile.add("phrase", title="退款", body=BODY, tags=("急",), abbr="tk")
    found = opened(profile)
    qtbot.addWidget(found.window)
    found.window.open_at(found.profile.phrases()[0].id)
    yield found


@pytest.fixture
def id(desk: Opened) -> str:
    return desk.window.editor.id


def elsewhere(desk: Opened) -> Profile:
    """The same profile at another desk."""
    other = Profile("p")
    exchange(desk.profile, other)
    return other


def sync(desk: Opened, other: Profile) -> None:
    exchange(desk.profile, other)
    desk.refresh()


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


def test_what_comes_while_one_types_is_shown_and_becomes_a_conflict(desk: Opened, id: str) -> None:
    other, editor = elsewhere(desk), desk.window.editor
    editor.body.setFocus()
    editor.body.setPlainText("这边写的")
    other.change(id, body="那边写的", title="那边的标题")
    sync(desk, other)
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
    other, editor = elsewhere(desk), desk.window.editor
    other.change(id, body="那边写的", abbr="x", tags=("新",))
    sync(desk, other)
    assert (editor.body.text(), editor.abbr.text(), editor.tags.text()) == ("那边写的", "x", "新")
    assert not editor.notice.isVisible()
    assert names(desk) == []


def test_tags_of_two_desks_are_all_kept(desk: Opened, id: str) -> None:
    other, editor = elsewhere(desk), desk.window.editor
    editor.tags.setFocus()
    editor.tags.setText("急，这边")
    other.change(id, tags=("急", "那边"))
    sync(desk, other)
    editor.body.setFocus()
    assert set(desk.phrase(id).tags) == {"急", "这边", "那边"}


def test_what_was_deleted_elsewhere_while_one_types_comes_back(desk: Opened, id: str) -> None:
    other, editor = elsewhere(desk), desk.window.editor
    editor.body.setFocus()
    editor.body.setPlainText("还要用的")
    other.trash(id)
    sync(desk, other)
    assert desk.phrase(id).body == "还要用的"


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


def test_a_wording_that_is_deleted_elsewhere_while_one_types_in_it_comes_back(
    desk: Opened, id: str
) -> None:
    editor = desk.window.editor
    editor.wordings.menu.actions()[0].trigger()
    other = elsewhere(desk)
    (variant,) = desk.profile.variants(id)
    other.trash(variant.id)
    editor.body.setPlainText("还在写")
    sync(desk, other)
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


def test_the_preview_follows_the_typing(desk: Opened, qtbot: QtBot) -> None:
    editor = desk.window.editor
    editor.body.setPlainText("{称呼}，<b>好</b>\n{{}}")
    wanted = "称呼，<b>好</b>\n{}"
    preview = editor.below.preview
    qtbot.waitUntil(lambda: "".join(preview.toPlainText().split(" ")) == wanted)
