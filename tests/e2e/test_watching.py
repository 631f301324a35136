"""Watching the clipboard on a real desktop: switched on by window, hinted at, clicked, ended."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, wait_for
from tests.e2e.owning import clipboard
from tests.e2e.test_prompt import PROMPT, Desk

if sys.platform != "linux":
    pytest.skip("X11 is Linux's", allow_module_level=True)

PICKER, HINT, CHOOSE = "^Find a phrase$", "^Empathy hint$", "^Watch the clipboard$"
LATE = "it has been five days and my order still has not shipped, i want my money back"
CRISIS = "the money is gone and i want to die"
COPIER = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
application.clipboard().setText(sys.argv[1])
application.exec()
"""


class Watched:
    """An agent who watches what is copied in one editor, and another program."""

    def __init__(self, desktop: Desktop) -> None:
        self.desk, self.desktop = Desk(desktop), desktop
        self.choose("space", "Tab", "space")

    def choose(self, *keys: str) -> None:
        """Open the window by the tray's menu, as the picker shows it, and press keys there."""
        desktop = self.desktop
        desktop.focus(self.desk.chat)
        desktop.keys("ctrl+alt+space")
        picker = desktop.window(PICKER)
        wait_for(lambda: desktop.focused() == picker)
        desktop.keys("F10", "a")
        window = desktop.window(CHOOSE)
        wait_for(lambda: desktop.focused() == window)
        desktop.keys(*keys, "Escape")
        desktop.gone(CHOOSE)

    def copy(self, text: str) -> None:
        """Write a text in the chat window, and copy it there."""
        self.desktop.focus(self.desk.chat)
        self.desktop.keys("ctrl+a")
        self.desktop.type(text)
        self.desk.becomes(text)
        self.desktop.keys("ctrl+a", "ctrl+c", "Right")

    def hinted(self) -> bool:
        return bool(self.desktop.run("xdotool", "search", "--onlyvisible", "--name", HINT))

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click so far from the hint's upper left corner, from the right where x is below 0."""
        window = self.desktop.window(HINT)
        said = self.desktop.run("xdotool", "getwindowgeometry", "--shell", window)
        place = dict(line.split("=") for line in said.split())
        left, width = int(place["X"]), int(place["WIDTH"])
        at = (str(left + x + (width if x < 0 else 0)), str(int(place["Y"]) + y))
        self.desktop.run("xdotool", "mousemove", *at, "click", str(button), check=True)
        # Under the pointer the next hint would wait.
        self.desktop.run("xdotool", "mousemove", "5", "5", check=True)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    desktop = Desktop(tmp_path_factory.mktemp("d"))
    desktop.environment |= {"LANG": "en_US.UTF-8"}
    yield Watched(desktop)
    desktop.close()


@pytest.fixture
def left(tmp_path: Path) -> Iterator[Watched]:
    """A desk that may be left."""
    desktop = Desktop(tmp_path)
    desktop.environment |= {"LANG": "en_US.UTF-8"}
    yield Watched(desktop)
    desktop.close()


@pytest.mark.parametrize("text", [LATE, CRISIS])
def test_the_hint_takes_no_key_and_a_click_opens_the_prompt(watched: Watched, text: str) -> None:
    desk, desktop = watched.desk, watched.desktop
    watched.copy(text)
    wait_for(watched.hinted)
    assert desktop.focused() == desk.chat
    desktop.type(" ok")
    desk.becomes(f"{text} ok")
    watched.click(40, 20)
    wait_for(lambda: desktop.focused() == desktop.window(PROMPT))
    assert not watched.hinted()
    desktop.keys("Escape")
    desktop.gone(PROMPT)
    wait_for(lambda: desktop.focused() == desk.chat)
    desktop.type("!")
    desk.becomes(f"{text} ok!")


def test_its_cross_and_another_message_take_it_away_and_the_focus_stays(watched: Watched) -> None:
    desk, desktop = watched.desk, watched.desktop
    watched.copy(LATE)
    wait_for(watched.hinted)
    watched.click(-22, 24)
    desktop.gone(HINT)
    assert desktop.focused() == desk.chat
    watched.copy(LATE)
    wait_for(watched.hinted)
    watched.copy("okay, thank you")
    desktop.gone(HINT)


def test_what_another_program_copies_is_not_read(watched: Watched) -> None:
    desktop = watched.desktop
    watched.copy(CRISIS)
    wait_for(watched.hinted)
    watched.click(40, 20, button=3)
    desktop.gone(HINT)
    terminal = desktop.start("xterm", "-T", "a terminal")
    desktop.focus(desktop.window("^a terminal$"))
    copier = desktop.start(sys.executable, "-c", COPIER, CRISIS)
    wait_for(lambda: clipboard(desktop)["text"] == CRISIS)
    time.sleep(1)
    assert not watched.hinted()
    for process in (copier, terminal):
        process.terminate()
        process.wait(10)


def test_switched_off_it_is_over(watched: Watched) -> None:
    desktop = watched.desktop
    watched.copy(CRISIS)
    wait_for(watched.hinted)
    watched.choose("space")
    desktop.gone(HINT)
    watched.copy(CRISIS)
    time.sleep(1)
    assert not watched.hinted()
    watched.choose("space")


def test_locked_it_goes(left: Watched) -> None:
    left.copy(CRISIS)
    wait_for(left.hinted)
    left.desktop.companion("--home", left.desk.home, "lock")
    left.desktop.gone(HINT)
