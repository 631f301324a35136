"""What the picker says of the window the text goes to: “copy only” just where there is none."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from companion.app.inserting import Inserting
from companion.desk.ports import Target
from companion.desk.recording import RecordingDesk
from companion.desk.recording_presence import RecordingPresence
from companion.ui import style
from companion.ui.words import Words
from companion.wiring.desktop import DeskAdapters

WORDS = Words("zh")
Open = Callable[[Target | None], set[str]]


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Open]:
    desk = RecordingDesk()
    adapters = DeskAdapters(desk, desk, desk, desk, RecordingPresence())
    inserting = Inserting(adapters, WORDS, style.LIGHT, lambda _: None, lambda _: None)
    qtbot.addWidget(inserting.picker)

    def open_at(target: Target | None) -> set[str]:
        """All that the picker says, opened from this window."""
        desk.target = target
        with qtbot.waitActive(inserting.picker):
            inserting.open()
        return {label.text() for label in inserting.picker.findChildren(QLabel)}

    yield open_at
    inserting.picker.hide()


@pytest.mark.parametrize(
    ("target", "key", "name"),
    [
        (Target(7, "xterm", "客户 7"), "picker.target", "客户 7"),
        (Target(7, "oldchat", ""), "picker.target", "oldchat"),
        (Target(7, "", ""), "picker.nameless_target", ""),
        (None, "picker.no_target", ""),
    ],
    ids=["title", "program", "nameless", "none"],
)
def test_it_names_the_window_by_what_is_known(
    opened: Open, target: Target | None, key: str, name: str
) -> None:
    said = opened(target)
    assert WORDS.say(key, title=name) in said
    assert (WORDS.say("picker.no_target") in said) == (target is None)
