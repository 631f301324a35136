"""A session bus and agents at a Wayland desk, for one test."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.desk.wayland import Pace, WaylandHotkeys
from tests.desk.agents import FAST, Agent, MakeAgent
from tests.desk.portal import APP, PrivateBus


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    bus = PrivateBus(tmp_path)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    yield bus
    bus.end()


@pytest.fixture
def make() -> Iterator[MakeAgent]:
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
