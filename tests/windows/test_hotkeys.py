"""Global hotkeys: they fire, they are refused where taken, and they are given back."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial

import pytest

from companion.desk.hotkey_text import KEYS, Hotkey
from companion.desk.win32_keys import hotkey_codes
from companion.desk.windows import Win32Hotkeys
from companion.errors import HotkeyTaken, HotkeyUnknown
from companion.ui.messages import explain
from companion.ui.words import Words
from tests.windows.desktop import ALT, CTRL, SHIFT, press, wait_until

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

SPACE = 0x20

HOLD = """
import sys
from companion.desk.windows import Win32Hotkeys
hotkeys = Win32Hotkeys()
hotkeys.register(sys.argv[1], print)
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def hotkeys() -> Iterator[Win32Hotkeys]:
    registered = Win32Hotkeys()
    yield registered
    registered.close()


@contextmanager
def held_by_another_program(keys: str) -> Iterator[None]:
    command = [sys.executable, "-c", HOLD, keys]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield
        other.communicate("\n")


def test_fires_each_time_on_a_thread_of_its_own(hotkeys: Win32Hotkeys) -> None:
    threads: list[threading.Thread] = []
    hotkeys.register("ctrl+alt+space", lambda: threads.append(threading.current_thread()))
    press(CTRL, ALT, SPACE)
    assert wait_until(lambda: len(threads) == 1)
    press(CTRL, ALT, SPACE)
    assert wait_until(lambda: len(threads) == 2)
    assert threads[0] is threads[1]
    assert threads[0] is not threading.current_thread()


def test_fires_for_exactly_its_own_keys(hotkeys: Win32Hotkeys) -> None:
    fired: list[str] = []
    for keys in ("ctrl+alt+space", "ctrl+space", "ctrl+shift+f9", "ctrl+alt+comma"):
        hotkeys.register(keys, partial(fired.append, keys))
    press(ALT, SPACE)
    press(CTRL, SHIFT, SPACE)
    press(CTRL, SHIFT, 0x78)
    press(CTRL, ALT, 0xBC)
    press(CTRL, SPACE)
    assert wait_until(lambda: len(fired) == 3)
    assert fired == ["ctrl+shift+f9", "ctrl+alt+comma", "ctrl+space"]


def test_keys_another_program_holds_are_taken(hotkeys: Win32Hotkeys) -> None:
    with held_by_another_program("ctrl+alt+space"):
        with pytest.raises(HotkeyTaken) as caught:
            hotkeys.register("Ctrl+Alt+Space", print)
        assert caught.value.facts == {"keys": "Ctrl+Alt+Space"}
        message = explain(caught.value, Words("en"))
        assert "Ctrl Alt Space" in message.what
        assert "Close that program" in message.do
        hotkeys.register("ctrl+alt+f9", print)
    hotkeys.register("ctrl+alt+space", print)


def test_close_gives_every_hotkey_back(hotkeys: Win32Hotkeys) -> None:
    fired: list[str] = []
    hotkeys.register("ctrl+alt+space", lambda: fired.append("former"))
    hotkeys.register("ctrl+alt+f9", lambda: fired.append("former"))
    hotkeys.close()
    assert "hotkeys" not in [thread.name for thread in threading.enumerate()]
    with closing(Win32Hotkeys()) as others:
        others.register("ctrl+alt+space", lambda: fired.append("later"))
        others.register("ctrl+alt+f9", lambda: fired.append("later"))
        press(CTRL, ALT, SPACE)
        assert wait_until(lambda: bool(fired))
    assert fired == ["later"]


def test_hotkeys_are_free_the_moment_close_returns(hotkeys: Win32Hotkeys) -> None:
    for _ in range(50):
        hotkeys.register("ctrl+alt+space", print)
        hotkeys.close()


def test_may_be_used_again_after_close_and_closed_twice(hotkeys: Win32Hotkeys) -> None:
    fired: list[int] = []
    hotkeys.register("ctrl+alt+space", print)
    hotkeys.close()
    hotkeys.close()
    hotkeys.register("ctrl+alt+space", lambda: fired.append(1))
    press(CTRL, ALT, SPACE)
    assert wait_until(lambda: fired == [1])


def test_a_callback_that_fails_costs_no_hotkey(
    hotkeys: Win32Hotkeys, caplog: pytest.LogCaptureFixture
) -> None:
    fired: list[int] = []
    hotkeys.register("ctrl+alt+space", lambda: fired.append(1 // len(fired)))
    press(CTRL, ALT, SPACE)
    assert wait_until(lambda: "ZeroDivisionError" in caplog.text)
    fired.append(0)
    press(CTRL, ALT, SPACE)
    assert wait_until(lambda: fired == [0, 1])


@pytest.mark.parametrize("keys", ["", "ctrl+", "hyper+a", "ctrl+退"])
def test_unknown_keys(keys: str, hotkeys: Win32Hotkeys) -> None:
    with pytest.raises(HotkeyUnknown) as caught:
        hotkeys.register(keys, print)
    assert caught.value.facts == {"keys": keys}


def test_every_key_can_be_registered(hotkeys: Win32Hotkeys) -> None:
    for key in sorted(KEYS):
        hotkeys.register(f"ctrl+alt+shift+super+{key}", print)
    codes = {hotkey_codes(Hotkey(frozenset(), key)) for key in KEYS}
    assert len(codes) == len(KEYS)
