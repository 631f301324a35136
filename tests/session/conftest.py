"""What tests of lending bookmarks begin with: a browser's profile, and a ledger."""

from pathlib import Path

import pytest

from companion.formats import chromium
from companion.session.lent import Ledger
from tests.session.lending_scene import OWN


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "Default"
    folder.mkdir(parents=True)
    (folder / "Bookmarks").write_bytes(chromium.write_bookmarks(OWN).data)
    return folder


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "lent")
