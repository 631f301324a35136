"""One user, two desktops at once: the second start is refused there, and nothing moves here."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop

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
    here.keys("alt+F4")
    here.gone(NAME)
    second = there.start(*start)
    there.focus(there.window(NAME))
    assert not here.run("xdotool", "search", "--onlyvisible", "--name", NAME)
    there.keys("Escape")
    assert second.wait(10) == 1
    # On its own desktop it comes forward as always.
    again = here.start(*start)
    here.window(NAME)
    assert again.wait(10) == 0
