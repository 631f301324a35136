"""Calls what a hotkey is for, so that its failure costs the agent no other hotkey."""

import logging
from collections.abc import Callable

_log = logging.getLogger(__name__)


def call(act: Callable[[], object]) -> None:
    """Call it; what it raises is logged and goes no further."""
    try:
        act()
    except Exception:
        # The thread that calls serves every hotkey until the app restarts.
        _log.exception("a hotkey's callback failed")
