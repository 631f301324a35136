"""The picker and the window it serves: where it opens, whom it names, who gets the focus back."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from companion.app import inserting as module
from companion.app.inserting import Inserting
from companion.desk.ports import Rect, Target
from companion.desk.recording import RecordingDesk
from companion.desk.recording_presence import RecordingPresence
from companion.phrases.insertion import Outcome
from companion.phrases.search import Entry, Index
from companion.ui import style
from companion.ui.words import Words
from companion.wiring.desktop import DeskAdapters

WORDS = Words("zh")
CHAT, OTHER = Target(7, "wechat", "张女士"), Target(8, "wechat", "李先生")
ENTRIES = [Entry("1", "phrase", "退款", "钱没到账"), Entry("2", "phrase", "换货", "寄回来")]
CONTROL = Qt.KeyboardModifier.ControlModifier


class Desk(RecordingDesk):
    """A desk on which several windows may be there at once."""

    def __init__(self) -> None:
        super().__init__(target=CHAT)
        self.there = {CHAT, OTHER}
        self.asked = 0
        self.brought: list[Target] = []

    def bring_back(self, target: Target) -> None:
        self.brought.append(target)
        super().bring_back(target)

    def exists(self, target: Target) -> bool:
        self.asked += 1
        return target in self.there


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def inserting(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inserting]:
    monkeypatch.setattr(module, "LOOK_MS", 20)
    adapters = DeskAdapters(desk, desk, desk, desk, RecordingPresence())
    made = Inserting(adapters, WORDS, style.LIGHT, lambda _: None, lambda _: None)
    made.show_index(Index(ENTRIES))
    qtbot.addWidget(made.picker)
    yield made
    made.picker.hide()


def open_picker(inserting: Inserting, qtbot: QtBot) -> None:
    with qtbot.waitActive(inserting.picker):
        inserting.open()


def named(inserting: Inserting, key: str, **facts: object) -> bool:
    said = {label.text() for label in inserting.picker.findChildren(QLabel)}
    return WORDS.say(key, **facts) in said


def press(inserting: Inserting, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(inserting.picker.search, key, held or Qt.KeyboardModifier.NoModifier)


def test_it_opens_beside_the_place_of_the_target(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    room = inserting.picker.screen().availableGeometry()
    scale = inserting.picker.screen().devicePixelRatio()
    for left, top in ((60, 90), (200, 40)):
        desk.rect = Rect(int(left * scale), int(top * scale), 2, 20)
        open_picker(inserting, qtbot)
        shown = inserting.picker.geometry()
        assert shown.left() == min(left, room.right() + 1 - shown.width())
        assert shown.top() > top
        inserting.picker.hide()


def test_what_was_typed_waits_until_the_line_listens(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    for _ in range(2):
        desk.waits = True
        inserting.open()
        qtbot.waitUntil(lambda: not desk.waits)
        assert inserting.picker.focusWidget() is inserting.picker.search
    # The second time it was open already; now it opens where Qt may not know that it was closed.
    press(inserting, Qt.Key.Key_Escape)
    desk.waits = True
    inserting.open()
    qtbot.waitUntil(lambda: not desk.waits)


def test_a_window_that_closes_meanwhile_is_named_so_and_enter_copies(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    open_picker(inserting, qtbot)
    assert named(inserting, "picker.target", title="张女士")
    desk.there.remove(CHAT)
    qtbot.waitUntil(lambda: named(inserting, "picker.target_gone"))
    press(inserting, Qt.Key.Key_Return)
    assert desk.text() == "钱没到账"
    assert not any(act.startswith("paste") for act in desk.acts)


def test_a_window_that_was_never_there_is_not_called_closed(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    desk.target = None
    open_picker(inserting, qtbot)
    qtbot.wait(60)
    assert named(inserting, "picker.no_target")


def test_nothing_is_looked_at_while_the_picker_is_away(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    open_picker(inserting, qtbot)
    qtbot.waitUntil(lambda: desk.asked > 0)
    press(inserting, Qt.Key.Key_Escape)
    asked = desk.asked
    qtbot.wait(80)
    assert desk.asked == asked


def test_a_picker_that_closes_gives_the_focus_to_its_window(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    open_picker(inserting, qtbot)
    press(inserting, Qt.Key.Key_Escape)
    assert desk.is_focused(CHAT)


def test_pinned_it_inserts_comes_back_and_at_last_gives_the_focus_to_the_window(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    open_picker(inserting, qtbot)
    press(inserting, Qt.Key.Key_P, CONTROL)
    inserting.picker.search.setText("退")
    for _ in range(2):
        desk.pasted.clear()
        press(inserting, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: desk.pasted == ["钱没到账"])
        qtbot.waitUntil(lambda: desk.is_focused(Target(int(inserting.picker.winId()), "", "")))
        assert inserting.picker.search.selectedText() == "退"
        qtbot.waitUntil(lambda: not inserting.busy)
    press(inserting, Qt.Key.Key_Escape)
    assert desk.is_focused(CHAT)
    assert not inserting.picker.isVisible()


def test_a_second_choice_waits_until_the_first_phrase_is_in(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    open_picker(inserting, qtbot)
    press(inserting, Qt.Key.Key_P, CONTROL)
    desk.held = True
    press(inserting, Qt.Key.Key_Return)
    press(inserting, Qt.Key.Key_Return)
    desk.held = False
    qtbot.waitUntil(lambda: not inserting.busy)
    qtbot.wait(20)
    assert desk.pasted == ["钱没到账"]


def test_a_phrase_that_comes_while_another_is_on_its_way_waits_for_its_turn(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    desk.held = True
    told: list[Outcome] = []
    for entry, front in zip(ENTRIES, (CHAT, OTHER), strict=True):
        desk.target = front
        assert inserting.insert_now(entry, told.append) == ()
    desk.held, desk.target = False, None
    qtbot.waitUntil(lambda: len(told) == 2)
    assert all(outcome.inserted for outcome in told)
    assert desk.pasted == ["钱没到账", "寄回来"]
    assert desk.brought == [CHAT, OTHER]


def test_what_is_chosen_while_another_is_on_its_way_is_not_dropped(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    desk.held = True
    for _ in range(2):
        open_picker(inserting, qtbot)
        press(inserting, Qt.Key.Key_Return)
    desk.held = False
    qtbot.waitUntil(lambda: desk.pasted == ["钱没到账"] * 2)


def test_the_shell_leaves_the_window_of_an_open_picker_alone(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    told: list[Outcome] = []
    open_picker(inserting, qtbot)
    desk.target = OTHER
    inserting.insert_now(ENTRIES[1], told.append)
    desk.target = CHAT
    qtbot.waitUntil(lambda: desk.pasted == ["寄回来"])
    press(inserting, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.pasted == ["寄回来", "钱没到账"])
    assert desk.brought[-1] == CHAT


def test_one_that_breaks_off_keeps_no_other_from_going(
    inserting: Inserting, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Outcome] = []
    with monkeypatch.context() as broken:
        broken.setattr(desk, "exists", lambda _target: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            inserting.insert_now(ENTRIES[0], told.append)
    inserting.insert_now(ENTRIES[1], told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert desk.pasted == ["寄回来"]


def test_pinned_it_copies_and_keeps_the_focus(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    open_picker(inserting, qtbot)
    press(inserting, Qt.Key.Key_P, CONTROL)
    press(inserting, Qt.Key.Key_Return, CONTROL)
    assert desk.text() == "钱没到账"
    assert inserting.picker.isVisible()
    assert not desk.is_focused(CHAT)


def test_a_pinned_picker_serves_the_window_that_the_agent_went_to(
    inserting: Inserting, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_picker(inserting, qtbot)
    press(inserting, Qt.Key.Key_P, CONTROL)
    desk.target = OTHER
    qtbot.wait(60)
    assert named(inserting, "picker.pinned", target=WORDS.say("picker.target", title="张女士"))
    monkeypatch.setattr(inserting.picker, "isActiveWindow", lambda: False)
    wanted = WORDS.say("picker.target", title="李先生")
    qtbot.waitUntil(lambda: named(inserting, "picker.pinned", target=wanted))


def test_the_hotkey_brings_a_pinned_picker_back_for_the_window_in_front(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    open_picker(inserting, qtbot)
    press(inserting, Qt.Key.Key_P, CONTROL)
    desk.target = OTHER
    inserting.open()
    assert named(inserting, "picker.pinned", target=WORDS.say("picker.target", title="李先生"))
    assert desk.is_focused(Target(int(inserting.picker.winId()), "", ""))
    assert inserting.picker.pinned


def test_what_was_copied_goes_with_the_agent(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    open_picker(inserting, qtbot)
    press(inserting, Qt.Key.Key_Return, CONTROL)
    assert desk.text() == "钱没到账"
    inserting.forget()
    assert desk.text() == ""


def test_pinned_the_rows_stay_in_their_places_when_uses_are_counted(
    inserting: Inserting, desk: Desk, qtbot: QtBot
) -> None:
    open_picker(inserting, qtbot)
    press(inserting, Qt.Key.Key_P, CONTROL)
    used = [ENTRIES[0], replace(ENTRIES[1], uses=1, used_at=1)]
    for index in (Index(used), Index(), Index(used)):
        # Bodies are read a moment later than the rest: until then less may be found.
        inserting.show_index(index)
    press(inserting, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: desk.pasted == ["寄回来"] and not inserting.busy)
    inserting.picker.search.setText("x")
    inserting.picker.search.setText("")
    first = inserting.picker.model.entry(0)
    assert first is not None and first.id == "2"
