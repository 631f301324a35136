"""A hard day: insertion after insertion while the clipboard changes and another window flashes up.

For the tests of Companion and for the bench beside other programs: whoever can insert a text into
the focused window fulfils Inserting.
"""

import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from tests.e2e.desktop import Desktop, wait_for
from tests.e2e.lines import Lines
from tests.e2e.owning import EDITOR

WORLD = Path(__file__).with_name("restless_world.py")
# Within this time after the beginning something gets in the way: an insertion takes about as long.
WITHIN_S = 0.2
LONGEST_FLASH_MS = 120
# What comes late after all must not be taken for a part of the next text.
ARRIVES_S, LATE_S = 3.0, 1.0
TAKEN = "clipboard_busy"
"""What Companion says where another program copied between the keys and the fetch."""
_SIGNS = "退款已加急，三天内到账👍🏽𠮷é😀请放心 ok\n"


class Inserting(Protocol):
    """A program that puts a text into the window that has the focus."""

    def begin_text(self, text: str) -> None:
        """Begin; returns as soon as the program knows the window."""

    def end_text(self) -> str:
        """Wait for the end: empty, or what the program says stood in its way."""


@dataclass
class Tally:
    """What went wrong; ``told`` is what the program itself said had not gone in."""

    insertions: int = 0
    wrong_window: int = 0
    lost_clipboard: int = 0
    wrong_text: int = 0
    told: list[str] = field(default_factory=list)


def hard_day(desktop: Desktop, program: Inserting, count: int, seed: int = 1) -> Tally:
    """So many insertions into a foreign Qt editor."""
    draw, tally = random.Random(seed), Tally()
    file = desktop.folder / f"hard-day-{seed}"
    file.write_text("", "utf-8")
    editor = desktop.start(sys.executable, str(EDITOR), "edit", str(file))
    window = desktop.window("^foreign editor$")
    world = Lines([sys.executable, str(WORLD)], desktop)
    try:
        desktop.focus(window)
        for _ in range(count):
            _insertion(tally, program, world, draw, file)
            wait_for(lambda: not world.ask("state")["up"])
            desktop.focus(window)
    finally:
        world.close()
        editor.terminate()
        editor.wait(10)
    return tally


def _insertion(
    tally: Tally, program: Inserting, world: Lines, draw: random.Random, file: Path
) -> None:
    number = tally.insertions
    text = f"{number}:" + "".join(draw.choices(_SIGNS, k=draw.randint(5, 300))) + ";"
    before, untouched = file.read_text("utf-8"), world.ask("state")
    copied, flashing = f"copied {number} 原来的", draw.randint(20, LONGEST_FLASH_MS)
    acts = [(draw.uniform(0, WITHIN_S), f"copy {copied}")]
    acts += [(draw.uniform(0, WITHIN_S), f"flash {flashing}")] * draw.randint(0, 1)
    begun = time.monotonic()
    program.begin_text(text)
    for at, act in sorted(acts):
        time.sleep(max(0.0, begun + at - time.monotonic()))
        world.ask(act)
    obstacle = program.end_text()
    tally.insertions += 1
    arrived = _becomes(file, before + text, LATE_S if obstacle else ARRIVES_S)
    state: dict[str, Any] = world.ask("state")
    if (state["keys"], state["text"]) != (untouched["keys"], untouched["text"]):
        tally.wrong_window += 1
    # Of any other obstacle it says itself that the text is on the clipboard in the place of that.
    if obstacle in ("", TAKEN):
        tally.lost_clipboard += state["clipboard"] != copied
    if obstacle:
        tally.told.append(obstacle)
    else:
        tally.wrong_text += not arrived


def _becomes(file: Path, text: str, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while file.read_text("utf-8") != text:
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
