"""The QApplication, as every start of Companion wants it."""

import os
import sys

from PySide6.QtWidgets import QApplication

from companion.app.dialog_memory import DialogMemory
from companion.runtime.pauses import take_short_turns
from companion.wiring.desktop import prepare


def make_application() -> QApplication:
    """Make it; this process becomes a good guest of the desk first."""
    prepare()
    take_short_turns()
    memory = DialogMemory()
    QApplication.setApplicationName("Companion")
    QApplication.setDesktopFileName("companion")
    # Our windows are drawn without OpenGL: where its drivers would be loaded, they are not.
    os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")
    made = QApplication(sys.argv[:1])
    made.aboutToQuit.connect(memory.forget)
    return made
