"""The form for a PIN: typed twice, handed over once, and nothing of it stays."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.errors import CompanionError, SecretsUnavailable
from companion.seat_errors import PinTooPlain, PinTooShort
from companion.session.remembering import LEAST_PIN
from companion.ui.messages import explain
from companion.ui.pin import PinForm
from companion.ui.words import Words

WORDS = Words("zh")
ENTER = Qt.Key.Key_Return


@pytest.fixture
def form(qtbot: QtBot) -> PinForm:
    form = PinForm(WORDS)
    qtbot.addWidget(form)
    form.ask("18:30", 6, is_set=False)
    return form


@pytest.fixture
def taken(form: PinForm) -> list[str]:
    found: list[str] = []
    form.wanted.connect(lambda: found.append(form.take_pin()))
    return found


def write(form: PinForm, pin: str, again: str) -> None:
    QTest.keyClicks(form.pin, pin)
    QTest.keyClicks(form.again, again)
    QTest.keyClick(form.again, ENTER)


def test_a_pin_that_was_typed_twice_is_handed_over_once(form: PinForm, taken: list[str]) -> None:
    assert "18:30" in form.text.text()
    write(form, "24680a", "24680a")
    QTest.keyClick(form.again, ENTER)
    assert taken == ["24680a"]
    for line in (form.pin, form.again):
        line.undo()
        assert line.text() == ""


@pytest.mark.parametrize(("pin", "again"), [("", ""), ("24680a", "24680b")])
def test_what_is_not_typed_twice_the_same_is_asked_for_again(
    form: PinForm, taken: list[str], pin: str, again: str
) -> None:
    write(form, pin, again)
    assert taken == []
    assert not form.problem.isHidden()
    assert (form.pin.text(), form.again.text()) == ("", "")
    write(form, "24680a", "24680a")
    assert taken == ["24680a"]


def test_enter_leads_from_the_first_to_the_second(form: PinForm, taken: list[str]) -> None:
    QTest.keyClicks(form.pin, "24680a")
    QTest.keyClick(form.pin, ENTER)
    assert form.focusWidget() is form.again and form.problem.isHidden()
    QTest.keyClicks(form.again, "24680a")
    QTest.keyClick(form.again, ENTER)
    assert taken == ["24680a"]


@pytest.mark.parametrize(
    ("pin", "error"), [("246", PinTooShort(least=LEAST_PIN)), ("123456", PinTooPlain())]
)
def test_what_is_no_pin_is_said_before_it_is_typed_twice(
    form: PinForm, pin: str, error: CompanionError
) -> None:
    QTest.keyClicks(form.pin, pin)
    QTest.keyClick(form.pin, ENTER)
    assert form.problem.text() == str(explain(error, WORDS))
    assert form.focusWidget() is form.pin
    QTest.keyClicks(form.pin, "2")
    assert form.problem.isHidden()


def test_what_the_secret_store_is_like_is_said_beforehand(form: PinForm) -> None:
    assert form.store.isHidden()
    form.expect(True)
    assert not form.store.isHidden()
    message = explain(SecretsUnavailable(reason="NoKeyringError"), WORDS)
    form.refuse(message)
    assert form.problem.text() == str(message)
    assert not form.pin.isEnabled() and not form.go.isEnabled()
    assert form.focusWidget() is form.cancel
    # Another time it may be there.
    form.ask("18:30", 6, is_set=False)
    assert form.pin.isEnabled() and form.go.isEnabled() and form.store.isHidden()


def test_only_a_pin_that_is_set_can_be_taken_back(form: PinForm, qtbot: QtBot) -> None:
    assert form.off.isHidden()
    form.ask("18:30", 6, is_set=True)
    with qtbot.waitSignal(form.unwanted):
        form.off.click()


def test_esc_leaves_all_as_it_is(form: PinForm, taken: list[str]) -> None:
    QTest.keyClicks(form.pin, "24680a")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    form.ask("18:30", 6, is_set=False)
    assert (form.pin.text(), taken) == ("", [])
