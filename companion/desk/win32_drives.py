"""The removable drives of a Windows PC that hold a medium, without a word from Windows about it."""

import ctypes
import string
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import wintypes
from pathlib import Path

from companion.desk import win32_api as api

if sys.platform != "win32":
    raise ImportError("companion.desk.win32_drives is for Windows only")

# A and B are floppy drives by old custom: asking one makes a noise and takes seconds.
_LETTERS = string.ascii_uppercase[2:]


def removable() -> list[Path]:
    """Their top folders, in the order of their letters.

    What kind a drive is, Windows knows by itself; only a removable one is asked for its medium.
    """
    present = api.get_logical_drives()
    roots = [f"{letter}:\\" for letter in _LETTERS if present >> (ord(letter) - ord("A")) & 1]
    with _quiet():
        return [Path(root) for root in roots if _is_removable(root) and _has_medium(root)]


def _is_removable(root: str) -> bool:
    return bool(api.get_drive_type(root) == api.DRIVE_REMOVABLE)


def _has_medium(root: str) -> bool:
    return bool(api.get_volume_information(root, None, 0, None, None, None, None, 0))


@contextmanager
def _quiet() -> Iterator[None]:
    """A card reader without a card is no reason for Windows to ask for one, in this thread."""
    before = wintypes.DWORD()
    mode = api.SEM_FAILCRITICALERRORS | api.SEM_NOOPENFILEERRORBOX
    api.set_thread_error_mode(mode, ctypes.byref(before))
    try:
        yield
    finally:
        api.set_thread_error_mode(before, None)
