"""Empathy prompts in the running app: from the copied words to the opening in the chat window."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from companion.app.prompting import Prompting
from companion.desk.ports import Content
from companion.profile.slots import new_recovery_code
from companion.session.prompting import own_of
from companion.ui.prompt import PromptWindow
from tests.app.lock_scene import CHAT, WORDS, Scene
from tests.app.present import shown_anywhere

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LATE = "都买了三天了还没发货,不要了,我要退货!"
DARK = "我不想活了"
SAID = "客户金丝雀说的话，都三天了还没发货"


@dataclass
class Prompted:
    """The scene with a prompt window over a chat window."""

    scene: Scene

    @property
    def prompting(self) -> Prompting:
        return self.scene.app.prompting

    @property
    def window(self) -> PromptWindow:
        return self.prompting.window

    def open(self, text: str) -> None:
        """Copy some words in the chat window, and press the hotkey."""
        desk = self.scene.desk
        desk.clipboard = Content(text)
        desk.target = CHAT
        desk.focus(CHAT)
        desk.press("ctrl+alt+e")
        self.scene.qtbot.waitUntil(lambda: self.window.isVisible() and not desk.waits)
        self.rest()

    def rest(self) -> None:
        """Wait until the worker has nothing to do, and its answers have come."""
        for _ in range(3):
            self.scene.app.tasks.finish()
            self.scene.qtbot.wait(5)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        there = self.window.focusWidget()
        assert isinstance(there, QWidget)
        QTest.keyClick(there, key, held or Qt.KeyboardModifier.NoModifier)
        self.rest()

    def ids(self) -> list[str]:
        return [card.id for card in self.window.cards]

    def said(self) -> str:
        return self.window.foot.said.text()

    def inserted(self) -> str:
        """Wait until something is in the chat window."""
        desk = self.scene.desk
        self.scene.qtbot.waitUntil(lambda: bool(desk.pasted))
        return desk.pasted[-1]


@pytest.fixture
def prompted(scene: Scene) -> Iterator[Prompted]:
    yield Prompted(scene)
    scene.app.prompting.put_away()


def test_the_copied_words_lead_to_an_opening_in_the_window_the_agent_came_from(
    prompted: Prompted,
) -> None:
    prompted.open(LATE)
    assert prompted.window.text() == LATE
    card = prompted.window.cards[0]
    assert card.id == "ship_urge"
    while not (line := prompted.window.panel.card.line()) or line.filled.open or "{" in line.body:
        prompted.press(Key.Key_Down)
    prompted.press(Key.Key_Return)
    assert prompted.inserted() == line.body
    prompted.scene.qtbot.waitUntil(lambda: prompted.scene.desk.text() == LATE)
    assert not prompted.window.isVisible()
    profile = prompted.scene.session().profile
    assert own_of(profile, {}).counts["ship_urge"].taken == 1


def test_slots_that_are_left_are_asked_for_by_the_form_of_phrases(prompted: Prompted) -> None:
    profile = prompted.scene.session().profile
    profile.add("opening", situation="ship_urge", text="等了{天数}天，{时间}前回您。")
    prompted.open(LATE)
    prompted.press(Key.Key_Return)
    form = prompted.scene.app.inserting.asking.form
    assert form is not None and list(form.fields) == ["时间"]
    form.fields["时间"].setProperty("text", "三点")
    QTest.keyClick(form, Key.Key_Return)
    assert prompted.inserted() == "等了3天，三点前回您。"


def test_a_copied_opening_stays_on_the_clipboard(prompted: Prompted) -> None:
    prompted.scene.session().profile.add("opening", situation="ship_urge", text="我去问。")
    prompted.open(LATE)
    prompted.press(Key.Key_Return, CONTROL)
    assert prompted.scene.desk.text() == "我去问。"
    assert not prompted.scene.desk.pasted


def test_escape_gives_the_focus_back(prompted: Prompted) -> None:
    prompted.open(LATE)
    prompted.scene.desk.acts.clear()
    prompted.press(Key.Key_Escape)
    assert prompted.scene.desk.acts == ["bring back"]


def test_the_menu_opens_it_too_and_what_opens_a_profile_is_never_shown(
    prompted: Prompted,
) -> None:
    prompted.scene.desk.clipboard = Content(new_recovery_code())
    prompted.scene.app.tray.actions["prompt"].trigger()
    prompted.rest()
    assert prompted.window.isVisible() and prompted.window.text() == ""
    assert prompted.window.panel.page is prompted.window.pick
    assert prompted.window.pick.why.text() == WORDS.say("prompt.empty")


def test_words_changed_by_hand_have_their_own_cards_at_once(prompted: Prompted) -> None:
    prompted.open("谢谢")
    assert prompted.ids() == []
    assert prompted.window.pick.why.text() == WORDS.say("prompt.nothing")
    prompted.window.message.setPlainText(LATE)
    assert prompted.ids()[0] == "ship_urge"


def test_a_situation_is_picked_by_hand_and_its_slots_are_filled_from_the_words(
    prompted: Prompted,
) -> None:
    prompted.open("等了3天，谢谢")
    QTest.keyClicks(prompted.window.pick.search, "cfh")
    prompted.press(Key.Key_Return)
    assert prompted.ids() == ["ship_urge"]
    assert any("3天" in line.body for line in prompted.window.cards[0].lines)
    # Other words are another message.
    prompted.window.message.setPlainText("谢谢")
    assert prompted.ids() == []


def test_not_this_is_counted_leaves_the_card_out_and_is_undone(prompted: Prompted) -> None:
    prompted.open(LATE)
    before = prompted.ids()
    prompted.press(Key.Key_Delete)
    assert prompted.ids() == before[1:]
    assert prompted.said() == WORDS.say("prompt.said.not_this", name="催发货")
    profile = prompted.scene.session().profile
    assert own_of(profile, {}).counts["ship_urge"].refused == 1
    assert not profile.has_changes()
    prompted.press(Key.Key_Z, CONTROL)
    assert prompted.ids() == before
    assert own_of(profile, {}).counts["ship_urge"].refused == 0
    prompted.press(Key.Key_Z, CONTROL)
    assert prompted.ids() == before


def test_a_hidden_situation_stays_away_until_it_is_picked_and_shown_again(
    prompted: Prompted,
) -> None:
    prompted.open(LATE)
    prompted.press(Key.Key_Delete, SHIFT)
    prompted.press(Key.Key_Escape)
    prompted.open(LATE)
    assert "ship_urge" not in prompted.ids()
    prompted.press(Key.Key_0)
    QTest.keyClicks(prompted.window.pick.search, "cfh")
    entry = prompted.window.pick.hits.current()
    assert entry is not None and entry.set == WORDS.say("prompt.hidden")
    prompted.press(Key.Key_Return)
    prompted.press(Key.Key_Delete, SHIFT)
    assert prompted.said() == WORDS.say("prompt.said.shown", name="催发货")
    prompted.press(Key.Key_Escape)
    prompted.open(LATE)
    assert prompted.ids()[0] == "ship_urge"
    prompted.press(Key.Key_Delete, SHIFT)
    prompted.press(Key.Key_Z, CONTROL)
    assert prompted.ids()[0] == "ship_urge"


def test_the_safety_card_comes_first_and_cannot_be_put_away(prompted: Prompted) -> None:
    prompted.open(DARK)
    for held in (Qt.KeyboardModifier.NoModifier, SHIFT):
        prompted.press(Key.Key_Delete, held)
        assert prompted.window.cards[0].safety
        assert prompted.said() == WORDS.say("prompt.said.safety")
    own = own_of(prompted.scene.session().profile, {})
    assert (own.hidden, own.counts) == (frozenset(), {})


def test_an_opening_of_ones_own_is_saved_stands_first_and_is_undone(prompted: Prompted) -> None:
    prompted.open(LATE)
    prompted.press(Key.Key_F2)
    prompted.window.own.text.setPlainText("我盯着呢。")
    prompted.press(Key.Key_Return, CONTROL)
    assert prompted.window.cards[0].openings[0].body == "我盯着呢。"
    profile = prompted.scene.session().profile
    assert [(one.situation, one.text) for one in profile.openings()] == [
        ("ship_urge", "我盯着呢。")
    ]
    assert not profile.has_changes()
    assert prompted.said() == WORDS.say("prompt.said.own")
    prompted.press(Key.Key_Z, CONTROL)
    assert profile.openings() == []


def test_locked_meanwhile_what_was_written_is_kept_and_nothing_stays_to_be_read(
    prompted: Prompted,
) -> None:
    prompted.open(SAID)
    prompted.press(Key.Key_F2)
    prompted.window.own.text.setPlainText("我盯着呢。")
    session = prompted.scene.session()
    prompted.scene.app.act("lock")
    prompted.scene.rest(session)
    assert not prompted.window.isVisible() and not shown_anywhere("金丝雀")
    prompted.scene.desk.press("ctrl+alt+e")
    prompted.rest()
    assert not prompted.window.isVisible()
    session = prompted.scene.unlock()
    assert [one.text for one in session.profile.openings()] == ["我盯着呢。"]


def test_the_customers_words_are_neither_kept_nor_logged(
    prompted: Prompted, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    prompted.open(SAID)
    prompted.press(Key.Key_Delete)
    prompted.press(Key.Key_Return)
    prompted.rest()
    records = prompted.scene.session().profile.everything()[1]
    assert "金丝雀说" not in repr(records) and "金丝雀说" not in caplog.text


def test_another_hotkey_opens_it_as_soon_as_it_is_chosen(prompted: Prompted) -> None:
    scene = prompted.scene
    scene.session().profile.set_option("prompt_keys", "ctrl+alt+m")
    prompted.rest()
    scene.desk.press("ctrl+alt+e")
    prompted.rest()
    assert not prompted.window.isVisible()
    scene.desk.press("ctrl+alt+m")
    prompted.rest()
    assert prompted.window.isVisible()


def test_a_form_that_is_open_comes_first(prompted: Prompted) -> None:
    profile = prompted.scene.session().profile
    profile.add("opening", situation="ship_urge", text="{时间}前回您。")
    prompted.open(LATE)
    prompted.press(Key.Key_Return)
    assert prompted.scene.app.inserting.asking.form is not None
    prompted.scene.app.act("prompt")
    assert not prompted.window.isVisible()
    prompted.scene.app.inserting.asking.put_away()


def test_closed_it_holds_no_word_of_the_customer(prompted: Prompted) -> None:
    prompted.open(SAID)
    prompted.press(Key.Key_Escape)
    prompted.scene.qtbot.waitUntil(lambda: not shown_anywhere("金丝雀"))
    prompted.open(SAID)
    assert prompted.window.text() == SAID and prompted.ids()


def test_while_a_form_is_open_an_opening_stays_where_it_is(prompted: Prompted) -> None:
    scene = prompted.scene
    prompted.open(LATE)
    # As by a command, while the window with the focus is this one.
    prompted.window.message.insertPlainText("。")
    scene.fill_in("林女士")
    form = scene.app.inserting.asking.form
    assert form is not None
    prompted.window.show()
    card = prompted.window.cards[0]
    line = card.openings[0]
    prompted.window.chosen.emit(card, line, False)
    assert prompted.window.isVisible() and scene.app.inserting.asking.form is form
    assert not scene.desk.pasted
    form.left.emit()
    prompted.window.chosen.emit(card, line, True)
    assert not prompted.window.isVisible()
