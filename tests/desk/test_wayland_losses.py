"""Hotkeys on Wayland where the portal or the bus is not there, goes away, or comes back."""

import threading
from pathlib import Path

import pytest

from companion.errors import CompanionError
from tests.desk.agents import FAST, KEYS, MakeAgent, works
from tests.desk.portal import MockPortal
from tests.desk.private_bus import PrivateBus
from tests.e2e.desktop import wait_for


def test_a_desktop_without_a_portal_is_named_and_one_that_comes_later_is_used(
    bus: PrivateBus, make: MakeAgent
) -> None:
    agent = make(FAST)
    agent.wants()
    agent.hears("hotkeys_unavailable")
    assert isinstance(agent.said[0], CompanionError)
    assert agent.said[0].facts["keys"] == KEYS
    with MockPortal(bus.address) as gate:
        works(gate, agent)
    assert len(agent.said) == 1


def test_a_restarted_portal_is_asked_again(bus: PrivateBus, make: MakeAgent) -> None:
    agent = make(FAST)
    agent.wants()
    for _ in range(3):
        with MockPortal(bus.address) as gate:
            works(gate, agent)
    assert agent.said[1:] == []


def test_a_portal_that_stays_away_is_told_in_the_end(bus: PrivateBus, make: MakeAgent) -> None:
    agent = make(FAST)
    with MockPortal(bus.address) as gate:
        agent.wants()
        works(gate, agent)
        assert agent.said == []
    agent.hears("hotkeys_unavailable")


def test_a_portal_that_dies_in_its_dialog_is_asked_once_it_is_back(
    bus: PrivateBus, make: MakeAgent
) -> None:
    agent = make(FAST)
    gate = MockPortal(bus.address)

    def die() -> None:
        gate.manner.response = None
        gate.end()

    gate.manner.during = die
    agent.wants()
    wait_for(lambda: gate.asked)
    gate.end()
    with MockPortal(bus.address) as second:
        works(second, agent)


def test_a_session_that_the_desktop_ends_is_named_and_not_asked_for_again(
    bus: PrivateBus, make: MakeAgent
) -> None:
    agent = make(FAST)
    with MockPortal(bus.address) as gate:
        agent.wants()
        works(gate, agent)
        gate.close_sessions()
        agent.hears("hotkey_refused")
        assert len(gate.asked) == 1


def test_without_a_bus_the_agent_is_told(
    make: MakeAgent, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for address in (f"unix:path={tmp_path}/none", "tcp:host=localhost", "nonsense", ""):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
        agent = make(FAST)
        agent.wants()
        agent.hears("hotkeys_unavailable")


def test_the_place_of_the_bus_need_not_be_named(
    bus: PrivateBus, make: MakeAgent, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bus").symlink_to(bus.address.partition("path=")[2].partition(",")[0])
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    agent = make(FAST)
    with MockPortal(bus.address) as gate:
        agent.wants()
        works(gate, agent)


def test_a_bus_that_dies_is_told_and_a_new_hotkey_finds_the_next_one(
    bus: PrivateBus, make: MakeAgent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = make(FAST)
    with MockPortal(bus.address) as gate:
        agent.wants()
        works(gate, agent)
        bus.end()
    agent.hears("hotkeys_unavailable")
    wait_for(lambda: "hotkeys" not in [thread.name for thread in threading.enumerate()])
    folder = tmp_path / "next"
    folder.mkdir()
    following = PrivateBus(folder)
    try:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", following.address)
        with MockPortal(following.address) as gate:
            agent.wants("ctrl+alt+e")
            works(gate, agent)
    finally:
        agent.hotkeys.close()
        following.end()
