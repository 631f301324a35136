"""Fixtures for the tests that run on Windows, or under Wine by tests/windows/run.sh."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from tests.windows.desktop import Notepad


@pytest.fixture
def open_notepad() -> Iterator[Callable[[], Notepad]]:
    """Opens a notepad at each call; those still open are closed after the test."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(Notepad()))


@pytest.fixture
def notepad(open_notepad: Callable[[], Notepad]) -> Notepad:
    """An empty notepad that has the focus."""
    return open_notepad()
