"""The picker with real input methods, ibus with libpinyin and fcitx5, on a virtual keyboard."""

import json
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, wait_for

METHODS = {
    "ibus": (Path("/usr/share/ibus/component/libpinyin.xml"), "ibus-daemon"),
    "fcitx": (Path("/usr/share/fcitx5/inputmethod/pinyin.conf"), "fcitx5"),
}
FCITX_PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=pinyin
Layout=

[GroupOrder]
0=Default
"""
HERE = Path(__file__).parent
SETTLES_S = 0.3
PICKER, CHAT = "^找短语$", "^foreign editor$"

if sys.platform != "linux" or shutil.which("dbus-daemon") is None:
    pytest.skip("input methods speak over D-Bus", allow_module_level=True)


class Scene:
    """An open picker, pinyin as the desktop's input method, and a chat window behind it."""

    def __init__(self, desktop: Desktop, method: str) -> None:
        self.desktop = desktop
        self.seen, self.chat = desktop.folder / "seen.json", desktop.folder / "chat"
        bus = f"unix:path={desktop.folder}/bus"
        places = ("CONFIG", "CACHE", "DATA")
        desktop.environment |= {
            f"XDG_{name}_HOME": str(desktop.folder / name.lower()) for name in places
        }
        # As the desktops of either kind have it.
        desktop.environment |= {"DBUS_SESSION_BUS_ADDRESS": bus, "QT_IM_MODULE": method}
        desktop.start("dbus-daemon", "--session", "--nofork", f"--address={bus}")
        wait_for((desktop.folder / "bus").exists)
        {"ibus": self._start_ibus, "fcitx": self._start_fcitx}[method]()
        desktop.start(sys.executable, str(HERE / "picker_host.py"), str(self.seen))
        wait_for(self.seen.exists)
        self.chat.write_text("", "utf-8")
        desktop.start(sys.executable, str(HERE / "foreign_editor.py"), "edit", str(self.chat))
        self.window = desktop.window(CHAT)

    def _start_ibus(self) -> None:
        self.desktop.start("ibus-daemon", "--panel=disable", "--emoji-extension=disable")
        wait_for(lambda: "libpinyin" in self.desktop.run("ibus", "list-engine"))

        def chosen() -> bool:
            self.desktop.run("ibus", "engine", "libpinyin")
            return self.desktop.run("ibus", "engine").strip() == "libpinyin"

        wait_for(chosen)

    def _start_fcitx(self) -> None:
        folder = self.desktop.folder / "config" / "fcitx5"
        folder.mkdir(parents=True)
        (folder / "profile").write_text(FCITX_PROFILE, "utf-8")
        self.desktop.start("fcitx5", "--disable=wayland,clipboard,cloudpinyin,notifications")
        # It writes down under which address it answers as ibus.
        wait_for(lambda: list((self.desktop.folder / "config").glob("ibus/bus/*")))

    def open(self) -> None:
        """Open the picker, with the input method awake in it and nothing typed."""
        wait_for(self._opened, 60)

    def _opened(self) -> bool:
        self.desktop.focus(self.window)
        self.desktop.keys("ctrl+alt+space")
        picker = self.desktop.window(PICKER)
        wait_for(lambda: self.desktop.focused() == picker)

        def composes() -> bool:
            # The method needs a moment for its first letter, and may pass one on until then.
            if not self.shown()["composing"]:
                self.desktop.keys("ctrl+a", "BackSpace", "h")
                time.sleep(SETTLES_S)
            return bool(self.shown()["composing"])

        wait_for(composes)
        self.desktop.keys("Escape")
        wait_for(lambda: not self.shown()["composing"] and self.shown()["text"] == "")
        # Where it had passed the letter on after all, this has closed the picker.
        time.sleep(SETTLES_S)
        return self.desktop.focused() == picker

    def shown(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.seen.read_text("utf-8"))
        return found

    def is_open(self) -> bool:
        return self.desktop.focused() == self.desktop.window(PICKER)


