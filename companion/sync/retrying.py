"""Tries again what may pass by itself: one set of rules for every store, and an end to it.

What a store does may be done twice: the same name always means the same bytes. Tried again are a
line that dropped, a server that is busy (429, 503 and their like, after the wait it asks for) and a
gateway that lost its server (502, 504). Not: a refused login, which may lock the agent out, a right
that is missing, a full store, nobody at the address, and who stayed silent for a whole time-out.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from companion.errors import CompanionError
from companion.sync.store import Watch

Answer = TypeVar("Answer")

PAUSES_S = (0.5, 2.0)
"""Before the second and the third try; up to half as much again, so that desks do not keep step."""

MOST_PATIENCE_S = 5
"""A server that asks for a longer wait is not waited for: the agent is told at once."""

LONGEST_S = 60.0
"""No try begins later than this after the first."""

_TICK_S = 0.1


class Passing(Exception):
    """What may pass: the error where it does not, and for how long the server asked to wait."""

    def __init__(self, failure: CompanionError, seconds: int = 0) -> None:
        super().__init__(failure.code)
        self.failure, self.seconds = failure, seconds


def patiently(act: Callable[[], Answer], watch: Watch) -> Answer:
    """What act gives, within three tries. Raises what it raises, or its Passing's failure."""
    began = time.monotonic()
    for pause in (*PAUSES_S, None):
        watch.check()
        try:
            return act()
        except Passing as passing:
            too_long = passing.seconds > MOST_PATIENCE_S or time.monotonic() - began > LONGEST_S
            if pause is None or too_long:
                raise passing.failure from passing.__cause__
            wait_s = max(pause * random.uniform(1, 1.5), passing.seconds)
        wait(wait_s, watch)
    raise AssertionError


def wait(seconds: float, watch: Watch) -> None:
    """Let time pass. Raises Stopped."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        watch.check()
        time.sleep(min(left, _TICK_S))
