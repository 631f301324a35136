"""The unlock window: one field, a link to the other secret, and nothing of either stays in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.ui.unlock import Unlock
from companion.ui.words import Words

WORDS = Words("zh")
ENTER, SHIFT = Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot) -> Unlock:
    window = Unlock(WORDS)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def taken(window: Unlock) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    window.wanted.connect(lambda: found.append((window.take_secret(), window.by_pin)))
    return found


@pytest.mark.parametrize("pin", [True, False])
def test_enter_tries_what_was_typed_once(
    window: Unlock, taken: list[tuple[str, bool]], pin: bool
) -> None:
    window.ask("林", may_pin=pin)
    assert window.agent.text() == "林"
    QTest.keyClicks(window.secret, "24680a")
    for _ in range(2):
        QTest.keyClick(window.secret, ENTER)
    assert taken == [("24680a", pin)]
    assert window.secret.text() == ""
    # Neither does undoing bring it back.
    window.busy(False)
    window.secret.undo()
    assert window.secret.text() == ""


def test_the_link_leads_to_the_other_secret_and_back(
    window: Unlock, taken: list[tuple[str, bool]]
) -> None:
    window.ask("林", may_pin=True)
    assert window.secret.accessibleName() == WORDS.say("unlock.pin")
    QTest.keyClicks(window.secret, "246")
    window.other.click()
    assert window.secret.accessibleName() == WORDS.say("signin.passphrase")
    assert window.secret.text() == ""
    QTest.keyClicks(window.secret, "correct horse")
    window.go.click()
    assert taken == [("correct horse", False)]
    window.busy(False)
    window.other.click()
    assert window.by_pin


def test_without_a_pin_no_link_leads_to_one(window: Unlock) -> None:
    window.ask("林", may_pin=False)
    assert window.other.isHidden()
    assert not window.by_pin


def test_nothing_typed_is_asked_for(window: Unlock, taken: list[tuple[str, bool]]) -> None:
    window.ask("林", may_pin=True)
    QTest.keyClick(window.secret, ENTER)
    assert taken == []
    assert window.problem.text() == WORDS.say("signin.needed", name="PIN")
    QTest.keyClicks(window.secret, "2")
    assert window.problem.isHidden()


def test_a_problem_is_told_and_the_next_try_begins_empty(window: Unlock) -> None:
    window.ask("林", may_pin=True)
    QTest.keyClicks(window.secret, "246800")
    QTest.keyClick(window.secret, ENTER)
    window.show_problem("不对", may_pin=True, by_pin=True)
    assert (window.problem.text(), window.secret.text()) == ("不对", "")
    assert window.go.isEnabled() and window.by_pin
    window.show_problem("作废", may_pin=False, by_pin=False)
    assert not window.by_pin
    assert window.other.isHidden()


def test_closing_it_leaves_nothing_in_it(window: Unlock) -> None:
    window.ask("林", may_pin=False)
    QTest.keyClicks(window.secret, "correct")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert window.secret.text() == ""


def test_letters_tell_whether_caps_lock_is_on(window: Unlock) -> None:
    window.ask("林", may_pin=False)
    QTest.keyClicks(window.secret, "a")
    assert window.caps.isHidden()
    QTest.keyClicks(window.secret, "A")
    assert not window.caps.isHidden()
    QTest.keyClicks(window.secret, "B", SHIFT)
    assert window.caps.isHidden()
    QTest.keyClicks(window.secret, "b", SHIFT)
    assert not window.caps.isHidden()
    QTest.keyClick(window.secret, Qt.Key.Key_CapsLock)
    assert window.caps.isHidden()


def test_somebody_else_says_so(window: Unlock, qtbot: QtBot) -> None:
    window.ask("林", may_pin=False)
    with qtbot.waitSignal(window.not_me):
        window.leave.click()
