"""Copying what is selected: the text comes back, and the clipboard is as it was, whatever comes."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from companion.desk.copy_only import CopyOnlyTypist, CopyOnlyWindows
from companion.desk.ports import Content, CopyKeys, Obstacle, PasteKeys, Target
from companion.desk.recording import RecordingDesk
from companion.phrases import rules
from companion.phrases.copying import COPIED_S, Copied, Copier
from companion.phrases.rules import Change
from tests.phrases.driving import CHAT, OTHER, Driver, Tick, still

DRAFT = "你自己看说明书，上面写得很清楚。"
BEFORE = Content("单号 123", "<b>单号 123</b>", b"PNG")
NEWER = Content("别的程序刚复制的")


def desk(selected: str = DRAFT, target: Target = CHAT) -> RecordingDesk:
    """A window with the focus, something selected in it, and something on the clipboard."""
    made = RecordingDesk(target, clipboard=BEFORE, selected=selected)
    made.focus(target)
    return made


def copy(desk: RecordingDesk, tick: Tick = still, target: Target = CHAT) -> Copied:
    return Driver(tick).run(Copier(desk, desk, desk).copy(target))


def pressed(desk: RecordingDesk) -> list[str]:
    return [act for act in desk.acts if act.startswith("press")]


def test_what_is_selected_comes_back_and_the_clipboard_is_as_before() -> None:
    chat = desk()
    assert copy(chat) == Copied(DRAFT)
    assert chat.clipboard is BEFORE
    assert chat.acts == ["snapshot", "press ctrl+c", "snapshot", "restore"]


def test_the_same_text_on_the_clipboard_before_is_no_reason_to_miss_it() -> None:
    chat = desk()
    chat.clipboard = same = Content(DRAFT)
    assert copy(chat) == Copied(DRAFT)
    assert chat.clipboard is same


def test_nothing_selected_is_an_empty_text_soon_and_the_clipboard_is_never_touched() -> None:
    chat = desk("")
    driver = Driver()
    assert driver.run(Copier(chat, chat, chat).copy(CHAT)) == Copied()
    assert driver.waited == COPIED_S
    assert chat.clipboard is BEFORE
    assert chat.acts == ["snapshot", "press ctrl+c"]


def test_the_fingers_are_waited_for_and_the_keys_come_once() -> None:
    chat = desk()
    chat.held = True

    def tick(number: int) -> None:
        assert not chat.held or not pressed(chat)
        chat.held = number < 4

    assert copy(chat, tick) == Copied(DRAFT)
    assert pressed(chat) == ["press ctrl+c"]


@pytest.mark.parametrize(
    ("way", "obstacle"),
    [
        (lambda chat: chat.focus(OTHER), Obstacle.TARGET_CHANGED),
        (lambda chat: chat.shut(), Obstacle.TARGET_GONE),
        (lambda chat: setattr(chat, "held", True), Obstacle.KEYS_HELD),
        (lambda chat: setattr(chat, "found_obstacle", Obstacle.ELEVATED), Obstacle.ELEVATED),
        (lambda chat: setattr(chat, "tells", False), Obstacle.CLIPBOARD_BUSY),
    ],
)
def test_whatever_is_in_the_way_nothing_is_pressed_and_the_clipboard_stays(
    way: Callable[[RecordingDesk], None], obstacle: Obstacle
) -> None:
    chat = desk()
    way(chat)
    assert copy(chat) == Copied("", obstacle)
    assert pressed(chat) == []
    assert chat.clipboard is BEFORE
    assert "restore" not in chat.acts and "bring back" not in chat.acts


def test_a_desk_that_can_only_copy_says_so() -> None:
    chat = desk()
    copier = Copier(chat, CopyOnlyWindows(), CopyOnlyTypist())
    assert Driver().run(copier.copy(CHAT)) == Copied("", Obstacle.UNSUPPORTED)
    assert chat.acts == []


@dataclass
class LateDesk(RecordingDesk):
    """The program copies when it comes to it: at a look that the test names."""

    keys: list[CopyKeys] = field(default_factory=list)

    def copy_selected(self, keys: CopyKeys, into: Target) -> bool:
        assert into == CHAT
        self.keys.append(keys)
        return self.is_focused(into)


def late() -> LateDesk:
    made = LateDesk(CHAT, clipboard=BEFORE)
    made.focus(CHAT)
    return made


def test_a_program_that_takes_its_time_is_waited_for() -> None:
    chat = late()

    def tick(number: int) -> None:
        if number == 3:
            chat.taken(Content(DRAFT))

    assert copy(chat, tick) == Copied(DRAFT)
    assert chat.clipboard is BEFORE


def test_what_another_program_copies_while_keys_are_held_is_what_comes_back() -> None:
    chat = desk()
    chat.held = True

    def tick(number: int) -> None:
        if number == 2:
            chat.taken(NEWER)
        chat.held = number < 4

    assert copy(chat, tick) == Copied(DRAFT)
    assert chat.clipboard is NEWER
    assert pressed(chat) == ["press ctrl+c"]


def test_what_another_program_copies_after_the_selection_stays() -> None:
    chat = desk()

    def tick(number: int) -> None:
        if chat.acts.count("snapshot") == 2 and chat.text() == DRAFT:
            chat.taken(NEWER)

    assert copy(chat, tick) == Copied(DRAFT)
    assert chat.clipboard is NEWER
    assert "restore" not in chat.acts


def test_a_selection_that_is_put_up_once_more_is_taken_off_all_the_same() -> None:
    chat = desk()
    again = Content(DRAFT, "<p>…</p>")

    def tick(number: int) -> None:
        if chat.acts.count("snapshot") == 2 and chat.text() == DRAFT:
            chat.taken(again)

    assert copy(chat, tick) == Copied(DRAFT)
    assert chat.acts.count("snapshot") == 3
    assert chat.clipboard is BEFORE


def test_a_window_that_flashes_up_is_waited_out_and_gets_no_key() -> None:
    chat = late()
    driver = Driver(lambda number: chat.focus(OTHER if number % 2 else CHAT))
    driver.run(Copier(chat, chat, chat).copy(CHAT))
    assert chat.keys
    assert chat.clipboard is BEFORE


class LockedOut(RecordingDesk):
    """Windows takes no input from us."""

    def copy_selected(self, keys: CopyKeys, into: Target) -> bool:
        raise OSError


def test_a_desk_that_takes_no_keys_from_us_says_so() -> None:
    chat = LockedOut(CHAT, clipboard=BEFORE)
    chat.focus(CHAT)
    assert copy(chat) == Copied("", Obstacle.UNSUPPORTED)
    assert chat.clipboard is BEFORE


@pytest.mark.parametrize("held", [False, True])
def test_no_key_is_pressed_once_it_is_over(held: bool) -> None:
    chat = desk()
    chat.held = held
    steps = Copier(chat, chat, chat).copy(CHAT, lambda: True)
    assert Driver().run(steps) == Copied("", Obstacle.LOCKED)
    assert pressed(chat) == []
    assert chat.clipboard is BEFORE


def test_what_was_copied_as_it_was_over_is_taken_off_and_nobody_gets_it() -> None:
    chat = desk()
    steps = Copier(chat, chat, chat).copy(CHAT, lambda: bool(pressed(chat)))
    assert Driver().run(steps) == Copied("", Obstacle.LOCKED)
    assert chat.clipboard is BEFORE


@pytest.mark.parametrize(
    ("program", "keys"),
    [
        ("chat", CopyKeys.CTRL_C),
        ("weixin", CopyKeys.CTRL_C),
        ("kitty", CopyKeys.CTRL_SHIFT_C),
        ("lxterminal", CopyKeys.CTRL_INSERT),
        ("WindowsTerminal", CopyKeys.CTRL_INSERT),
        ("PuTTY.exe", CopyKeys.CTRL_INSERT),
        ("cmd", CopyKeys.CTRL_INSERT),
    ],
)
def test_each_program_copies_by_its_own_keys(program: str, keys: CopyKeys) -> None:
    target = Target(9, program, "")
    chat = desk(target=target)
    assert copy(chat, target=target) == Copied(DRAFT)
    assert pressed(chat) == [f"press {keys.value}"]


@pytest.mark.parametrize("program", ["xterm", "konsole"])
def test_a_terminal_in_which_every_such_key_may_end_something_gets_none(program: str) -> None:
    target = Target(9, program, "")
    chat = desk(target=target)
    assert copy(chat, target=target) == Copied("", Obstacle.UNSUPPORTED)
    assert chat.acts == []


@pytest.mark.parametrize("keys", PasteKeys)
@pytest.mark.parametrize("program", ["xterm", "konsole", "cmd", "WindowsTerminal", "mintty"])
def test_no_word_of_the_agents_makes_a_terminal_take_ctrl_c(program: str, keys: PasteKeys) -> None:
    found = rules.rule(program, Change(keys=keys.value))
    assert found.keys is keys
    assert found.copy is rules.rule(program).copy is not CopyKeys.CTRL_C


@pytest.mark.parametrize(
    ("paste", "copy"),
    [
        (PasteKeys.CTRL_V, CopyKeys.CTRL_C),
        (PasteKeys.SHIFT_INSERT, CopyKeys.CTRL_INSERT),
        (PasteKeys.CTRL_SHIFT_V, CopyKeys.CTRL_SHIFT_C),
    ],
)
def test_a_program_that_pastes_by_other_keys_copies_by_those_beside_them(
    paste: PasteKeys, copy: CopyKeys
) -> None:
    assert rules.rule("unheard of", Change(keys=paste.value)).copy is copy


def test_what_comes_across_a_network_is_waited_for_longer() -> None:
    target = Target(9, "mstsc", "")
    chat, driver = desk("", target), Driver()
    assert driver.run(Copier(chat, chat, chat).copy(target)) == Copied()
    assert driver.waited > COPIED_S + 1
