"""Pressing the paste keys, and seeing which keys the agent still holds."""

import ctypes
import sys
from collections.abc import Callable, Iterator

import pytest

from companion.desk import win32_api
from companion.desk.ports import CopyKeys, Key, PasteKeys, Target
from companion.desk.windows import Win32Hotkeys, Win32Typist, Win32Windows
from tests.windows.clipboard import copy
from tests.windows.desktop import (
    ALT,
    CTRL,
    LEFT_WIN,
    RIGHT_WIN,
    SHIFT,
    Notepad,
    focused,
    held,
    press,
    wait_until,
)

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

NUM_LOCK = 0x90
CHINESE = "您好,退款已为您申请,预计 3 个工作日到账。𠮷"


@pytest.fixture
def typist() -> Win32Typist:
    return Win32Typist()


@pytest.fixture
def hotkeys() -> Iterator[Win32Hotkeys]:
    registered = Win32Hotkeys()
    yield registered
    registered.close()


@pytest.mark.parametrize("keys", [PasteKeys.CTRL_V, PasteKeys.SHIFT_INSERT])
def test_paste_puts_the_clipboard_into_notepad(
    keys: PasteKeys, typist: Win32Typist, notepad: Notepad
) -> None:
    copy(CHINESE)
    typist.paste(keys)
    assert wait_until(lambda: notepad.text() == CHINESE), notepad.text()


@pytest.mark.parametrize("keys", list(PasteKeys))
def test_paste_presses_the_combination_once_and_leaves_no_key_down(
    keys: PasteKeys, typist: Win32Typist, hotkeys: Win32Hotkeys
) -> None:
    seen: list[str] = []
    hotkeys.register(keys.value, lambda: seen.append(keys.value))
    typist.paste(keys)
    assert wait_until(lambda: bool(seen))
    assert wait_until(lambda: not typist.modifiers_held())
    assert seen == [keys.value]


@pytest.mark.parametrize("modifier", [SHIFT, CTRL, ALT, LEFT_WIN, RIGHT_WIN])
def test_a_held_modifier_is_seen(modifier: int, typist: Win32Typist) -> None:
    assert not typist.modifiers_held()
    with held(modifier):
        assert wait_until(typist.modifiers_held)
    assert wait_until(lambda: not typist.modifiers_held())


def test_other_keys_are_no_modifiers(typist: Win32Typist, notepad: Notepad) -> None:
    with held(ord("A")):
        assert wait_until(lambda: notepad.text() == "a")
        assert not typist.modifiers_held()


SHIFT_INSERT = [(0x10, 0x2A, 0), (0x2D, 0x52, 1), (0x2D, 0x52, 3), (0x10, 0x2A, 2)]
CTRL_V = [(0x11, 0x1D, 0), (0x56, 0x2F, 0), (0x56, 0x2F, 2), (0x11, 0x1D, 2)]
CTRL_SHIFT_V = [CTRL_V[0], SHIFT_INSERT[0], *CTRL_V[1:3], SHIFT_INSERT[3], CTRL_V[3]]
CTRL_C = [CTRL_V[0], (0x43, 0x2E, 0), (0x43, 0x2E, 2), CTRL_V[3]]
CTRL_INSERT = [CTRL_V[0], *SHIFT_INSERT[1:3], CTRL_V[3]]
CTRL_SHIFT_C = [CTRL_V[0], SHIFT_INSERT[0], *CTRL_C[1:3], SHIFT_INSERT[3], CTRL_V[3]]
HERE = Target(7, "chat", "")
ENTER = [(0x0D, 0x1C, 0), (0x0D, 0x1C, 2)]
LEFT_TWICE = [(0x25, 0x4B, 1), (0x25, 0x4B, 3)] * 2


@pytest.mark.parametrize(
    ("act", "wanted"),
    [
        (lambda typist: typist.paste(PasteKeys.CTRL_V), CTRL_V),
        (lambda typist: typist.paste(PasteKeys.SHIFT_INSERT), SHIFT_INSERT),
        (lambda typist: typist.paste(PasteKeys.CTRL_SHIFT_V), CTRL_SHIFT_V),
        (lambda typist: typist.copy_selected(CopyKeys.CTRL_C, HERE), CTRL_C),
        (lambda typist: typist.copy_selected(CopyKeys.CTRL_INSERT, HERE), CTRL_INSERT),
        (lambda typist: typist.copy_selected(CopyKeys.CTRL_SHIFT_C, HERE), CTRL_SHIFT_C),
        (lambda typist: typist.stroke(Key.ENTER), ENTER),
        (lambda typist: typist.stroke(Key.LEFT, 2), LEFT_TWICE),
    ],
    ids=[
        *("ctrl+v", "shift+insert", "ctrl+shift+v"),
        *("ctrl+c", "ctrl+insert", "ctrl+shift+c"),
        *("enter", "left"),
    ],
)
def test_insert_is_not_the_numeric_pads_and_every_key_has_its_scan_code(
    act: Callable[[Win32Typist], object],
    wanted: list[tuple[int, int, int]],
    typist: Win32Typist,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[tuple[int, int, int]] = []

    def send_input(count: int, events: list[win32_api.Input], _size: int) -> int:
        keys = [event.keyboard for event in events]
        sent.extend((key.virtual_key, key.scan_code, key.flags) for key in keys)
        return count

    monkeypatch.setattr(win32_api, "send_input", send_input)
    monkeypatch.setattr(win32_api, "get_foreground_window", lambda: HERE.handle)
    assert act(typist)
    # Flags: 1 is the extended half of the keyboard, 2 is up.
    assert sent == wanted


@pytest.mark.parametrize("num_lock", [False, True])
def test_strokes_move_and_break_the_line(
    num_lock: bool, typist: Win32Typist, notepad: Notepad
) -> None:
    target = Win32Windows().focused()
    if num_lock:
        press(NUM_LOCK)
    try:
        copy("退款")
        assert typist.paste(PasteKeys.CTRL_V, into=target)
        assert typist.stroke(Key.LEFT, 1, into=target)
        assert typist.stroke(Key.ENTER, 2, into=target)
        assert wait_until(lambda: notepad.text() == "退\r\n\r\n款"), notepad.text()
    finally:
        if num_lock:
            press(NUM_LOCK)


def test_keys_for_a_window_that_lost_the_focus_are_not_pressed(
    typist: Win32Typist, open_notepad: Callable[[], Notepad]
) -> None:
    notepad, other = open_notepad(), open_notepad()
    notepad.focus()
    target = focused(Win32Windows())
    other.focus()
    copy("退款")
    assert not typist.paste(PasteKeys.CTRL_V, into=target)
    assert not typist.copy_selected(CopyKeys.CTRL_C, target)
    assert not typist.stroke(Key.ENTER, into=target)
    press(ord("B"))
    assert wait_until(lambda: other.text() == "b"), other.text()
    assert notepad.text() == ""


def test_an_input_has_the_size_windows_insists_on() -> None:
    assert ctypes.sizeof(win32_api.Input) == 40


def test_keys_that_windows_does_not_take_are_an_error(
    typist: Win32Typist, notepad: Notepad, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(win32_api, "send_input", lambda *_arguments: 0)
    with pytest.raises(OSError):
        typist.paste(PasteKeys.CTRL_V)
    press(ord("B"))
    assert wait_until(lambda: notepad.text() == "b")
