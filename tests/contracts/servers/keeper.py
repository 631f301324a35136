"""Runs one server and sees to it that none of its processes outlives whoever started it.

    python keeper.py FOLDER USER GROUP PROGRAM ARGUMENT...

As a program of its own, because nobody else is left when a test run is killed or aborts: then its
standard input ends, which the starter holds open. Processes that the server left behind come to
it as their next of kin (Linux), so that it finds all of them. FOLDER is deleted last, unless the
input says anything; USER and GROUP are the numbers to run the server as, or empty.
"""

import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
_TICK_S = 0.05


def descendants() -> set[int]:
    """Every process that comes from this one."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        try:
            after_name = (entry / "stat").read_text().rpartition(")")[2].split()
        except (OSError, ValueError):
            continue
        if entry.name.isdigit():
            parents[int(entry.name)] = int(after_name[1])
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {os.getpid()}


def reap() -> None:
    """Take note of every child that has ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def end_all() -> None:
    """End everything that comes from this process: asked for three seconds, then made to."""
    asked_until = time.monotonic() + 3
    while True:
        reap()
        left = descendants()
        if not left:
            return
        late = time.monotonic() > asked_until
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL if late else signal.SIGTERM)
            except ProcessLookupError:
                continue
        time.sleep(_TICK_S)


def main(folder: str, user: str, group: str, *command: str) -> int:
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    # Ctrl+C is for the tests, which then close the line.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        user=int(user) if user else None,
        group=int(group) if group else None,
        extra_groups=[] if user else None,
    )
    while server.poll() is None and not select.select([0], [], [], _TICK_S)[0]:
        pass
    stays = bool(select.select([0], [], [], 0)[0] and os.read(0, 1))
    end_all()
    if folder and not stays:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
