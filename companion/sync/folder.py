"""A folder as a store: this desk's own disk, a USB stick, a network share."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from companion.errors import (
    ObjectMissing,
    StoreDenied,
    StoreFull,
    StoreMissing,
    StoreUnreachable,
)
from companion.sync.store import OBJECT_NAME

_FULL = {errno.ENOSPC, errno.EDQUOT}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


class FolderStore:
    """A Store in a folder; ``make`` creates the folder first, readable by this user only."""

    def __init__(self, folder: Path, make: bool = False) -> None:
        self.place = str(folder)
        self.requests = 0
        self._folder = folder
        if make:
            with self._foreign_errors("write"):
                folder.mkdir(mode=0o700, exist_ok=True)

    def names(self) -> set[str]:
        """The names of all objects."""
        with self._foreign_errors("read"):
            return {
                path.name for path in self._folder.iterdir() if OBJECT_NAME.fullmatch(path.name)
            }

    def get(self, name: str) -> bytes:
        """An object's bytes."""
        with self._foreign_errors("read"):
            try:
                return self._path(name).read_bytes()
            except FileNotFoundError:
                if not self._folder.is_dir():
                    raise
                raise ObjectMissing(name=name) from None

    def put(self, name: str, data: bytes) -> None:
        """Write a temporary file beside it, flush it to the disk, and rename it into place."""
        path = self._path(name)
        draft = path.with_name(f".{secrets.token_hex(8)}.tmp")
        with self._foreign_errors("write"):
            try:
                # Nobody but this user may read it, from the first moment on.
                handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                draft.replace(path)
            except OSError:
                draft.unlink(missing_ok=True)
                raise
            self._flush_folder()

    def delete(self, name: str) -> None:
        """Remove an object."""
        with self._foreign_errors("write"):
            try:
                self._path(name).unlink()
            except FileNotFoundError:
                if not self._folder.is_dir():
                    raise

    def _path(self, name: str) -> Path:
        if not OBJECT_NAME.fullmatch(name):
            raise ObjectMissing(name=name)
        return self._folder / name

    def _flush_folder(self) -> None:
        """Make the rename itself survive a power cut, where the platform can flush a folder."""
        if os.name != "posix":
            return
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            # Some network file systems cannot; the rename is then as safe as they make it.
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(handle)

    @contextmanager
    def _foreign_errors(self, act: str) -> Iterator[None]:
        self.requests += 1
        try:
            yield
        except (FileNotFoundError, NotADirectoryError, FileExistsError) as error:
            # A file in the folder's place is no store either.
            raise StoreMissing(place=self.place) from error
        except OSError as error:
            if error.errno in _DENIED:
                raise StoreDenied(place=self.place, act=act) from error
            if error.errno in _FULL:
                raise StoreFull(place=self.place) from error
            reason = errno.errorcode.get(error.errno or 0, type(error).__name__)
            raise StoreUnreachable(place=self.place, reason=reason) from error
