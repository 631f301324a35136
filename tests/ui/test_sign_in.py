"""Signing in by keyboard: what must be filled in, what goes out, and what is shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from companion.ui.messages import Message
from companion.ui.sign_in import SignIn
from companion.ui.sign_in_page import Fault, Said
from companion.ui.sign_in_who import Offered
from tests.ui.sign_in_window import (
    ENTER,
    ESCAPE,
    PASSPHRASE,
    STORE,
    TAB,
    WORDS,
    Heard,
    listening,
    needed,
    type_in,
)

SPACE = Qt.Key.Key_Space


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def window(qtbot: QtBot, heard: Heard) -> SignIn:
    window = listening(SignIn(WORDS, STORE), heard)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def test_card_and_passphrase_go_out_on_enter(window: SignIn, heard: Heard) -> None:
    assert window.focusWidget() is window.who.card
    type_in(window.who.card, "  companion1:abc ")
    QTest.keyClick(window.who.card, TAB)
    type_in(window.who.passphrase, PASSPHRASE)
    QTest.keyClick(window.who.passphrase, ENTER)
    assert heard.said == [("sit down", Said(place="companion1:abc"), PASSPHRASE)]


@pytest.mark.parametrize("missing", ["card", "passphrase"])
def test_signing_in_needs_every_field(window: SignIn, heard: Heard, missing: str) -> None:
    lines = {"card": window.who.card, "passphrase": window.who.passphrase}
    for name, line in lines.items():
        type_in(line, " " if name == missing else "x")
    QTest.keyClick(window.who.passphrase, ENTER)
    assert heard.said == []
    assert window.problem.isVisible()
    assert window.problem.text() == needed(lines[missing])
    assert window.focusWidget() is lines[missing]
    assert window.go.isEnabled()


def test_where_no_card_was_found_nobody_is_disturbed(window: SignIn) -> None:
    window.other.setFocus()
    window.offer(())
    assert window.focusWidget() is window.other


def test_what_is_typed_before_a_card_was_found_stays(window: SignIn) -> None:
    type_in(window.who.card, "D:/store")
    window.offer([Offered("companion1:abc", "林")])
    assert (window.who.card.text(), window.who.card.isVisible()) == ("D:/store", True)
    assert window.focusWidget() is window.who.card


def test_a_card_that_was_found_needs_nothing_but_the_passphrase(
    window: SignIn, heard: Heard
) -> None:
    window.offer([Offered("companion1:lin", "林 · U 盘"), Offered("companion1:wang", "小王")])
    assert window.who.found.isVisible() and not window.who.card.isVisible()
    assert window.focusWidget() is window.who.passphrase
    QTest.keyClick(window.who.found, Qt.Key.Key_Down)
    type_in(window.who.passphrase, PASSPHRASE)
    QTest.keyClick(window.who.passphrase, ENTER)
    assert heard.said == [("sit down", Said(place="companion1:wang"), PASSPHRASE)]
    window.show_stopped()
    # The last of them is another one.
    QTest.keyClick(window.who.found, Qt.Key.Key_End)
    assert window.who.card.isVisible()
    assert window.focusWidget() is window.who.card


def test_where_a_store_is_laid_down_a_name_is_enough(window: SignIn, heard: Heard) -> None:
    window.manage()
    assert not window.who.card.isVisible()
    assert window.focusWidget() is window.who.name
    type_in(window.who.name, "林")
    type_in(window.who.passphrase, PASSPHRASE)
    QTest.keyClick(window.who.passphrase, ENTER)
    assert heard.said == [("sit down", Said(agent="林"), PASSPHRASE)]


@pytest.mark.parametrize("user", ["", "lin"])
def test_a_store_that_asks_gets_a_user_and_a_password(
    window: SignIn, heard: Heard, user: str
) -> None:
    window.place_said.connect(lambda _said: window.show_login(True, user))
    type_in(window.who.card, "webdavs://cloud.example/packs")
    type_in(window.who.passphrase, PASSPHRASE)
    QTest.keyClick(window.who.passphrase, ENTER)
    login = window.who.login
    assert login.isVisible() and login.user.text() == user
    if user:
        # Where the address names somebody, the password is asked for before it goes on.
        assert heard.said == [] and window.focusWidget() is login.password
        type_in(login.password, "secret")
        QTest.keyClick(login.password, ENTER)
    ((_, said, _),) = heard.said
    assert isinstance(said, Said)
    assert (said.user, said.password) == ((user, "secret") if user else ("", ""))
    assert "secret" not in repr(said)
    assert login.password.echoMode() == QLineEdit.EchoMode.Password


def test_enter_leads_to_the_next_line_without_a_reproach(window: SignIn, heard: Heard) -> None:
    type_in(window.who.card, "companion1:abc")
    QTest.keyClick(window.who.card, ENTER)
    assert window.focusWidget() is window.who.passphrase and not window.problem.isVisible()
    QTest.keyClick(window.who.passphrase, ENTER)
    assert window.problem.text() == needed(window.who.passphrase) and heard.said == []
    QTest.keyClicks(window.who.passphrase, "x")
    assert not window.problem.isVisible()


@pytest.mark.parametrize("fault", ["secret", "login", "place", "elsewhere"])
def test_what_was_wrong_is_selected_to_be_typed_anew(window: SignIn, fault: Fault) -> None:
    who = window.who
    type_in(who.card, "D:/store")
    type_in(who.passphrase, PASSPHRASE)
    who.login.ask(True, "lin")
    type_in(who.login.password, "old")
    line = {"login": who.login.password, "place": who.card}.get(fault, who.passphrase)
    window.show_problem("x", fault)
    assert window.focusWidget() is line and line.selectedText() == line.text()
    # Where a card was found there is no place to be typed.
    who.card.clear()
    who.passphrase.clear()
    window.offer([Offered("companion1:lin", "林")])
    window.show_problem("x", "place")
    assert window.focusWidget() is who.passphrase


def test_the_window_is_as_high_as_each_page_needs(window: SignIn) -> None:
    before = window.height()
    window.show_problem("x")
    higher = window.height()
    window.ask()
    assert window.height() == before < higher


def test_while_busy_the_buttons_rest_until_there_is_a_problem(window: SignIn, heard: Heard) -> None:
    type_in(window.who.card, "card")
    type_in(window.who.passphrase, "wrong")
    QTest.keyClick(window.who.passphrase, ENTER)
    assert not window.go.isEnabled()
    QTest.keyClick(window.go, SPACE)
    # The other page would let a second thing be started beside the first.
    assert not window.other.isVisible()
    assert len(heard.said) == 1
    window.show_step("packs", 2, 5)
    rows = [row.text() for row in window.steps.rows]
    assert [row[0] for row in rows] == ["✓", "✓", "●"]
    assert rows[2].endswith(WORDS.say("signin.step.packs.at", done=2, of=5))
    assert window.steps.bar.value() > window.steps.bar.maximum() * 2 // 3
    problem = Message("口令不对。", "什么都没变。", "再输一次。")
    window.show_problem(problem)
    assert window.problem.text() == str(problem)
    assert not window.steps.isVisible()
    assert window.go.isEnabled()
    assert window.focusWidget() is window.who.passphrase
    assert window.who.passphrase.selectedText() == "wrong"
    QTest.keyClicks(window.who.passphrase, PASSPHRASE)
    QTest.keyClick(window.who.passphrase, ENTER)
    assert heard.said[1:] == [("sit down", Said(place="card"), PASSPHRASE)]


@pytest.mark.parametrize("by", ["button", "escape", "closing"])
def test_what_is_under_way_can_be_stopped_once(window: SignIn, heard: Heard, by: str) -> None:
    QTest.keyClick(window, ESCAPE)
    assert heard.said == [] and not window.halt.isVisible()
    type_in(window.who.card, "card")
    type_in(window.who.passphrase, PASSPHRASE)
    QTest.keyClick(window.who.passphrase, ENTER)
    heard.said.clear()
    assert window.halt.isVisible()
    for _ in range(2):
        if by == "button":
            QTest.mouseClick(window.halt, Qt.MouseButton.LeftButton)
        elif by == "escape":
            QTest.keyClick(window, ESCAPE)
        else:
            window.close()
    assert heard.said == [("stopped",)]
    assert window.notice.text() == WORDS.say("signin.stopping")
    assert not window.go.isEnabled()
    window.show_stopped()
    assert window.go.isEnabled() and not window.halt.isVisible()
    assert window.notice.text() == WORDS.say("signin.stopped")
    # Whoever opens a window that was closed may be somebody else.
    assert window.who.passphrase.text() == ("" if by == "closing" else PASSPHRASE)


def test_who_forgot_the_passphrase_is_told_what_opens(window: SignIn) -> None:
    QTest.keyClick(window.later, SPACE)
    assert window.notice.text() == WORDS.say("sitting.forgot.how")
    assert window.focusWidget() is window.who.passphrase


def test_secrets_are_never_shown_and_can_be_forgotten(window: SignIn) -> None:
    who = window.who
    assert who.passphrase.echoMode() == QLineEdit.EchoMode.Password
    who.login.ask(True, "lin")
    for line in (who.passphrase, who.login.password):
        type_in(line, PASSPHRASE)
    window.forget()
    lines = (who.passphrase, who.login.user, who.login.password)
    assert [line.text() for line in lines] == ["", "", ""]
