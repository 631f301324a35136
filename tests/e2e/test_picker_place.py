"""Where the picker opens on a real desktop of two screens, the second of twice the scale."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.e2e.desktop import Desktop, wait_for

if sys.platform != "linux" or shutil.which("xrandr") is None:
    pytest.skip("xrandr is not installed", allow_module_level=True)

HERE = Path(__file__).parent
PICKER, CHAT = "^找短语$", "^foreign editor$"
FORM = "^填好再插入$"


class Area(NamedTuple):
    """A rectangle of the desktop in device pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, other: "Area") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def meets(self, other: "Area") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


FIRST, SECOND = Area(0, 0, 1280, 1024), Area(1280, 0, 3840, 1600)


class Scene:
    """A picker that waits, and a chat window that can be put anywhere."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        desktop.run("xrandr", "--setmonitor", "A", "1280/340x1024/270+0+0", "screen", check=True)
        desktop.run("xrandr", "--setmonitor", "B", "2560/340x1600/210+1280+0", "none", check=True)
        desktop.environment["QT_SCREEN_SCALE_FACTORS"] = "A=1;B=2"
        seen = desktop.folder / "seen.json"
        desktop.start(sys.executable, str(HERE / "picker_host.py"), str(seen))
        wait_for(seen.exists)
        chat = str(desktop.folder / "chat")
        desktop.start(sys.executable, str(HERE / "foreign_editor.py"), "edit", chat)
        self.window = desktop.window(CHAT)

    def area(self, window: str) -> Area:
        said = self.desktop.run("xwininfo", "-id", window)
        left, top, width, height = (
            int(found[1])
            for found in (
                re.search(rf"{name}:\s+(-?\d+)", said)
                for name in ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
            )
            if found
        )
        return Area(left, top, left + width, top + height)

    def put(self, left: int, top: int, width: int, height: int) -> Area:
        """Put the chat window somewhere; where it is then, without its frame."""
        self.desktop.focus(self.window)
        run = self.desktop.run
        run("xdotool", "windowsize", "--sync", self.window, str(width), str(height))
        run("xdotool", "windowmove", self.window, str(left), str(top))

        def there() -> bool:
            area = self.area(self.window)
            near = abs(area.left - left) < 40 and abs(area.top - top) < 60
            return near and area.right - area.left == width and area.bottom - area.top == height

        wait_for(there)
        return self.area(self.window)

    def open_form(self) -> Area:
        """Open the form of a phrase from the picker; where it is with its frame."""
        self.desktop.keys("ctrl+alt+space")
        picker = self.desktop.window(PICKER)
        wait_for(lambda: self.desktop.focused() == picker)
        self.desktop.type("hf")
        self.desktop.keys("Return")
        form = self.desktop.window(FORM)
        wait_for(lambda: self.desktop.focused() == form)
        inside = self.area(form)
        said = self.desktop.run("xprop", "-id", form, "_NET_FRAME_EXTENTS")
        left, right, top, bottom = map(int, re.findall(r"\d+", said.partition("=")[2]))
        self.desktop.keys("Escape")
        self.desktop.gone(FORM)
        assert top > 0
        return Area(
            inside.left - left, inside.top - top, inside.right + right, inside.bottom + bottom
        )

    def open(self) -> Area:
        """Open the picker; where it is when it has the focus."""
        self.desktop.keys("ctrl+alt+space")
        picker = self.desktop.window(PICKER)
        wait_for(lambda: self.desktop.focused() == picker)
        area = self.area(picker)
        self.desktop.keys("Escape")
        self.desktop.gone(PICKER)
        return area


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    desktop = Desktop(tmp_path_factory.mktemp("d"), "3840x1600x24")
    yield Scene(desktop)
    desktop.close()


@pytest.mark.parametrize(
    ("screen", "place", "clear"),
    [
        (FIRST, (100, 60, 500, 300), True),
        (FIRST, (700, 660, 500, 300), True),
        (FIRST, (0, 0, 1280, 980), False),
        (SECOND, (1500, 60, 1000, 400), True),
        (SECOND, (2700, 1100, 1000, 400), True),
        (SECOND, (1300, 40, 2500, 1500), False),
        (SECOND, (3400, 100, 400, 300), True),
    ],
)
def test_it_opens_whole_beside_the_window_on_the_same_screen(
    scene: Scene, screen: Area, place: tuple[int, int, int, int], clear: bool
) -> None:
    window = scene.put(*place)
    picker = scene.open()
    assert screen.holds(picker)
    scale = 1 if screen is FIRST else 2
    assert picker.right - picker.left in range(600 * scale, 760 * scale)
    assert picker.meets(window) != clear
    if clear:
        away = min(abs(picker.top - window.bottom), abs(window.top - picker.bottom))
        assert away < 60 * scale


@pytest.mark.parametrize(
    ("screen", "place"),
    [(FIRST, (100, 480, 500, 500)), (FIRST, (0, 0, 1280, 980)), (SECOND, (1300, 40, 2500, 1500))],
)
def test_what_is_asked_opens_with_its_title_bar_on_the_same_screen(
    scene: Scene, screen: Area, place: tuple[int, int, int, int]
) -> None:
    scene.put(*place)
    assert screen.holds(scene.open_form())


def test_it_follows_the_window_from_screen_to_screen(scene: Scene) -> None:
    for _ in range(2):
        for screen, place in ((FIRST, (100, 60, 500, 300)), (SECOND, (1500, 60, 1000, 400))):
            scene.put(*place)
            assert screen.holds(scene.open())
