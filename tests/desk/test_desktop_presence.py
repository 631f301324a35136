"""The screen's lock and idle time as desktops say them, on a real bus and a real X server."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.desk.bus_thread import Pace
from companion.desk.linux_presence import LinuxPresence
from companion.desk.ports import Going
from companion.desk.screen_locks import ACTIVE, DEEPIN, UKUI
from companion.desk.x11_presence import X11Idle
from tests.desk.desktops import Desktop, StandInMutter
from tests.desk.listeners import Listener
from tests.desk.private_bus import PrivateBus
from tests.e2e.desktop import ROOT, finish, wait_for

FAST = Pace(pause=0.02, tries=6)
GNOME = "org.gnome.ScreenSaver"


@pytest.fixture
def presence(
    bus: PrivateBus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LinuxPresence]:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    presence = LinuxPresence(pace=FAST)
    yield presence
    presence.close()
    assert "presence" not in [thread.name for thread in threading.enumerate()]


@pytest.fixture
def desktop(bus: PrivateBus) -> Iterator[Desktop]:
    desktop = Desktop(bus.address)
    yield desktop
    desktop.end()


@pytest.fixture
def mutter(bus: PrivateBus) -> Iterator[StandInMutter]:
    mutter = StandInMutter(bus.address)
    yield mutter
    mutter.awake.set()
    mutter.end()


@pytest.fixture
def listener(presence: LinuxPresence, mutter: StandInMutter) -> Listener:
    """Somebody who hears by now: questions are answered once all signals are asked for."""
    listener = Listener(presence)
    wait_for(lambda: presence.idle_s() is not None)
    return listener


@pytest.mark.parametrize(
    ("interface", "member", "body"),
    [
        *((interface, "ActiveChanged", (True,)) for interface in ACTIVE),
        (UKUI, "lock", ()),
        *((interface, "Visible", (True,)) for interface in DEEPIN),
    ],
)
def test_the_screen_is_locked(
    interface: str,
    member: str,
    body: tuple[object, ...],
    listener: Listener,
    desktop: Desktop,
) -> None:
    for unlocked in [*ACTIVE, *DEEPIN]:
        desktop.says(unlocked, "ActiveChanged" if unlocked in ACTIVE else "Visible", False)
    desktop.says(UKUI, "unlock")
    desktop.says(interface, member, *body)
    listener.hears(Going.LOCKED)
    # Nothing waits, and it may be said all the same.
    listener.is_safe()


def test_what_is_no_truth_value_is_nothing(listener: Listener, desktop: Desktop) -> None:
    for body in ((), ("true",), (True, True)):
        desktop.says(GNOME, "ActiveChanged", *body)
    desktop.says("org.example.Lamp", "ActiveChanged", True)
    desktop.says(GNOME, "ActiveChanged", True)
    listener.hears(Going.LOCKED)


def test_one_who_has_closed_listens_never_again(listener: Listener, desktop: Desktop) -> None:
    presence = listener.presence
    presence.close()
    desktop.says(GNOME, "ActiveChanged", True)
    assert not listener.heard
    presence.listen(lambda *_: listener.heard.append(Going.ENDS))
    assert "presence" not in [thread.name for thread in threading.enumerate()]


def test_one_who_is_told_may_close(listener: Listener, desktop: Desktop) -> None:
    def close(going: Going, _safe: Callable[[], None]) -> None:
        listener.presence.close()
        listener.heard.append(going)

    listener.presence.listen(close)
    desktop.says(GNOME, "ActiveChanged", True)
    listener.hears(Going.LOCKED)
    wait_for(lambda: "presence" not in [thread.name for thread in threading.enumerate()])


def test_a_desktop_that_comes_anew_is_heard(listener: Listener, bus: PrivateBus) -> None:
    bus.end()
    wait_for(lambda: listener.presence.idle_s() is None)
    bus.begin()
    compositor, desktop = StandInMutter(bus.address), Desktop(bus.address)
    wait_for(lambda: listener.presence.idle_s() is not None)
    desktop.says(GNOME, "ActiveChanged", True)
    listener.hears(Going.LOCKED)
    desktop.end()
    compositor.end()


def test_gnome_is_asked_for_idle_time_each_time(
    presence: LinuxPresence, mutter: StandInMutter
) -> None:
    mutter.idle_ms = 4_200
    # The first question finds no connection yet.
    wait_for(lambda: presence.idle_s() == 4.2)
    mutter.idle_ms = 90 * 60 * 1000
    assert wait_for(presence.idle_s) == 5_400.0
    mutter.idle_ms = None
    assert presence.idle_s() is None


def test_a_compositor_that_hangs_holds_nobody_up(
    presence: LinuxPresence, mutter: StandInMutter
) -> None:
    mutter.idle_ms = 1_000
    wait_for(presence.idle_s)
    mutter.awake.clear()
    began = time.monotonic()
    assert presence.idle_s() is None
    assert time.monotonic() - began < 0.5
    asked = mutter.asked
    # It is not asked again before it has answered.
    assert [presence.idle_s() for _ in range(100)] == [None] * 100
    assert mutter.asked - asked <= 1
    assert time.monotonic() - began < 1.0
    mutter.idle_ms = 2_000
    mutter.awake.set()
    wait_for(lambda: presence.idle_s() == 2.0)


def test_a_desktop_that_says_no_idle_time(presence: LinuxPresence, bus: PrivateBus) -> None:
    wait_for(lambda: presence.idle_s() is None)
    assert presence.idle_s() is None


def test_nobody_wakes_up_while_nothing_happens(listener: Listener, mutter: StandInMutter) -> None:
    asked, before = mutter.asked, time.process_time()
    time.sleep(0.5)
    # The whole process, this test included: not even a hundredth of the time.
    assert time.process_time() - before < 0.02
    assert mutter.asked == asked


def test_a_start_brings_in_nothing_that_speaks_with_a_bus() -> None:
    script = """
import sys
from companion.desk.linux_presence import LinuxPresence
made = LinuxPresence()
made.close()
print(sorted(name for name in sys.modules if name.split(".")[0] in ("jeepney", "Xlib")))
"""
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert said.stdout.strip() == "[]"


@pytest.mark.parametrize("knows", [True, False])
def test_a_screen_that_does_not_know_it_or_goes_is_none(
    knows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, write = os.pipe()
    without = [] if knows else ["-extension", "MIT-SCREEN-SAVER"]
    command = ["Xvfb", "-displayfd", str(write), "-nolisten", "tcp", "-noreset", *without]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    try:
        os.close(write)
        with os.fdopen(read) as number:
            monkeypatch.setenv("DISPLAY", f":{number.readline().strip()}")
        idle = X11Idle()
        assert (idle() is not None) is knows
        assert (idle() is not None) is knows
    finally:
        finish(server)
    assert idle() is None
    assert X11Idle()() is None
