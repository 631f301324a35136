"""Pressing the paste keys, and seeing which keys the agent still holds."""

import ctypes
import sys
from collections.abc import Iterator

import pytest

from companion.desk import win32_api
from companion.desk.ports import PasteKeys
from companion.desk.windows import Win32Hotkeys, Win32Typist
from tests.windows.clipboard import copy
from tests.windows.desktop import (
    ALT,
    CTRL,
    LEFT_WIN,
    RIGHT_WIN,
    SHIFT,
    Notepad,
    held,
    press,
    wait_until,
)

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

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


def test_insert_is_not_the_numeric_pads_and_every_key_has_its_scan_code(
    typist: Win32Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[int, int, int]] = []

    def send_input(count: int, events: list[win32_api.Input], _size: int) -> int:
        keys = [event.keyboard for event in events]
        sent.extend((key.virtual_key, key.scan_code, key.flags) for key in keys)
        return count

    monkeypatch.setattr(win32_api, "send_input", send_input)
    typist.paste(PasteKeys.SHIFT_INSERT)
    # Flags: 1 is the extended half of the keyboard, 2 is up.
    assert sent == [(0x10, 0x2A, 0), (0x2D, 0x52, 1), (0x2D, 0x52, 3), (0x10, 0x2A, 2)]


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
