"""The tray icon and its menu."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from companion.resource_files import resource
from companion.ui.parts import grown
from companion.ui.words import Words

_ACTIONS = ("find", "new", "import", "", "sync", "card", "", "sign_in", "sign_out", "", "quit")
# What works only with a profile open, and what only without one.
_OPEN = ("find", "new", "import", "sync", "card", "sign_out")
_CLOSED = ("sign_in",)
_WIDEST = 320


def app_icon() -> QIcon:
    """The icon of Companion."""
    return QIcon(str(resource("icons", "companion.svg")))


class Tray(QObject):
    """Says how things stand, offers what can be done; every choice is a signal with its name."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.menu = QMenu()
        self._status = [self.menu.addAction("") for _ in range(2)]
        for line in self._status:
            line.setDisabled(True)
        self.menu.addSeparator()
        self.actions = {}
        for name in _ACTIONS:
            if not name:
                self.menu.addSeparator()
                continue
            action = self.menu.addAction(words.say(f"tray.{name}"))
            action.triggered.connect(lambda _checked, name=name: self.chosen.emit(name))
            self.actions[name] = action
        self._icon = QSystemTrayIcon(app_icon())
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._clicked)
        self.set_open(False, words.say("tray.status.closed"))

    def show(self) -> None:
        """Show the icon. Where no tray is there yet (it may start later), it waits for one."""
        self._icon.show()
        if not QSystemTrayIcon.isSystemTrayAvailable():
            QTimer.singleShot(2000, self._icon.show)

    def hide(self) -> None:
        """Take the icon away."""
        self._icon.hide()

    def set_open(self, is_open: bool, status: str) -> None:
        """Offer what fits: is a profile open, and how does it stand, in one line or two."""
        most, metrics = grown(self.menu, _WIDEST), self.menu.fontMetrics()
        lines = [*status.split("\n"), ""]
        for action, line in zip(self._status, lines, strict=False):
            action.setText(metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, most))
            action.setVisible(bool(line))
        self._icon.setToolTip(f"{self._words.say('app.name')}\n{status}")
        for name, action in self.actions.items():
            fits = is_open if name in _OPEN else not is_open if name in _CLOSED else True
            action.setEnabled(fits)
            # What cannot be done now would only stand in the way of what can.
            action.setVisible(fits)

    def tell(self, text: str) -> None:
        """Show a short notice at the tray."""
        self._icon.showMessage(self._words.say("app.name"), text, app_icon(), 6000)

    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            open_ = self.actions["find"].isEnabled()
            self.chosen.emit("find" if open_ else "sign_in")
