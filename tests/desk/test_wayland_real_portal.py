"""Hotkeys through the real xdg-desktop-portal, with a desktop of ours behind it."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    message_bus,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

from companion.desk.portal import NAME, PATH
from tests.desk.agents import FAST, KEYS, MakeAgent
from tests.desk.bus_service import BusService
from tests.desk.private_bus import PrivateBus
from tests.e2e.desktop import wait_for

PROGRAM = next(
    (
        path
        for folder in ("/usr/libexec", "/usr/lib", "/usr/lib/xdg-desktop-portal")
        if (path := Path(folder) / "xdg-desktop-portal").is_file()
    ),
    None,
)
BACKEND = "org.freedesktop.impl.portal.desktop.test"
INTERFACE = "org.freedesktop.impl.portal.GlobalShortcuts"
DESCRIPTION = f"[portal]\nDBusName={BACKEND}\nInterfaces={INTERFACE};\nUseIn=test\n"

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="xdg-desktop-portal is not installed")


class Backend(BusService):
    """What KDE or GNOME is to the portal: grants every hotkey, and says when it is pressed."""

    def __init__(self, address: str) -> None:
        self.granted: list[tuple[str, str, str]] = []
        self.closed: list[str] = []
        self._session = ""
        super().__init__(address, BACKEND)

    def press(self, id: str) -> None:
        """Press a hotkey."""
        where = DBusAddress(PATH, interface=INTERFACE)
        options = {"activation_token": ("s", "令牌")}
        body = (self._session, id, 7, options)
        self._connection.send(new_signal(where, "Activated", "osta{sv}", body))

    def answer(self, call: Message) -> Message:
        """As a desktop does whose user says yes."""
        fields, body = call.header.fields, call.body
        match fields[HeaderFields.member]:
            case "GetAll":
                return new_method_return(call, "a{sv}", ({"version": ("u", 1)},))
            case "CreateSession":
                self._session = body[1]
                return new_method_return(call, "ua{sv}", (0, {}))
            case "BindShortcuts":
                for id, about in body[2]:
                    wanted = about["description"][1], about["preferred_trigger"][1]
                    self.granted.append((id, *wanted))
                given = [(id, {"trigger_description": ("s", "Meta+J")}) for id, _ in body[2]]
                results = {"shortcuts": ("a(sa{sv})", given)}
                return new_method_return(call, "ua{sv}", (0, results))
            case "Close":
                self.closed.append(fields[HeaderFields.path])
        return new_method_return(call)


class RealPortal:
    """The daemon on a bus of the test's own."""

    def __init__(self, bus: PrivateBus, folder: Path) -> None:
        self._folder, self._address = folder, bus.address
        (folder / "test.portal").write_text(DESCRIPTION, "utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it is there."""
        kept = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
        private = dict.fromkeys(
            ("HOME", "XDG_RUNTIME_DIR", "XDG_DESKTOP_PORTAL_DIR"), str(self._folder)
        )
        self._process = subprocess.Popen(
            [str(PROGRAM)],
            env={**kept, **private, "XDG_CURRENT_DESKTOP": "test"},
            stdin=subprocess.DEVNULL,
            stderr=(self._folder / "log").open("ab"),
        )
        with open_dbus_connection(self._address) as asking:
            wait_for(
                lambda: asking.send_and_get_reply(message_bus.NameHasOwner(NAME), timeout=10).body[
                    0
                ]
            )

    def end(self) -> None:
        """End it; may be called twice."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)


@pytest.fixture
def backend(bus: PrivateBus) -> Iterator[Backend]:
    backend = Backend(bus.address)
    yield backend
    backend.end()


@pytest.fixture
def real(bus: PrivateBus, backend: Backend, tmp_path: Path) -> Iterator[RealPortal]:
    real = RealPortal(bus, tmp_path)
    real.start()
    yield real
    real.end()


def test_the_real_portal_gives_presses_and_ends_hotkeys(
    real: RealPortal, backend: Backend, make: MakeAgent
) -> None:
    agent = make(FAST)
    agent.wants()
    agent.hears("Meta+J")
    assert backend.granted == [(KEYS, "找短语", "CTRL+ALT+space")]
    backend.press(KEYS)
    backend.press(KEYS)
    wait_for(lambda: len(agent.pressed) == 2)
    assert agent.tokens == ["令牌", "令牌"]
    agent.wants("ctrl+alt+e")
    wait_for(lambda: len(backend.granted) == 3)
    assert len(backend.closed) == 1
    agent.hotkeys.close()
    wait_for(lambda: len(backend.closed) == 2)


def test_the_real_portal_may_be_restarted(
    real: RealPortal, backend: Backend, make: MakeAgent
) -> None:
    agent = make(FAST)
    agent.wants()
    agent.hears("Meta+J")
    real.end()
    real.start()
    wait_for(lambda: len(backend.granted) == 2)
    backend.press(KEYS)
    wait_for(lambda: agent.pressed == [KEYS])
    agent.hears("Meta+J")
