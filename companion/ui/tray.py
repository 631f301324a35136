"""The tray icon and its menu."""

import re

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPen
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from companion.resource_files import resource
from companion.ui.parts import grown
from companion.ui.words import Words

_ACTIONS = (
    *("find", "prompt", "reply", "new", "library", "bookmarks", "import", "desk", "practice"),
    *("watch", "watch_off", ""),
    *("sync", "stop", "store_login", "card", ""),
    *("lock", "remember", "unlock", "sign_in", "sign_out", "stop_leaving", "leftovers", "", "quit"),
)
# What works with a profile open, without one, and while one is being left.
_OPEN = {"find", "prompt", "reply", "new", "library", "bookmarks", "import", "desk", "practice"}
_OPEN |= {"watch", "sync", "card", "lock", "remember", "sign_out", "quit"}
_CLOSED = {"sign_in", "quit"}
_LOCKED = {"unlock", "quit"}
_LEAVING = {"stop_leaving", "quit"}
_SIZES, _DOT, _DOT_EDGE = (16, 20, 22, 24, 32, 48, 64), "#E0A458", "#FFFFFF"
_WIDEST, _MOST_ROWS = 360, 7
# The letters that choose an entry; those two that are never offered at once may share one.
_LETTERS = {"find": "F", "new": "N", "library": "P", "bookmarks": "B", "import": "I", "desk": "D"}
_LETTERS |= {"prompt": "E", "reply": "H", "practice": "T", "watch": "A", "watch_off": "G"}
_LETTERS |= {"sync": "Y", "stop": "Y", "store_login": "W", "card": "C"}
_LETTERS |= {"sign_in": "S", "sign_out": "S"}
_LETTERS |= {"lock": "K", "remember": "R", "unlock": "S", "stop_leaving": "L", "leftovers": "O"}
_LETTERS |= {"quit": "Q"}


def app_icon() -> QIcon:
    """The icon of Companion."""
    return QIcon(str(resource("icons", "companion.svg")))


def watching_icon() -> QIcon:
    """The same with a dot: what is copied is being read."""
    made = QIcon()
    for size in _SIZES:
        picture = app_icon().pixmap(size)
        # At its own scale: a pixmap may have more pixels than it says.
        side = picture.width() / picture.devicePixelRatio()
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(_DOT_EDGE), side / 12))
        painter.setBrush(QColor(_DOT))
        painter.drawEllipse(QRectF(side * 0.52, side * 0.52, side * 0.42, side * 0.42))
        painter.end()
        made.addPixmap(picture)
    return made


class Tray(QObject):
    """Says how things stand, offers what can be done; every choice is a signal with its name."""

    chosen = Signal(str)
    looked_at = Signal()
    """The menu is about to be shown."""
    untold = Signal(str)
    """A notice that this desktop cannot show: it has no tray."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.menu = QMenu()
        self._status = [self.menu.addAction("") for _ in range(_MOST_ROWS)]
        for line in self._status:
            line.setDisabled(True)
        self.menu.addSeparator()
        self.actions = {}
        self.also = set[str]()
        """What can be done besides while nobody is signed in."""
        for name in _ACTIONS:
            if not name:
                self.menu.addSeparator()
                continue
            said = lettered(words.say(f"tray.{name}"), _LETTERS[name])
            action = self.menu.addAction(said)
            action.triggered.connect(lambda _checked, name=name: self.chosen.emit(name))
            self.actions[name] = action
        self.menu.aboutToShow.connect(self.looked_at)
        self.icon = QSystemTrayIcon(app_icon())
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._clicked)
        self._leads_to, self._marked = "", False
        self.icon.messageClicked.connect(self._follow)
        self.set_open(False, words.say("tray.status.closed"))

    def show(self) -> None:
        """Show the icon. Where no tray is there yet (it may start later), it waits for one."""
        self.icon.show()
        if not QSystemTrayIcon.isSystemTrayAvailable():
            QTimer.singleShot(2000, self.icon.show)

    def hide(self) -> None:
        """Take the icon away."""
        self.icon.hide()

    def set_open(
        self,
        is_open: bool,
        status: str,
        syncing: bool = False,
        refused: bool = False,
        watching: bool = False,
    ) -> None:
        """Offer what fits: is a profile open, does a sync run that can be stopped, was the login
        to the store refused, are copied messages read; and say how it stands, in a few lines.
        """
        fits = _OPEN if is_open else _CLOSED | self.also
        fits = fits | {"store_login"} if refused else fits
        fits = fits | {"watch_off"} if watching else fits
        self._offer(fits - {"sync"} | {"stop"} if syncing else fits, status)

    def set_locked(self, status: str) -> None:
        """Offer to unlock the desk."""
        self._offer(_LOCKED, status)

    def set_leaving(self, status: str) -> None:
        """Offer not to wait any longer while the agent is being signed out."""
        self._offer(_LEAVING, status)

    def _offer(self, fits: set[str], status: str) -> None:
        most, metrics = grown(self.menu, _WIDEST), self.menu.fontMetrics()
        rows = [row for line in status.split("\n") for row in broken(line, metrics, most)]
        for at, action in enumerate(self._status):
            row = rows[at] if at < len(rows) else ""
            action.setText(metrics.elidedText(row, Qt.TextElideMode.ElideMiddle, most))
            action.setVisible(bool(row))
        self.icon.setToolTip(f"{self._words.say('app.name')}\n{status}")
        self._mark("watch_off" in fits)
        for name, action in self.actions.items():
            action.setEnabled(name in fits)
            # What cannot be done now would only stand in the way of what can.
            action.setVisible(name in fits)

    def tell(self, text: str, leads_to: str = "") -> None:
        """Show a short notice at the tray; a click does what the entry it ``leads_to`` does."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            self.untold.emit(text)
        self._leads_to = leads_to
        self.icon.showMessage(self._words.say("app.name"), text, app_icon(), 6000)

    def name_keys(self, name: str, keys: str) -> None:
        """Write the hotkey that does the same beside an entry; none where it is empty."""
        action = self.actions[name]
        # As on our buttons; behind a tab they would be a column that widens every menu.
        action.setText("  ".join(filter(None, (action.text().partition("  ")[0], keys))))

    def _mark(self, watching: bool) -> None:
        """Have the icon show whether what is copied is read."""
        if watching != self._marked:
            self._marked = watching
            self.icon.setIcon(watching_icon() if watching else app_icon())

    def _follow(self) -> None:
        if self._leads_to and self.actions[self._leads_to].isEnabled():
            self.chosen.emit(self._leads_to)

    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            offered = (
                name for name in ("find", "unlock", "sign_in") if self.actions[name].isEnabled()
            )
            for name in offered:
                self.chosen.emit(name)


def lettered(text: str, letter: str) -> str:
    """A menu entry with the letter that chooses it: in the word, or behind it in brackets."""
    at = text.upper().find(letter)
    if at >= 0:
        return f"{text[:at]}&{text[at:]}"
    word = text.rstrip("…")
    return f"{word}(&{letter}){text[len(word) :]}"


def broken(line: str, metrics: QFontMetrics, most: int) -> list[str]:
    """A line as rows that are no wider than most, in px, ended where a comma stands."""
    rows = [""]
    for part in re.split(r"(?<=[,，·])", line):
        if rows[-1] and metrics.horizontalAdvance(rows[-1] + part.rstrip()) > most:
            rows.append(part.lstrip())
        else:
            rows[-1] += part
    return [row.strip(" ·") for row in rows]
