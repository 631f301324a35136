"""The empathy prompt on a real desktop: from copied words to an opening in the chat window."""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.session.plain_files import JSON_NAME
from tests.e2e.desktop import Desktop, wait_for

if sys.platform != "linux":
    pytest.skip("X11 is Linux's", allow_module_level=True)

EDITOR = Path(__file__).with_name("foreign_editor.py")
PASSPHRASE = "correct horse battery"
SIGN_IN, PROMPT, CHAT = "^Companion$", "^Empathy prompt$", "^foreign editor$"
LATE = "it has been five days and my order still has not shipped, i want my money back"
OWN, SAID = "i am on it, {days} days are too long", "i am on it, 5 days are too long"
RUNS = 5


class Desk:
    """An agent who has sat down, and a chat window."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop, self.home = desktop, str(desktop.folder / "home")
        secret = desktop.folder / "secret"
        secret.write_text(PASSPHRASE + "\n", "utf-8")
        store = ("--store", str(desktop.folder / "store"), "--name", "Lin")
        by = ("--passphrase-file", str(secret))
        desktop.companion("--home", self.home, "profile", "new", *store, *by)
        secret.unlink()
        self.file = desktop.folder / "chat"
        desktop.start(sys.executable, str(EDITOR), "edit", str(self.file))
        self.chat = desktop.window(CHAT)
        desktop.start(sys.executable, "-m", "companion", "--home", self.home)
        desktop.focus(desktop.window(SIGN_IN))
        desktop.type(PASSPHRASE)
        desktop.keys("Return")
        desktop.gone(SIGN_IN)

    def copy(self, text: str) -> None:
        """Have some words on the clipboard, and an empty line to answer in."""
        self.desktop.focus(self.chat)
        self.desktop.keys("ctrl+a")
        self.desktop.type(text)
        self.becomes(text)
        self.desktop.keys("ctrl+a", "ctrl+x")
        self.becomes("")

    def prompt(self, *keys: str) -> None:
        """Press the hotkey, and some keys right behind it."""
        self.desktop.run("xdotool", "key", "--delay", "1", "ctrl+alt+e", *keys, check=True)

    def waits(self) -> None:
        wait_for(lambda: self.desktop.focused() == self.desktop.window(PROMPT))

    def becomes(self, text: str) -> None:
        """Wait until this, and nothing else, is in the chat window."""
        wait_for(
            lambda: self.file.exists() and self.file.read_text("utf-8") == text,
            told=lambda: self.file.read_text("utf-8"),
        )

    def own(self) -> list[str]:
        """The agent's own openings, as the app has them."""
        out = self.desktop.folder / "out"
        self.desktop.companion("--home", self.home, "profile", "export", str(out))
        held = json.loads((out / JSON_NAME).read_text("utf-8"))
        shutil.rmtree(out)
        return [one["text"] for one in held["readable"]["openings"]]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desktop = Desktop(tmp_path_factory.mktemp("d"))
    desktop.environment |= {"LANG": "en_US.UTF-8"}
    desk = Desk(desktop)
    desk.copy(LATE)
    desk.prompt()
    desk.waits()
    desktop.keys("F2", "ctrl+a")
    desktop.type(OWN)
    desktop.keys("ctrl+Return")
    wait_for(lambda: desk.own() == [OWN])
    desktop.keys("Escape")
    desktop.gone(PROMPT)
    yield desk
    desktop.close()


def test_an_opening_of_ones_own_goes_where_the_agent_came_from(desk: Desk) -> None:
    desk.copy(LATE)
    desk.prompt()
    desk.waits()
    desk.desktop.keys("Return")
    desk.becomes(SAID)
    desk.desktop.gone(PROMPT)
    wait_for(lambda: desk.desktop.focused() == desk.chat)


def test_keys_right_behind_the_hotkey_are_for_the_prompt(desk: Desk) -> None:
    # The agent's own stands first: Enter says it, whenever the window is ready.
    for run in range(RUNS):
        desk.copy(f"{LATE} {'x' * run}".strip())
        desk.prompt("Return")
        desk.becomes(SAID)


def test_escape_leads_back_and_leaves_the_clipboard(desk: Desk) -> None:
    desk.copy(LATE)
    desk.prompt()
    desk.waits()
    desk.desktop.keys("Escape")
    desk.desktop.gone(PROMPT)
    wait_for(lambda: desk.desktop.focused() == desk.chat)
    desk.desktop.keys("ctrl+v")
    desk.becomes(LATE)
