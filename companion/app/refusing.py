"""A start that comes to nothing: another desktop's app runs, or this desk's files are broken."""

from PySide6.QtWidgets import QApplication

from companion.app.application import make_application
from companion.errors import CompanionError
from companion.ui import style
from companion.ui.messages import explain
from companion.ui.refused import Refused
from companion.ui.tray import app_icon
from companion.ui.words import Words


def show_refusal(why: CompanionError) -> None:
    """Say in a window why, until it is closed."""
    words = Words("")
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = make_application()
    # An app that could not start leaves it as it was for a tray.
    application.setQuitOnLastWindowClosed(True)
    application.setWindowIcon(app_icon())
    style.apply(application, "system")
    window = Refused(words, explain(why, words))
    window.show()
    application.exec()
