"""A stand-in for logind on a bus of a test's own: the real one cannot run where tests do.

It gives delay locks as real ends of a pipe, knows when the other end was closed, says what the
real one says, and answers what it is asked about sessions, by the names of systemd's interface.
"""

import os
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, new_error, new_method_return, new_signal

from companion.desk.logind import MANAGER, NAME, PATH, SESSION
from tests.desk.bus_service import BusService

OURS, OTHERS = f"{PATH}/session/_37", f"{PATH}/session/_38"
_PROPERTIES = "org.freedesktop.DBus.Properties"


@dataclass
class Rules:
    """What kind of logind it is."""

    gives_locks: bool = True
    named: str = ""
    """The name of our session, where the desktop has told it to its programs."""
    knows_process: bool = True
    """Whether we belong to a session ourselves: what the desktop starts as a service does not."""
    shows: str = OURS
    """The session that shows this user's desktop."""


@dataclass
class Lock:
    """A delay lock that was given; ``asked`` is what it was asked for with."""

    asked: tuple[str, ...]
    read: int

    def held(self) -> bool:
        """Whether the other end is open."""
        try:
            return os.read(self.read, 1) != b""
        except BlockingIOError:
            return True


class StandInLogind(BusService):
    """Serves on a thread; ``locks`` are those it gave, the newest last."""

    def __init__(self, address: str, rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self.locks: list[Lock] = []
        self.asked: list[str] = []
        self._ends: list[int] = []
        super().__init__(address, NAME, files=True)

    def answer(self, call: Message) -> Message:
        fields = call.header.fields
        member = fields[HeaderFields.member]
        self.asked.append(member)
        if member == "Inhibit" and self.rules.gives_locks:
            read, write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
            self._ends.append(write)
            self.locks.append(Lock(call.body, read))
            return new_method_return(call, "h", (write,))
        if member == "GetSession" and call.body == (self.rules.named,) and self.rules.named:
            return new_method_return(call, "o", (OURS,))
        if member == "GetSessionByPID" and self.rules.knows_process:
            return new_method_return(call, "o", (OURS,))
        if member == "Get" and self.rules.shows:
            assert fields[HeaderFields.path] == f"{PATH}/user/self"
            return new_method_return(call, "v", (("(so)", ("7", self.rules.shows)),))
        return new_error(call, "org.freedesktop.login1.NoSessionForPID", "s", ("no",))

    def reply(self, answer: Message) -> None:
        super().reply(answer)
        # Only the client's copy of what was handed over keeps it open from now on.
        while self._ends:
            os.close(self._ends.pop())

    def held(self) -> bool:
        """Whether the newest lock is held."""
        return bool(self.locks) and self.locks[-1].held()

    def says(self, member: str, begins: bool) -> None:
        """PrepareForSleep, PrepareForShutdown."""
        self._emit(PATH, MANAGER, member, "b", (begins,))

    def locks_session(self, path: str = OURS) -> None:
        """Ask a session to lock its screen."""
        self._emit(path, SESSION, "Lock", "", ())

    def changes(self, path: str = OURS, **properties: bool) -> None:
        """Properties of a session get other values."""
        about = {name: ("b", value) for name, value in properties.items()}
        self._emit(path, _PROPERTIES, "PropertiesChanged", "sa{sv}as", (SESSION, about, []))

    def end(self) -> None:
        super().end()
        while self.locks:
            os.close(self.locks.pop().read)

    def _emit(self, path: str, interface: str, member: str, signature: str, body: Any) -> None:
        self.send(new_signal(DBusAddress(path, interface=interface), member, signature, body))
