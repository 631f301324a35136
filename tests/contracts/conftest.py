"""The desks on which the contract suite runs: the recording one, and X11's with real windows."""

import sys
from collections.abc import Iterator

import pytest

from tests.contracts.scenes import RecordingScene, Scene, X11Scene
from tests.e2e.desktop import Desktop

# D-Bus, and the package that speaks it, are Linux's.
collect_ignore = [] if sys.platform == "linux" else ["test_portal_hotkeys.py"]


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    if sys.platform != "linux":
        pytest.skip("X11 is Linux's")
    desktop = Desktop(tmp_path_factory.mktemp("d"))
    yield desktop
    desktop.close()


@pytest.fixture
def x11(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[X11Scene]:
    # Xlib is there on Linux only.
    from companion.desk.x11 import X11Typist, X11Windows
    from companion.desk.x11_hotkeys import X11Hotkeys

    monkeypatch.setenv("DISPLAY", desktop.environment["DISPLAY"])
    scene = X11Scene(desktop, X11Windows(), X11Typist(), X11Hotkeys(), X11Hotkeys)
    yield scene
    scene.close()


@pytest.fixture(params=["recording", "x11"])
def scene(request: pytest.FixtureRequest) -> Scene:
    if request.param == "recording":
        return RecordingScene()
    found: X11Scene = request.getfixturevalue("x11")
    return found
