"""Reads and writes the files that are named on the command line."""

import os
from contextlib import suppress
from pathlib import Path

from companion.errors import FileUnreadable, FileUnwritable, InputInvalid


def read(path: Path) -> bytes:
    """A file's bytes. Raises FileUnreadable."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadable(place=str(path), reason=type(error).__name__) from error


def first_line(path: Path) -> str:
    """The first line of a text file. Raises FileUnreadable, InputInvalid where it is not UTF-8."""
    try:
        text = read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputInvalid(name=path.name, allowed="UTF-8") from error
    return text.split("\n", 1)[0].rstrip("\r")


def make_folder(folder: Path) -> None:
    """Make a folder for this user only, unless it is there. Raises FileUnwritable."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise FileUnwritable(place=str(folder), reason=type(error).__name__) from error


def write(path: Path, data: bytes) -> None:
    """Make a file, whole or not at all. Raises FileUnwritable."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise FileUnwritable(place=str(path), reason=type(error).__name__) from error
