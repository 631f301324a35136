"""A folder as a store: this desk's own disk, a USB stick, a network share."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from companion.errors import (
    ObjectMissing,
    StoreBusy,
    StoreDenied,
    StoreFull,
    StoreMissing,
    StoreUnreachable,
)
from companion.runtime.aside import aside
from companion.sync.retrying import Passing, patiently
from companion.sync.store import OBJECT_NAME, Watch, most_bytes, never
from companion.whole_file import is_draft, write_whole

Answer = TypeVar("Answer")

_FULL = {errno.ENOSPC, errno.EDQUOT}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
# A share whose server has changed under it: the next look finds it as it is now.
_PASSING = {errno.ESTALE}
# Windows, while somebody else has the file open: a virus scanner, a sync program, a backup.
_IN_USE = {32, 33}
_PIECE = 1 << 18
_ABANDONED_S = 86_400


class FolderStore:
    """A Store in a folder; ``make`` creates the folder first, readable by this user only.

    The folder may be another machine's, over SMB or FUSE: one that cannot flush, that replaces no
    file, that shows names in capitals, or that hangs for minutes when the line is gone.
    """

    def __init__(self, folder: Path, make: bool = False) -> None:
        self.place = str(folder)
        self.watch = Watch()
        self.requests = 0
        self._folder = folder
        if make:
            self._do("write", lambda _: folder.mkdir(mode=0o700, exist_ok=True))

    def names(self) -> set[str]:
        """The names of all objects."""
        return self._do("read", lambda _: self._list())

    def get(self, name: str) -> bytes:
        """An object's bytes."""
        path = self._path(name)
        return self._do("read", lambda watch: self._read(path, watch))

    def put(self, name: str, data: bytes) -> None:
        """Write a temporary file beside it, flush it to the disk, and rename it into place."""
        path = self._path(name)
        self._do("write", lambda watch: write_whole(path, data, watch.note))

    def delete(self, name: str) -> None:
        """Remove an object."""
        path = self._path(name)
        self._do("write", lambda _: self._remove(path))

    def _path(self, name: str) -> Path:
        if not OBJECT_NAME.fullmatch(name):
            raise ObjectMissing(name=name)
        return self._folder / name

    def _do(self, act: str, work: Callable[[Watch], Answer]) -> Answer:
        """Work, with foreign errors made ours; where somebody may stop it, even if it hangs."""
        # Whoever looks on now: work that is left behind must not take the next one's word for it.
        watch = replace(self.watch)

        def once() -> Answer:
            self.requests += 1
            with self._foreign_errors(act):
                if watch.stop is never:
                    return work(watch)
                # A share that is gone keeps whoever asks for it waiting, deaf to everything.
                return aside(lambda: work(watch), watch.check)

        return patiently(once, self.watch)

    def _list(self) -> set[str]:
        found, drafts = set(), []
        for path in self._folder.iterdir():
            name = path.name
            if OBJECT_NAME.fullmatch(name):
                found.add(name)
            elif is_draft(name):
                drafts.append(path)
            elif OBJECT_NAME.fullmatch(name.lower()) and path.with_name(name.lower()).exists():
                # The same file by either name, or one beside it that is listed itself.
                found.add(name.lower())
        if drafts:
            self._tidy(drafts)
        return found

    def _tidy(self, drafts: list[Path]) -> None:
        """Take away what puts cut off a day ago have left, by the folder's own clock."""
        with suppress(OSError):
            now = self._folder.stat().st_mtime
            for draft in drafts:
                if now - draft.stat().st_mtime > _ABANDONED_S:
                    draft.unlink(missing_ok=True)

    def _read(self, path: Path, watch: Watch) -> bytes:
        """Its bytes; none of what is larger than any object, which so counts as damaged."""
        pieces = []
        try:
            with open(path, "rb", opener=_open_at_once) as file:
                said = os.fstat(file.fileno())
                if not stat.S_ISREG(said.st_mode):
                    raise ObjectMissing(name=path.name)
                if said.st_size > most_bytes(path.name):
                    return b""
                while piece := file.read(_PIECE):
                    watch.note(len(piece))
                    pieces.append(piece)
        except OSError as error:
            gone = isinstance(error, FileNotFoundError) and self._folder.is_dir()
            if not gone and not path.is_dir():
                raise
            raise ObjectMissing(name=path.name) from None
        return b"".join(pieces)

    def _remove(self, path: Path) -> None:
        try:
            path.unlink()
        except FileNotFoundError:
            if not self._folder.is_dir():
                raise

    @contextmanager
    def _foreign_errors(self, act: str) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, NotADirectoryError, FileExistsError) as error:
            # A file in the folder's place is no store either.
            raise StoreMissing(place=self.place) from error
        except OSError as error:
            if getattr(error, "winerror", 0) in _IN_USE:
                raise Passing(StoreBusy(place=self.place, seconds=0)) from error
            if error.errno in _DENIED:
                raise StoreDenied(place=self.place, act=act) from error
            if error.errno in _FULL:
                raise StoreFull(place=self.place) from error
            reason = errno.errorcode.get(error.errno or 0, type(error).__name__)
            failure = StoreUnreachable(place=self.place, reason=reason)
            if error.errno in _PASSING:
                raise Passing(failure) from error
            raise failure from error


def _open_at_once(path: str, flags: int) -> int:
    """A pipe that lies under the name of an object keeps nobody waiting."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
