"""Where no tray tells anything the picker's foot does: once, and while it is news."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from companion.phrases.search import Entry, Index
from companion.ui import picker_foot, style
from companion.ui.picker import Picker
from companion.ui.words import Words

WORDS = Words("zh")
COUNT = WORDS.say("picker.count", count=1)


@pytest.fixture
def picker(qtbot: QtBot) -> Picker:
    made = Picker(WORDS, style.LIGHT, Index([Entry("1", "phrase", "退款", "x")]).find)
    qtbot.addWidget(made)
    return made


def opened(picker: Picker, qtbot: QtBot) -> str:
    """What the foot says when it is opened."""
    with qtbot.waitActive(picker):
        picker.open_for("客户")
    return picker.panel.foot.said.text()


def test_it_is_said_when_the_picker_is_opened_and_gone_with_the_next_key(
    picker: Picker, qtbot: QtBot
) -> None:
    picker.tell("连不上存放位置。")
    assert opened(picker, qtbot) == "连不上存放位置。"
    size = picker.size()
    QTest.keyClick(picker.search, Qt.Key.Key_Down)
    assert picker.panel.foot.said.text() == COUNT
    picker.tell("已同步。" * 100)
    said = picker.panel.foot.said
    assert said.text().startswith("已同步。") and said.text().endswith("…")
    assert said.accessibleName() == "已同步。" * 100
    assert picker.size() == size and said.geometry().right() < picker.width()
    picker.hide()
    assert opened(picker, qtbot) == COUNT
    assert said.accessibleName() == ""
    picker.hide()


def test_what_is_old_or_another_agents_is_said_no_more(
    picker: Picker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    picker.tell("x")
    picker.forget()
    assert opened(picker, qtbot) == COUNT
    picker.hide()
    monkeypatch.setattr(picker_foot, "NEWS_S", -1.0)
    picker.tell("x")
    assert opened(picker, qtbot) == COUNT
    picker.hide()
