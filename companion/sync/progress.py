"""How long work on a store tells its progress, is stopped, and says what it did."""

from collections.abc import Callable
from dataclasses import dataclass, field

Progress = Callable[[int, int], None]
"""Called with how many packs are done and how many there are."""

Stop = Callable[[], bool]
"""Asked all the time; true stops the work with Stopped, keeping what is done."""


def no_progress(done: int, of: int) -> None:
    """Nobody wants to know."""


@dataclass
class SyncReport:
    """What one sync did: packs by direction, requests to the far store, packs it could not read."""

    pulled: int = 0
    pushed: int = 0
    requests: int = 0
    unreadable: list[str] = field(default_factory=list)
