"""A start that is refused ends with its window, also where an app for a tray was made already."""

import os
import subprocess
import sys

from tests.e2e.desktop import ROOT

REFUSED = """
from PySide6.QtCore import QTimer
from companion.app.application import make_application
from companion.app.refusing import show_refusal
from companion.seat_errors import RunsElsewhere

application = make_application()
application.setQuitOnLastWindowClosed(False)
QTimer.singleShot(100, application.closeAllWindows)
show_refusal(RunsElsewhere())
"""


def test_it_ends_with_its_window() -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(
        [sys.executable, "-c", REFUSED], check=True, cwd=ROOT, env=environment, timeout=20
    )