# libpinyin shows what it guesses, fcitx the letters: the search understands both.
HUANHUO = ("huanhuo", "还或")


@pytest.fixture(scope="module", params=METHODS)
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    pinyin, program = METHODS[request.param]
    if not pinyin.is_file() or shutil.which(program) is None:
        pytest.skip(f"{program} with pinyin is not installed")
    desktop = Desktop(tmp_path_factory.mktemp("d"))
    yield Scene(desktop, request.param)
    desktop.close()


@pytest.fixture
def scene(running: Scene) -> Iterator[Scene]:
    running.open()
    yield running
    if running.desktop.focused() != running.window:
        running.desktop.keys("Escape")
        running.desktop.gone(PICKER)


def test_hits_appear_while_pinyin_is_typed_and_nothing_is_in_the_line_yet(scene: Scene) -> None:
    scene.desktop.type("huanhuo")
    wait_for(lambda: scene.shown()["query"] in HUANHUO)
    assert scene.shown() | {"query": ""} == {
        "text": "",
        "query": "",
        "composing": True,
        "first": "换货流程",
        "row": 0,
    }
    scene.desktop.keys("Escape")
    wait_for(lambda: not scene.shown()["composing"])
    assert scene.is_open()


def test_arrows_go_to_the_candidates_and_a_number_takes_one(scene: Scene) -> None:
    scene.desktop.type("tuikuan")
    wait_for(lambda: scene.shown()["composing"] and scene.shown()["first"] == "退款进度安抚")
    scene.desktop.keys("Down", "Down", "Up", "Up", "1")
    wait_for(lambda: scene.shown()["text"] == "退款")
    assert scene.shown()["row"] == 0
    assert scene.is_open()


def test_enter_ends_the_composition_and_only_the_next_one_inserts(scene: Scene) -> None:
    scene.desktop.type("huanhuo")
    wait_for(lambda: scene.shown()["composing"])
    scene.desktop.keys("Return")
    wait_for(lambda: scene.shown()["text"] == "huanhuo")
    assert scene.is_open()
    assert scene.chat.read_text("utf-8") == ""
    scene.desktop.keys("Return")
    wait_for(lambda: scene.chat.read_text("utf-8") == "换货先寄回来。")
    wait_for(lambda: scene.desktop.focused() == scene.window)
    scene.desktop.keys("ctrl+a", "BackSpace")
    wait_for(lambda: scene.chat.read_text("utf-8") == "")


def test_escape_ends_the_composition_and_only_the_next_one_closes(scene: Scene) -> None:
    scene.desktop.type("tui")
    wait_for(lambda: scene.shown()["composing"])
    scene.desktop.keys("Escape")
    wait_for(lambda: not scene.shown()["composing"])
    assert scene.is_open()
    assert scene.shown()["text"] == ""
    scene.desktop.keys("Escape")
    scene.desktop.gone(PICKER)


def test_no_key_is_lost_to_the_input_method_while_the_picker_opens(running: Scene) -> None:
    desktop = running.desktop
    for _ in range(10):
        desktop.focus(running.window)
        # The chat's program tells the input method of its focus a moment after it has it; what
        # comes later than the picker's own would take the letters from the picker.
        time.sleep(SETTLES_S)
        keys = ("xdotool", "key", "--delay", "1", "ctrl+alt+space", *"huanhuo")
        desktop.run(*keys, check=True)
        # On a busy machine fcitx hears late of the new focus and commits the letters so far.
        wait_for(lambda: str(running.shown()["query"]).replace(" ", "") in HUANHUO)
        wait_for(lambda: running.shown()["first"] == "换货流程")
        wait_for(running.is_open)
        desktop.keys("Escape", "Escape")
        desktop.gone(PICKER)
    assert running.chat.read_text("utf-8") == ""
