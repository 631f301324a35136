"""The wordings of a phrase as tabs: its own text, spoken, written, and what else there is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTabBar, QVBoxLayout, QWidget

from companion.session.library import Wording
from companion.ui.parts import button, field, label
from companion.ui.words import Words

_KINDS = ("spoken", "written", "other")


class Wordings(QWidget):
    """A bar of tabs, and for a variant its name and a way to drop it."""

    turned = Signal(str)
    """The id of the wording to show."""
    added = Signal(str)
    """A wording with this title is wanted."""
    dropped = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        say = words.say
        self.bar = QTabBar()
        self.bar.setAccessibleName(say("library.wordings"))
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.currentChanged.connect(self._turn)
        self.add = button(say("library.wording.add"), "link", self._offer)
        self.menu = QMenu(self)
        for kind in _KINDS:
            title = say(f"library.wording.{kind}")
            action = self.menu.addAction(title)
            action.triggered.connect(lambda _checked, title=title: self.added.emit(title))
        self.name = field(say("library.wording.name"))
        self.drop = button(say("library.wording.drop"), "link", self._dropped)
        self._named = QWidget()
        row = QHBoxLayout(self._named)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        row.addWidget(label(say("library.wording.name"), "small"))
        row.addWidget(self.name, 1)
        row.addWidget(self.drop)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.bar, 1)
        top.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._named)

    def show_wordings(self, wordings: Sequence[Wording], at: str, ours: bool, more: bool) -> None:
        """Show a tab for each, ``at`` in front; ``more`` says whether others can be added."""
        say, bar = self._words.say, self.bar
        ids = [wording.id for wording in wordings]
        bar.blockSignals(True)
        while bar.count() < len(ids):
            bar.addTab("")
        while bar.count() > len(ids):
            bar.removeTab(bar.count() - 1)
        for number, wording in enumerate(wordings):
            title = say("library.wording.own")
            if number:
                title = wording.title or say("library.wording.nth", number=number + 1)
            # An ampersand would underline the letter behind it.
            bar.setTabText(number, title.replace("&", "&&"))
            bar.setTabData(number, wording.id)
        bar.setCurrentIndex(ids.index(at))
        bar.blockSignals(False)
        self._named.setVisible(at != ids[0])
        self.drop.setVisible(ours)
        self.add.setVisible(ours and more)

    def _turn(self, number: int) -> None:
        if number >= 0:
            self.turned.emit(str(self.bar.tabData(number)))

    def _offer(self) -> None:
        self.menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _dropped(self) -> None:
        self.dropped.emit(str(self.bar.tabData(self.bar.currentIndex())))
