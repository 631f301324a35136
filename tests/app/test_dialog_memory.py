"""A file dialog of the app leaves nothing for the next one: a real process, its own HOME."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.desktop import ROOT

if sys.platform == "win32":
    pytest.skip("there it is a key of the registry", allow_module_level=True)

CHOOSING = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
{make}
dialog = QFileDialog(None, "choose", "{folder}")
QTimer.singleShot(0, dialog.reject)
dialog.exec()
del dialog
"""
OURS = "from companion.app.application import make_application; app = make_application()"
PLAIN = "app = QApplication([])"


def chosen(home: Path, make: str) -> dict[str, str]:
    """What a process has written that looked into a folder; by name."""
    folder = home / "of-an-agent"
    folder.mkdir(parents=True)
    process = subprocess.run(
        [sys.executable, "-c", CHOOSING.format(make=make, folder=folder)],
        cwd=ROOT,
        env=os.environ | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert process.returncode == 0, process.stderr
    return {path.name: path.read_text("utf-8") for path in home.rglob("*") if path.is_file()}


def test_nothing_is_kept_of_where_an_agent_has_looked(tmp_path: Path) -> None:
    assert chosen(tmp_path / "ours", OURS) == {}


def test_by_itself_qt_keeps_it(tmp_path: Path) -> None:
    assert "of-an-agent" in chosen(tmp_path / "plain", PLAIN)["QtProject.conf"]


def test_a_crash_writes_no_memory_to_the_disk() -> None:
    asked = f"{OURS}; import resource; print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    process = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert process.stdout.strip() == "0"
