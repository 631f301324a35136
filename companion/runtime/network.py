"""Hears from the system when the network comes back."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QNetworkInformation


class Network(QObject):
    """Calls ``back`` on the GUI thread whenever the system says that it is online again.

    The system is asked from the first ``listen()`` on: what answers costs a few MB, and most desks
    are never offline.
    """

    def __init__(self, back: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._back = back
        self._listening = False

    def listen(self) -> None:
        """Listen from now on, where the system can tell at all."""
        if self._listening:
            return
        self._listening = True
        if QNetworkInformation.loadDefaultBackend():
            QNetworkInformation.instance().reachabilityChanged.connect(self.changed)

    def changed(self, reachable: QNetworkInformation.Reachability) -> None:
        """Hear what the system says."""
        if reachable == QNetworkInformation.Reachability.Online:
            self._back()
