"""X11 without a window manager that keeps the hints: by the keyboard's focus alone."""

import sys
from collections.abc import Iterator

import pytest

from companion.desk.ports import Key, Target
from tests.contracts.scenes import LEFT, X11Scene
from tests.e2e.desktop import Desktop, wait_for


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    if sys.platform != "linux":
        pytest.skip("X11 is Linux's")
    desktop = Desktop(tmp_path_factory.mktemp("d"), managed=False)
    yield desktop
    desktop.close()


class AloneScene(X11Scene):
    """The same xterms, focused as X11 itself can."""

    def focus(self, window: str) -> None:
        self.desktop.run("xdotool", "windowfocus", "--sync", window, check=True)


@pytest.fixture
def scene(alone: Desktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[AloneScene]:
    from companion.desk.x11 import X11Typist, X11Windows
    from companion.desk.x11_hotkeys import X11Hotkeys

    monkeypatch.setenv("DISPLAY", alone.environment["DISPLAY"])
    scene = AloneScene(alone, X11Windows(), X11Typist(), X11Hotkeys(), X11Hotkeys)
    yield scene
    scene.close()


def test_without_any_focus_there_is_no_target(scene: AloneScene) -> None:
    scene.desktop.run("xdotool", "windowfocus", "0")
    assert scene.windows.focused() is None


def test_no_other_programs_are_known(scene: AloneScene) -> None:
    scene.open("chat")
    assert scene.windows.programs() == []


def test_the_focused_window_is_named_and_brought_back(scene: AloneScene) -> None:
    first = scene.open("first")
    second = scene.open("second")
    assert (first.program, first.title) == ("xterm", "first")
    assert scene.windows.focused() == second
    assert not scene.windows.is_focused(first)
    scene.windows.bring_back(first)
    wait_for(lambda: scene.windows.is_focused(first))
    assert scene.typist.stroke(Key.LEFT, into=first)
    assert not scene.typist.stroke(Key.LEFT, into=second)
    assert scene.windows.focused() == first


def test_keys_arrive(scene: AloneScene) -> None:
    target = scene.open("keys")
    assert scene.typist.stroke(Key.LEFT, 2, into=target)
    wait_for(lambda: scene.got() == LEFT * 2)


def test_a_window_that_is_gone_is_not_brought_back(scene: AloneScene) -> None:
    target = scene.open("gone")
    scene.shut(target)
    scene.windows.bring_back(target)
    assert not scene.windows.is_focused(target)
    assert scene.windows.focused() is None


def test_what_a_window_manager_left_behind_is_not_believed(scene: AloneScene) -> None:
    target = scene.open("left")
    wrong = ("-root", "-f", "_NET_ACTIVE_WINDOW", "32x", "-set", "_NET_ACTIVE_WINDOW", "0x1")
    scene.desktop.run("xprop", *wrong, check=True)
    check = ("-f", "_NET_SUPPORTING_WM_CHECK", "32x", "-set", "_NET_SUPPORTING_WM_CHECK")
    # A window that is gone, and one that has the number of the window manager's now.
    for number in (1, target.handle):
        scene.desktop.run("xprop", "-root", *check, hex(number), check=True)
        assert scene.windows.focused() == target


def test_a_window_of_another_process_under_the_same_number_is_not_the_target(
    scene: AloneScene,
) -> None:
    target = scene.open("process")
    other = Target(target.handle, target.program, target.title, target.process + 1)
    assert target.process > 0
    assert scene.windows.exists(target)
    assert not scene.windows.exists(other)
    assert not scene.windows.is_focused(other)
