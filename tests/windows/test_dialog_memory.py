"""A file dialog of the app leaves nothing in the registry, and what was there before is there."""

import subprocess
import sys
import winreg
from pathlib import Path

import pytest

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

KEY = r"Software\QtProject\OrganizationDefaults\FileDialog"
CHOOSING = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
{make}
def choose():
    QTimer.singleShot(500, lambda: app.activeModalWidget().reject())
    options = QFileDialog.Option.DontUseNativeDialog
    QFileDialog.getExistingDirectory(None, "choose", {folder!r}, options)
    {left}
QTimer.singleShot(0, choose)
app.exec()
"""
OURS = "from companion.app.application import make_application; app = make_application()"
PLAIN = "app = QApplication([])"
QUIT = "app.quit()"
# The app runs on: it is killed here, so that quitting has no part in it.
SIGNED_OUT = (
    "import os; from companion.app.application import forget_dialogs; forget_dialogs(); os._exit(0)"
)


def kept() -> dict[str, str]:
    """What is in the registry of it."""
    found: dict[str, str] = {}
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, KEY) as key:
            for at in range(winreg.QueryInfoKey(key)[1]):
                name, value, _ = winreg.EnumValue(key, at)
                found[name] = str(value)
    except FileNotFoundError:
        pass
    return found


def chosen(folder: Path, make: str, left: str) -> None:
    folder.mkdir()
    code = CHOOSING.format(make=make, folder=str(folder), left=left)
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize("left", [SIGNED_OUT, QUIT])
def test_the_registry_is_as_it_was(tmp_path: Path, left: str) -> None:
    chosen(tmp_path / "by-another-program", PLAIN, QUIT)
    before = kept()
    assert "by-another-program" in str(before)
    chosen(tmp_path / "of-an-agent", OURS, left)
    assert kept() == before
