"""Starts that are refused with words: on a second desktop of one user, and with broken settings."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, wait_for

if sys.platform != "linux":
    pytest.skip("X11 is Linux's", allow_module_level=True)

NAME = "^随席$|^Companion$"


@pytest.fixture
def desktops(tmp_path: Path) -> Iterator[tuple[Desktop, Desktop]]:
    made = (Desktop(tmp_path), Desktop(tmp_path))
    yield made
    for one in made:
        one.close()


def test_a_start_on_another_desktop_is_refused_with_words(
    desktops: tuple[Desktop, Desktop], tmp_path: Path
) -> None:
    here, there = desktops
    start = (sys.executable, "-m", "companion", "--home", str(tmp_path / "home"))
    here.start(*start)
    sign_in = here.window(NAME)
    here.focus(sign_in)

    def closed() -> bool:
        # On a busy machine the window manager may not hear the first one.
        here.keys("alt+F4")
        return not here.run("xdotool", "search", "--onlyvisible", "--name", NAME)

    wait_for(closed)
    second = there.start(*start)
    there.focus(there.window(NAME))
    assert not here.run("xdotool", "search", "--onlyvisible", "--name", NAME)
    there.keys("Escape")
    assert second.wait(10) == 1
    # On its own desktop it comes forward as always.
    again = here.start(*start)
    here.window(NAME)
    assert again.wait(10) == 0


@pytest.mark.parametrize("said", ["profile = 5", "agent = [[["])
def test_a_start_with_broken_settings_says_so_and_leaves_them(
    desktops: tuple[Desktop, Desktop], tmp_path: Path, said: str
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "desk.toml").write_text(said)
    start = desktops[0].start(sys.executable, "-m", "companion", "--home", str(home))
    desktops[0].focus(desktops[0].window(NAME))
    desktops[0].keys("Escape")
    assert start.wait(10) == 1
    assert (home / "desk.toml").read_text() == said
