"""What holds for every test: examples may take their time, and a key is derived once."""

import pytest
from hypothesis import settings
from PySide6.QtWidgets import QApplication

from companion.profile import sodium
from companion.runtime.pauses import Collector

settings.register_profile("companion", deadline=None)
settings.load_profile("companion")

_DERIVED: dict[tuple[bytes, bytes, int, int], bytes] = {}


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Circles are looked for on the GUI thread only, as in the app."""
    Collector(qapp)
    return qapp


@pytest.fixture(autouse=True)
def derived_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id runs once for each passphrase and salt: profiles are opened thousands of times."""
    real = sodium.argon2id

    def derived(secret: bytes, salt: bytes, passes: int, memory: int) -> bytearray:
        asked = (bytes(secret), bytes(salt), passes, memory)
        if asked not in _DERIVED:
            _DERIVED[asked] = bytes(real(secret, salt, passes, memory))
        return bytearray(_DERIVED[asked])

    monkeypatch.setattr(sodium, "argon2id", derived)
