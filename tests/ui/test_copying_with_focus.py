"""What will only be copied is chosen while our window has the focus: Wayland asks for that."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.phrases.search import Entry, Hit, Index
from companion.profile.template import slots
from companion.ui import style
from companion.ui.phrase_forms import SlotForm
from companion.ui.picker import Picker
from companion.ui.words import Words

WORDS = Words("zh")
ENTRY = Entry("1", "phrase", "退款", "您好")
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("target", "modifiers", "stays"),
    [(None, NONE, True), ("客户", CONTROL, True), ("客户", NONE, False)],
    ids=["no target", "copy only", "into a window"],
)
def test_the_picker_goes_after_a_copy_and_before_a_paste(
    target: str | None, modifiers: Qt.KeyboardModifier, stays: bool, qtbot: QtBot
) -> None:
    find: Callable[[str], list[Hit]] = Index([ENTRY]).find
    picker = Picker(WORDS, style.LIGHT, find)
    qtbot.addWidget(picker)
    seen: list[bool] = []
    picker.chosen.connect(lambda entry, copy_only: seen.append(picker.isVisible()))
    picker.open_for(target)
    QTest.keyClick(picker.search, Qt.Key.Key_Return, modifiers)
    assert seen == [stays]
    assert not picker.isVisible()


def test_the_form_goes_after_its_values(qtbot: QtBot) -> None:
    form = SlotForm(WORDS, slots("{称呼:林}您好"))
    seen: list[bool] = []
    form.filled.connect(lambda values: seen.append(form.isVisible()))
    form.ask()
    QTest.keyClick(form.fields["称呼"], Qt.Key.Key_Return)
    assert seen == [True]
