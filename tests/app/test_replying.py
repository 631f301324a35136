"""The draft check in the running app: from a selected reply to a better one in its place."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from companion.desk.ports import Content, Obstacle
from companion.ui.reply import ReplyWindow
from tests.app.lock_scene import CHAT, WORDS, Scene
from tests.app.present import shown_anywhere

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
NO, MENDED = "订单88231退不了。", "订单88231退不了。不过我可以换一件，您看行吗？"
LATE = "都买了三天了还没发货,不要了,我要退货!"


@dataclass
class Checked:
    """The scene with a chat window in which a reply is selected."""

    scene: Scene

    @property
    def window(self) -> ReplyWindow:
        return self.scene.app.replying.window

    def open(self, selected: str, clipboard: str = "was there") -> None:
        """Press the hotkey over what is selected."""
        desk = self.scene.desk
        desk.clipboard = Content(clipboard)
        desk.target = CHAT
        desk.focus(CHAT)
        desk.selected = selected
        desk.press("ctrl+alt+r")
        self.scene.qtbot.waitUntil(self.window.isVisible)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        there = self.window.focusWidget()
        assert isinstance(there, QWidget)
        QTest.keyClick(there, key, held or Qt.KeyboardModifier.NoModifier)


@pytest.fixture
def checked(scene: Scene) -> Iterator[Checked]:
    yield Checked(scene)
    scene.app.replying.put_away()


def test_a_selected_reply_is_checked_and_replaced(checked: Checked) -> None:
    checked.open(NO)
    desk = checked.scene.desk
    assert checked.window.text.toPlainText() == NO
    assert desk.text() == "was there"
    checked.press(Key.Key_Return)
    QTest.keyClicks(checked.window.text, "x")
    checked.window.text.put(MENDED)
    checked.press(Key.Key_Return, CONTROL)
    checked.scene.qtbot.waitUntil(lambda: bool(desk.pasted))
    assert desk.pasted == [MENDED]
    checked.scene.qtbot.waitUntil(lambda: desk.text() == "was there")
    assert not checked.window.isVisible()


def test_braces_of_the_agents_own_go_as_they_are(checked: Checked) -> None:
    checked.open("代码是 {a b} 和 {{c}}。")
    checked.press(Key.Key_Return, CONTROL)
    checked.scene.qtbot.waitUntil(lambda: bool(checked.scene.desk.pasted))
    assert checked.scene.desk.pasted == ["代码是 {a b} 和 {{c}}。"]


def test_where_nothing_is_selected_that_is_said_and_one_can_write(checked: Checked) -> None:
    checked.open("")
    assert checked.window.foot.said.text() == WORDS.say("reply.nothing")
    assert not checked.window.text.toPlainText()
    assert checked.window.focusWidget() is checked.window.text


def test_where_nobody_may_press_keys_the_copied_reply_is_checked(checked: Checked) -> None:
    checked.scene.desk.found_obstacle = Obstacle.UNSUPPORTED
    checked.open("unseen", clipboard=NO)
    assert checked.window.text.toPlainText() == NO
    assert checked.window.foot.said.text() == WORDS.say("reply.by_hand")
    assert not checked.scene.app.copying


def test_what_stood_in_the_way_is_told(checked: Checked) -> None:
    checked.scene.desk.found_obstacle = Obstacle.ELEVATED
    checked.open(NO)
    why = WORDS.say("obstacle.elevated")
    assert checked.window.foot.said.text() == WORDS.say("reply.copied", why=why)


def test_from_the_prompt_one_goes_on_writing_with_the_customers_words_above(
    checked: Checked,
) -> None:
    scene = checked.scene
    scene.session().profile.add("opening", situation="ship_urge", text="我会尽快处理。")
    scene.desk.clipboard = Content(LATE)
    scene.desk.target = CHAT
    scene.desk.focus(CHAT)
    scene.desk.press("ctrl+alt+e")
    prompt = scene.app.prompting.window
    scene.qtbot.waitUntil(lambda: prompt.isVisible() and bool(prompt.cards))
    there = prompt.focusWidget()
    assert there is not None
    QTest.keyClick(there, Key.Key_F4)
    assert checked.window.isVisible() and not prompt.isVisible()
    assert checked.window.text.toPlainText() == "我会尽快处理。"
    assert LATE in checked.window.customer.text()
    checked.window.text.put("今天18:00前给您回话。")
    checked.press(Key.Key_Return, CONTROL)
    scene.qtbot.waitUntil(lambda: bool(scene.desk.pasted))
    assert scene.desk.pasted == ["今天18:00前给您回话。"]


def test_a_lock_forgets_it(checked: Checked, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    checked.open("金丝雀退不了。")
    checked.scene.app.act("lock")
    checked.scene.qtbot.waitUntil(lambda: not checked.window.isVisible())
    checked.scene.qtbot.waitUntil(lambda: not shown_anywhere("金丝雀"))
    assert "金丝雀" not in caplog.text


def test_escape_gives_the_focus_back_and_changes_nothing(checked: Checked) -> None:
    checked.open(NO)
    checked.scene.desk.focus(None)
    checked.press(Key.Key_Escape)
    assert not checked.window.isVisible()
    assert not checked.scene.desk.pasted and checked.scene.desk.text() == "was there"


def test_while_a_form_is_open_a_reply_stays_where_it_is(checked: Checked) -> None:
    scene = checked.scene
    checked.open("今天18:00前给您回话。")
    checked.window.text.insertPlainText("好的，")
    scene.fill_in("林女士")
    form = scene.app.inserting.asking.form
    assert form is not None
    checked.press(Key.Key_Return, CONTROL)
    assert checked.window.isVisible() and "18:00" in checked.window.text.toPlainText()
    form.left.emit()
    checked.press(Key.Key_Return, CONTROL)
    scene.qtbot.waitUntil(lambda: bool(scene.desk.pasted))


def test_what_is_being_written_stays_when_the_prompt_would_go_on(checked: Checked) -> None:
    checked.open("")
    checked.window.text.insertPlainText("我自己写的")
    checked.scene.app.replying.write(CHAT, "别的开头", LATE)
    assert checked.window.text.toPlainText() == "我自己写的"


def test_closed_it_holds_nothing(checked: Checked) -> None:
    checked.open("金丝雀退不了。")
    checked.window.hide()
    checked.scene.qtbot.waitUntil(lambda: not shown_anywhere("金丝雀"))
