"""Desks at which an agent sits, for the presence's contract suite, and what happens to them."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from companion.desk.copy_only import NoPresence
from companion.desk.ports import Going, Presence
from companion.desk.recording_presence import RecordingPresence
from tests.e2e.desktop import Desktop, wait_for

if TYPE_CHECKING:
    from tests.desk.logind import StandInLogind


@dataclass
class PresenceScene:
    """A desk: what it can do, and the hands of the agent and of the machine."""

    presence: Presence
    knows_idle: bool
    hears: bool
    touch: Callable[[], object]
    """Press a key."""
    rest: Callable[[], object]
    """A while without a key."""
    go: Callable[[Going], object]
    """Make it happen."""
    waits: Callable[[], bool]
    """Whether sleep and the end wait for us, now that one of them was heard."""
    ready: Callable[[], object]
    """Wait until whoever listens hears."""
    _ends: list[Callable[[], object]] = field(default_factory=list)

    def close(self) -> None:
        """Put the desk away."""
        self.presence.close()
        for end in self._ends:
            end()


def recording() -> PresenceScene:
    """Companion's own stand-in."""
    double = RecordingPresence(idle=0.0)

    def idle_for(seconds: float) -> None:
        double.idle = seconds

    return PresenceScene(
        double,
        *(True, True),
        touch=lambda: idle_for(0.0),
        rest=lambda: idle_for(0.5),
        go=double.go,
        waits=lambda: bool(double.waiting),
        ready=lambda: None,
    )


def nothing() -> PresenceScene:
    """A desk that says nothing."""
    return PresenceScene(
        NoPresence(),
        *(False, False),
        touch=lambda: None,
        rest=lambda: None,
        go=lambda _: None,
        waits=lambda: False,
        ready=lambda: None,
    )


def linux(folder: Path, monkeypatch: pytest.MonkeyPatch, screen: Desktop | None) -> PresenceScene:
    """Real buses with stand-ins for logind and GNOME, and a real X server where there is one."""
    if sys.platform != "linux":
        pytest.skip("D-Bus and X are Linux's")
    from companion.desk.linux_presence import LinuxPresence
    from companion.desk.x11_presence import X11Idle
    from tests.desk import desktops
    from tests.desk.logind import StandInLogind
    from tests.desk.private_bus import PrivateBus

    buses = []
    for name in ("SESSION", "SYSTEM"):
        (folder / name).mkdir()
        buses.append(PrivateBus(folder / name))
        monkeypatch.setenv(f"DBUS_{name}_BUS_ADDRESS", buses[-1].address)
    monkeypatch.delenv("XDG_SESSION_ID", raising=False)
    logind = StandInLogind(buses[1].address)
    mutter = desktops.StandInMutter(buses[0].address)
    if screen is not None:
        monkeypatch.setenv("DISPLAY", screen.environment["DISPLAY"])
    presence = LinuxPresence(X11Idle() if screen is not None else None)

    def touch() -> None:
        mutter.idle_ms = 0
        if screen is not None:
            screen.run("xdotool", "key", "Shift_L")

    def rest() -> None:
        mutter.idle_ms = 500
        wait_for(lambda: (presence.idle_s() or 0) >= 0.5)

    return PresenceScene(
        presence,
        *(True, True),
        touch=touch,
        rest=rest,
        go=lambda going: _go(going, logind),
        waits=logind.held,
        ready=lambda: wait_for(logind.held),
        _ends=[mutter.end, logind.end, *(bus.end for bus in buses)],
    )


def _go(going: Going, logind: "StandInLogind") -> None:
    if going is Going.LOCKED:
        logind.locks_session()
    else:
        member = "PrepareForSleep" if going is Going.SLEEPS else "PrepareForShutdown"
        logind.says(member, True)
