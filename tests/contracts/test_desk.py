"""What every desk promises: one suite for the recording desk and for X11's adapters."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import pytest

from companion.desk.ports import (
    Hotkeys,
    PasteKeys,
    Target,
    Typist,
    Windows,
)
from companion.desk.recording import RecordingDesk
from companion.errors import HotkeyTaken, HotkeyUnknown
from tests.e2e.desktop import Desktop, wait_for


class Scene(Protocol):
    """A desk with another program on it, and the hands of the agent."""

    windows: Windows
    typist: Typist
    hotkeys: Hotkeys

    def open(self, title: str) -> Target:
        """A new window of another program, with the focus."""

    def shut(self, target: Target) -> None:
        """Close such a window."""

    def hold(self, down: bool) -> None:
        """Press or let go of a modifier."""

    def press(self, keys: str) -> None:
        """Press a combination."""

    def rival(self) -> Hotkeys:
        """The hotkeys of another program."""


class RecordingScene:
    """Companion's own stand-in for a desk."""

    def __init__(self) -> None:
        self.desk = RecordingDesk()
        self.windows: Windows = self.desk
        self.typist: Typist = self.desk
        self.hotkeys: Hotkeys = self.desk

    def open(self, title: str) -> Target:
        self.desk.target = Target(7, "xterm", title)
        self.desk.bring_back(self.desk.target)
        return self.desk.target

    def shut(self, target: Target) -> None:
        self.desk.target = None

    def hold(self, down: bool) -> None:
        self.desk.held = down

    def press(self, keys: str) -> None:
        self.desk.press(keys)

    def rival(self) -> Hotkeys:
        return self.desk


@dataclass
class X11Scene:
    """xterms on a virtual screen."""

    desktop: Desktop
    windows: Windows
    typist: Typist
    hotkeys: Hotkeys
    make: Callable[[], Hotkeys]
    terminals: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    rivals: list[Hotkeys] = field(default_factory=list)

    def open(self, title: str) -> Target:
        terminal = self.desktop.start("xterm", "-u8", "-T", title, "-e", "cat")
        window = self.desktop.window(f"^{title}$")
        self.terminals[int(window)] = terminal
        self.desktop.focus(window)
        target = self.windows.focused()
        assert target is not None
        assert target.handle == int(window)
        return target

    def shut(self, target: Target) -> None:
        self.terminals.pop(target.handle).terminate()
        wait_for(lambda: not self.windows.exists(target))

    def hold(self, down: bool) -> None:
        self.desktop.run("xdotool", "keydown" if down else "keyup", "shift")

    def press(self, keys: str) -> None:
        self.desktop.keys(keys)

    def rival(self) -> Hotkeys:
        self.rivals.append(self.make())
        return self.rivals[-1]

    def close(self) -> None:
        for hotkeys in (self.hotkeys, *self.rivals):
            hotkeys.close()
        for handle in list(self.terminals):
            self.shut(Target(handle, "xterm", ""))


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    if sys.platform != "linux":
        pytest.skip("X11 is Linux's")
    desktop = Desktop(tmp_path_factory.mktemp("d"))
    yield desktop
    desktop.close()


