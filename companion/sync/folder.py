"""A folder as a store: this desk's own disk, a USB stick, a network share."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from companion.errors import (
    ObjectMissing,
    StoreDenied,
    StoreFull,
    StoreMissing,
    StoreUnreachable,
)
from companion.sync.store import OBJECT_NAME
from companion.whole_file import drafts, write_whole

_FULL = {errno.ENOSPC, errno.EDQUOT}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
# Nobody takes longer to write one object; a desk that sleeps meanwhile writes it anew.
_DRAFT_LIVES_S = 24 * 3600


class FolderStore:
    """A Store in a folder; ``make`` creates the folder first, readable by this user only."""

    def __init__(self, folder: Path, make: bool = False) -> None:
        self.place = str(folder)
        self.requests = 0
        self._folder = folder
        self._tidied = False
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
        with self._foreign_errors("write"):
            write_whole(path, data)
            self._tidy(path)

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

    def _tidy(self, just_written: Path) -> None:
        """Remove the drafts of processes that were killed, once, when nobody can be writing them.

        Their age is reckoned by the clock of whoever keeps the folder, not by this desk's.
        """
        if self._tidied:
            return
        self._tidied = True
        # What cannot be looked at or removed does no harm, and the object is written.
        with suppress(OSError):
            now = just_written.stat().st_mtime
            for draft in drafts(self._folder):
                if now - draft.stat().st_mtime > _DRAFT_LIVES_S:
                    draft.unlink()

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
