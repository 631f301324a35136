"""How an app ends whose content is still on the clipboard: well, quietly, and leaving a copy."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, wait_for

ROOT = Path(__file__).parents[2]
TEXT = "退款 3 天内到"
USE = """
import sys
from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
from companion.desk.clipboard import QtClipboard
from companion.desk.ports import Content

def used(act, content):
    clipboard = QtClipboard()
    if act == "copy":
        clipboard.copy(content)
    elif act == "offer":
        return clipboard.offer(content, both=True)
    elif act == "restore":
        before = QMimeData()
        before.setText("before")
        QGuiApplication.clipboard().setMimeData(before)
        snapshot = clipboard.snapshot(both=True)
        clipboard.offer(content, both=True)
        clipboard.restore(snapshot)

application = QGuiApplication([])
kept = []
QTimer.singleShot(0, lambda: kept.append(used(sys.argv[1], Content(sys.argv[2], "<b>x</b>"))))
if sys.argv[3] == "quit":
    QTimer.singleShot(50, application.quit)
raise SystemExit(application.exec())
"""
# Keeps the clipboard of a program that ends, by the freedesktop.org clipboard manager convention.
MANAGER = """
import sys
from pathlib import Path
from Xlib import X, display
from Xlib.protocol import event
screen = display.Display()
manager, save, board, text, place = (
    screen.intern_atom(name)
    for name in ("CLIPBOARD_MANAGER", "SAVE_TARGETS", "CLIPBOARD", "UTF8_STRING", "PLACE")
)
window = screen.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
window.set_selection_owner(manager, X.CurrentTime)
screen.sync()
Path(sys.argv[1] + ".ready").touch()
asked = None
while True:
    happened = screen.next_event()
    if happened.type == X.SelectionRequest and happened.target == save:
        asked = happened
        window.convert_selection(board, text, place, X.CurrentTime)
    elif happened.type == X.SelectionNotify:
        held = window.get_full_property(place, X.AnyPropertyType)
        Path(sys.argv[1]).write_bytes(held.value if held else b"nothing")
        asked.requestor.send_event(event.SelectionNotify(
            time=asked.time, requestor=asked.requestor, selection=asked.selection,
            target=asked.target, property=asked.property))
    screen.flush()
"""
ACTS = ["copy", "offer", "restore"]


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    if sys.platform != "linux":
        pytest.skip("X11 is Linux's")
    desktop = Desktop(tmp_path)
    yield desktop
    desktop.close()


def ends_well(act: str, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", USE, act, TEXT, "quit"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("act", ACTS)
def test_an_app_without_a_screen_ends_well(act: str) -> None:
    ends_well(act, os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)})


@pytest.mark.parametrize("act", ACTS)
def test_an_app_on_x11_ends_well(desktop: Desktop, act: str) -> None:
    ends_well(act, desktop.environment)


@pytest.mark.parametrize("act", ["copy", "offer"])
def test_a_clipboard_manager_takes_over_what_an_app_leaves(
    desktop: Desktop, tmp_path: Path, act: str
) -> None:
    saved = tmp_path / "saved"
    desktop.start(sys.executable, "-c", MANAGER, str(saved))
    wait_for(Path(f"{saved}.ready").exists)
    ends_well(act, desktop.environment)
    assert saved.read_bytes().decode() == TEXT


def test_a_copy_is_read_by_other_programs_while_the_app_runs(
    desktop: Desktop, tmp_path: Path
) -> None:
    desktop.start(sys.executable, "-c", USE, "copy", TEXT, "stay")
    answer = tmp_path / "answer"
    editor = str(ROOT / "tests" / "e2e" / "foreign_editor.py")

    def read() -> dict[str, str]:
        desktop.run(sys.executable, editor, "read", str(answer), check=True)
        found: dict[str, str] = json.loads(answer.read_text("utf-8"))
        return found

    wait_for(lambda: read()["text"] == TEXT)
    assert "<b>x</b>" in read()["html"]
