"""What logind says of this session, and the lock by which sleep and the end wait for us.

The interface is systemd's org.freedesktop.login1, which elogind has too. Whoever holds a delay
lock is waited for a few seconds (InhibitDelayMaxSec), whatever happens.
"""

import os
import threading
from collections.abc import Sequence

from jeepney.fds import FileDescriptor

from companion.desk import presence_calls
from companion.desk.bus import BUS, Bus, Declined, Heard, Unanswered
from companion.desk.ports import Going
from companion.desk.presence_calls import nothing

NAME = "org.freedesktop.login1"
PATH = "/org/freedesktop/login1"
MANAGER, SESSION, USER = (f"{NAME}.{kind}" for kind in ("Manager", "Session", "User"))
_PROPERTIES = f"{BUS}.Properties"
_ANSWER_S = 5.0
_WHY = "signing out or locking, so that nothing readable is left"


class Hold:
    """Has sleep and the end wait until it is let go of, which any thread may do, and twice."""

    def __init__(self, file: int = -1) -> None:
        self._file = file
        self._lock = threading.Lock()

    def release(self) -> None:
        """Have nothing wait any more."""
        with self._lock:
            file, self._file = self._file, -1
        if file >= 0:
            os.close(file)


class Logind:
    """logind over one connection to the system bus; everything may raise BusLost and Ended."""

    def __init__(self, bus: Bus, heard: presence_calls.Heard) -> None:
        self._bus, self._heard = bus, heard
        self._owner = self._session = ""
        self._watched: set[str] = set()
        self._hold = Hold()
        for member in ("PrepareForSleep", "PrepareForShutdown"):
            bus.hear(sender=NAME, interface=MANAGER, path=PATH, member=member)
        bus.hear_owner(NAME)

    def greet(self) -> None:
        """Find our session and take the lock, where logind is there."""
        self.close()
        self._owner = self._bus.owner(NAME)
        if not self._owner:
            return
        self._session = self._own_session()
        if self._session and self._session not in self._watched:
            self._watched.add(self._session)
            self._bus.hear(sender=NAME, interface=SESSION, path=self._session, member="Lock")
            self._bus.hear(sender=NAME, interface=_PROPERTIES, path=self._session)
        # Last: from now on sleep waits for us, and we hear of it.
        self._hold_up()

    def take(self, heard: Heard) -> None:
        """Tell what a signal means, where it means anything."""
        if heard.sender == BUS and heard.member == "NameOwnerChanged":
            self.greet()
        # Whoever is on the bus may send a signal of any kind to us, other users too.
        if heard.sender != self._owner:
            return
        match heard.member, tuple(heard.body):
            case "PrepareForSleep", (bool(begins),):
                self._prepare(Going.SLEEPS, begins)
            case "PrepareForShutdown", (bool(begins),):
                self._prepare(Going.ENDS, begins)
            case "Lock", _ if heard.path == self._session:
                presence_calls.tell(self._heard, Going.LOCKED, nothing)
            case "PropertiesChanged", (_, dict(changed), _) if heard.path == self._session:
                # Not active is a session whose screen shows another user.
                if changed.get("LockedHint") == ("b", True) or changed.get("Active") == (
                    "b",
                    False,
                ):
                    presence_calls.tell(self._heard, Going.LOCKED, nothing)
            case _:
                return

    def close(self) -> None:
        """Hold nothing up."""
        self._hold.release()

    def _prepare(self, going: Going, begins: bool) -> None:
        if begins:
            presence_calls.tell(self._heard, going, self._hold.release)
        else:
            # It is over, or was called off. The old lock may be let go of late: that must not
            # free the next sleep.
            self._hold.release()
            self._hold_up()

    def _hold_up(self) -> None:
        asked = ("sleep:shutdown", "Companion", _WHY, "delay")
        match self._ask(PATH, MANAGER, "Inhibit", "ssss", asked):
            case (FileDescriptor() as given,):
                file = given.to_raw_fd()
                # It came by a socket, and would go on to every program that is started.
                os.set_inheritable(file, False)
                self._hold = Hold(file)
            case _:
                self._hold = Hold()

    def _own_session(self) -> str:
        """The path of our session, or of the one that shows this user's desktop; or nothing.

        What the desktop starts through its service manager belongs to no session.
        """
        named = os.environ.get("XDG_SESSION_ID", "")
        for member, signature, about in (("GetSession", "s", named), ("GetSessionByPID", "u", 0)):
            match self._ask(PATH, MANAGER, member, signature, (about,)):
                case (str(path),):
                    return path
        shown = (USER, "Display")
        match self._ask(f"{PATH}/user/self", _PROPERTIES, "Get", "ss", shown):
            case ((_, (_, str(path))),) if path != "/":
                return path
        return ""

    def _ask(
        self, path: str, interface: str, member: str, signature: str, body: tuple[object, ...]
    ) -> Sequence[object]:
        """What a call is answered with; nothing where it is refused."""
        try:
            return self._bus.call((NAME, path, interface), member, signature, body, _ANSWER_S)
        except (Declined, Unanswered):
            return ()
