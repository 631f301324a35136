"""Where the caret stands, in the pixels of the screen; else the window."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from companion.desk.ports import Key, Rect, Target
from companion.desk.windows import Win32Typist, Win32Windows
from tests.windows.desktop import (
    Notepad,
    focused,
    keep_focus,
    large_pixels,
    press,
    rectangle,
    type_text,
    wait_until,
)
from tests.windows.foreign import Foreign

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

ENTER = 0x0D


def place(windows: Win32Windows, target: Target) -> Rect:
    found = windows.place(target)
    assert found is not None
    return found


def test_the_caret_goes_with_the_text(windows: Win32Windows, notepad: Notepad) -> None:
    target = focused(windows)
    left, top, width, height = rectangle(notepad.handle)
    start = place(windows, target)
    assert left <= start.left < left + width
    assert top < start.top < top + height
    assert 0 < start.height < 100

    type_text("abc")
    assert wait_until(lambda: place(windows, target).left > start.left)
    assert wait_until(lambda: notepad.text() == "abc")
    after = place(windows, target)
    assert (after.top, after.height) == (start.top, start.height)

    press(ENTER)
    assert wait_until(lambda: place(windows, target).top >= start.top + start.height)
    assert place(windows, target).left == start.left


def test_without_a_caret_it_is_the_window(
    windows: Win32Windows, open_notepad: Callable[[], Notepad]
) -> None:
    notepad, other = open_notepad(), open_notepad()
    notepad.focus()
    target = focused(windows)
    other.focus()
    assert wait_until(lambda: place(windows, target) == rectangle(notepad.handle))


def test_a_qt_windows_caret_lies_in_it(windows: Win32Windows, editor: Foreign) -> None:
    target = focused(windows)
    left, top, width, height = rectangle(target.handle)
    type_text("abc")
    assert wait_until(lambda: editor.told().get("text") == "abc")
    assert wait_until(lambda: place(windows, target).width < width)
    caret = place(windows, target)
    assert left <= caret.left < left + width
    assert top <= caret.top < top + height


def test_a_minimised_window_is_nowhere(windows: Win32Windows, notepad: Notepad) -> None:
    target = focused(windows)
    notepad.minimise()
    assert windows.place(target) is None


def test_a_closed_window_is_nowhere(windows: Win32Windows, notepad: Notepad) -> None:
    target = focused(windows)
    notepad.close()
    assert windows.place(target) is None


@pytest.fixture
def console() -> Iterator[None]:
    """A console with a command line, as its user sees it; it has the focus."""
    command = ["cmd.exe", "/k", "title console 7"]
    with subprocess.Popen(command, creationflags=subprocess.CREATE_NEW_CONSOLE) as shell:
        try:
            yield
        finally:
            shell.kill()


def test_a_consoles_caret_and_its_keys(windows: Win32Windows, console: None) -> None:
    def focused_console() -> bool:
        target = windows.focused()
        return target is not None and target.program == "conhost" and keep_focus(target.handle)

    assert wait_until(focused_console)
    target = focused(windows)
    assert wait_until(lambda: place(windows, target).height < 50)
    start = place(windows, target)
    assert Win32Typist().stroke(Key.ENTER, into=target)
    assert wait_until(lambda: place(windows, target).top > start.top)
    type_text("ab")
    assert wait_until(lambda: place(windows, target).left >= start.left + 2 * start.width)


def test_large_pixels_are_counted_for_a_program_that_does_not_know_them(
    foreign: Callable[[str], Foreign],
) -> None:
    with large_pixels():
        window = foreign("old").told()["window"]
        assert wait_until(lambda: keep_focus(window))
        type_text("abcdefgh")
        seen = foreign("look")
        seen.wait()
    told = seen.told()
    assert told["window"] == window
    left, top, width, height = told["place"]
    # Its corner stands at (100, 100) of its own pixels, and so does its caret's line.
    assert top == 200
    assert 250 < left < 500
    assert (width, height) == (2, 32)
