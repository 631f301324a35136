"""A D-Bus, asked and listened to from one thread that can be woken at any time."""

import os
import select
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

BUS = "org.freedesktop.DBus"
# As long as a bus gives a service that it has to start first.
_REPLY_S = 25.0
_LOGIN_S = 2.0


class BusLost(Exception):
    """There is no such bus, or it has gone."""


class Declined(Exception):
    """A call was answered with an error, which has a name such as ``….Error.UnknownMethod``."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Unanswered(Exception):
    """A call was not answered in time."""


class Ended(Exception):
    """The owner of the thread wants it to end."""


@dataclass(frozen=True)
class Heard:
    """A signal, by whom it was sent and what about."""

    sender: str
    path: str
    interface: str
    member: str
    body: Sequence[object]


class Bus:
    """One connection, to this session's bus or to the ``system``'s, which also hands over files.

    Every wait raises BusLost, and Ended as soon as the owner wants the end. ``wake`` is a file
    descriptor that can be read from when the waiting thread is to look up; ``over`` says whether
    it is to end.
    """

    def __init__(self, wake: int, over: Callable[[], bool], system: bool = False) -> None:
        self._wake, self._over = wake, over
        self._kept: deque[Heard] = deque()
        try:
            self._connection: DBusConnection = open_dbus_connection(
                "SYSTEM" if system else _address(), enable_fds=system, auth_timeout=_LOGIN_S
            )
        # A missing or strange address is told by several kinds of error.
        except (OSError, KeyError, ValueError, RuntimeError, StopIteration) as error:
            raise BusLost from error
        self.name = str(self._connection.unique_name)

    def close(self) -> None:
        """Let go of the connection; whatever was registered through it goes with it."""
        self._connection.close()

    def hear(self, **rule: str) -> None:
        """Have the signals delivered that fit a rule (``interface``, ``path``, ``sender`` …)."""
        match = MatchRule(type="signal", **rule)
        self._watch(match)

    def hear_owner(self, name: str) -> None:
        """Have it told when a name gets another owner (NameOwnerChanged: name, old, new)."""
        match = MatchRule(type="signal", sender=BUS, interface=BUS, member="NameOwnerChanged")
        match.add_arg_condition(0, name)
        self._watch(match)

    def owner(self, name: str) -> str:
        """The unique name behind a name, empty where nobody has it."""
        try:
            return str(self._ask(message_bus.GetNameOwner(name), _REPLY_S)[0])
        except Declined:
            return ""
        except Unanswered as error:
            raise BusLost from error

    def call(
        self,
        address: tuple[str, str, str],
        member: str,
        signature: str,
        body: tuple[object, ...],
        within: float = _REPLY_S,
    ) -> Sequence[object]:
        """Call a method of (name, path, interface). Raises Declined, Unanswered."""
        name, path, interface = address
        to = DBusAddress(path, bus_name=name, interface=interface)
        return self._ask(new_method_call(to, member, signature, body), within)

    def next(self, until: float | None) -> Heard | None:
        """The next signal; None when woken, or at ``until`` (of time.monotonic())."""
        if self._kept:
            return self._kept.popleft()
        while True:
            message = self._receive(until)
            if message is None:
                return None
            if message.header.message_type is MessageType.signal:
                return _heard(message)

    def _watch(self, match: MatchRule) -> None:
        try:
            self._ask(message_bus.AddMatch(match), _REPLY_S)
        except (Declined, Unanswered) as error:
            raise BusLost from error

    def _ask(self, message: Message, within: float) -> Sequence[object]:
        serial = next(self._connection.outgoing_serial)
        try:
            self._connection.send(message, serial=serial)
        except OSError as error:
            raise BusLost from error
        until = time.monotonic() + within
        while True:
            answer = self._receive(until)
            if answer is None:
                if time.monotonic() >= until:
                    raise Unanswered
                continue
            fields = answer.header.fields
            if answer.header.message_type is MessageType.signal:
                self._kept.append(_heard(answer))
            elif fields.get(HeaderFields.reply_serial) == serial:
                if answer.header.message_type is MessageType.error:
                    raise Declined(str(fields.get(HeaderFields.error_name, "")))
                body: Sequence[object] = answer.body
                return body

    def _receive(self, until: float | None) -> Message | None:
        """The next message, None when woken or too late."""
        while True:
            try:
                return self._connection.receive(timeout=0)
            except TimeoutError:
                left = None if until is None else until - time.monotonic()
            except OSError as error:
                raise BusLost from error
            if left is not None and left <= 0:
                return None
            ready, _, _ = select.select([self._connection.sock, self._wake], [], [], left)
            if self._wake in ready:
                os.read(self._wake, 4096)
                if self._over():
                    raise Ended
                return None


def _address() -> str:
    """Where this session's bus is; systemd has a place for it that need not be named."""
    named = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    return named or f"unix:path={os.environ['XDG_RUNTIME_DIR']}/bus"


def _heard(message: Message) -> Heard:
    fields = message.header.fields
    sender, path, interface, member = (
        str(fields.get(field, ""))
        for field in (
            HeaderFields.sender,
            HeaderFields.path,
            HeaderFields.interface,
            HeaderFields.member,
        )
    )
    return Heard(sender, path, interface, member, message.body)
