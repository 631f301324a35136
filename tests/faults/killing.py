"""Kills real processes with SIGKILL after every write of a work, and looks with a new one.

Run as ``python -m tests.faults.killing FOLDER WORK``; prints how many were killed. What a process
says to have saved comes through a pipe, so that it counts although the process is gone.
"""

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from companion.errors import HeaderMissing, StoreTaken
from companion.profile import slots
from tests.faults.works import WORKS, prepared
from tests.faults.world import FILLED, NEW, PASSPHRASE, World, quickly, settle

WRITES = os.O_WRONLY | os.O_RDWR
ACTS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir"}
CREATE = "create"


class Telling(list[str]):
    """A list that a process which may be killed tells of to the one that watches it."""

    def __init__(self, pipe: int, sign: str) -> None:
        super().__init__(FILLED)
        self._pipe, self._sign = pipe, sign

    def append(self, title: str) -> None:
        super().append(title)
        os.write(self._pipe, f"{self._sign}{title}\n".encode())


def kill_at(folder: Path, at: int) -> None:
    """End this process before its ``at``-th act on the disk below a folder."""
    left = at

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def heard(event: str, facts: tuple[object, ...]) -> None:
        path = facts[0] if facts else None
        if event == "open":
            flags = facts[2]
            if not isinstance(flags, int) or not flags & WRITES:
                return
        elif event not in ACTS:
            return
        # shutil.rmtree names what is in a folder without the folder.
        if isinstance(path, str | os.PathLike):
            place = Path(path)
            if not place.is_absolute() or place.is_relative_to(folder):
                count()

    sys.addaudithook(heard)
    flush = os.fsync

    def counted(handle: int) -> None:
        # Written to the disk, but not there yet under its name.
        count()
        flush(handle)

    vars(os)["fsync"] = counted


def in_a_process(act: Callable[[], None]) -> int:
    """Do it in a process of its own; how that ended, 0 where well."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def killed(world: World, work: str, at: int) -> bool:
    """Do a work in a process that is killed at an act; whether it came to that."""
    reading, writing = os.pipe()

    def act() -> None:
        session = prepared(world, work) if work != CREATE else None
        world.begun, world.saved = Telling(writing, "-"), Telling(writing, "+")
        kill_at(world.folder, at)
        if session is None:
            world.create("here")
        else:
            WORKS[work](world, session)

    status = in_a_process(act)
    os.close(writing)
    with os.fdopen(reading) as said:
        for line in said:
            (world.begun if line[0] == "-" else world.saved).append(line[1:].strip())
    if status not in (0, signal.SIGKILL):
        raise SystemExit(f"{work} failed by itself at {at}")
    return status == signal.SIGKILL


def look(world: World) -> None:
    """What a new process finds after one was killed."""
    settle(world, PASSPHRASE, NEW)


def look_at_what_was_made(world: World) -> None:
    """The same, where the profile itself was being made."""
    world.begun, world.saved = [], []
    seated = bool(world.seat("here").settings.read()["profile"])
    made = (world.folder / "store" / slots.HEADER).exists()
    if seated or made:
        world.open("here", PASSPHRASE).sync()
    else:
        try:
            world.create("here")
        except StoreTaken:
            # Slots without a header: nobody takes them for a profile.
            try:
                world.sign_in("other")
            except HeaderMissing:
                return


def main() -> None:
    folder, work = Path(sys.argv[1]), sys.argv[2]
    with quickly():
        filled = World(folder / "filled")
        filled.folder.mkdir()
        if work != CREATE:
            filled.fill()
        for at in range(1, 1000):
            world = filled.copy(folder / "world")
            again = killed(world, work, at)
            see = look_at_what_was_made if work == CREATE else look
            if in_a_process(partial(see, world)):
                raise SystemExit(f"{work}, killed at {at}: not whole")
            if not again:
                print(at - 1)
                return


if __name__ == "__main__":
    main()
