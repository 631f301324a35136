"""Hotkeys on Wayland where the desktop, the agent or the bus does something else than hoped for."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, new_signal
from jeepney.io.blocking import open_dbus_connection

from companion.desk.portal import PATH, SHORTCUTS, Patience
from companion.desk.ports import Ask
from companion.desk.wayland import Pace, WaylandHotkeys
from companion.errors import CompanionError
from tests.desk.portal import APP, Manner, MockPortal, PrivateBus
from tests.e2e.desktop import wait_for

KEYS = "ctrl+alt+space"
FAST = Pace(settle=0.02, pause=0.05, tries=3, patience=Patience(answer=5.0, agent=5.0))
HASTY = Pace(settle=0.02, pause=0.05, tries=3, patience=Patience(answer=0.3, agent=0.3))


@dataclass
class Agent:
    """Who registered a hotkey: the presses and the answers that arrived."""

    hotkeys: WaylandHotkeys
    pressed: list[str] = field(default_factory=list)
    said: list[str | CompanionError] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    def wants(self, keys: str = KEYS) -> None:
        ask = Ask("找短语", self.said.append)
        self.hotkeys.register(keys, lambda: self.pressed.append(keys), ask)

    def hears(self, *codes: str) -> None:
        """Wait for exactly these answers."""
        wait_for(lambda: len(self.said) >= len(codes))
        assert [each.code if isinstance(each, CompanionError) else each for each in self.said] == [
            *codes
        ]


MakeAgent = Callable[[Pace], Agent]


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


def works(gate: MockPortal, agent: Agent) -> None:
    """Press the key, and see it arrive."""
    before = len(agent.pressed)
    wait_for(lambda: KEYS in gate.bound())
    gate.press(KEYS)
    wait_for(lambda: len(agent.pressed) > before)


@pytest.mark.parametrize("response", [1, 2])
def test_an_agent_who_says_no_is_not_asked_again(
    response: int, bus: PrivateBus, make: MakeAgent
) -> None:
    agent = make(FAST)
    with MockPortal(bus.address, Manner(response=response)) as gate:
        agent.wants()
        agent.hears("hotkey_refused")
        assert len(gate.asked) == 1
    with MockPortal(bus.address) as gate:
        with pytest.raises(AssertionError, match="in vain"):
            wait_for(lambda: gate.asked, seconds=0.3)
        # Another hotkey is another question.
        agent.wants("ctrl+alt+e")
        works(gate, agent)
    assert agent.pressed == [KEYS]


def test_other_keys_are_named_once_and_work(bus: PrivateBus, make: MakeAgent) -> None:
    agent = make(FAST)
    with MockPortal(bus.address, Manner(other_keys={KEYS: "Press Meta+J"})) as gate:
        agent.wants()
        agent.hears("Press Meta+J")
        works(gate, agent)
        gate.change(KEYS, "Meta+K")
        agent.hears("Press Meta+J", "Meta+K")
        gate.change(KEYS, "Meta+K")
        gate.change(KEYS, "Ctrl+Alt+Space")
        gate.change(KEYS, "Meta+K")
        gate.change(KEYS, "")
        agent.hears("Press Meta+J", "Meta+K", "Meta+K", "hotkey_refused")


@pytest.mark.parametrize("described", ["Ctrl+Alt+Space", "Press Alt+Ctrl+space", "Ctrl+Alt+空格"])
def test_the_same_keys_in_other_words_are_no_news(
    described: str, bus: PrivateBus, make: MakeAgent
) -> None:
    agent = make(FAST)
    with MockPortal(bus.address, Manner(other_keys={KEYS: described})) as gate:
        agent.wants()
        works(gate, agent)
        assert agent.said == []


def test_what_was_left_out_is_named_and_the_rest_works(bus: PrivateBus, make: MakeAgent) -> None:
    agent = make(FAST)
    with MockPortal(bus.address, Manner(refused=("ctrl+alt+e",))) as gate:
        agent.wants("ctrl+alt+e")
        agent.wants()
        agent.hears("hotkey_refused")
        assert isinstance(agent.said[0], CompanionError)
        assert agent.said[0].facts == {"keys": "ctrl+alt+e"}
        works(gate, agent)


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


@pytest.mark.parametrize(
    "manner",
    [
        Manner(shortcuts=False),
        Manner(shortcuts=False, registry=False),
        Manner(desktop_files=()),
    ],
    ids=["no such interface", "an old portal", "nobody knows our name"],
)
def test_a_portal_that_cannot_or_will_not_is_named(
    manner: Manner, bus: PrivateBus, make: MakeAgent
) -> None:
    agent = make(FAST)
    with MockPortal(bus.address, manner) as gate:
        agent.wants()
        agent.hears("hotkeys_unavailable")
        assert gate.asked == []


@pytest.mark.parametrize(
    "manner",
    [
        Manner(registry=False, needs_app=False),
        Manner(desktop_files=(), needs_app=False),
        Manner(registry=False, needs_app=False, own_handle=True),
    ],
    ids=["before the registry", "without a desktop file", "before foreseeable handles"],
)
def test_older_portals_are_spoken_to_as_well(
    manner: Manner, bus: PrivateBus, make: MakeAgent
) -> None:
    agent = make(FAST)
    with MockPortal(bus.address, manner) as gate:
        agent.wants()
        works(gate, agent)


def test_a_portal_that_never_answers_is_given_up_and_its_dialog_withdrawn(
    bus: PrivateBus, make: MakeAgent
) -> None:
    agent = make(HASTY)
    with MockPortal(bus.address, Manner(response=None)) as gate:
        agent.wants()
        agent.hears("hotkeys_unavailable")
        wait_for(
            lambda: [each for client in gate.clients.values() for each in client.closed_requests]
        )


def test_it_ends_at_once_while_the_dialog_is_open(bus: PrivateBus, make: MakeAgent) -> None:
    agent = make(FAST)
    with MockPortal(bus.address, Manner(response=None)) as gate:
        agent.wants()
        wait_for(lambda: gate.asked)
        began = time.monotonic()
        agent.hotkeys.close()
        assert time.monotonic() - began < 1
        wait_for(lambda: not gate.clients)


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


def test_the_token_for_the_focus_is_handed_on_before_the_callback(
    bus: PrivateBus, make: MakeAgent
) -> None:
    agent = make(FAST)
    with MockPortal(bus.address) as gate:
        agent.wants()
        wait_for(gate.bound)
        gate.press(KEYS, token="令牌-7")
        gate.press(KEYS)
        wait_for(lambda: len(agent.pressed) == 2)
    assert agent.tokens == ["令牌-7", ""]


def test_only_the_portal_itself_can_press_a_hotkey(bus: PrivateBus, make: MakeAgent) -> None:
    agent = make(FAST)
    with MockPortal(bus.address) as gate, open_dbus_connection(bus.address) as stranger:
        agent.wants()
        wait_for(gate.bound)
        ((name, client),) = gate.clients.items()
        forged = new_signal(
            DBusAddress(PATH, interface=SHORTCUTS),
            "Activated",
            "osta{sv}",
            (client.session, KEYS, 1, {}),
        )
        forged.header.fields[HeaderFields.destination] = name
        stranger.send(forged)
        gate.press(KEYS, sender_session="/another/session")
        works(gate, agent)
    assert agent.pressed == [KEYS]


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
