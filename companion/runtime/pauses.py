"""Keeps long work, and the search for garbage, from holding up the windows.

Python looks through everything that can be part of a circle, now and again, and no thread runs
meanwhile: with 5,000 phrases that takes longer than anyone may wait for a key. What is there to
stay is taken out of the search; what is not part of a circle is let go all the same.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_TOLD_S = 0.1
_TURN_S = 0.001


def take_short_turns() -> None:
    """Have a thread that works give way to another after a thousandth of a second, not five.

    A window needs the interpreter several times for each thing it paints, and beside a worker it
    waits for its turn each time. With 50,000 phrases being read that comes to half as long a stop,
    and the reading takes as long as before.
    """
    sys.setswitchinterval(_TURN_S)


def settle() -> None:
    """Do not look through what is in memory now again."""
    gc.freeze()


def unsettle() -> None:
    """Look through everything again."""
    gc.unfreeze()


@contextmanager
def unsearched() -> Iterator[None]:
    """Make very many things without a search in between: they are there to stay."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def now_and_then(tell: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """What a work calls often as it goes on, with done and total; ``tell`` hears it ten times a
    second.
    """
    told_at = 0.0

    def watch(done: int, of: int) -> None:
        nonlocal told_at
        # Lets the window paint: else each of its calls waits for its turn with the interpreter.
        time.sleep(0)
        if time.monotonic() - told_at > _TOLD_S:
            told_at = time.monotonic()
            tell(done, of)

    return watch
