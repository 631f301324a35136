"""The right to take the focus on Wayland: a token that came with a key press or with a start."""

import os

from PySide6.QtCore import QObject, Qt, Signal

_TOKEN = "XDG_ACTIVATION_TOKEN"


class Activation(QObject):
    """Takes tokens on any thread, and hands them to Qt on the one that it was made on."""

    came = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.came.connect(self._use, Qt.ConnectionType.QueuedConnection)

    def hand(self, token: str) -> None:
        """Have a token used, before anything that is handed to that thread after it."""
        self.came.emit(token)

    def _use(self, token: str) -> None:
        focus_with(token)


def focus_with(token: str) -> None:
    """Have the next window that is activated use a token; on the GUI thread.

    Qt (6.11) takes it from the environment, uses it once and removes it.
    """
    if token:
        os.environ[_TOKEN] = token
    else:
        # An older one would speak of another key press.
        os.environ.pop(_TOKEN, None)


def given_token() -> str:
    """The token that this process was started with, empty where it had none."""
    return os.environ.get(_TOKEN, "")
