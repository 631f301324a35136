"""Hotkeys on Wayland where the portal or the agent answers otherwise than hoped for."""

import time

import pytest
from jeepney import DBusAddress, HeaderFields, message_bus, new_signal
from jeepney.io.blocking import open_dbus_connection

from companion.desk.portal import NAME, PATH, SHORTCUTS
from companion.errors import CompanionError
from tests.desk.agents import FAST, HASTY, KEYS, MakeAgent, works
from tests.desk.portal import Manner, MockPortal
from tests.desk.private_bus import PrivateBus
from tests.e2e.desktop import wait_for


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
        # Nor can anybody say that the portal is somebody else now.
        owned = (NAME, "", stranger.unique_name)
        moved = new_signal(message_bus, "NameOwnerChanged", "sss", owned)
        moved.header.fields[HeaderFields.destination] = name
        stranger.send(moved)
        stranger.send(forged)
        gate.press(KEYS, sender_session="/another/session")
        works(gate, agent)
    assert agent.pressed == [KEYS]
