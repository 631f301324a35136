"""Starts the tray app or the demo and runs until it ends."""

from pathlib import Path

from PySide6.QtCore import QTimer

from companion.app.application import make_application
from companion.app.serving import Execute
from companion.app.tray_app import TrayApp
from companion.runtime.asking import ask
from companion.ui.words import Words
from companion.wiring.desktop import adapters, given_token
from companion.wiring.seats import seat


def _raise() -> dict[str, object]:
    # On Wayland the right to take the focus was given to this start, not to the app that runs.
    return {"argv": ["raise"], "cwd": "", "stdin": "", "token": given_token()}


def start_app(home: Path | None, execute: Execute) -> int:
    """Start the tray app, or bring forward the one that runs at this home."""
    place = seat(home)
    if ask(place.run_folder, _raise) is not None:
        return 0
    application = make_application()
    app = TrayApp(place, adapters(), Words(""), "system", execute)
    if not app.start():
        # Two starts at the same moment: the other one has the lock by now.
        ask(place.run_folder, _raise)
        return 0
    app.ending.listen(application)
    return application.exec()


def start_demo(pictures: Path | None, execute: Execute) -> int:
    """Play the demo; pictures of its steps go to a folder where one is named."""
    from companion.app.demo import Demo

    application = make_application()
    demo = Demo(adapters(), Words(""), "system", execute, pictures)
    QTimer.singleShot(0, demo.play)
    application.exec()
    return demo.status
