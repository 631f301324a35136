"""A real mouse on a real desktop drags phrases and bookmarks to another place."""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.desktop import Desktop, wait_for

NEEDED = ("Xvfb", "openbox", "xdotool", "xprop")
pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)), reason="no desktop to drag on here"
)


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    desktop = Desktop(tmp_path)
    yield desktop
    desktop.close()


def told(file: Path, acts: int) -> dict[str, Any]:
    """What the window wrote after so many acts."""

    def look() -> dict[str, Any] | None:
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        said: list[dict[str, Any]] = [json.loads(line) for line in lines if line.endswith("}")]
        return said[-1] if said and said[-1]["acts"] >= acts else None

    found = wait_for(look)
    assert found is not None
    return found


def drag(desktop: Desktop, start: list[int], end: list[int]) -> None:
    """Press at one point, go to another in steps, and let go."""
    desktop.run("xdotool", "mousemove", *map(str, start), "mousedown", "1")
    for step in range(1, 11):
        x, y = (a + (b - a) * step // 10 for a, b in zip(start, end, strict=True))
        desktop.run("xdotool", "mousemove", str(x), str(y), "sleep", "0.02")
    desktop.run("xdotool", "sleep", "0.1", "mouseup", "1")


def test_phrases_are_dragged_with_the_mouse(desktop: Desktop, tmp_path: Path) -> None:
    file = tmp_path / "told"
    desktop.start(sys.executable, "-m", "tests.ui.library_dragged", str(file))
    window = desktop.window("话术库")
    desktop.focus(window)
    said = told(file, 0)
    assert "".join(said["order"]) == "135024"
    x, y = said["rows"]["1"]
    drag(desktop, said["rows"]["5"], [x, y - 12])
    said = told(file, 1)
    assert "".join(said["order"]) == "513024"
    # Two of them, chosen with Ctrl, into a set.
    desktop.run("xdotool", "mousemove", *map(str, said["rows"]["5"]), "click", "1")
    desktop.run("xdotool", "mousemove", *map(str, said["rows"]["0"]))
    desktop.run("xdotool", "keydown", "ctrl", "click", "1", "keyup", "ctrl")
    drag(desktop, said["rows"]["0"], said["places"]["物流"])
    said = told(file, 2)
    assert "".join(said["order"]) == "132450"


def test_bookmarks_and_folders_are_dragged_with_the_mouse(desktop: Desktop, tmp_path: Path) -> None:
    file = tmp_path / "told"
    desktop.start(sys.executable, "-m", "tests.ui.bookmarks_dragged", str(file))
    desktop.focus(desktop.window("书签"))
    said = told(file, 0)
    assert said["order"] == "a .b ..3 .1 .2 c .4 5"
    drag(desktop, said["rows"]["5"], said["rows"]["b"])
    said = told(file, 1)
    assert said["order"] == "a .b ..3 ..5 .1 .2 c .4"
    x, y = said["rows"]["a"]
    drag(desktop, said["rows"]["c"], [x, y - 12])
    assert told(file, 2)["order"] == "c .4 a .b ..3 ..5 .1 .2"
