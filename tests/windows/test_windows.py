"""Finding the agent's window, giving it the focus back, knowing when it takes no keys."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from companion.desk import win32_api, win32_process
from companion.desk.ports import Obstacle
from companion.desk.windows import Win32Windows
from tests.windows.desktop import Notepad, focused, own_window, wait_until
from tests.windows.foreign import Foreign

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")


def test_the_focused_window_is_named(windows: Win32Windows, notepad: Notepad) -> None:
    target = focused(windows)
    assert (target.handle, target.program) == (notepad.handle, "notepad")
    assert "Notepad" in target.title
    assert windows.is_focused(target)
    assert windows.exists(target)


def test_a_window_of_our_own_is_no_target(windows: Win32Windows, notepad: Notepad) -> None:
    target = focused(windows)
    with own_window():
        assert windows.focused() is None
        assert not windows.is_focused(target)
        assert windows.exists(target)


def test_the_open_programs_are_named_the_foremost_first(
    windows: Win32Windows, notepad: Notepad, foreign: Callable[[str], Foreign]
) -> None:
    assert wait_until(lambda: windows.programs()[:1] == ["notepad"])
    foreign("edit").focus("foreign editor")
    assert wait_until(lambda: windows.programs()[:1] == ["python"])
    assert "notepad" in windows.programs()
    with own_window():
        assert windows.programs()[0] == "python"


def test_bring_back_from_our_own_window(windows: Win32Windows, notepad: Notepad) -> None:
    target = focused(windows)
    with own_window():
        windows.bring_back(target)
        assert wait_until(lambda: windows.is_focused(target))


def test_bring_back_from_another_program(
    windows: Win32Windows, open_notepad: Callable[[], Notepad]
) -> None:
    first, second = open_notepad(), open_notepad()
    first.focus()
    target = focused(windows)
    second.focus()
    assert focused(windows).handle == second.handle

    windows.bring_back(target)

    assert wait_until(lambda: windows.is_focused(target) and windows.focused() == target)


def test_bring_back_a_minimised_window(windows: Win32Windows, notepad: Notepad) -> None:
    target = focused(windows)
    notepad.minimise()
    windows.bring_back(target)
    assert wait_until(lambda: windows.is_focused(target) and not notepad.is_minimised())


def test_a_hanging_window_is_not_touched(
    windows: Win32Windows, notepad: Notepad, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = focused(windows)
    # Windows would have us wait for it; Wine does not, so that here it is only said to hang.
    monkeypatch.setattr(win32_api, "is_hung_app_window", lambda handle: handle == target.handle)
    assert windows.obstacle(target) is Obstacle.NOT_TAKEN
    with own_window():
        windows.bring_back(target)
        assert not wait_until(lambda: windows.is_focused(target), 0.5)


def test_a_closed_window_is_gone(windows: Win32Windows, notepad: Notepad) -> None:
    target = focused(windows)
    notepad.close()
    assert not windows.exists(target)
    assert not windows.is_focused(target)
    assert windows.obstacle(target) is Obstacle.TARGET_GONE
    windows.bring_back(target)
    assert not windows.is_focused(target)


def test_a_handle_that_another_program_got_is_gone(windows: Win32Windows, notepad: Notepad) -> None:
    former = replace(focused(windows), program="browser")
    assert not windows.exists(former)
    assert not windows.is_focused(former)
    assert windows.obstacle(former) is Obstacle.TARGET_GONE


def test_an_equal_program_is_no_obstacle(windows: Win32Windows, notepad: Notepad) -> None:
    assert windows.obstacle(focused(windows)) is None


def test_an_elevated_program_is_an_obstacle(
    windows: Win32Windows, notepad: Notepad, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = focused(windows)

    def integrity_level(process: int) -> int:
        return 0x2000 if process == os.getpid() else 0x3000

    monkeypatch.setattr(win32_process, "integrity_level", integrity_level)
    assert windows.obstacle(target) is Obstacle.ELEVATED


def test_a_program_that_may_not_be_looked_at_is_an_obstacle(
    windows: Win32Windows, notepad: Notepad, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = focused(windows)

    def integrity_level(process: int) -> int:
        raise PermissionError(process)

    monkeypatch.setattr(win32_process, "integrity_level", integrity_level)
    assert windows.obstacle(target) is Obstacle.ELEVATED
