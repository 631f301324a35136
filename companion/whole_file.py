"""Writes a file whole or not at all: a draft beside it, flushed to the disk, renamed into place."""

import errno
import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_PIECE = 1 << 18
# What a write that was cut off leaves; nothing else is ever named so.
_NAME = ".companion-{}.tmp"
_DRAFT = re.compile(r"\.companion-[0-9a-f]{32}\.tmp")
# File systems that cannot flush say so in one of these ways: a file is as safe as they make it.
_NO_FLUSH = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EOPNOTSUPP}
_FULL = {errno.ENOSPC, errno.EDQUOT}


def _nobody(count: int) -> None: ...


def write_whole(path: Path, data: bytes, moved: Callable[[int], None] = _nobody) -> None:
    """Make a file for this user only, or put it in place of another. Raises OSError.

    ``moved`` hears how many bytes were just written; what it raises ends the work, with no trace.
    """
    draft = path.with_name(_NAME.format(secrets.token_hex(16)))
    try:
        # Nobody but this user may read it, from the first moment on.
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            for start in range(0, len(data), _PIECE):
                piece = data[start : start + _PIECE]
                file.write(piece)
                moved(len(piece))
            file.flush()
            _flush(file.fileno())
        _into_place(draft, path, data)
    except Exception:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def rewrite(path: Path, data: bytes) -> None:
    """Put a file in the place of another program's, which keeps its permissions. Raises OSError."""
    mode = path.stat().st_mode if path.exists() else None
    write_whole(path, data)
    if mode is not None:
        path.chmod(mode & 0o7777)


def is_draft(name: str) -> bool:
    """Whether a process that was killed while it wrote has left a file of this name."""
    return _DRAFT.fullmatch(name) is not None


def drafts(folder: Path) -> list[Path]:
    """The files of such names in a folder. Raises OSError."""
    return [path for path in folder.iterdir() if is_draft(path.name)]


def _into_place(draft: Path, path: Path, data: bytes) -> None:
    try:
        draft.replace(path)
    except OSError as error:
        # Where a file that is there is never replaced (some FUSE file systems), or not while
        # somebody reads it (Windows): as good as done if it is the same, else it goes first.
        if not path.is_file() or error.errno in _FULL:
            raise
        if path.read_bytes() == data:
            draft.unlink()
            return
        if error.errno != errno.EEXIST:
            raise
        path.unlink()
        draft.rename(path)


def _flush(handle: int) -> None:
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FLUSH:
            raise


def _flush_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut, where the platform can flush a folder."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _flush(handle)
    finally:
        os.close(handle)
