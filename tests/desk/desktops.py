"""What the desktops say on the session's bus about the screen's lock and idle time, for tests."""

import threading

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

from companion.desk.screen_locks import IDLE
from tests.desk.bus_service import BusService


class StandInMutter(BusService):
    """GNOME's compositor as far as it is asked for idle time; ``idle_ms`` is what it says."""

    def __init__(self, address: str) -> None:
        self.idle_ms: int | None = 0
        """None refuses the question."""
        self.asked = 0
        self.awake = threading.Event()
        """Cleared, it does not answer."""
        self.awake.set()
        super().__init__(address, IDLE[0])

    def answer(self, call: Message) -> Message:
        self.asked += 1
        self.awake.wait(20)
        fields = call.header.fields
        assert (fields[HeaderFields.interface], fields[HeaderFields.path]) == IDLE
        if self.idle_ms is None:
            return new_error(call, "org.freedesktop.DBus.Error.UnknownMethod", "s", ("no",))
        return new_method_return(call, "t", (self.idle_ms,))


class Desktop:
    """Anybody on the session's bus who sends signals."""

    def __init__(self, address: str) -> None:
        self._connection = open_dbus_connection(address)

    def says(self, interface: str, member: str, *body: object) -> None:
        """A signal with booleans and texts."""
        signature = "".join("b" if isinstance(each, bool) else "s" for each in body)
        about = DBusAddress("/ScreenSaver", interface=interface)
        self._connection.send(new_signal(about, member, signature or None, body))

    def end(self) -> None:
        """Leave the bus."""
        self._connection.close()
