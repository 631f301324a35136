"""Removable drives of Windows: those that hold a medium; no other is touched."""

import ctypes
import sys
from ctypes import wintypes
from pathlib import Path

import pytest

from companion.desk import drives, win32_api, win32_drives

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

FIXED, NETWORK = 3, 4


def error_mode() -> int:
    return int(ctypes.WinDLL("kernel32").GetThreadErrorMode())


def test_the_disk_that_windows_is_on_is_none() -> None:
    assert win32_api.get_logical_drives() & 0b100
    assert win32_api.get_drive_type("C:\\") == FIXED
    assert Path("C:\\") not in drives.removable()


def test_a_removable_drive_is_found_where_it_holds_a_medium(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """C answers as a stick would; Q is a reader without a card, A a floppy drive, N a share."""
    asked, modes = list[str](), list[int]()
    real = win32_api.get_volume_information

    def ask(root: str, *rest: object) -> int:
        asked.append(root)
        modes.append(error_mode())
        return int(real(root, *rest))

    kinds = {"N:\\": NETWORK, "D:\\": FIXED}
    present = sum(1 << (ord(letter) - ord("A")) for letter in "ABCDNQ")
    monkeypatch.setattr(win32_api, "get_logical_drives", lambda: present)
    monkeypatch.setattr(
        win32_api, "get_drive_type", lambda root: kinds.get(root, win32_api.DRIVE_REMOVABLE)
    )
    monkeypatch.setattr(win32_api, "get_volume_information", ask)
    before = error_mode()
    assert drives.removable() == [Path("C:\\")]
    assert asked == ["C:\\", "Q:\\"]
    # Windows asks nobody to insert a disk meanwhile, and does so again afterwards.
    assert {mode & win32_api.SEM_FAILCRITICALERRORS for mode in modes} == {1}
    assert error_mode() == before


def test_the_mode_of_the_thread_comes_back_after_an_error() -> None:
    before, kernel = wintypes.DWORD(), win32_api.set_thread_error_mode
    assert kernel(win32_api.SEM_NOOPENFILEERRORBOX, ctypes.byref(before))
    try:
        with pytest.raises(ValueError, match="x"), win32_drives._quiet():
            raise ValueError("x")
        assert error_mode() == win32_api.SEM_NOOPENFILEERRORBOX
    finally:
        kernel(before, None)
