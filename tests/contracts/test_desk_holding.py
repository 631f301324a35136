"""A hotkey that holds: what is typed after it reaches its window, and no keyboard waits long."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.desk.recording import RecordingDesk
from tests.e2e.desktop import Desktop, wait_for

KEYS = "ctrl+alt+space"
LETTERS = "abcdef"


class Scene:
    """X11's hotkeys, and two terminals that write down what is typed into them."""

    def __init__(self, desktop: Desktop) -> None:
        from companion.desk.x11_hotkeys import X11Hotkeys

        self.desktop, self.hotkeys = desktop, X11Hotkeys()
        self.pressed: list[float] = []
        self.files = {name: desktop.folder / name for name in ("chat", "ours")}
        for name, file in self.files.items():
            file.write_text("")
            # Every key as it comes, without waiting for the end of a line.
            script = f"stty -icanon -echo; exec dd bs=1 of={file} 2>/dev/null"
            desktop.start("xterm", "-T", name, "-e", "sh", "-c", script)
        self.windows = {name: desktop.window(f"^{name}$") for name in self.files}
        desktop.focus(self.windows["chat"])

    def type(self) -> None:
        """Press the hotkey and, at once, letters."""
        self.desktop.run("xdotool", "key", "--delay", "0", KEYS, *LETTERS, check=True)
        wait_for(lambda: self.pressed)

    def typed(self, name: str) -> str:
        return self.files[name].read_text()

    def arrives(self, name: str, letters: str) -> None:
        """Wait until just these letters were typed into a terminal."""
        wait_for(lambda: self.typed(name) == letters)


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    if sys.platform != "linux":
        pytest.skip("X11 is Linux's")
    desktop = Desktop(tmp_path)
    monkeypatch.setenv("DISPLAY", desktop.environment["DISPLAY"])
    scene = Scene(desktop)
    yield scene
    scene.hotkeys.close()
    desktop.close()


def press(scene: Scene, hold: bool) -> None:
    scene.hotkeys.register(KEYS, lambda: scene.pressed.append(time.monotonic()), hold=hold)
    scene.type()


def test_what_is_typed_goes_to_the_window_that_gets_the_focus_later(scene: Scene) -> None:
    press(scene, hold=True)
    scene.hotkeys.resume(int(scene.windows["ours"]))
    assert scene.typed("chat") == ""
    scene.desktop.run("xdotool", "windowactivate", scene.windows["ours"])
    scene.arrives("ours", LETTERS)
    assert time.monotonic() - scene.pressed[0] < 0.9
    assert scene.typed("chat") == ""


def test_what_is_typed_goes_to_the_window_that_has_the_focus_already(scene: Scene) -> None:
    press(scene, hold=True)
    scene.desktop.run("xdotool", "windowactivate", scene.windows["ours"])
    wait_for(lambda: scene.desktop.focused() == scene.windows["ours"])
    scene.hotkeys.resume(int(scene.windows["ours"]))
    scene.arrives("ours", LETTERS)
    assert time.monotonic() - scene.pressed[0] < 0.9


def test_a_window_that_never_comes_keeps_the_keyboard_for_a_second(scene: Scene) -> None:
    press(scene, hold=True)
    scene.hotkeys.resume(1)
    scene.arrives("chat", LETTERS)
    assert 0.9 < time.monotonic() - scene.pressed[0] < 3.0


def test_the_keyboard_is_given_back_with_the_hotkeys(scene: Scene) -> None:
    press(scene, hold=True)
    scene.hotkeys.close()
    scene.arrives("chat", LETTERS)
    assert time.monotonic() - scene.pressed[0] < 0.9


def test_a_hotkey_that_does_not_hold_keeps_nothing(scene: Scene) -> None:
    press(scene, hold=False)
    scene.arrives("chat", LETTERS)
    assert time.monotonic() - scene.pressed[0] < 0.9


def test_it_holds_every_time(scene: Scene) -> None:
    scene.hotkeys.register(KEYS, lambda: scene.pressed.append(0.0), hold=True)
    for times in range(1, 4):
        scene.desktop.focus(scene.windows["chat"])
        scene.pressed.clear()
        scene.type()
        scene.hotkeys.resume(int(scene.windows["ours"]))
        scene.desktop.run("xdotool", "windowactivate", scene.windows["ours"])
        scene.arrives("ours", LETTERS * times)
    assert scene.typed("chat") == ""


def test_the_recording_desk_tells_who_waits() -> None:
    desk = RecordingDesk()
    desk.register(KEYS, lambda: None, hold=True)
    desk.register("ctrl+alt+e", lambda: None)
    desk.press("ctrl+alt+e")
    assert not desk.waits
    desk.press(KEYS)
    assert desk.waits
    desk.resume(1)
    assert not desk.waits
