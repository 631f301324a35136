"""Keeps the search for garbage from holding up the windows while very much is in memory.

Python looks through everything that can be part of a circle, now and again, and no thread runs
meanwhile: with 5,000 phrases that takes longer than anyone may wait for a key. What is there to
stay is taken out of the search; what is not part of a circle is let go all the same.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
