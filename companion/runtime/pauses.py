"""Keeps long work, and the search for garbage, from holding up the windows.

Python looks through everything that can be part of a circle, now and again, and no thread runs
meanwhile: with 5,000 phrases that takes longer than anyone may wait for a key. What is there to
stay is taken out of the search; what is not part of a circle is let go all the same.

By itself it does so on whichever thread makes something just then, and ends what it finds there. A
timer or a model of Qt that is ended on a worker can take the process with it, so an app looks on
its GUI thread only, when that has nothing else to do.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QAbstractEventDispatcher, QObject

_TOLD_S = 0.1
_TURN_S = 0.001
# Works that make very many things just now, on whichever thread.
_MAKING = list[object]()


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
    work, by_itself = object(), gc.isenabled()
    _MAKING.append(work)
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        _MAKING.remove(work)
        if by_itself:
            gc.enable()


class Collector(QObject):
    """Looks for circles on the thread it is made on, before each of that thread's rests.

    Python looks no more by itself. When a generation is due is Python's rule, the one for the
    oldest (a quarter more than it left last time) included.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._left = 0
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self.look)

    def look(self) -> None:
        """Look through what is due."""
        due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if not due[0] or _MAKING:
            return
        # Counting takes a millisecond: not each time that something young is looked through.
        if due[1] and due[2] and len(gc.get_objects(2)) > self._left * 5 // 4:
            gc.collect()
            self._left = len(gc.get_objects(2))
        else:
            gc.collect(int(due[1]))


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
