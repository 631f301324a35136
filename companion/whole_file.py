"""Writes a file whole or not at all: a draft beside it, flushed to the disk, renamed into place."""

import errno
import os
import re
import secrets
from pathlib import Path

_DRAFT = re.compile(r"\.[0-9a-f]{16}\.tmp")


def write_whole(path: Path, data: bytes) -> None:
    """Make a file for this user only, or put it in place of another. Raises OSError."""
    draft = path.with_name(f".{secrets.token_hex(8)}.tmp")
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
    _flush_folder(path.parent)


def drafts(folder: Path) -> list[Path]:
    """What a process that was killed while it wrote has left in a folder. Raises OSError."""
    return [path for path in folder.iterdir() if _DRAFT.fullmatch(path.name)]


def _flush_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut, where the platform can flush a folder."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network file systems cannot; the rename is then as safe as they make it.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
