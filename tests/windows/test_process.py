"""Other processes: the program's name and the integrity level."""

import ctypes
import os
import subprocess
import sys

import pytest

from companion.desk import win32_api, win32_process

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

# Low, medium, high and system.
LEVELS = {0x1000, 0x2000, 0x3000, 0x4000}


def test_the_program_is_the_executable_in_lower_case() -> None:
    assert win32_process.program_name(os.getpid()) == "python"


def test_a_child_of_ours_is_not_above_us() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert win32_process.integrity_level(child.pid) in LEVELS
        assert not win32_process.is_elevated_above_us(child.pid)
        child.communicate(b"\n")


def test_a_process_that_is_not_there() -> None:
    # Windows numbers processes in steps of four, so none has an odd number this high.
    nobody = 0x7FFFFFF1
    assert win32_process.program_name(nobody) == ""
    assert not win32_process.is_elevated_above_us(nobody)
    with pytest.raises(OSError):
        win32_process.integrity_level(nobody)


@pytest.mark.parametrize("refusing", ["open_process", "open_process_token"])
def test_a_process_windows_does_not_open_to_us_counts_as_elevated(
    refusing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> int:
        ctypes.set_last_error(win32_api.ERROR_ACCESS_DENIED)
        return 0

    monkeypatch.setattr(win32_api, refusing, refuse)
    assert win32_process.is_elevated_above_us(os.getpid())
