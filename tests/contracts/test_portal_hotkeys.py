"""What every desk promises about hotkeys, kept on Wayland through the portal."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.desk.hotkey_text import KEYS, Hotkey
from companion.desk.portal import trigger
from companion.desk.ports import Ask, Hotkeys
from companion.desk.wayland import Pace, WaylandHotkeys
from companion.errors import CompanionError, HotkeyTaken, HotkeyUnknown
from tests.desk.portal import APP, MockPortal
from tests.desk.private_bus import PrivateBus
from tests.e2e.desktop import wait_for

Make = Callable[[], Hotkeys]


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    bus = PrivateBus(tmp_path)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    yield bus
    bus.end()


@pytest.fixture
def gate(bus: PrivateBus) -> Iterator[MockPortal]:
    with MockPortal(bus.address) as gate:
        yield gate


@pytest.fixture
def make(gate: MockPortal) -> Iterator[Make]:
    made: list[Hotkeys] = []

    def one() -> Hotkeys:
        made.append(WaylandHotkeys(APP, lambda token: None, Pace(settle=0.3)))
        return made[-1]

    yield one
    for hotkeys in made:
        hotkeys.close()


def test_a_hotkey_calls_back_each_time_on_its_own_thread(gate: MockPortal, make: Make) -> None:
    called: list[str] = []
    hotkeys = make()
    hotkeys.register("ctrl+alt+space", lambda: called.append(threading.current_thread().name))
    hotkeys.register("Shift+Win+F9", lambda: called.append("f9"))
    wait_for(lambda: len(gate.bound()) == 2)
    gate.press("ctrl+alt+space")
    gate.press("ctrl+alt+space")
    gate.press("shift+super+f9")
    wait_for(lambda: len(called) == 3)
    assert called == ["hotkeys", "hotkeys", "f9"]


def test_all_hotkeys_are_asked_for_at_once_with_keys_and_purpose(
    gate: MockPortal, make: Make
) -> None:
    hotkeys = make()
    hotkeys.register("ctrl+alt+space", lambda: None, ask=Ask("找短语", lambda said: None))
    # As long as an app may take between two of them.
    time.sleep(0.03)
    hotkeys.register("ctrl+alt+e", lambda: None)
    wait_for(lambda: len(gate.bound()) == 2)
    assert gate.asked == [
        [
            ("ctrl+alt+space", {"description": "找短语", "preferred_trigger": "CTRL+ALT+space"}),
            ("ctrl+alt+e", {"description": "ctrl+alt+e", "preferred_trigger": "CTRL+ALT+e"}),
        ]
    ]


def test_one_registered_later_keeps_those_before_it(gate: MockPortal, make: Make) -> None:
    called: list[str] = []
    hotkeys = make()
    hotkeys.register("ctrl+alt+space", lambda: called.append("space"))
    wait_for(lambda: len(gate.bound()) == 1)
    hotkeys.register("ctrl+alt+e", lambda: called.append("e"))
    wait_for(lambda: len(gate.bound()) == 2)
    gate.press("ctrl+alt+e")
    gate.press("ctrl+alt+space")
    wait_for(lambda: called == ["e", "space"])


def test_one_combination_has_one_callback_however_it_is_written(
    gate: MockPortal, make: Make
) -> None:
    called: list[str] = []
    hotkeys = make()
    hotkeys.register("ctrl+alt+j", lambda: called.append("first"))
    with pytest.raises(HotkeyTaken) as raised:
        hotkeys.register("Alt + Control + J", lambda: called.append("second"))
    assert raised.value.facts == {"keys": "Alt + Control + J"}
    wait_for(gate.bound)
    gate.press("ctrl+alt+j")
    wait_for(lambda: bool(called))
    assert called == ["first"]


@pytest.mark.parametrize("keys", ["ctrl+nonsense", "ctrl+ctrl+a", "ctrl", ""])
def test_an_unknown_key_is_refused_by_name(keys: str, make: Make) -> None:
    with pytest.raises(HotkeyUnknown) as raised:
        make().register(keys, lambda: None)
    assert raised.value.facts == {"keys": keys}


def test_a_closed_desk_listens_no_more(gate: MockPortal, make: Make) -> None:
    called: list[str] = []
    hotkeys = make()
    hotkeys.register("ctrl+alt+k", lambda: called.append("closed"))
    wait_for(gate.bound)
    hotkeys.close()
    hotkeys.close()
    assert "hotkeys" not in [thread.name for thread in threading.enumerate()]
    wait_for(lambda: not gate.bound())
    with pytest.raises(HotkeyTaken):
        hotkeys.register("ctrl+alt+j", lambda: None)
    other = make()
    other.register("ctrl+alt+k", lambda: called.append("other"))
    wait_for(gate.bound)
    gate.press("ctrl+alt+k")
    wait_for(lambda: bool(called))
    assert called == ["other"]


def test_a_failing_callback_costs_no_hotkey(
    gate: MockPortal, make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    called: list[int] = []
    hotkeys = make()
    hotkeys.register("ctrl+alt+k", lambda: called.append(1 // len(called)))
    hotkeys.register("ctrl+alt+j", lambda: called.append(2))
    wait_for(lambda: len(gate.bound()) == 2)
    gate.press("ctrl+alt+k")
    gate.press("ctrl+alt+j")
    wait_for(lambda: called == [2])
    assert "ZeroDivisionError" in caplog.text


def test_nothing_is_said_while_all_is_as_it_was_asked_for(gate: MockPortal, make: Make) -> None:
    said: list[str | CompanionError] = []
    called: list[int] = []
    hotkeys = make()
    hotkeys.register("ctrl+alt+k", lambda: called.append(1), ask=Ask("", said.append))
    wait_for(gate.bound)
    gate.press("ctrl+alt+k")
    wait_for(lambda: called == [1])
    assert said == []


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_key_has_a_name_that_keyboards_know(key: str) -> None:
    XK = pytest.importorskip("Xlib.XK")
    everything = frozenset({"super", "shift", "alt", "ctrl"})
    *modifiers, name = trigger(Hotkey(everything, key)).split("+")
    assert modifiers == ["CTRL", "ALT", "SHIFT", "LOGO"]
    assert XK.string_to_keysym(name)
