"""Signing in by keyboard: what must be filled in, what goes out, and what is shown."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from companion.ui.messages import Message
from companion.ui.sign_in import SignIn
from companion.ui.words import Words

WORDS = Words("zh")
STORE = "/share/companion"
PASSPHRASE = "correct horse battery"
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


@dataclass
class Heard:
    """What a window said, in order."""

    said: list[tuple[str, ...]] = field(default_factory=list)
    filled: list[dict[str, str]] = field(default_factory=list)

    def hear(self, *texts: str) -> None:
        self.said.append(texts)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def window(qtbot: QtBot, heard: Heard) -> SignIn:
    window = SignIn(WORDS, STORE)
    qtbot.addWidget(window)
    window.sit_down.connect(lambda card, secret: heard.hear("sit down", card, secret))
    window.first_profile.connect(lambda *texts: heard.hear("first", *texts))
    window.finished.connect(lambda: heard.hear("finished"))
    window.stopped.connect(lambda: heard.hear("stopped"))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def type_in(line: QLineEdit, text: str) -> None:
    line.clear()
    QTest.keyClicks(line, text)


def needed(line: QLineEdit) -> str:
    return WORDS.say("signin.needed", name=line.accessibleName())


def test_card_and_passphrase_go_out_on_enter(window: SignIn, heard: Heard) -> None:
    assert window.focusWidget() is window.card
    type_in(window.card, "  companion1:abc ")
    QTest.keyClick(window.card, TAB)
    type_in(window.passphrase, PASSPHRASE)
    QTest.keyClick(window.passphrase, ENTER)
    assert heard.said == [("sit down", "companion1:abc", PASSPHRASE)]


@pytest.mark.parametrize("missing", ["card", "passphrase"])
def test_signing_in_needs_every_field(window: SignIn, heard: Heard, missing: str) -> None:
    lines = {"card": window.card, "passphrase": window.passphrase}
    for name, line in lines.items():
        type_in(line, " " if name == missing else "x")
    QTest.keyClick(window.passphrase, ENTER)
    assert heard.said == []
    assert window.problem.isVisible()
    assert window.problem.text() == needed(lines[missing])
    assert window.focusWidget() is lines[missing]
    assert window.go.isEnabled()


def test_who_is_known_here_only_types_the_passphrase(window: SignIn, heard: Heard) -> None:
    window.ask_known("companion1:abc", "林")
    assert not window.card.isVisible()
    assert window.focusWidget() is window.passphrase
    type_in(window.passphrase, PASSPHRASE)
    QTest.keyClick(window.go, Qt.Key.Key_Space)
    assert heard.said == [("sit down", "companion1:abc", PASSPHRASE)]


def shown(window: SignIn) -> set[str]:
    """The words that are seen."""
    parts: list[QLabel | QPushButton] = [*window.findChildren(QLabel)]
    parts += window.findChildren(QPushButton)
    return {part.text() for part in parts if part.isVisible()}


def test_who_is_known_here_is_greeted_until_somebody_else_is_asked(window: SignIn) -> None:
    greeting, first = WORDS.say("signin.unlock", agent="林"), WORDS.say("signin.first")
    window.ask_known("companion1:abc", "林")
    assert greeting in shown(window)
    # A second profile cannot be made at a desk where somebody is signed in.
    assert first not in shown(window)
    window.ask_first()
    assert WORDS.say("app.motto") in shown(window)
    assert greeting not in shown(window)
    window.ask_known("", "")
    assert window.card.isVisible()
    assert first in shown(window)


def test_the_window_is_as_high_as_each_page_needs(window: SignIn) -> None:
    before = window.height()
    window.ask_first()
    assert window.height() > before
    window.show_problem("x")
    higher = window.height()
    window.ask_known("", "")
    assert window.height() == before < higher


def fill_first(window: SignIn) -> dict[str, QLineEdit]:
    window.ask_first()
    assert window.focusWidget() is window.name
    assert window.store.text() == STORE
    type_in(window.name, " Lin ")
    type_in(window.new_passphrase, PASSPHRASE)
    type_in(window.again, PASSPHRASE)
    return {"name": window.name, "store": window.store, "passphrase": window.new_passphrase}


def test_a_first_profile_goes_out_on_enter(window: SignIn, heard: Heard) -> None:
    fill_first(window)
    QTest.keyClick(window.again, ENTER)
    assert heard.said == [("first", "Lin", STORE, PASSPHRASE)]


@pytest.mark.parametrize("missing", ["name", "store", "passphrase"])
def test_a_first_profile_needs_every_field(window: SignIn, heard: Heard, missing: str) -> None:
    line = fill_first(window)[missing]
    line.clear()
    QTest.keyClick(window.again, ENTER)
    assert heard.said == []
    assert window.problem.text() == needed(line)
    assert window.focusWidget() is line


@pytest.mark.parametrize("again", ["", "Correct horse battery", PASSPHRASE + " "])
def test_differing_passphrases_make_no_profile(window: SignIn, heard: Heard, again: str) -> None:
    fill_first(window)
    type_in(window.again, again)
    QTest.keyClick(window.again, ENTER)
    assert heard.said == []
    assert window.problem.text() == WORDS.say("signin.differ")
    assert window.focusWidget() is window.new_passphrase
    assert window.make.isEnabled()


def test_while_busy_the_buttons_rest_until_there_is_a_problem(window: SignIn, heard: Heard) -> None:
    type_in(window.card, "card")
    type_in(window.passphrase, "wrong")
    QTest.keyClick(window.passphrase, ENTER)
    assert not window.go.isEnabled()
    QTest.keyClick(window.go, Qt.Key.Key_Space)
    # The other page would let a second thing be started beside the first.
    first = WORDS.say("signin.first")
    (other,) = (b for b in window.findChildren(QPushButton) if b.text() == first)
    QTest.mouseClick(other, Qt.MouseButton.LeftButton)
    assert window.card.isVisible()
    assert len(heard.said) == 1
    window.show_step("packs", 2, 5)
    assert window.step.text() == WORDS.say("signin.step.packs", done=2, of=5)
    problem = Message("口令不对。", "什么都没变。", "再输一次。")
    window.show_problem(problem)
    assert window.problem.text() == str(problem)
    assert window.step.text() == ""
    assert window.go.isEnabled()
    assert window.focusWidget() is window.passphrase
    assert window.passphrase.selectedText() == "wrong"
    QTest.keyClicks(window.passphrase, PASSPHRASE)
    QTest.keyClick(window.passphrase, ENTER)
    assert heard.said[1:] == [("sit down", "card", PASSPHRASE)]


@pytest.mark.parametrize("by", ["button", "escape", "closing"])
def test_what_is_under_way_can_be_stopped_once(window: SignIn, heard: Heard, by: str) -> None:
    QTest.keyClick(window, ESCAPE)
    assert heard.said == [] and not window.halt.isVisible()
    type_in(window.card, "card")
    type_in(window.passphrase, PASSPHRASE)
    QTest.keyClick(window.passphrase, ENTER)
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
    assert window.step.text() == WORDS.say("signin.stopping")
    assert not window.go.isEnabled()
    window.show_stopped()
    assert window.go.isEnabled() and not window.halt.isVisible()
    assert window.step.text() == WORDS.say("signin.stopped")
    assert window.passphrase.text() == PASSPHRASE


def test_secrets_are_never_shown_and_can_be_forgotten(window: SignIn) -> None:
    secrets = (window.passphrase, window.new_passphrase, window.again)
    for line in secrets:
        assert line.echoMode() == QLineEdit.EchoMode.Password
        type_in(line, PASSPHRASE)
    window.code.setText("ABCD-EFGH")
    window.forget()
    assert [line.text() for line in (*secrets, window.code)] == [""] * 4


def test_the_recovery_page_shows_the_code_and_the_card_and_ends_on_a_key(
    window: SignIn, heard: Heard
) -> None:
    fill_first(window)
    window.show_recovery("ABCD-EFGH", "companion1:abc")
    assert (window.code.text(), window.card_text.text()) == ("ABCD-EFGH", "companion1:abc")
    assert window.code.isVisible()
    assert not window.code.textInteractionFlags() & Qt.TextInteractionFlag.TextEditable
    assert window.card_text.isReadOnly()
    assert window.new_passphrase.text() == window.again.text() == ""
    assert window.focusWidget() is window.done
    (copy,) = (
        b for b in window.findChildren(QPushButton) if b.text() == WORDS.say("recovery.copy")
    )
    QTest.keyClick(copy, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == "companion1:abc"
    QTest.keyClick(window.done, Qt.Key.Key_Space)
    assert heard.said == [("finished",)]


def test_both_pages_lead_to_each_other_by_keyboard(window: SignIn) -> None:
    def link(key: str) -> QPushButton:
        (found,) = (b for b in window.findChildren(QPushButton) if b.text() == WORDS.say(key))
        return found

    QTest.keyClick(link("signin.first"), Qt.Key.Key_Space)
    assert window.name.isVisible()
    QTest.keyClick(link("signin.known"), Qt.Key.Key_Space)
    assert window.card.isVisible()
    assert not window.name.isVisible()
