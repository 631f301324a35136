"""What the tests in real programs share: a desktop, hands on it, and a clipboard that is full."""

import sys
from collections.abc import Iterator

import pytest

from tests.e2e.desktop import Desktop
from tests.e2e.hands import Hands
from tests.e2e.owning import own


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    if sys.platform != "linux":
        pytest.skip("X11 is Linux's")
    desktop = Desktop(tmp_path_factory.mktemp("d"))
    yield desktop
    desktop.close()


@pytest.fixture(scope="module")
def hands(desktop: Desktop) -> Iterator[Hands]:
    hands = Hands(desktop)
    yield hands
    hands.close()


@pytest.fixture
def before(desktop: Desktop) -> dict[str, str]:
    """Text, HTML and a picture that another program has copied."""
    return own(desktop)
