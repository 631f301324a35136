"""A real ibus without a screen: typed into over its own bus, and its candidates read."""

import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MatchRule, Message, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.desk.private_bus import PrivateBus
from tests.e2e.desktop import wait_for

_DAEMON = ("ibus-daemon", "--panel=disable", "--emoji-extension=disable", "--config=disable")
_BUS_NAME = "org.freedesktop.IBus"
_PATIENCE_S = 20
# That texts before they are chosen, hints and candidates are shown by who types.
_SHOWS = 1 | 2 | 4 | 8


class Ibus:
    """One ibus-daemon in a home of its own; it may be told to start again."""

    def __init__(self, home: Path, engine: str) -> None:
        self.engine = engine
        self.bus = PrivateBus(home)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(home),
            "DBUS_SESSION_BUS_ADDRESS": self.bus.address,
            "GSETTINGS_BACKEND": "memory",
            "DISPLAY": ":no-screen",
        }
        self._process = subprocess.Popen(
            _DAEMON,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self.address)

    def address(self) -> str:
        """Where it can be reached now; empty while it cannot."""
        done = subprocess.run(
            ["ibus", "address"], env=self.environment, capture_output=True, text=True, check=False
        )
        said = done.stdout.strip()
        return said if said.startswith("unix:") else ""

    def candidates(self, keys: str) -> list[str]:
        """What is offered on the first page for these letters; nothing while it starts."""
        with suppress(OSError, EOFError):
            return self._offered(keys, self.address())
        return []

    def _offered(self, keys: str, address: str) -> list[str]:
        if not address:
            return []
        with open_dbus_connection(address) as connection:
            path = _call(connection, "/org/freedesktop/IBus", "", "CreateInputContext", "s", "test")
            rule = MatchRule(type="signal", path=path, member="UpdateLookupTable")
            with connection.filter(rule, bufsize=64) as told:
                _call(connection, path, ".InputContext", "SetCapabilities", "u", _SHOWS)
                _call(connection, path, ".InputContext", "FocusIn")
                _call(connection, path, ".InputContext", "SetEngine", "s", self.engine)
                for key in keys:
                    event = (ord(key), 0, 0)
                    _call(connection, path, ".InputContext", "ProcessKeyEvent", "uuu", *event)
                _call(connection, path, ".InputContext", "Reset")
                shown = [message.body for message in told if message.body[1]]
        return _texts(shown[-1][0]) if shown else []

    def end(self) -> None:
        """End it and its bus."""
        subprocess.run(["ibus", "exit"], env=self.environment, capture_output=True, check=False)
        self._process.terminate()
        self._process.wait(10)
        self.bus.end()


def _call(
    connection: DBusConnection, path: str, of: str, member: str, signature: str = "", *body: object
) -> Any:
    address = DBusAddress(path, _BUS_NAME, f"{_BUS_NAME}{of}")
    call = new_method_call(address, member, signature or None, body)
    reply: Message = connection.send_and_get_reply(call, timeout=_PATIENCE_S)
    if reply.header.message_type is MessageType.error:
        raise ConnectionError(reply.body)
    return reply.body[0] if reply.body else None


def _texts(table: tuple[str, Any]) -> list[str]:
    """The candidates of an IBusLookupTable, each an IBusText."""
    _, (_, _, _, _, _, _, _, candidates, _) = table
    return [candidate[1][2] for candidate in candidates]
