"""A first run by keyboard: place, passphrase, recovery code, its check, import, hotkey."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from companion.errors import PassphraseTooShort
from companion.profile.sealing import LEAST_PASSPHRASE
from companion.session.strength import level
from companion.ui.messages import explain
from companion.ui.sign_in import SignIn
from companion.ui.sign_in_page import Said
from tests.ui.sign_in_window import (
    CODE,
    ENTER,
    ESCAPE,
    PASSPHRASE,
    STORE,
    WORDS,
    Heard,
    listening,
    needed,
    press,
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
    QTest.keyClick(window.other, SPACE)
    return window


def to_secret(window: SignIn) -> None:
    place = window.first.place
    assert window.focusWidget() is place.name
    type_in(place.name, " Lin ")
    assert place.store.text() == STORE
    press(window, ENTER)
    assert window.focusWidget() is window.first.secret.passphrase


def fill_secret(window: SignIn, again: str = PASSPHRASE) -> None:
    secret = window.first.secret
    type_in(secret.passphrase, PASSPHRASE)
    type_in(secret.again, again)
    QTest.keyClick(secret.again, ENTER)


def test_a_first_profile_goes_out_on_enter(window: SignIn, heard: Heard) -> None:
    to_secret(window)
    fill_secret(window)
    assert heard.said == [("first", Said("Lin", STORE), PASSPHRASE)]
    assert window.steps.isVisible()


def test_a_place_that_other_desks_do_not_see_is_said_to_be_one(qtbot: QtBot) -> None:
    window = SignIn(WORDS, "/home/lin/x", at_home=lambda place: place.startswith("/home"))
    qtbot.addWidget(window)
    window.show()
    window.ask_first()
    place, height = window.first.place, window.height()
    assert place.alone.isVisible()
    type_in(place.store, "/share/lin")
    assert not place.alone.isVisible() and window.height() < height
    type_in(place.store, "/home/lin")
    # It is only said: who works at one desk may keep it there.
    type_in(place.name, "Lin")
    press(window, ENTER)
    assert window.first.secret.isVisible()
    managed = SignIn(WORDS, "/home/lin/x", at_home=lambda _: True)
    qtbot.addWidget(managed)
    managed.manage()
    managed.show()
    managed.ask_first()
    assert not managed.first.place.alone.isVisible()


@pytest.mark.parametrize("missing", ["name", "store"])
def test_a_first_profile_needs_a_name_and_a_place(window: SignIn, missing: str) -> None:
    place = window.first.place
    type_in(place.name, "Lin")
    line = {"name": place.name, "store": place.store}[missing]
    line.clear()
    place.store.setFocus()
    press(window, ENTER)
    assert window.problem.text() == needed(line)
    assert window.focusWidget() is line


def test_enter_leads_from_the_first_passphrase_to_the_second(window: SignIn, heard: Heard) -> None:
    to_secret(window)
    secret = window.first.secret
    # Too short is said before anybody has typed it twice.
    type_in(secret.passphrase, "short")
    press(window, ENTER)
    too_short = explain(PassphraseTooShort(least=LEAST_PASSPHRASE), WORDS)
    assert window.problem.text() == str(too_short)
    assert window.focusWidget() is secret.passphrase
    QTest.keyClicks(secret.passphrase, PASSPHRASE)
    assert not window.problem.isVisible()
    press(window, ENTER)
    assert window.focusWidget() is secret.again and not window.problem.isVisible()
    QTest.keyClicks(secret.again, PASSPHRASE)
    press(window, ENTER)
    assert heard.said == [("first", Said("Lin", STORE), PASSPHRASE)]


def test_who_presses_the_button_without_the_second_is_told_so(window: SignIn, heard: Heard) -> None:
    to_secret(window)
    type_in(window.first.secret.passphrase, PASSPHRASE)
    window.go.setFocus()
    press(window, SPACE)
    again = window.first.secret.again
    assert (heard.said, window.problem.text()) == ([], needed(again))
    assert window.focusWidget() is again


@pytest.mark.parametrize("again", ["Correct horse battery", PASSPHRASE + " "])
def test_differing_passphrases_make_no_profile(window: SignIn, heard: Heard, again: str) -> None:
    to_secret(window)
    fill_secret(window, again)
    assert heard.said == []
    assert window.problem.text() == WORDS.say("signin.differ")
    assert window.focusWidget() is window.first.secret.passphrase
    assert window.go.isEnabled()


def test_the_meter_says_how_long_it_withstands(window: SignIn) -> None:
    to_secret(window)
    secret = window.first.secret
    assert (secret.meter.value(), secret.strength.text()) == (
        0,
        WORDS.say("sitting.strength.about"),
    )
    secret.passphrase.setText("woxihuanchifan")
    low = window.height()
    secret.passphrase.setText("12345678")
    # What takes more lines pushes nothing out of sight.
    assert window.height() > low
    # As good as nothing is not shown as a beginning.
    assert (secret.meter.value(), secret.strength.text()) == (
        0,
        WORDS.say("sitting.strength.at_once"),
    )
    for passphrase in ("woxihuanchifan", "correct horse battery staple"):
        secret.passphrase.setText(passphrase)
        found = level(passphrase)
        assert secret.meter.value() == found + 1
        assert secret.strength.text() == WORDS.say(f"sitting.strength.{found}")


def test_a_problem_with_the_place_leads_back_to_it(window: SignIn) -> None:
    to_secret(window)
    fill_secret(window)
    window.show_problem("x", "place")
    assert window.focusWidget() is window.first.place.store
    assert window.first.place.store.selectedText() == STORE
    assert window.problem.isVisible()
    press(window, ENTER)
    # What was typed is still there.
    assert window.first.secret.passphrase.text() == PASSPHRASE
    window.show_problem("y")
    assert window.focusWidget() is window.first.secret.passphrase


def test_both_ways_in_lead_to_each_other(window: SignIn) -> None:
    to_secret(window)
    QTest.keyClick(window, ESCAPE)
    assert window.first.place.isVisible()
    QTest.keyClick(window.other, SPACE)
    assert window.who.isVisible() and not window.first.place.isVisible()


def test_a_managed_desk_asks_a_newcomer_for_his_name_only(window: SignIn, heard: Heard) -> None:
    window.manage()
    QTest.keyClick(window.other, SPACE)
    type_in(window.first.place.name, "Lin")
    press(window, ENTER)
    fill_secret(window)
    assert heard.said == [("first", Said("Lin"), PASSPHRASE)]


def ask_code(window: SignIn) -> list[str]:
    """Go on to the check; the groups that it asks for."""
    window.show_recovery(CODE, "Lin")
    QTest.keyClick(window.go, SPACE)
    return [CODE.split("-")[at] for at in window.first.check.asked]


def test_the_code_is_shown_once_and_two_of_its_groups_are_typed(window: SignIn) -> None:
    to_secret(window)
    fill_secret(window)
    window.show_recovery(CODE, "Lin")
    secret, code = window.first.secret, window.first.code
    assert code.code.isVisible() and code.code.text() == CODE
    assert secret.passphrase.text() == secret.again.text() == ""
    one, other = ask_code(window)
    assert not code.code.isVisible()
    groups = window.first.check.groups
    type_in(groups[0], one)
    type_in(groups[1], "ABCD")
    press(window, ENTER)
    assert window.problem.text() == WORDS.say("sitting.check.wrong")
    # The one that is wrong is typed anew.
    assert window.focusWidget() is groups[1] and groups[1].selectedText() == "ABCD"
    # What looks alike is taken for what it is.
    type_in(groups[1], f" {other.lower().replace('0', 'o')} ")
    QTest.keyClick(groups[1], ENTER)
    assert window.first.bring.isVisible()


def test_the_check_can_be_put_off_and_the_code_looked_at_again(window: SignIn) -> None:
    ask_code(window)
    QTest.keyClick(window.other, SPACE)
    assert window.first.code.code.isVisible()
    QTest.keyClick(window.go, SPACE)
    QTest.keyClick(window.later, SPACE)
    assert window.first.bring.isVisible()


def test_the_code_can_be_copied_printed_and_saved(
    window: SignIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.show_recovery(CODE, "Lin")
    code, said = window.first.code, list[object]()
    code.copied.connect(said.append)
    code.printed.connect(said.append)
    code.saved.connect(lambda text, file: said.extend((text, file)))
    file, titles, here = tmp_path / "code.txt", list[str](), iter((False, True))

    def chosen(_: object, title: str, proposed: str) -> tuple[str, str]:
        titles.append(title)
        assert Path(proposed) == tmp_path / WORDS.say("sitting.save.name")
        return (str(file) if len(titles) == 1 else "", "")

    code.place_wanted.connect(lambda: code.choose_file(tmp_path, next(here)))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    for one in (code.copy, code.print, code.save, code.save):
        QTest.keyClick(one, SPACE)
    # Whoever has no stick is told that this is no place for it to stay.
    assert titles == [WORDS.say("sitting.save.title"), WORDS.say("sitting.save.title_here")]
    sheet = WORDS.say("sitting.sheet", agent="Lin", code=CODE)
    assert said == [CODE, sheet, sheet, file]


def test_what_is_chosen_stands_in_the_field_and_it_ends(window: SignIn, heard: Heard) -> None:
    came: list[str] = []
    window.came.connect(came.append)
    assert not window.take_trial("x")
    ask_code(window)
    QTest.keyClick(window.later, SPACE)
    window.first.bring.show_found(["Chrome"])
    assert "Chrome" in window.first.bring.text.text()
    QTest.keyClick(window.go, SPACE)
    trial = window.first.trial
    assert (came, window.focusWidget()) == (["import", "try"], trial.field)
    trial.show_ready("问好", "wh")
    assert window.take_trial("您好")
    assert trial.field.toPlainText() == "您好" and trial.worked.isVisible()
    QTest.keyClick(window.go, SPACE)
    assert heard.said == [("finished",)]
    window.forget()
    assert (trial.field.toPlainText(), window.first.code.code.text()) == ("", "")
    assert not window.take_trial("x")


@pytest.mark.parametrize("page", ["code", "check", "import"])
def test_to_close_the_window_after_it_was_made_is_to_be_done(
    window: SignIn, heard: Heard, page: str
) -> None:
    window.show_recovery(CODE, "Lin")
    if page != "code":
        QTest.keyClick(window.go, SPACE)
    if page == "import":
        QTest.keyClick(window.later, SPACE)
    # By Esc nobody loses a code that is not yet noted.
    QTest.keyClick(window, ESCAPE)
    assert heard.said == []
    window.close()
    assert heard.said == [("finished",)]