@pytest.fixture
def x11(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[X11Scene]:
    from companion.desk.x11 import X11Typist, X11Windows
    from companion.desk.x11_hotkeys import X11Hotkeys

    monkeypatch.setenv("DISPLAY", desktop.environment["DISPLAY"])
    scene = X11Scene(desktop, X11Windows(), X11Typist(), X11Hotkeys(), X11Hotkeys)
    yield scene
    scene.close()


@pytest.fixture(params=["recording", "x11"])
def scene(request: pytest.FixtureRequest) -> Scene:
    if request.param == "recording":
        return RecordingScene()
    found: X11Scene = request.getfixturevalue("x11")
    return found


def test_an_empty_desk_has_no_focused_window(scene: Scene) -> None:
    wait_for(lambda: scene.windows.focused() is None)


def test_the_focused_window_is_named_and_can_be_typed_into(scene: Scene) -> None:
    target = scene.open("chat 7")
    assert (target.program, target.title) == ("xterm", "chat 7")
    assert scene.windows.focused() == target
    assert scene.windows.is_focused(target)
    assert scene.windows.exists(target)
    assert scene.windows.obstacle(target) is None


def test_a_window_that_lost_the_focus_is_brought_back(scene: Scene) -> None:
    first = scene.open("first")
    second = scene.open("second")
    assert not scene.windows.is_focused(first)
    scene.windows.bring_back(first)
    wait_for(lambda: scene.windows.is_focused(first))
    assert not scene.windows.is_focused(second)


def test_a_window_of_another_program_with_the_same_handle_is_not_the_target(scene: Scene) -> None:
    target = scene.open("chat")
    assert not scene.windows.is_focused(Target(target.handle, "mail", target.title))


def test_a_closed_window_is_gone(scene: Scene) -> None:
    target = scene.open("chat")
    scene.shut(target)
    assert not scene.windows.exists(target)
    wait_for(lambda: scene.windows.focused() is None)


def test_held_modifiers_are_seen_until_they_are_let_go(scene: Scene) -> None:
    assert not scene.typist.modifiers_held()
    scene.hold(True)
    assert scene.typist.modifiers_held()
    scene.hold(False)
    assert not scene.typist.modifiers_held()


def test_a_hotkey_calls_back_each_time_and_no_other_key_does(scene: Scene) -> None:
    called: list[str] = []
    scene.hotkeys.register("ctrl+alt+space", lambda: called.append("space"))
    scene.hotkeys.register("ctrl+alt+shift+f9", lambda: called.append("f9"))
    for keys in ("ctrl+alt+space", "ctrl+space", "ctrl+alt+shift+space", "ctrl+alt+space"):
        scene.press(keys)
    scene.press("ctrl+alt+shift+F9")
    wait_for(lambda: len(called) == 3)
    assert called == ["space", "space", "f9"]


def test_a_hotkey_of_another_program_is_taken_until_that_gives_it_back(scene: Scene) -> None:
    called: list[str] = []
    rival = scene.rival()
    rival.register("ctrl+alt+j", lambda: called.append("rival"))
    with pytest.raises(HotkeyTaken) as raised:
        scene.hotkeys.register("ctrl+alt+j", lambda: called.append("late"))
    assert raised.value.facts == {"keys": "ctrl+alt+j"}
    scene.press("ctrl+alt+j")
    wait_for(lambda: called == ["rival"])
    rival.close()
    scene.hotkeys.register("ctrl+alt+j", lambda: called.append("late"))
    scene.press("ctrl+alt+j")
    wait_for(lambda: called == ["rival", "late"])


def test_one_combination_has_one_callback_however_it_is_written(scene: Scene) -> None:
    called: list[str] = []
    scene.hotkeys.register("ctrl+alt+j", lambda: called.append("first"))
    with pytest.raises(HotkeyTaken) as raised:
        scene.hotkeys.register("Alt + Control + J", lambda: called.append("second"))
    assert raised.value.facts == {"keys": "Alt + Control + J"}
    scene.press("ctrl+alt+j")
    wait_for(lambda: bool(called))
    assert called == ["first"]


@pytest.mark.parametrize("keys", ["ctrl+nonsense", "ctrl+ctrl+a", "ctrl", ""])
def test_an_unknown_key_is_refused_by_name(scene: Scene, keys: str) -> None:
    with pytest.raises(HotkeyUnknown) as raised:
        scene.hotkeys.register(keys, lambda: None)
    assert raised.value.facts == {"keys": keys}


def test_a_closed_desk_listens_no_more(scene: Scene) -> None:
    called: list[str] = []
    scene.hotkeys.register("ctrl+alt+k", lambda: called.append("closed"))
    scene.hotkeys.close()
    scene.hotkeys.close()
    scene.press("ctrl+alt+k")
    other = scene.rival()
    other.register("ctrl+alt+k", lambda: called.append("other"))
    scene.press("ctrl+alt+k")
    wait_for(lambda: bool(called))
    assert called == ["other"]


@pytest.mark.parametrize("keys", PasteKeys)
def test_pasting_presses_exactly_these_keys_and_holds_none(x11: X11Scene, keys: PasteKeys) -> None:
    pressed: list[PasteKeys] = []

    def called(which: PasteKeys) -> Callable[[], None]:
        return lambda: pressed.append(which)

    for which in PasteKeys:
        x11.hotkeys.register(which.value, called(which))
    x11.typist.paste(keys)
    wait_for(lambda: bool(pressed))
    assert pressed == [keys]
    assert not x11.typist.modifiers_held()


@pytest.mark.parametrize("lock", ["Caps_Lock", "Num_Lock"])
def test_x11_hotkeys_work_and_nothing_counts_as_held_with_a_lock_on(
    x11: X11Scene, lock: str
) -> None:
    called: list[str] = []
    x11.hotkeys.register("ctrl+alt+space", lambda: called.append(lock))
    x11.desktop.keys(lock)
    try:
        assert not x11.typist.modifiers_held()
        x11.press("ctrl+alt+space")
        wait_for(lambda: called == [lock])
    finally:
        x11.desktop.keys(lock)


def test_our_own_window_is_no_target(x11: X11Scene) -> None:
    target = x11.open("ours")
    ours = ("-f", "_NET_WM_PID", "32c", "-set", "_NET_WM_PID", str(os.getpid()))
    x11.desktop.run("xprop", "-id", str(target.handle), *ours, check=True)
    assert x11.windows.focused() is None


def test_a_window_with_a_new_title_is_still_the_target(x11: X11Scene) -> None:
    target = x11.open("old")
    name = ("-f", "_NET_WM_NAME", "8u", "-set", "_NET_WM_NAME", "客户 — 新消息")
    x11.desktop.run("xprop", "-id", str(target.handle), *name, check=True)
    assert x11.windows.is_focused(target)
    now = x11.windows.focused()
    assert now == Target(target.handle, "xterm", "客户 — 新消息")
