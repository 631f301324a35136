"""Measures how long a start takes, until the tray app answers on its socket."""

import shutil
from collections.abc import Iterator

from build_spec.bench.figures import Figure, say, spread
from build_spec.bench.running import RunningApp, Screenful

STARTS = 10
_BAR_MS = 500.0


def measure(screenful: Screenful) -> Iterator[Figure]:
    """The figures of ten starts at a home where nobody is signed in."""
    say("start: ten starts, signed out")
    # The first one compiles the modules and fills the caches; it is no part of the figures.
    seconds = [_start(screenful, number) for number in range(STARTS + 1)][1:]
    how = f"{STARTS} starts from source, signed out; from spawn to the answer on the socket"
    yield from spread("process start to tray ready", seconds, how, {0.5: _BAR_MS, 0.95: _BAR_MS})


def _start(screenful: Screenful, number: int) -> float:
    desktop = screenful.desktop()
    home = desktop.folder / f"start{number}"
    app = RunningApp(desktop, home)
    took = app.ready()
    app.end()
    shutil.rmtree(home)
    return took
