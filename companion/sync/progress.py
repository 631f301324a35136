"""How work on a store is bounded, tells its progress, is stopped, and says what it did."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

Progress = Callable[[int, int], None]
"""Called with how many packs are done and how many there are."""

Steps = Callable[[str, int, int], None]
"""Called with a step's name (``header``, ``keys``, ``packs``) and how much of it is done."""

Stop = Callable[[], bool]
"""Asked all the time; true stops the work with Stopped, keeping what is done."""


def no_progress(done: int, of: int) -> None:
    """Nobody wants to know."""


def no_steps(step: str, done: int, of: int) -> None:
    """Nobody wants to know."""


class Later(Enum):
    """Which way a sync moves the packs that others need not wait for; see profile/behind.py."""

    BOTH = "both"
    OUT = "out"
    NEITHER = "neither"


@dataclass
class SyncReport:
    """What one sync did: packs by direction, requests to the far store, packs it could not read."""

    pulled: int = 0
    pushed: int = 0
    requests: int = 0
    unreadable: list[str] = field(default_factory=list)
