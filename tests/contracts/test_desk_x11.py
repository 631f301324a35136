"""What only X11's desk is asked: real keys, locks, layouts, and windows as they name themselves."""

import os
from collections.abc import Callable

import pytest

from companion.desk.ports import PasteKeys, Target
from tests.contracts.scenes import X11Scene
from tests.e2e.desktop import wait_for


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
