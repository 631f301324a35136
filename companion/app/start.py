"""Starts the tray app or the demo and runs until it ends."""

from pathlib import Path

from PySide6.QtCore import QTimer

from companion.app.application import make_application
from companion.app.serving import Execute
from companion.app.tray_app import TrayApp
from companion.errors import CompanionError
from companion.runtime.asking import ask
from companion.seat_errors import RunsElsewhere
from companion.ui.words import Words
from companion.wiring.desktop import adapters, desktop_names, given_token
from companion.wiring.seats import seat


def _raise() -> dict[str, object]:
    # On Wayland the right to take the focus was given to this start, not to the app that runs.
    said: dict[str, object] = {"argv": ["raise"], "cwd": "", "stdin": ""}
    return said | {"token": given_token(), "desktop": desktop_names()}


def start_app(home: Path | None, execute: Execute) -> int:
    """Start the tray app, or bring forward the one that runs at this home."""
    place = seat(home)
    answer = ask(place.run_folder, _raise)
    if answer is not None:
        return _refused(answer)
    try:
        # What cannot be read is told in place of an app that could not do anything.
        place.settings.read()
        application = make_application()
        app = TrayApp(place, adapters(), Words(place.policy.language), "system", execute)
        if not app.start():
            # Two starts at the same moment: the other one has the lock by now.
            return _refused(ask(place.run_folder, _raise))
    except CompanionError as error:
        return _show(error)
    app.ending.listen(application)
    return application.exec()


def _refused(answer: dict[str, object] | None) -> int:
    """The exit status of a start where an app runs; why it does not come forward is shown."""
    if answer is not None and answer.get("exit", 0) == 0:
        return 0
    return _show(RunsElsewhere())


def _show(error: CompanionError) -> int:
    from companion.app.refusing import show_refusal

    show_refusal(error)
    return 1


def start_demo(pictures: Path | None, execute: Execute) -> int:
    """Play the demo; pictures of its steps go to a folder where one is named."""
    from companion.app.demo import Demo

    application = make_application()
    demo = Demo(adapters(), Words(""), "system", execute, pictures)
    QTimer.singleShot(0, demo.play)
    application.exec()
    return demo.status
