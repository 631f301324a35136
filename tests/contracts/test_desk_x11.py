"""What only X11's desk is asked: real keys, locks, layouts, and windows as they name themselves."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from companion.desk.ports import CopyKeys, PasteKeys, Target
from tests.contracts.scenes import X11Scene
from tests.e2e.desktop import Desktop, wait_for
from tests.e2e.owning import EDITOR


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


@pytest.mark.parametrize("keys", CopyKeys)
def test_copying_presses_exactly_these_keys_and_holds_none(x11: X11Scene, keys: CopyKeys) -> None:
    target, pressed = x11.open("chat"), list[str]()
    for which in CopyKeys:
        x11.hotkeys.register(which.value, partial(pressed.append, which.value))
    assert x11.typist.copy_selected(keys, target)
    wait_for(lambda: bool(pressed))
    assert pressed == [keys.value]
    assert not x11.typist.modifiers_held()


def test_a_failing_callback_costs_no_hotkey_and_no_key(
    x11: X11Scene, caplog: pytest.LogCaptureFixture
) -> None:
    fired: list[int] = []
    x11.hotkeys.register("ctrl+alt+k", lambda: fired.append(1 // len(fired)), hold=True)
    x11.press("ctrl+alt+k")
    wait_for(lambda: "ZeroDivisionError" in caplog.text)
    fired.append(0)
    x11.press("ctrl+alt+k")
    wait_for(lambda: fired == [0, 1])


def layout(desktop: Desktop, *said: str) -> None:
    desktop.run("setxkbmap", *said, check=True)


@pytest.fixture
def layouts(x11: X11Scene) -> Iterator[Desktop]:
    """The desktop, whose keyboard is a US one again in the end."""
    yield x11.desktop
    layout(x11.desktop, "us")
    turn_on(x11.desktop, 0)


LAYOUTS = {
    "dvorak": ("us", "dvorak", 0),
    "french": ("fr", "", 0),
    "german": ("de", "", 0),
    # A second layout is on: its key for v types м.
    "russian beside us": ("us,ru", "", 1),
    # No key types v at all.
    "russian": ("ru", "", 0),
    "greek": ("gr", "", 0),
}


@pytest.fixture(params=LAYOUTS)
def other_layout(request: pytest.FixtureRequest, layouts: Desktop) -> Desktop:
    names, variant, number = LAYOUTS[request.param]
    layout(layouts, "-layout", names, "-variant", variant)
    turn_on(layouts, number)
    return layouts


def turn_on(desktop: Desktop, number: int) -> None:
    """Have one of several layouts on, as the key for it does; python-xlib has no word for that."""
    import ctypes

    from Xlib.display import Display

    library = ctypes.CDLL("libX11.so.6")
    library.XOpenDisplay.restype = ctypes.c_void_p
    name = desktop.environment["DISPLAY"]
    opened = ctypes.c_void_p(library.XOpenDisplay(name.encode()))
    core_keyboard = 0x100
    assert library.XkbLockGroup(opened, core_keyboard, number)
    library.XCloseDisplay(opened)
    display = Display(name)
    wait_for(lambda: display.screen().root.query_pointer().mask >> 13 & 3 == number)
    display.close()


def test_a_paste_arrives_on_every_layout(other_layout: Desktop, x11: X11Scene) -> None:
    file = other_layout.folder / "pasted"
    file.unlink(missing_ok=True)
    owner = other_layout.start(sys.executable, str(EDITOR), "own", str(file.with_name("ready")))
    editor = other_layout.start(sys.executable, str(EDITOR), "edit", str(file))
    other_layout.focus(other_layout.window("^foreign editor$"))
    wait_for(file.with_name("ready").exists)
    target = x11.windows.focused()
    assert target is not None
    assert x11.typist.paste(PasteKeys.CTRL_V, into=target)
    wait_for(lambda: file.exists() and "before" in file.read_text("utf-8"))
    assert not x11.typist.modifiers_held()
    for process in (editor, owner):
        process.terminate()
        process.wait(10)
    file.with_name("ready").unlink()


def test_a_hotkey_works_on_every_layout(other_layout: Desktop, x11: X11Scene) -> None:
    called: list[str] = []
    x11.hotkeys.register("ctrl+alt+space", lambda: called.append("space"))
    x11.press("ctrl+alt+space")
    wait_for(lambda: called == ["space"])


def test_a_hotkey_goes_with_its_key_to_another_layout(layouts: Desktop, x11: X11Scene) -> None:
    called: list[str] = []
    x11.hotkeys.register("ctrl+alt+j", lambda: called.append("j"))
    x11.press("ctrl+alt+j")
    wait_for(lambda: called == ["j"])
    layout(layouts, "us", "dvorak")

    def answered() -> bool:
        x11.press("ctrl+alt+j")
        return len(called) > 1

    wait_for(answered)
    now = len(called)
    # Where j was on the US keyboard, h is now.
    x11.press("ctrl+alt+h")
    x11.press("ctrl+alt+j")
    wait_for(lambda: len(called) > now)
    assert len(called) == now + 1


def test_a_lent_key_is_empty_again_in_the_end(layouts: Desktop, x11: X11Scene) -> None:
    from Xlib import XK
    from Xlib.display import Display

    from companion.desk.x11_keyboard import Keyboard

    layout(layouts, "ru")
    display = Display(layouts.environment["DISPLAY"])
    keyboard, v = Keyboard(display), XK.string_to_keysym("v")
    wait_for(lambda: keyboard.catch_up() or not keyboard.find(v))
    (code,) = keyboard.codes(("v",))
    wait_for(keyboard.catch_up)
    assert keyboard.find(v) == code
    assert keyboard.codes(("v",)) == [code]
    keyboard.give_back()
    keyboard.give_back()
    wait_for(keyboard.catch_up)
    assert not keyboard.find(v)
    display.close()


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
    assert x11.windows.programs() == []


def foremost(x11: X11Scene, program: str) -> bool:
    return x11.windows.programs()[:1] == [program]


def test_the_open_programs_are_named_the_foremost_first(x11: X11Scene) -> None:
    desktop = x11.desktop
    editor = desktop.start(sys.executable, str(EDITOR), "edit", str(desktop.folder / "text"))
    x11.open("a terminal")
    for name, first in (("^foreign editor$", "foreign_editor.py"), ("^a terminal$", "xterm")):
        x11.focus(desktop.window(name))
        wait_for(partial(foremost, x11, first))
    assert sorted(x11.windows.programs()) == ["foreign_editor.py", "xterm"]
    kind, panel = "_NET_WM_WINDOW_TYPE", "_NET_WM_WINDOW_TYPE_DOCK"
    terminal = desktop.window("^a terminal$")
    desktop.run("xprop", "-id", terminal, "-f", kind, "32a", "-set", kind, panel, check=True)
    assert x11.windows.programs() == ["foreign_editor.py"]
    editor.terminate()
    editor.wait(10)


def test_a_window_with_a_new_title_is_still_the_target(x11: X11Scene) -> None:
    target = x11.open("old")
    name = ("-f", "_NET_WM_NAME", "8u", "-set", "_NET_WM_NAME", "客户 — 新消息")
    x11.desktop.run("xprop", "-id", str(target.handle), *name, check=True)
    assert x11.windows.is_focused(target)
    now = x11.windows.focused()
    assert now == Target(target.handle, "xterm", "客户 — 新消息")
