"""A folder of this disk as a place for packs, behind the store's back."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from companion.sync.folder import FolderStore

NOBODY = 65534


class FolderPlace:
    """A folder on this disk."""

    def __init__(self, around: Path) -> None:
        self.folder = around / "packs"

    def open(self) -> FolderStore:
        return FolderStore(self.folder, make=True)

    def plant(self, name: str, data: bytes) -> None:
        (self.folder / name).write_bytes(data)

    def lose(self) -> None:
        for path in self.folder.iterdir():
            path.unlink()
        self.folder.rmdir()

    def obstruct(self) -> None:
        self.lose()
        self.folder.write_bytes(b"")

    @contextmanager
    def closed(self, act: str) -> Iterator[None]:
        if sys.platform == "win32":
            pytest.skip("the modes of a folder close nothing on Windows")
        for path in self.folder.iterdir():
            path.chmod(0o444)
        # The group and the others: that is what a root who became nobody is.
        self.folder.chmod(0o555 if act == "write" else 0o300)
        was = os.geteuid()
        if was == 0:
            os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(was)
            self.folder.chmod(0o700)
