"""Signals that ask this process to end (SIGTERM, SIGHUP, SIGINT), heard by the event loop."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

# Windows has no SIGHUP; SIGTERM is only ever sent there by this process itself.
ASKING = [
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)
]


class EndSignals(QObject):
    """Hears them from when it is made, on the main thread; as often as they come.

    Python's handler may run only when the event loop lets it: so the C handler writes a byte into
    a socket that the event loop watches, and no Qt call is made inside of either.
    """

    came = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        self._notifier = QSocketNotifier(
            self._reading.fileno(), QSocketNotifier.Type.Read, parent=self
        )
        self._notifier.activated.connect(self._read)
        for number in ASKING:
            signal.signal(number, _heard)
        signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)

    def close(self) -> None:
        """Hear nothing more; the next signal ends the process as it always does."""
        signal.set_wakeup_fd(-1)
        for number in ASKING:
            signal.signal(number, signal.SIG_DFL)
        self._notifier.setEnabled(False)
        for end in (self._reading, self._writing):
            end.close()

    def _read(self) -> None:
        try:
            heard = self._reading.recv(64)
        except OSError:
            return
        if any(number in heard for number in ASKING):
            self.came.emit()


def _heard(number: int, frame: FrameType | None) -> None:
    """That it came is told by the byte in the socket."""
