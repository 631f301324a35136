"""Kills real processes after every write of a work, and searches the desk for the agent's words.

Run as ``python -m tests.faults.killed_traces FOLDER WORK``; prints how many were killed.
"""

import sys
from functools import partial
from pathlib import Path

from companion.session.leftovers import clear, leftovers, stand_down, tidy
from companion.session.residue import words_of
from companion.session.searching import Search
from tests.faults.killing import in_a_process, killed
from tests.faults.world import PASSPHRASE, World, quickly

# What the works write.
TITLES = ("by force", "forgotten", "carried", "edit 1", "edit 2", "many 0", "many 1", "unsent")


def readable(world: World, words: list[bytes]) -> list[str]:
    """What is readable, and what others may read, of all that lies anywhere in this world."""
    found, looked = Search(words, at_most_s=60.0).look(world.folder)
    assert not looked.unfinished and looked.files
    wrong = [one.where for one in found]
    for path in world.folder.rglob("*"):
        wide = 0o700 if path.is_dir() else 0o600
        if path.stat().st_mode & 0o777 & ~wide:
            wrong.append(f"{path} is {path.stat().st_mode & 0o777:o}")
    return wrong


def clean(world: World) -> None:
    """Whoever comes next, without a key, can leave nothing at all of the one who was killed."""
    seat = world.seat("here")
    if seat.settings.read()["profile"]:
        stand_down(seat)
    tidy(seat)
    for left in leftovers(seat):
        clear(seat, left)
    left_over = [path for path in seat.home.rglob("*") if path.is_file()]
    assert left_over == [], left_over


def main() -> None:
    folder, work = Path(sys.argv[1]), sys.argv[2]
    with quickly():
        filled = World(folder / "filled")
        filled.folder.mkdir(mode=0o700)
        filled.fill()
        bodies = [f"正文 {title}" for title in TITLES]
        words = words_of(filled.open("here", PASSPHRASE).profile, [*bodies, PASSPHRASE])
        for at in range(1, 1000):
            world = filled.copy(folder / "world")
            again = killed(world, work, at)
            wrong = readable(world, words)
            if wrong:
                raise SystemExit(f"{work}, killed at {at}: {wrong}")
            if in_a_process(partial(clean, world)):
                raise SystemExit(f"{work}, killed at {at}: not clean")
            if not again:
                print(at - 1)
                return


if __name__ == "__main__":
    main()
