"""The search line in the hands of an input method: hits appear, and the keys are the method's."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.phrases.search import Index
from companion.ui.composing import guesses
from companion.ui.picker import Picker
from companion.ui.search_line import SearchLine
from tests.ui.test_picker import CONTROL, ENTRIES, TITLES, Heard, Key, listed, open_picker

PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def picker(qtbot: QtBot) -> Iterator[Picker]:
    picker = open_picker(qtbot, Index(ENTRIES))
    yield picker
    picker.hide()


def compose(line: SearchLine, preedit: str, commit: str = "") -> None:
    """What an input method sends: its preedit, and what it is done with."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QGuiApplication.sendEvent(line, event)


def test_hits_appear_while_the_word_is_still_being_composed(picker: Picker) -> None:
    compose(picker.search, "huan")
    assert picker.search.text() == ""
    assert listed(picker) == ["换货流程"]
    compose(picker.search, "huan'huo")
    assert listed(picker) == ["换货流程"]
    compose(picker.search, "", "换货")
    assert picker.search.text() == "换货"
    assert listed(picker) == ["换货流程"]


def test_what_is_composed_counts_where_the_cursor_stands(picker: Picker) -> None:
    picker.search.setText("退款 时间")
    picker.search.setCursorPosition(3)
    compose(picker.search, "dao zhang ")
    assert picker.search.query() == "退款 daozhang时间"
    compose(picker.search, "")
    assert picker.search.query() == "退款 时间"
    assert listed(picker) == ["退款到账时间"]


def test_giving_a_composition_up_lists_what_was_listed_before(picker: Picker) -> None:
    compose(picker.search, "huan")
    compose(picker.search, "")
    assert listed(picker) == list(TITLES)


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Key.Key_Return, CONTROL),
        (Key.Key_Escape, PLAIN),
        (Key.Key_Down, PLAIN),
        (Key.Key_N, CONTROL),
        (Key.Key_F1, PLAIN),
    ],
)
def test_no_key_means_the_picker_while_something_is_composed(
    picker: Picker, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    heard = Heard()
    picker.chosen.connect(heard.choose)
    picker.given_up.connect(heard.give_up)
    picker.new_wanted.connect(heard.wanted.append)
    compose(picker.search, "tui")
    QTest.keyClick(picker.search, key, held)
    assert (heard.chosen, heard.given_up, heard.wanted) == ([], 0, [])
    assert picker.isVisible()
    assert picker.hits.currentIndex().row() == 0
    assert not picker.panel.helps


def test_enter_inserts_again_as_soon_as_nothing_is_composed(picker: Picker) -> None:
    heard = Heard()
    picker.chosen.connect(heard.choose)
    compose(picker.search, "huanhuo")
    QTest.keyClick(picker.search, Key.Key_Return)
    assert heard.chosen == []
    compose(picker.search, "", "换货")
    QTest.keyClick(picker.search, Key.Key_Return)
    assert heard.chosen == [(ENTRIES[2], False)]


def test_it_opens_empty_whatever_was_being_composed(picker: Picker, qtbot: QtBot) -> None:
    compose(picker.search, "huan")
    picker.hide()
    with qtbot.waitActive(picker):
        picker.open_for("客户")
    assert not picker.search.composing
    assert picker.search.query() == ""
    assert listed(picker) == list(TITLES)


def test_a_query_is_looked_for_once(picker: Picker) -> None:
    sought: list[str] = []
    picker.search.sought.connect(lambda: sought.append(picker.search.query()))
    compose(picker.search, "t")
    compose(picker.search, "t")
    compose(picker.search, "tk")
    compose(picker.search, "", "tk")
    compose(picker.search, "")
    assert sought == ["t", "tk"]


def test_a_guess_in_characters_is_looked_for_by_how_it_sounds(picker: Picker) -> None:
    for guessed in ("还或", "缓缓", "和", "还货流"):
        compose(picker.search, guessed)
        assert listed(picker) == ["换货流程"], guessed
    assert picker.search.text() == ""
    compose(picker.search, "退款")
    assert listed(picker)[0] == TITLES[0]
    compose(picker.search, "")


@pytest.mark.parametrize(
    ("composed", "first"),
    [
        ("", [""]),
        ("tui'kuan", ["tuikuan"]),
        ("tui kuan j", ["tuikuanj"]),
        ("好", ["好", "hao", "h"]),
        ("还或", ["还或", "haihuo", "huanhuo", "haih", "huanh", "hh"]),
        ("tui款", ["tui款", "tuikuan", "tuik"]),
    ],
)
def test_what_a_composition_may_stand_for(composed: str, first: list[str]) -> None:
    assert guesses(composed)[: len(first)] == first


@given(st.text(max_size=30))
def test_any_composition_has_a_few_guesses_and_itself_first(composed: str) -> None:
    found = guesses(composed)
    assert found[0] == "".join(composed.split()).replace("'", "")
    assert len(found) == len(set(found)) <= 10
