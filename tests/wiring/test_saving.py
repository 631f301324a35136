"""A dialog for saving begins in a folder that is there, and on a stick where a file is to leave."""

import os
from pathlib import Path

import platformdirs
import pytest

from companion.wiring import saving
from companion.wiring.saving import folder_to_carry, folder_to_keep, stays_here


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr(platformdirs, "user_documents_dir", lambda: str(home / "Documents"))
    return home


def test_what_is_kept_goes_to_the_documents_or_where_none_are_home(home: Path) -> None:
    assert folder_to_keep() == home
    (home / "Documents").mkdir()
    assert folder_to_keep() == home / "Documents"


def test_what_is_carried_goes_to_a_stick_that_can_be_written_to(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, gone, stick = (tmp_path / name for name in ("locked", "gone", "stick"))
    for one in (locked, stick):
        one.mkdir()
    monkeypatch.setattr(os, "access", lambda place, _: place != locked)
    monkeypatch.setattr(saving, "removable", lambda: [gone, locked])
    assert folder_to_carry() == home
    monkeypatch.setattr(saving, "removable", lambda: [gone, locked, stick])
    assert folder_to_carry() == stick
    assert (stays_here(home / "x"), stays_here(stick)) == (True, False)
