"""What an agent makes of the prompts: own openings, refusals; and the card that always stays."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from companion.ui.prompt import PromptWindow
from companion.ui.prompt_keys import Act
from tests.ui.prompt_cards import DARK, WORDS, Heard, a_window, found, press, said, shown, some

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NAMES = ("ship_urge", "refund_real", "refund_where")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[PromptWindow]:
    window = a_window(qtbot, some(*NAMES))
    yield window
    window.put_away()


@pytest.fixture
def heard(window: PromptWindow) -> Heard:
    return Heard(window)


def test_an_opening_of_ones_own_begins_with_the_chosen_one_and_its_slots(
    window: PromptWindow, heard: Heard
) -> None:
    press(window, Key.Key_Down)
    press(window, Key.Key_F2)
    raw = window.cards[0].lines[2].raw
    assert window.own.text.toPlainText() == raw and "{" in raw
    QTest.keyClicks(window.own.text, "!")
    press(window, Key.Key_Return, CONTROL)
    assert heard.kept == [("ship_urge", f"{raw}!", "")]
    assert window.panel.page is window.panel.card and not window.own.text.toPlainText()


def test_ones_own_is_changed_in_its_place_and_ended_when_it_is_empty(
    window: PromptWindow, heard: Heard
) -> None:
    press(window, Key.Key_F2)
    press(window, Key.Key_Return, CONTROL)
    assert heard.kept == []
    press(window, Key.Key_F2)
    window.own.text.setPlainText("  新的  ")
    press(window, Key.Key_Return, CONTROL)
    press(window, Key.Key_F2)
    window.own.text.setPlainText("")
    press(window, Key.Key_Return, CONTROL)
    assert heard.kept == [("ship_urge", "新的", "mine"), ("ship_urge", "", "mine")]
    press(window, Key.Key_Down)
    press(window, Key.Key_F2)
    window.own.text.setPlainText("")
    press(window, Key.Key_Return, CONTROL)
    assert len(heard.kept) == 2


def test_what_is_being_written_survives_another_window_and_is_kept_when_one_leaves(
    window: PromptWindow, heard: Heard, qtbot: QtBot
) -> None:
    press(window, Key.Key_F2)
    window.own.text.setPlainText("写到一半")
    other = QLabel("x")
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    window.show_cards([])
    assert window.isVisible() and window.own.text.toPlainText() == "写到一半"
    window.put_away()
    assert heard.kept == [("ship_urge", "写到一半", "mine")]
    assert not window.isVisible() and window.text() == "" and not window.panel.card.rows
    window.put_away()
    assert len(heard.kept) == 1


def test_escape_while_writing_keeps_nothing(window: PromptWindow, heard: Heard) -> None:
    press(window, Key.Key_F2)
    window.own.text.setPlainText("不要了")
    press(window, Key.Key_Escape)
    assert window.isVisible() and shown(window) == "ship_urge"
    window.put_away()
    assert heard.kept == []


def test_not_this_hide_and_undo_are_asked_for_by_key_and_by_mouse(
    window: PromptWindow, heard: Heard
) -> None:
    press(window, Key.Key_Delete)
    press(window, Key.Key_Delete, SHIFT)
    press(window, Key.Key_Z, CONTROL)
    for act in (Act.NOT_THIS, Act.HIDE):
        window.foot.hints[act].click()
    assert [card.id for card in heard.refused] == ["ship_urge"] * 2
    assert [card.id for card in heard.hidden] == ["ship_urge"] * 2
    assert heard.others == ["undo"]


def test_the_safety_card_has_its_steps_first_and_nothing_that_would_put_it_away(
    qtbot: QtBot,
) -> None:
    window = a_window(qtbot, found(DARK), DARK)
    card = window.cards[0]
    assert card.safety
    text = said(window)
    steps = [step for step in card.next.split("；") if step]
    places = [text.index(words) for words in (*steps, card.lines[1].body)]
    assert len(steps) > 2 and places == sorted(places)
    assert all(number in text for number in ("12356", "110", "120"))
    # Whoever looks over the agent's shoulder reads nothing alarming there.
    assert window.panel.chips.chips[0].text() == f"1  {WORDS.say('prompt.safety')}"
    assert "Shift Del" not in shown_hints(window)


def shown_hints(window: PromptWindow) -> str:
    hints = (hint for hint in window.foot.hints.values() if hint.isVisible())
    return " ".join(hint.accessibleName() for hint in hints)
