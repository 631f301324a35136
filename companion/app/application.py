"""The QApplication, as every start of Companion wants it."""

import os
import sys

from PySide6.QtWidgets import QApplication

from companion.app.dialog_memory import DialogMemory
from companion.runtime.pauses import Collector, take_short_turns
from companion.wiring.desktop import prepare


class Application(QApplication):
    """A QApplication whose file dialogs remember nothing for longer than an agent sits here."""

    def __init__(self) -> None:
        self.dialogs = DialogMemory()
        super().__init__(sys.argv[:1])
        Collector(self)
        self.aboutToQuit.connect(self.dialogs.forget)


def make_application() -> Application:
    """Make it; this process becomes a good guest of the desk first."""
    prepare()
    take_short_turns()
    QApplication.setApplicationName("Companion")
    QApplication.setDesktopFileName("companion")
    # Our windows are drawn without OpenGL: where its drivers would be loaded, they are not.
    os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")
    return Application()


def forget_dialogs() -> None:
    """The agent leaves: keep nothing of what was chosen in file dialogs."""
    application = QApplication.instance()
    if isinstance(application, Application):
        application.dialogs.forget()
