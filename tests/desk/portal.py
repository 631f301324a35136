"""A portal on a session bus that behaves as xdg-desktop-portal does."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

from companion.desk.portal import NAME, PATH, REGISTRY, REQUEST, SESSION, SHORTCUTS

APP = "companion"
_FAILED = "org.freedesktop.DBus.Error.UnknownMethod"


@dataclass
class Manner:
    """What kind of portal it is, and what the agent does in its dialog."""

    shortcuts: bool = True
    """Whether it has GlobalShortcuts at all: a backend without it leaves it away."""
    registry: bool = True
    desktop_files: tuple[str, ...] = (APP,)
    needs_app: bool = True
    """From 1.21 on: no app id, no session."""
    response: int | None = 0
    """What BindShortcuts is answered with: 0 yes, 1 no, 2 otherwise, None not at all."""
    other_keys: dict[str, str] = field(default_factory=dict)
    """How the keys that the agent chose are described, by shortcut."""
    refused: tuple[str, ...] = ()
    """Shortcuts that the agent unticks."""
    own_handle: bool = False
    """Before 0.9 the Request's path was the portal's own choice."""
    during: Callable[[], None] | None = None
    """Done while the dialog is open."""


@dataclass
class Client:
    """A connection that speaks to the portal."""

    app: str = ""
    called: bool = False
    session: str = ""
    bound: dict[str, str] = field(default_factory=dict)
    closed_requests: list[str] = field(default_factory=list)


class MockPortal:
    """Serves on a thread; ``asked`` is every list of shortcuts that somebody wanted."""

    def __init__(self, address: str, manner: Manner | None = None) -> None:
        self.manner = manner or Manner()
        self.asked: list[list[tuple[str, dict[str, object]]]] = []
        self.clients: dict[str, Client] = {}
        self._lock = threading.Lock()
        self._connection = open_dbus_connection(address)
        self._send(message_bus.RequestName(NAME))
        self._send(message_bus.AddMatch("type='signal',member='NameOwnerChanged'"))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def end(self) -> None:
        """Leave the bus without a word, as a crash does; may be called twice."""
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._connection.sock.shutdown(2)
            self._thread.join(10)
        self._connection.close()

    def bound(self) -> dict[str, str]:
        """The shortcuts that work now, with how their keys are described."""
        with self._lock:
            return {
                id: keys for client in self.clients.values() for id, keys in client.bound.items()
            }

    def press(self, id: str, token: str = "", sender_session: str | None = None) -> None:
        """Press a shortcut and let go: Activated, Deactivated."""
        for name, client in self._bound_clients(id):
            session = sender_session or client.session
            options = {"activation_token": ("s", token)} if token else {}
            for member in ("Activated", "Deactivated"):
                self._emit(name, SHORTCUTS, member, "osta{sv}", (session, id, 123_456, options))

    def change(self, id: str, described: str) -> None:
        """The agent chooses other keys in the desktop's settings."""
        for name, client in self._bound_clients(id):
            client.bound[id] = described
            about = [
                (key, {"trigger_description": ("s", keys)}) for key, keys in client.bound.items()
            ]
            self._emit(name, SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", (client.session, about))

    def close_sessions(self) -> None:
        """The desktop ends every session by itself."""
        with self._lock:
            found = [(name, client) for name, client in self.clients.items() if client.session]
        for name, client in found:
            self._emit(name, SESSION, "Closed", "a{sv}", ({},), path=client.session)
            client.bound, client.session = {}, ""

    def _bound_clients(self, id: str) -> list[tuple[str, Client]]:
        with self._lock:
            return [(name, each) for name, each in self.clients.items() if id in each.bound]

    def _serve(self) -> None:
        while True:
            try:
                message = self._connection.receive()
            except (OSError, ValueError):
                return
            fields = message.header.fields
            if message.header.message_type is MessageType.signal:
                if fields.get(HeaderFields.member) == "NameOwnerChanged" and not message.body[2]:
                    with self._lock:
                        self.clients.pop(message.body[0], None)
            elif message.header.message_type is MessageType.method_call:
                self._called(message, fields[HeaderFields.sender])

    def _called(self, message: Message, sender: str) -> None:
        fields = message.header.fields
        interface, member = fields.get(HeaderFields.interface), fields[HeaderFields.member]
        with self._lock:
            client = self.clients.setdefault(sender, Client())
        first, client.called = not client.called, True
        if interface == REGISTRY and member == "Register" and self.manner.registry:
            known = message.body[0] in self.manner.desktop_files
            if not (first and known):
                self._fail(message, "org.freedesktop.portal.Error.Failed")
                return
            client.app = message.body[0]
            self._send(new_method_return(message))
        elif interface == SESSION and member == "Close":
            client.bound, client.session = {}, ""
            self._send(new_method_return(message))
        elif interface == REQUEST and member == "Close":
            client.closed_requests.append(fields[HeaderFields.path])
            self._send(new_method_return(message))
        elif interface == SHORTCUTS and self.manner.shortcuts:
            assert fields[HeaderFields.path] == PATH
            self._shortcuts(message, sender, client, member)
        else:
            self._fail(message, _FAILED)

    def _shortcuts(self, message: Message, sender: str, client: Client, member: str) -> None:
        options = message.body[-1]
        token = options["handle_token"][1]
        handle = f"{PATH}/request/{sender[1:].replace('.', '_')}/{token}"
        if self.manner.own_handle:
            handle = f"{PATH}/request/{len(self.asked)}"
        if member == "CreateSession":
            if self.manner.needs_app and not client.app:
                self._fail(message, "org.freedesktop.portal.Error.NotAllowed")
                return
            name = options["session_handle_token"][1]
            client.session = f"{PATH}/session/{sender[1:].replace('.', '_')}/{name}"
            self._send(new_method_return(message, "o", (handle,)))
            self._respond(sender, handle, 0, {"session_handle": ("s", client.session)})
        elif member == "BindShortcuts":
            session, wanted, _parent, _ = message.body
            if session != client.session or client.bound or not all(id for id, _ in wanted):
                self._fail(message, "org.freedesktop.DBus.Error.AccessDenied")
                return
            self._send(new_method_return(message, "o", (handle,)))
            self._bind(sender, client, handle, wanted)
        else:
            self._fail(message, _FAILED)

    def _bind(self, sender: str, client: Client, handle: str, wanted: list[Any]) -> None:
        self.asked.append(
            [(id, {key: value for key, (_, value) in about.items()}) for id, about in wanted]
        )
        if self.manner.during is not None:
            self.manner.during()
        if self.manner.response is None:
            return
        if self.manner.response:
            self._respond(sender, handle, self.manner.response, {})
            return
        given = {
            id: self.manner.other_keys.get(id, _described(str(about["preferred_trigger"][1])))
            for id, about in wanted
            if id not in self.manner.refused
        }
        about = [
            (id, {"description": ("s", id), "trigger_description": ("s", keys)})
            for id, keys in given.items()
        ]
        self._respond(sender, handle, 0, {"shortcuts": ("a(sa{sv})", about)})
        # Now only: a key that is pressed before the answer is out would be no key of anyone's.
        client.bound = given

    def _respond(self, sender: str, handle: str, code: int, results: dict[str, Any]) -> None:
        self._emit(sender, REQUEST, "Response", "ua{sv}", (code, results), path=handle)

    def _emit(
        self, to: str, interface: str, member: str, signature: str, body: Any, *, path: str = PATH
    ) -> None:
        signal = new_signal(DBusAddress(path, interface=interface), member, signature, body)
        # To the one whom it concerns: other programs hear nothing of it.
        signal.header.fields[HeaderFields.destination] = to
        self._send(signal)

    def _fail(self, message: Message, name: str) -> None:
        self._send(new_error(message, name, "s", ("no",)))

    def _send(self, message: Message) -> None:
        with self._lock:
            self._connection.send(message)


def _described(trigger: str) -> str:
    """As KDE words it: ``CTRL+ALT+space`` becomes ``Ctrl+Alt+Space``."""
    return "+".join(part.capitalize() for part in trigger.replace("LOGO", "Meta").split("+"))
