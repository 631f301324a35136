"""The window of the draft check by keyboard and mouse: marks, better sentences, slots, sending."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from companion.ui import style
from companion.ui.reply import ReplyWindow
from companion.ui.reply_foot import Act
from companion.ui.reply_text import MOST_CHARACTERS, MOST_KEPT
from companion.ui.words import Words

WORDS = Words("zh")
Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
HURTS = "王先生，您3月5号买的锅十有八九是自己摔的吧？"
NO = "订单88231退不了。"
FINE = "您好，单号88231我查到了，今天18:00前给您回话。"


class Heard:
    """What the window said."""

    def __init__(self, window: ReplyWindow) -> None:
        self.sent: list[tuple[str, bool]] = []
        self.given_up = 0
        window.sent.connect(lambda *facts: self.sent.append(facts))
        window.given_up.connect(self._give_up)

    def _give_up(self) -> None:
        self.given_up += 1


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[ReplyWindow]:
    window = ReplyWindow(WORDS, style.LIGHT)
    qtbot.addWidget(window)
    yield window
    window.put_away()


@pytest.fixture
def heard(window: ReplyWindow) -> Heard:
    return Heard(window)


def show(window: ReplyWindow, text: str, target: str | None = "千牛", customer: str = "") -> None:
    window.open_for(target, None, text, customer)
    QTest.qWaitForWindowActive(window)


def press(window: ReplyWindow, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    there = window.focusWidget()
    assert isinstance(there, QWidget)
    QTest.keyClick(there, key, held or Qt.KeyboardModifier.NoModifier)


def marked(window: ReplyWindow) -> list[str]:
    return [one.cursor.selectedText() for one in window.text.extraSelections()]


def verdict(window: ReplyWindow) -> str:
    (shown,) = [one.text() for one in window.verdicts.values() if one.isVisible()]
    return shown


def test_what_hurts_is_marked_and_enter_says_it_another_way(window: ReplyWindow) -> None:
    show(window, HURTS)
    assert marked(window) == ["您3月5号买的锅十有八九是自己摔的吧"]
    assert verdict(window) == WORDS.say("reply.tier.red")
    press(window, Key.Key_Return)
    assert window.text.toPlainText().startswith("王先生，我来")
    assert verdict(window) == WORDS.say("reply.tier.ok")
    assert not window.rows.rows and window.focusWidget() is window.text
    # Nothing that was written is lost by that.
    press(window, Key.Key_Z, CONTROL)
    assert window.text.toPlainText() == HURTS


def test_marks_stand_where_they_belong_behind_characters_of_two_units(window: ReplyWindow) -> None:
    show(window, "😀😀好的。我尽快处理。")
    assert marked(window) == ["尽快"]


def test_a_slot_is_to_be_filled_in_before_the_reply_goes(window: ReplyWindow, heard: Heard) -> None:
    show(window, NO)
    press(window, Key.Key_Return)
    assert window.text.textCursor().selectedText() == "{能做的}"
    press(window, Key.Key_Return, CONTROL)
    assert not heard.sent and window.isVisible()
    assert window.foot.said.text() == WORDS.say("reply.fill_first", slot="{能做的}")
    QTest.keyClicks(window.text, "exchange it")
    assert not window.foot.said.isVisible()
    press(window, Key.Key_Return, CONTROL)
    assert heard.sent == [("订单88231退不了。不过我可以exchange it，您看行吗？", False)]
    # Whether it goes is its owner's business.
    assert window.isVisible()


def test_several_are_chosen_by_arrows_digits_and_a_click(window: ReplyWindow) -> None:
    show(window, HURTS + NO + "我们会尽快处理。")
    rows = window.rows.rows
    assert len(rows) == 3 and rows[0].property("current")
    press(window, Key.Key_Down)
    assert rows[1].property("current") and window.focusWidget() is rows[1]
    press(window, Key.Key_3)
    assert "{时间}前处理" in window.text.toPlainText() and len(window.rows.rows) == 2
    QTest.mouseClick(window.rows.rows[1], Qt.MouseButton.LeftButton)
    assert "{能做的}" in window.text.toPlainText() and len(window.rows.rows) == 1
    window.rows.turn_to()
    press(window, Key.Key_Up)
    assert window.focusWidget() is window.text
    press(window, Key.Key_1, ALT)
    assert "（3月5号）" in window.text.toPlainText() and not window.rows.rows


def test_digits_are_digits_in_the_text_and_tab_leads_out_and_back(window: ReplyWindow) -> None:
    show(window, NO)
    press(window, Key.Key_Tab)
    assert window.focusWidget() is window.text
    press(window, Key.Key_1)
    assert window.text.toPlainText() == NO + "1"
    press(window, Key.Key_Tab)
    assert window.focusWidget() is window.rows.rows[0]


def test_it_checks_as_one_types(window: ReplyWindow, heard: Heard) -> None:
    show(window, "")
    assert verdict(window) == WORDS.say("reply.empty")
    press(window, Key.Key_Return, CONTROL)
    assert not heard.sent
    window.text.insertPlainText("这个退不了")
    assert verdict(window) == WORDS.say("reply.tier.amber")
    assert window.focusWidget() is window.text
    window.text.insertPlainText("，不过我可以给您换一件。")
    assert verdict(window) == WORDS.say("reply.tier.ok") and not window.rows.rows


def test_without_a_window_to_go_to_it_is_copied(window: ReplyWindow, heard: Heard) -> None:
    show(window, FINE, None)
    press(window, Key.Key_Return, CONTROL)
    assert heard.sent == [(FINE, True)]


def test_the_customers_words_stand_above_what_answers_them(window: ReplyWindow) -> None:
    show(window, FINE, customer="怎么还没到\n急")
    assert window.customer.isVisible()
    assert window.customer.text() == WORDS.say("reply.customer", text="怎么还没到 急")
    show(window, FINE)
    assert not window.customer.isVisible()


def test_what_was_changed_stays_when_the_focus_goes(window: ReplyWindow, heard: Heard) -> None:
    other = QWidget()
    show(window, NO)
    press(window, Key.Key_Return)
    other.show()
    other.activateWindow()
    QTest.qWaitForWindowActive(other)
    assert window.isVisible()
    other.hide()
    window.activateWindow()
    press(window, Key.Key_Escape)
    assert not window.isVisible() and heard.given_up == 1


def test_what_was_only_looked_at_goes_with_the_focus(qtbot: QtBot, window: ReplyWindow) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    show(window, NO)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_put_away_it_holds_nothing(window: ReplyWindow) -> None:
    show(window, HURTS, customer="金丝雀")
    press(window, Key.Key_Return)
    window.put_away()
    assert not window.isVisible() and not window.rows.rows
    assert not window.text.toPlainText() and not window.text.document().isUndoAvailable()
    assert not window.text.extraSelections()
    assert "金丝雀" not in window.customer.text()


def test_of_a_text_without_end_nothing_is_lost(window: ReplyWindow, heard: Heard) -> None:
    long = (NO + "\n") * 400
    show(window, long)
    assert verdict(window) == WORDS.say("reply.long", count=MOST_CHARACTERS)
    press(window, Key.Key_Return)
    assert window.text.toPlainText().count("88231") == 400
    show(window, "好" * (MOST_KEPT + 5))
    assert len(window.text.toPlainText()) == MOST_KEPT


def test_it_is_as_high_as_it_must_be_and_never_jumps_back(window: ReplyWindow) -> None:
    show(window, "")
    low = window.height()
    window.text.insertPlainText(HURTS + NO + "我们会尽快处理。")
    high = window.height()
    assert high > low
    window.text.put("")
    assert window.height() == high


def test_the_keys_in_the_foot_can_be_clicked(window: ReplyWindow, heard: Heard) -> None:
    show(window, NO)
    for act, wanted in ((Act.EDIT, window.text), (Act.TAKE, window.text)):
        window.foot.hints[act].click()
        assert window.focusWidget() is wanted
    window.foot.hints[Act.CLOSE].click()
    assert heard.given_up == 1


def test_two_sentences_that_would_be_said_alike_are_two_rows(window: ReplyWindow) -> None:
    show(window, "你瞎吗？你是不是傻？")
    assert len(window.rows.rows) == 2
    press(window, Key.Key_Return)
    assert len(window.rows.rows) == 1


def test_of_very_many_faults_the_first_nine_are_offered_and_the_others_come_up(
    window: ReplyWindow,
) -> None:
    show(window, "这个退不了。" * 12)
    assert len(marked(window)) == 12 and len(window.rows.rows) == 9
    more = WORDS.say("reply.more", count=3)
    assert more in {label.text() for label in window.rows.findChildren(QLabel)}
    window.text.put("这个退不了。" * 9)
    assert len(window.rows.rows) == 9
    assert more not in {label.text() for label in window.rows.findChildren(QLabel)}
