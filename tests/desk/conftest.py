"""A session bus and agents at a Wayland desk, for one test."""

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.desk.agents import MakeAgent
    from tests.desk.private_bus import PrivateBus

# Wayland, D-Bus and the packages that speak with it and with X are Linux's.
_LINUX = ["test_wayland_*", "test_logind_*", "test_desktop_presence.py"]
collect_ignore_glob = [] if sys.platform == "linux" else _LINUX


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Iterator[PrivateBus]":
    from tests.desk.private_bus import PrivateBus

    bus = PrivateBus(tmp_path)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    yield bus
    bus.end()


@pytest.fixture
def make() -> "Iterator[MakeAgent]":
    """Makes agents; each gives his hotkeys back at the end, promptly."""
    from companion.desk.wayland import Pace, WaylandHotkeys
    from tests.desk.agents import FAST, Agent
    from tests.desk.portal import APP

    made: list[Agent] = []

    def one(pace: Pace = FAST) -> Agent:
        tokens: list[str] = []
        made.append(Agent(WaylandHotkeys(APP, tokens.append, pace), tokens=tokens))
        return made[-1]

    yield one
    for agent in made:
        began = time.monotonic()
        agent.hotkeys.close()
        assert time.monotonic() - began < 3
    assert "hotkeys" not in [thread.name for thread in threading.enumerate()]
