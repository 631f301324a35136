"""What will only be copied is chosen while our window has the focus: Wayland asks for that."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.app.asking import Asking
from companion.desk.ports import Target
from companion.desk.recording import RecordingDesk
from companion.phrases.search import Entry, Hit, Index
from companion.ui import style
from companion.ui.picker import Picker
from companion.ui.words import Words

WORDS = Words("zh")
CHAT = Target(7, "chat", "客户")
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


@pytest.mark.parametrize(
    ("target", "modifiers", "stays"),
    [(None, NONE, True), (CHAT, CONTROL, True), (CHAT, NONE, False)],
    ids=["no target", "copy only", "into a window"],
)
def test_the_form_goes_after_a_copy_and_before_a_paste(
    target: Target | None, modifiers: Qt.KeyboardModifier, stays: bool, qtbot: QtBot
) -> None:
    asking = Asking(RecordingDesk(), WORDS, style.LIGHT, lambda: None)
    seen: list[bool] = []
    asking.begin(
        Entry("2", "phrase", "问候", "{称呼:林}您好"),
        target,
        False,
        lambda messages, copied: seen.append(asking.form is not None and asking.form.isVisible()),
    )
    form = asking.form
    assert form is not None
    QTest.keyClick(form, Qt.Key.Key_Return, modifiers)
    assert seen == [stays]
    assert asking.form is None
