"""What only a folder can do as a store: its modes, and a disk that fails half-way."""

import errno
import os
import sys
from pathlib import Path

import pytest

from companion.errors import CompanionError, StoreDenied, StoreFull, StoreMissing
from companion.sync.folder import FolderStore
from tests.contracts.test_store import HELLO


@pytest.fixture
def store_in(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "packs", make=True)


def test_a_folder_is_made_only_when_asked_for_and_its_parent_never(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    for act in (FolderStore(folder).names, lambda: FolderStore(folder / "deeper", make=True)):
        with pytest.raises(StoreMissing):
            act()
    assert not folder.exists()
    assert FolderStore(folder, make=True).names() == set()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_folder_and_files_are_for_this_user_only(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    before = os.umask(0)
    try:
        FolderStore(folder, make=True).put(HELLO, b"hello")
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / HELLO).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, StoreFull), (errno.EDQUOT, StoreFull), (errno.EROFS, StoreDenied)],
)
def test_a_put_that_fails_half_way_leaves_nothing(
    store_in: FolderStore,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    number: int,
    error: type[CompanionError],
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(step, fail)
    with pytest.raises(error):
        store_in.put(HELLO, b"hello")
    assert not [*Path(store_in.place).iterdir()]
