"""The picker on a real desktop: no key is lost while it opens, and several phrases in a row."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, wait_for

if sys.platform != "linux":
    pytest.skip("X11 is Linux's", allow_module_level=True)

HERE = Path(__file__).parent
PICKER, CHAT = "^找短语$", "^foreign editor$"
LETTERS = "tuikuanjindu"
RUNS = 50


class Scene:
    """A picker that waits for its hotkey, and a chat window with the focus."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        self.seen, self.chat = desktop.folder / "seen.json", desktop.folder / "chat"
        desktop.start(sys.executable, str(HERE / "picker_host.py"), str(self.seen))
        wait_for(self.seen.exists)
        self.chat.write_text("", "utf-8")
        desktop.start(sys.executable, str(HERE / "foreign_editor.py"), "edit", str(self.chat))
        self.window = desktop.window(CHAT)
        desktop.focus(self.window)

    def shown(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.seen.read_text("utf-8"))
        return found

    def typed(self, text: str) -> None:
        """Wait until this is in the search line."""
        wait_for(lambda: self.shown()["text"] == text)

    def inserted(self, text: str) -> None:
        """Wait until this, and nothing else, is in the chat window."""
        wait_for(lambda: self.chat.read_text("utf-8") == text)

    def leave(self) -> None:
        wait_for(lambda: self.desktop.focused() == self.desktop.window(PICKER))
        self.desktop.keys("Escape")
        self.desktop.gone(PICKER)
        wait_for(lambda: self.desktop.focused() == self.window)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    desktop = Desktop(tmp_path_factory.mktemp("d"))
    yield Scene(desktop)
    desktop.close()


@pytest.mark.parametrize("delay", ["0", "1"])
def test_no_key_is_lost_that_is_typed_while_it_opens(scene: Scene, delay: str) -> None:
    before = scene.chat.read_text("utf-8")
    keys = ("xdotool", "key", "--delay", delay, "ctrl+alt+space", *LETTERS)
    for _ in range(RUNS // 2):
        scene.desktop.run(*keys, check=True)
        scene.typed(LETTERS)
        scene.leave()
    assert scene.chat.read_text("utf-8") == before


def test_a_key_typed_a_little_later_is_not_lost_either(scene: Scene) -> None:
    before = scene.chat.read_text("utf-8")
    for delay in range(2, 40, 4):
        keys = ("xdotool", "key", "--delay", str(delay), "ctrl+alt+space", *LETTERS)
        scene.desktop.run(*keys, check=True)
        scene.typed(LETTERS)
        scene.leave()
    assert scene.chat.read_text("utf-8") == before


def test_a_second_hotkey_finds_it_open_and_keeps_no_key_either(scene: Scene) -> None:
    scene.desktop.keys("ctrl+alt+space")
    wait_for(lambda: scene.desktop.focused() == scene.desktop.window(PICKER))
    scene.desktop.run("xdotool", "key", "--delay", "1", "ctrl+alt+space", *"hh", check=True)
    scene.typed("hh")
    scene.leave()


def test_pinned_it_sends_several_and_gets_the_focus_back_each_time(scene: Scene) -> None:
    desktop = scene.desktop
    desktop.keys("ctrl+alt+space")
    picker = desktop.window(PICKER)
    wait_for(lambda: desktop.focused() == picker)
    desktop.keys("ctrl+p")
    said = scene.chat.read_text("utf-8")
    for query, body in (
        ("tk", "钱没到账肯定惦记。"),
        ("hh", "换货先寄回来。"),
        ("gd", "已经建了工单。"),
    ):
        desktop.type(query)
        scene.typed(query)
        desktop.keys("Return")
        said += body
        scene.inserted(said)
        wait_for(lambda: desktop.focused() == picker)
    scene.leave()
