"""Says that the agent goes, to somebody whose failure must not keep the machine waiting."""

import logging
from collections.abc import Callable

from companion.desk.ports import Going

_log = logging.getLogger(__name__)

Safe = Callable[[], None]
"""What is called once all is safe."""
Heard = Callable[[Going, Safe], None]
"""Who is told: what happens, and what to call once all is safe."""


def tell(heard: Heard, going: Going, safe: Safe) -> None:
    """Say it. Where that fails, it is logged, and nothing waits for an answer that cannot come."""
    try:
        heard(going, safe)
    except Exception:
        # The thread that tells it has to hear the next one too.
        _log.exception("who was told that the agent goes failed")
        safe()


def nothing() -> None:
    """What to call once all is safe, where nothing waits."""
