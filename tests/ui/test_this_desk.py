"""The window on this desk's programs shows what it is told, and says what is wanted."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.bookmarks.browsers import Browser
from companion.errors import FileUnreadable
from companion.input_methods.finding import InputMethod
from companion.session.desk_places import BOOKMARKS, PHRASES, Outcome, Place, Survey
from companion.session.lending import Refusal
from companion.session.remaining import Remaining
from companion.ui import style
from companion.ui.messages import explain
from companion.ui.this_desk import ThisDesk
from companion.ui.words import LANGUAGES, Words

WORDS = Words("zh")
RIME = InputMethod("ibus_rime", "rime", "/r")
FCITX = InputMethod("fcitx5_rime", "rime", "/f")
EDGE = Browser("Edge", "工作", "/e")
PLACES = (Place(RIME), Place(FCITX, 3), Place(EDGE, 0, Refusal.SYNCED))
SURVEY = Survey(PLACES, True, {PHRASES: {"": 1, "售后": 2}, BOOKMARKS: {"早班": 4}})


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> ThisDesk:
    window = ThisDesk(WORDS, style.LIGHT)
    qtbot.addWidget(window)
    window.show()
    window.show_survey(SURVEY)
    return window


def choose(window: ThisDesk, at: int) -> None:
    window.places.setCurrentIndex(window.places.model().index(at, 0))


def test_ticks_hold_for_every_place_of_a_kind_and_through_a_new_look(window: ThisDesk) -> None:
    # As an agent does it: the space bar on the line.
    shares = window.page.shares
    shares.setCurrentIndex(shares.model().index(0, 0))
    QTest.keyClick(shares, Qt.Key.Key_Space)
    choose(window, 1)
    assert window.page.left_out == {""}
    choose(window, 2)
    assert window.page.left_out == set()
    choose(window, 1)
    window.show_survey(SURVEY)
    assert window.places.place == PLACES[1]
    assert window.page.left_out == {""}
    assert WORDS.say("this_desk.chosen.phrases", count=2) in window.page.caption.text()


def test_with_nothing_ticked_nothing_can_be_put(window: ThisDesk) -> None:
    window.page.all.click()
    assert window.page.left_out == {"", "售后"}
    assert not window.page.put.isEnabled()
    assert window.page.all.text() == WORDS.say("this_desk.all")
    window.page.all.click()
    assert window.page.put.isEnabled()


def test_what_was_said_goes_with_the_place(window: ThisDesk) -> None:
    window.show_outcome(Outcome(3, told=False))
    assert window.page.result.text().endswith(WORDS.say("this_desk.not_told"))
    window.show_survey(SURVEY)
    assert window.page.result.isVisible()
    choose(window, 1)
    assert not window.page.result.isVisible()
    assert window.page.how.isVisible()


def test_while_something_is_done_nothing_else_can_be_begun(window: ThisDesk) -> None:
    window.page.put.setFocus()
    window.show_busy(True)
    shown = (window.page.put, window.page.shares, window.places, window.back_all, window.page.all)
    assert not any(one.isEnabled() for one in shown)
    assert window.close_it.isEnabled()
    window.show_busy(False)
    assert all(one.isEnabled() for one in shown)
    assert window.focusWidget() is window.page.put


def test_wishes_name_the_place(window: ThisDesk) -> None:
    puts: list[tuple[Place, bool]] = []
    backs: list[Place | None] = []
    window.put_wanted.connect(lambda place, even: puts.append((place, even)))
    window.back_wanted.connect(backs.append)
    choose(window, 1)
    window.page.back.click()
    window.back_all.click()
    choose(window, 2)
    window.page.put.click()
    window.show_outcome(Outcome(refused=Refusal.SYNCED))
    window.page.own.click()
    assert puts == [(PLACES[2], False), (PLACES[2], True)]
    assert backs == [PLACES[1], None]


def test_what_remains_is_said_even_where_no_place_is_found(window: ThisDesk) -> None:
    window.show_survey(Survey((), True, {}))
    assert window.back_all.isEnabled()
    window.show_remains([Remaining("weasel", "remains.unwritable")])
    name = WORDS.say("input_method.weasel")
    assert f"{name}：{WORDS.say('remains.unwritable')}" in window.text.text()


def test_a_failure_is_said(window: ThisDesk) -> None:
    said = explain(FileUnreadable(place="/x", reason="OSError"), WORDS)
    window.show_failure(said)
    assert window.page.result.text() == str(said)
    window.forget()
    window.show_failure(said)
    assert window.heading.text() == said.what


def test_nothing_is_held_of_what_was_shown(window: ThisDesk) -> None:
    window.forget()
    assert window.places.place is None
    assert window.page.shares.model().rowCount() == 0
    assert "".join(one.text() for one in (window.page.heading, window.page.caption)) == ""


def test_five_thousand_sets_are_listed_at_once(window: ThisDesk) -> None:
    many = {f"组 {number}": number for number in range(5_000)}
    began = time.perf_counter()
    window.show_survey(Survey(PLACES[:1], False, {PHRASES: many}))
    # Far more than it takes, on a machine with other work to do.
    assert time.perf_counter() - began < 1
    assert window.page.shares.model().rowCount() == 5_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_a_short_name(language: str) -> None:
    words = Words(language)
    assert all(words.say(f"this_desk.refused.{one.value}") for one in Refusal)
