"""A newcomer's first run by real keys, from process start to the first phrase inserted."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, wait_for

if sys.platform != "linux":
    pytest.skip("X11 is Linux's", allow_module_level=True)

EDITOR = Path(__file__).with_name("foreign_editor.py")
PASSPHRASE = "huojian gaoshan niunai xiaomao"
SIGN_IN, PICKER = "^Companion$", "^Find a phrase$"
BODY = "Hello, I am here. How can I help?"
# The issue asks for two minutes of a person; keys are pressed without a pause to read.
MOST_S = 60.0


@pytest.fixture
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    desktop = Desktop(tmp_path_factory.mktemp("d"))
    desktop.environment |= {"LANG": "en_US.UTF-8"}
    yield desktop
    desktop.close()


def clipboard(desktop: Desktop) -> str:
    answer = desktop.folder / "clipboard"
    desktop.run(sys.executable, str(EDITOR), "read", str(answer), check=True)
    return str(json.loads(answer.read_text("utf-8"))["text"])


def test_from_nothing_to_a_phrase_in_two_minutes(desktop: Desktop) -> None:
    folder = desktop.folder
    home, store = str(folder / "A"), folder / "store"
    began = time.monotonic()
    desktop.start(sys.executable, "-m", "companion", "--home", home)
    desktop.focus(desktop.window(SIGN_IN))
    # First time here: behind the card, the folder, the passphrase and the button.
    desktop.keys("Tab", "Tab", "Tab", "Tab", "space")
    desktop.type("Lin")
    desktop.keys("Tab", "ctrl+a")
    desktop.type(str(store))
    desktop.keys("Return")
    desktop.type(PASSPHRASE)
    desktop.keys("Tab")
    desktop.type(PASSPHRASE)
    desktop.keys("Return")
    wait_for((store / "profile.json").exists)
    wait_for(lambda: signed_in(desktop, home))
    # The code is copied by the key that has the focus; the person has it from there.
    code = wait_for(lambda: copied(desktop))
    assert len(code.split("-")) == 7
    desktop.keys("Tab", "Tab", "Tab", "Return")
    # Which groups it asks for is drawn, and not to be read from outside: it is put off.
    desktop.keys("Tab", "Tab", "Tab", "Tab", "space")
    # What is here to be imported: on to the hotkey.
    desktop.keys("Tab", "Return")
    wait_for(lambda: found(desktop, home, "hi"))
    desktop.keys("ctrl+alt+space")
    desktop.window(PICKER)
    wait_for(lambda: desktop.focused() == desktop.window(PICKER))
    desktop.type("hi")
    desktop.keys("Return")
    desktop.gone(PICKER)
    desktop.focus(desktop.window(SIGN_IN))
    desktop.keys("ctrl+a", "ctrl+c")
    wait_for(lambda: clipboard(desktop) == BODY, told=lambda: clipboard(desktop))
    took = time.monotonic() - began
    desktop.keys("Tab", "Return")
    desktop.gone(SIGN_IN)
    print(f"first run by real keys: {took:.1f} s")
    assert took < MOST_S


def signed_in(desktop: Desktop, home: str) -> bool:
    said = desktop.companion("--home", home, "status", "--json", check=False)
    return bool(said) and bool(json.loads(said)["signed_in"])


def copied(desktop: Desktop) -> str:
    """What stands on the clipboard after the page's first key; it may come a moment later."""
    desktop.focus(desktop.window(SIGN_IN))
    desktop.keys("space")
    said = clipboard(desktop)
    return said if "-" in said else ""


def found(desktop: Desktop, home: str, query: str) -> bool:
    said = desktop.companion("--home", home, "phrases", "find", query, "--json", check=False)
    return bool(said) and BODY in [hit["body"] for hit in json.loads(said)["hits"]]
