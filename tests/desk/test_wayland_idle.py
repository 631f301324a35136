"""How long nobody touched a key on real Wayland desktops: GNOME's tells it, wlroots' does not."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.desk.linux_presence import LinuxPresence
from tests.desk.compositors import Compositor, Mutter, Sway, missing
from tests.e2e.desktop import wait_for

if sys.platform != "linux":
    pytest.skip("Wayland is Linux's", allow_module_level=True)


@pytest.fixture(params=[Sway, Mutter], ids=["sway", "mutter"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Compositor]:
    kind: type[Compositor] = request.param
    if absent := missing(kind):
        pytest.skip(f"not installed: {' '.join(absent)}")
    desk = kind(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def presence(desk: Compositor, monkeypatch: pytest.MonkeyPatch) -> Iterator[LinuxPresence]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desk.bus.address)
    presence = LinuxPresence()
    yield presence
    presence.close()


def test_idle_time_grows_until_a_key_is_pressed(desk: Compositor, presence: LinuxPresence) -> None:
    if isinstance(desk, Sway):
        assert [presence.idle_s() for _ in range(5)] == [None] * 5
        return
    rested = wait_for(lambda: (now := presence.idle_s()) is not None and now > 0.6 and now)
    desk.type("", "Escape")
    wait_for(lambda: (now := presence.idle_s()) is not None and now < rested)
