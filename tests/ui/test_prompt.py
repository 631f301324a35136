"""The prompt window by keyboard and mouse: cards, lines, all situations."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from companion.ui.prompt import PromptWindow
from companion.ui.prompt_line import LineRow
from tests.ui.prompt_cards import LATE, WORDS, Heard, a_window, press, said, shown, some

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NAMES = ("ship_urge", "refund_real", "refund_where")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[PromptWindow]:
    window = a_window(qtbot, some(*NAMES))
    yield window
    window.put_away()


@pytest.fixture
def heard(window: PromptWindow) -> Heard:
    return Heard(window)


def chosen(window: PromptWindow) -> str:
    line = window.panel.card.line()
    return line.manner if line is not None else ""


def test_it_opens_on_the_agents_own_opening_with_the_question_above_it(
    window: PromptWindow,
) -> None:
    assert (shown(window), chosen(window)) == ("ship_urge", "own")
    first = window.panel.card.rows[0]
    assert first.objectName() == "ask" and first.line.manner == "ask"
    assert isinstance(window.focusWidget(), LineRow)
    text = said(window)
    card = window.cards[0]
    assert all(word in text for word in (card.need, card.emotion, card.next, *card.avoid))


def test_digits_tab_and_arrows_turn_to_another_card(window: PromptWindow) -> None:
    for keys, wanted in (
        ([Key.Key_2], "refund_real"),
        ([Key.Key_3], "refund_where"),
        ([Key.Key_Tab], "ship_urge"),
        ([Key.Key_Right], "refund_real"),
        ([Key.Key_Left, Key.Key_Left], "refund_where"),
        ([Key.Key_1], "ship_urge"),
    ):
        for key in keys:
            press(window, key)
        assert shown(window) == wanted
        assert [chip.isChecked() for chip in window.panel.chips.chips] == [
            name == wanted for name in NAMES
        ]
    press(window, Key.Key_Backtab, SHIFT)
    assert shown(window) == "refund_where"


def test_arrows_choose_a_line_and_enter_says_it(window: PromptWindow, heard: Heard) -> None:
    press(window, Key.Key_Down)
    wanted = window.cards[0].lines[2]
    assert [row.property("current") for row in window.panel.card.rows].index(True) == 2
    press(window, Key.Key_Return)
    assert heard.chosen == [(window.cards[0], wanted, False)]
    assert "given up" not in heard.others


def test_control_enter_copies_and_the_question_can_be_said_too(
    window: PromptWindow, heard: Heard
) -> None:
    press(window, Key.Key_Up)
    press(window, Key.Key_Enter, CONTROL)
    assert heard.chosen == [(window.cards[0], window.cards[0].ask, True)]


def test_the_last_line_is_the_last_and_above_the_first_are_the_customers_words(
    window: PromptWindow,
) -> None:
    for _ in range(20):
        press(window, Key.Key_Down)
    assert window.panel.card.line() == window.cards[0].lines[-1]
    for _ in range(20):
        press(window, Key.Key_Up)
    assert window.message.hasFocus()
    press(window, Key.Key_Down)
    assert chosen(window) == "ask"


def test_without_a_window_to_go_to_enter_copies(qtbot: QtBot) -> None:
    window = a_window(qtbot, some("defect"))
    heard = Heard(window)
    window.open_for(None, None, LATE)
    window.show_cards(some("defect"))
    press(window, Key.Key_Return)
    assert [copies for *_, copies in heard.chosen] == [True]


def test_a_click_on_a_line_says_it_and_with_control_copies_it(
    window: PromptWindow, heard: Heard
) -> None:
    QTest.mouseClick(window.panel.card.rows[3], Qt.MouseButton.LeftButton, CONTROL)
    assert heard.chosen[-1][1:] == (window.cards[0].lines[3], True)


def test_escape_gives_up(window: PromptWindow, heard: Heard) -> None:
    press(window, Key.Key_Escape)
    assert not window.isVisible() and heard.others == ["given up"]


def test_leaving_for_another_window_only_closes_it(
    window: PromptWindow, heard: Heard, qtbot: QtBot
) -> None:
    other = QLabel("x")
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert heard.others == []


def test_keys_pressed_before_there_is_something_to_choose_wait_for_it(
    window: PromptWindow, heard: Heard
) -> None:
    window.open_for("x", None, LATE)
    for key in (Key.Key_A, Key.Key_2, Key.Key_Return):
        press(window, key)
    assert window.text() == LATE and window.isVisible() and not heard.chosen
    window.show_cards(some(*NAMES))
    assert [card.id for card, *_ in heard.chosen] == ["refund_real"]
    assert heard.others == ["ready"]
    window.open_for("x", None, LATE)
    press(window, Key.Key_Delete)
    window.show_cards([])
    window.show_cards(some(*NAMES))
    assert heard.others == ["ready"] * 2 and not heard.refused
    window.open_for("x", None, LATE)
    press(window, Key.Key_Delete)
    press(window, Key.Key_Escape)
    assert heard.others[-1] == "given up"
    window.open_for("x", None, LATE)
    window.show_cards(some(*NAMES))
    assert not heard.refused


def test_typing_in_the_customers_words_is_told_and_keeps_the_focus(
    window: PromptWindow, heard: Heard
) -> None:
    window.message.turn_to()
    QTest.keyClicks(window.message, "1")
    assert heard.typed == [f"{LATE}1"]
    window.show_cards(some("defect"))
    assert window.message.hasFocus() and shown(window) == "defect"
    press(window, Key.Key_1, ALT)
    assert isinstance(window.focusWidget(), LineRow)
    window.message.turn_to()
    press(window, Key.Key_Return)
    assert isinstance(window.focusWidget(), LineRow) and not heard.chosen


def test_nothing_found_is_said_kindly_and_a_situation_is_found_by_its_initials(
    qtbot: QtBot,
) -> None:
    why = WORDS.say("prompt.nothing")
    window = a_window(qtbot, [], "谢谢", why)
    heard = Heard(window)
    assert why in said(window) and window.pick.search.hasFocus()
    assert not window.panel.chips.isVisible()
    QTest.keyClicks(window.pick.search, "cwl")
    press(window, Key.Key_Return)
    assert heard.picked == ["deliv_urge"]
    window.pick.search.setText("")
    press(window, Key.Key_Down)
    press(window, Key.Key_Return)
    press(window, Key.Key_9, ALT)
    assert heard.picked[1:] == ["deliv_urge", "signed_not_got"]
    window.pick.search.setText("没有这种东西")
    press(window, Key.Key_Return)
    assert len(heard.picked) == 3
    assert not window.pick.hits.isVisible()


def test_with_no_words_at_all_these_are_wanted_first(qtbot: QtBot) -> None:
    window = a_window(qtbot, [], "", WORDS.say("prompt.empty"))
    assert window.message.hasFocus()
    press(window, Key.Key_Tab)
    assert window.pick.search.hasFocus()
    press(window, Key.Key_Tab)
    assert window.message.hasFocus()


def test_zero_leads_to_all_situations_and_escape_back(window: PromptWindow) -> None:
    press(window, Key.Key_0)
    assert window.panel.page is window.pick and window.panel.chips.more.isChecked()
    press(window, Key.Key_Escape)
    assert window.isVisible() and shown(window) == "ship_urge"
    window.panel.chips.more.click()
    assert window.panel.page is window.pick
    window.panel.chips.chips[1].click()
    assert shown(window) == "refund_real"


def test_the_customers_words_are_seen_whole_however_narrow_the_window_is(
    window: PromptWindow, qtbot: QtBot
) -> None:
    window.message.begin(LATE * 2)
    before = window.message.height()
    window.resize(window.width() * 2 // 3, window.height())
    qtbot.waitUntil(lambda: window.message.height() > before)
    lines = window.message.document().size().height()
    assert 1 < lines <= 4
    assert window.message.viewport().height() >= lines * window.message.fontMetrics().lineSpacing()


def test_names_too_long_for_the_row_are_cut_and_told_in_full(window: PromptWindow) -> None:
    cards = [replace(card, name=card.name * 12) for card in window.cards]
    window.show_cards([window.cards[0], *cards])
    chips = window.panel.chips
    assert ["…" in chip.text() for chip in chips.chips] == [False, True, True, True]
    assert [chip.toolTip() for chip in chips.chips[1:]] == [card.name for card in cards]
    wide = sum(chip.sizeHint().width() for chip in (*chips.chips, chips.more))
    assert wide <= window.width() - 2 * 16 - 4 * 8
