"""Standing up: asks, shows how far the sending is and lets nobody wait, says what is left."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.ui.left import Item, Report
from companion.ui.parts import Form, button, label, progress, rule
from companion.ui.words import Words

MOST_ITEMS = 50
# Paths have no spaces to break a line at: here they may be broken, unseen.
_BREAK = re.compile(r"(?<=[/\\._-])")


class Leaving(Form):
    """One window from the question to the answer; Esc stays as long as that can be done."""

    confirmed = Signal()
    skipped = Signal()
    """Not to wait for the store any longer."""
    stayed = Signal()
    """Not to sign out after all."""
    hand_over_wanted = Signal()
    """What was kept sealed is to be taken along as a file."""
    delete_wanted = Signal()
    """What the file holds is to be deleted here."""
    copy_wanted = Signal(str)
    """A report is to be put on the clipboard."""

    def __init__(self, words: Words) -> None:
        super().__init__(480, 24)
        self.setWindowTitle(words.say("leaving.title"))
        self._words = words
        self._wiping = self._sending = False
        self.heading = label("", "heading", wrap=True)
        self.text = label("", "soft", wrap=True)
        self.bar = progress(words.say("leaving.title"))
        self.items = QWidget()
        self._rows = QVBoxLayout(self.items)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self.looked = label("", "small", wrap=True)
        self._report = ""
        say = words.say
        self.stay = button(say("signout.no"), "", self._stay)
        self.skip = button(say("leaving.skip"), "", self.skipped.emit)
        self.go = button(say("signout.yes"), "primary", self.confirmed.emit)
        self.hand_over = button(say("handing.offer"), "", self.hand_over_wanted.emit)
        self.delete = button(say("handing.delete"), "", self.delete_wanted.emit)
        self.copy = button(say("left.copy"), "", self._copy)
        self.close_it = button(say("leaving.close"), "primary", self._close)
        self.column.setSpacing(12)
        for part in (self.heading, self.bar, self.text, self.items, self.looked):
            self.column.addWidget(part)
        # What scrolls ends a little above the buttons.
        self.column.addSpacing(4)
        asking, told = (self.stay, self.skip, self.go), (self.copy, self.close_it)
        self._buttons = (*asking, self.hand_over, self.delete, *told)
        self.add_buttons(*self._buttons)

    def ask(self) -> None:
        """Ask whether to sign out."""
        self._sending = self._wiping = False
        say = self._words.say
        self._page(say("leaving.ask"), say("signout.ask"), self.stay, self.go)
        self.turn_to(self.go)

    def warn(self, text: str) -> None:
        """Say what is known of what will stay, while it is asked."""
        if not self.go.isHidden():
            self.text.setText("\n".join((self._words.say("signout.ask"), text)))
            self.fit()

    def show_sending(self, done: int, of: int, slow: bool) -> None:
        """Say that the changes are on their way; ``slow`` offers not to wait."""
        say, self._sending = self._words.say, True
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        text = say("leaving.text") if slow else ""
        self._page(say("leaving.sending"), text, self.stay, *([self.skip] if slow else []))

    def show_wiping(self) -> None:
        """Say that everything is being taken off this desk; now there is no way back."""
        self._sending, self._wiping = False, True
        self.bar.setRange(0, 0)
        self._page(self._words.say("leaving.wiping"), "")
        self.setFocus()

    def show_left(self, heading: str, text: str) -> None:
        """Say what became of it."""
        self._sending = self._wiping = False
        self._page(heading, text, self.close_it)
        self.turn_to(self.close_it)

    def show_report(self, report: Report, can_hand_over: bool = False) -> None:
        """Say that everything is gone, or what is not: where it is, why, and what to do.

        ``can_hand_over``: what was kept sealed can be taken along as a file.
        """
        self._sending = self._wiping = False
        self._report = report.text()
        self.copy.setText(self._words.say("left.copy"))
        self._list(report.items)
        self.looked.setText(report.looked)
        first = (self.hand_over,) if can_hand_over else ()
        self._page(report.heading, report.lead, *first, self.copy, self.close_it)
        self.turn_to(self.close_it)

    def show_handed_over(self, file: str) -> None:
        """Say that what waits is in a file, and offer to delete it here."""
        text = self._words.say("handing.done", file=_breakable(file))
        self._page(self._words.say("handing.heading"), text, self.delete, self.close_it)

    def show_not_handed_over(self, heading: str, text: str) -> None:
        """Say why not; it can be tried again."""
        self._page(heading, text, self.hand_over, self.close_it)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stays, or closes what was said."""
        if event.key() == Qt.Key.Key_Escape:
            self._stay()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.go.isVisible():
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """To close the window is to stay."""
        if self._wiping:
            event.ignore()
        else:
            self._stay()

    def _page(self, heading: str, text: str, *buttons: object) -> None:
        self.heading.setText(heading)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.bar.setVisible(self._sending or self._wiping)
        for one in self._buttons:
            one.setVisible(one in buttons)
        told = self.copy in buttons
        self.items.setVisible(told and self._rows.count() > 0)
        self.looked.setVisible(told and bool(self.looked.text()))
        self.fit()
        if not self.isVisible():
            self.show()
            self.raise_()
            self.activateWindow()

    def _list(self, items: tuple[Item, ...]) -> None:
        while taken := self._rows.takeAt(0):
            part = taken.widget()
            if part is not None:
                part.deleteLater()
        for item in items[:MOST_ITEMS]:
            self._add(_breakable(item.where), item.text)
        if len(items) > MOST_ITEMS:
            self._add("", self._words.say("left.more", count=len(items) - MOST_ITEMS))

    def _add(self, where: str, text: str) -> None:
        parts: list[QWidget] = [rule(), label(text, "soft", wrap=True)]
        if where:
            parts.insert(1, label(where, "", wrap=True))
        for part in parts:
            self._rows.addWidget(part)
            # A part that comes into a window that is seen counts for its size only once shown.
            part.show()

    def _copy(self) -> None:
        self.copy_wanted.emit(self._report)
        self.copy.setText(self._words.say("left.copied"))

    def _close(self) -> None:
        self.hide()
        # It names places of somebody who has gone.
        self._report = ""
        self._list(())

    def _stay(self) -> None:
        if self._wiping:
            return
        sending, self._sending = self._sending, False
        self._close()
        if sending:
            self.stayed.emit()


def _breakable(path: str) -> str:
    return _BREAK.sub("\u200b", path)
