"""Fixtures for the tests that run on Windows, or under Wine by tests/windows/run.sh."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.desk.windows import Win32Windows
from tests.windows import clipboard
from tests.windows.desktop import Notepad
from tests.windows.foreign import Foreign
from tests.windows.inserting import Hands


@pytest.fixture
def open_notepad() -> Iterator[Callable[[], Notepad]]:
    """Opens a notepad at each call; those still open are closed after the test."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(Notepad()))


@pytest.fixture
def notepad(open_notepad: Callable[[], Notepad]) -> Notepad:
    """An empty notepad that has the focus."""
    return open_notepad()


@pytest.fixture
def foreign(tmp_path: Path) -> Iterator[Callable[[str], Foreign]]:
    """Starts a program of tests/windows/programs.py by its name; it ends with the test."""
    with ExitStack() as started:
        yield lambda act: started.enter_context(closing(Foreign(act, tmp_path / act)))


@pytest.fixture
def editor(foreign: Callable[[str], Foreign]) -> Foreign:
    """An empty Qt editor of another process that has the focus."""
    opened = foreign("edit")
    opened.focus("foreign editor")
    return opened


@pytest.fixture
def hands(qtbot: QtBot) -> Iterator[Hands]:
    """The adapters of this PC, and insertions with them."""
    with closing(Hands(qtbot)) as hands:
        yield hands
    # A promise of this process would keep other programs waiting while it waits for them.
    clipboard.put({})


@pytest.fixture
def windows() -> Win32Windows:
    """The windows of this PC."""
    return Win32Windows()
