"""Measures what the app holds, and how often it wakes up, while nothing happens."""

import time
from collections.abc import Iterator
from pathlib import Path

from build_spec.bench.figures import Figure, say
from build_spec.bench.running import PHRASES, SIGN_IN, RunningApp, Screenful

# An idle worker thread is let go after ten seconds.
_SETTLE_S, _WATCH_S = 11.0, 5.0
_RESIDENT_BAR = 95.0


def measure(screenful: Screenful) -> Iterator[Figure]:
    """The figures of the app that is signed in, before its picker was ever opened."""
    say("memory: an app where nobody is signed in")
    desktop = screenful.desktop()
    empty = RunningApp(desktop, desktop.folder / "empty")
    desktop.window(SIGN_IN)
    empty.rest()
    signed_out = megabytes(empty.process.pid, "Rss")
    empty.end()
    pid = screenful.app().process.pid
    say("memory: wait until the app is idle")
    time.sleep(_SETTLE_S)
    before = _wakes(pid)
    time.sleep(_WATCH_S)
    wakes = _wakes(pid) - before
    how = f"smaps_rollup {_SETTLE_S:g} s after signing in, {PHRASES:,} phrases, picker not opened"
    yield Figure("idle, resident (RSS)", megabytes(pid, "Rss"), "MB", how, _RESIDENT_BAR)
    yield Figure("idle, proportional (PSS)", megabytes(pid, "Pss"), "MB", how)
    yield Figure("idle, its own (private dirty)", megabytes(pid, "Private_Dirty"), "MB", how)
    how = "the same where nobody is signed in and the sign-in window is shown"
    yield Figure("idle, resident, signed out", signed_out, "MB", how)
    how = f"voluntary context switches of all threads in {_WATCH_S:g} s"
    yield Figure("idle, wake-ups", wakes / _WATCH_S, "a second", how, 0)


def megabytes(pid: int, name: str) -> float:
    """A line of smaps_rollup, in MB of 1,024 KB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


def _wakes(pid: int) -> int:
    """How often the threads of a process have gone to sleep so far."""
    return sum(
        int(line.split()[1])
        for file in Path(f"/proc/{pid}/task").glob("*/status")
        for line in file.read_text("utf-8").splitlines()
        if line.startswith("voluntary_ctxt_switches")
    )
