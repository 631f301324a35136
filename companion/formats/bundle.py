"""The files of a folder or a zip archive, with limits: nobody knows who packed it."""

import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from companion.errors import FileTooLarge, FileUnreadable, FormatBroken
from companion.formats.items import Files

MOST_BYTES = 64 * 1024 * 1024
"""How much is read at all: a hundred thousand long phrases stay below it."""

MOST_FILES = 200_000
MOST_DEEP = 3
"""Archives in each other: further in, an archive is a file like others."""

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
# RuntimeError says that a password is wanted; the others come from what it does not expect.
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError, LookupError)
# What version control, file managers and other programs leave in folders.
_NEVER = {".git", ".svn", ".hg", "__MACOSX", "node_modules", ".DS_Store", "Thumbs.db"}


@dataclass
class Unpacked:
    """What has come out of archives that are read together: their limits hold for all of them."""

    size: int = 0
    files: int = 0


def is_archive(data: bytes) -> bool:
    """Whether these bytes begin as a zip archive does."""
    return data.startswith((_ZIP, _EMPTY_ZIP))


def read_bytes(path: Path) -> bytes:
    """A whole file. Raises FileTooLarge before anything of it is read, FileUnreadable."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _too_large(str(path))
        with path.open("rb") as file:
            # What is no file of a size (a pipe, a device) may go on for ever.
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise FileUnreadable(place=str(path), reason=type(error).__name__) from error
    if len(data) > MOST_BYTES:
        raise _too_large(str(path))
    return data


def folder_files(path: Path) -> Files:
    """The files below a folder, hidden ones too; links lead nowhere.

    Raises FileTooLarge where they are too many or too big together, FileUnreadable.
    """
    files: dict[str, bytes] = {}
    total = 0
    for file in _below(path):
        data = read_bytes(file)
        total += len(data)
        if total > MOST_BYTES or len(files) == MOST_FILES:
            raise _too_large(str(path))
        files[file.relative_to(path).as_posix()] = data
    return files


def archive_files(data: bytes, name: str, before: Unpacked | None = None) -> Files:
    """The files in a zip archive, held in memory and never written anywhere.

    They are added to what came out of others ``before``.

    Raises FileTooLarge by what really comes out of it, whatever its directory says, and
    FormatBroken where it is no archive, damaged or locked with a password.
    """
    files: dict[str, bytes] = {}
    out = before or Unpacked()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for entry in archive.infolist():
                path = PurePosixPath(entry.filename.replace("\\", "/"))
                if entry.is_dir() or _NEVER & set(path.parts):
                    continue
                with archive.open(entry) as file:
                    held = file.read(MOST_BYTES - out.size + 1)
                out.size += len(held)
                out.files += 1
                if out.size > MOST_BYTES or out.files > MOST_FILES:
                    raise _too_large(name)
                files[_named(entry, path)] = held
    except _BROKEN as error:
        raise FormatBroken(place=name, format="zip", line=0) from error
    return files


def _too_large(place: str) -> FileTooLarge:
    return FileTooLarge(place=place, most=MOST_BYTES // 1024**2)


def _named(entry: zipfile.ZipInfo, path: PurePosixPath) -> str:
    """The entry's path; Chinese Windows packs names in its own encoding and does not say so."""
    if entry.flag_bits & 0x800:
        return path.as_posix()
    try:
        return path.as_posix().encode("cp437").decode("gb18030")
    except UnicodeError:
        return path.as_posix()


def _below(path: Path) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        raise FileUnreadable(place=str(path), reason=type(error).__name__) from error

    for folder, inside, names in os.walk(path, onerror=failed):
        inside[:] = sorted(name for name in inside if name not in _NEVER)
        for name in sorted(names):
            file = Path(folder, name)
            if name not in _NEVER and file.is_file() and not file.is_symlink():
                yield file
