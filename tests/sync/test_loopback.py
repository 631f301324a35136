"""Which hosts are this machine, for every store alike."""

import pytest

from companion.sync.loopback import is_loopback


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "LOCALHOST", "localhost."]
)
def test_these_are_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "0.0.0.0", "localhost.example", "127.0.0.1.example", "", "[::2]", "本机"]
)
def test_these_are_not(host: str) -> None:
    assert not is_loopback(host)
