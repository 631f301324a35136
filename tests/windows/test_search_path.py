"""A library that lies in the folder one happens to be in is not taken for the system's."""

import ctypes
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

SYSTEM = Path(r"C:\windows\system32\version.dll")
LOAD = (
    "import ctypes, sys; from companion.wiring.desktop import prepare\n"
    "if sys.argv[1] == 'prepared': prepare()\n"
    "load = ctypes.WinDLL('kernel32').LoadLibraryW\n"
    "load.restype = ctypes.c_void_p\n"
    "print('loaded' if load('companion-planted.dll') else 'not found')\n"
)


@pytest.mark.skipif(
    hasattr(ctypes.WinDLL("ntdll"), "wine_get_version"),
    reason="Wine looks into the current folder whatever a program says",
)
@pytest.mark.parametrize(("when", "said"), [("before", "loaded"), ("prepared", "not found")])
def test_nothing_is_loaded_from_the_current_folder(tmp_path: Path, when: str, said: str) -> None:
    shutil.copy(SYSTEM, tmp_path / "companion-planted.dll")
    command = [sys.executable, "-c", LOAD, when]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == said, done.stderr
