"""A real fcitx5 without a screen: typed into over its own bus, and its candidates read."""

import os
import subprocess
from pathlib import Path

from jeepney import DBusAddress, MatchRule, Message, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tests.desk.private_bus import PrivateBus
from tests.e2e.desktop import wait_for

_PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM={method}

[Groups/0/Items/0]
Name={method}
Layout=

[GroupOrder]
0=Default
"""
_OFF = "wayland,xim,xcb,clipboard,cloudpinyin,notifications,kimpanel,emoji,unicode"
# That the candidates are shown by who types, and so are told.
_CLIENT_SIDE_PANEL = 1 << 39
_BUS_NAME = "org.fcitx.Fcitx5"
_INPUT = "/org/freedesktop/portal/inputmethod"
_PROGRAM = ("program", "test")
_PATIENCE_S = 20


class Fcitx:
    """One fcitx5 with one input method, in a home of its own."""

    def __init__(self, home: Path, method: str) -> None:
        self.home, self.method = home, method
        self.bus = PrivateBus(home)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(home),
            "DBUS_SESSION_BUS_ADDRESS": self.bus.address,
        }
        config = home / ".config/fcitx5"
        config.mkdir(parents=True, exist_ok=True)
        (config / "profile").write_text(_PROFILE.format(method=method), "utf-8")
        self._process = subprocess.Popen(
            ["fcitx5", f"--disable={_OFF}"],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._connection = open_dbus_connection(self.bus.address)
        wait_for(self._answers)

    def candidates(self, keys: str) -> list[str]:
        """What is offered on the first page once these letters are typed."""
        made = self._call("InputMethod", _INPUT, "CreateInputContext", "a(ss)", ([_PROGRAM],))
        path = made.body[0]
        rule = MatchRule(type="signal", path=path, member="UpdateClientSideUI")
        self._bus_call("AddMatch", rule.serialise())
        with self._connection.filter(rule, bufsize=64) as told:
            self._call("InputContext", path, "SetCapability", "t", (_CLIENT_SIDE_PANEL,))
            self._call("InputContext", path, "FocusIn")
            self._call("Controller", "/controller", "SetCurrentIM", "s", (self.method,))
            for key in keys:
                event = (ord(key), 0, 0, False, 0)
                self._call("InputContext", path, "ProcessKeyEvent", "uuubu", event)
            # The answer to the last letter comes behind the candidates that it led to.
            self._call("InputContext", path, "DestroyIC")
            found = told[-1].body[4] if told else []
        self._bus_call("RemoveMatch", rule.serialise())
        return [text for _, text in found]

    def end(self) -> None:
        """End it and its bus."""
        self._connection.close()
        self._process.terminate()
        self._process.wait(10)
        self.bus.end()

    def _answers(self) -> bool:
        reply = self._bus_call("NameHasOwner", _BUS_NAME)
        return bool(reply.body[0])

    def _bus_call(self, member: str, argument: str) -> Message:
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        return self._connection.send_and_get_reply(new_method_call(bus, member, "s", (argument,)))

    def _call(
        self, of: str, path: str, member: str, signature: str = "", body: tuple[object, ...] = ()
    ) -> Message:
        address = DBusAddress(path, _BUS_NAME, f"org.fcitx.Fcitx.{of}1")
        call = new_method_call(address, member, signature or None, body)
        return self._connection.send_and_get_reply(call, timeout=_PATIENCE_S)
