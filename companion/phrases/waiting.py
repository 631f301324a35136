"""A wait in the steps of an insertion: no step blocks, a timer asks again and again."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Wait:
    """Wait until something is so, at most so many seconds; the answer is whether it became so."""

    until: Callable[[], bool]
    at_most: float


def pause(seconds: float) -> Wait:
    """Wait so many seconds, whatever happens."""
    return Wait(_never, seconds)


def _never() -> bool:
    return False
