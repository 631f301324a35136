"""What others left sealed on this desk, to be kept or cleared; and signing out who forgot to."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from companion.session.leftovers import Leftover
from companion.ui.left import Report
from companion.ui.leftovers_words import described
from companion.ui.messages import Message
from companion.ui.parts import Form, button, label, rule
from companion.ui.words import Words

MOST_ROWS = 50


class LeftoversForm(Form):
    """Decides nothing; nothing is ticked by itself, and the default is to keep."""

    clear_wanted = Signal(object)
    """The list of leftovers that are to be deleted for good."""
    stand_down_wanted = Signal()
    """Whoever is signed in has gone, and is to be signed out."""

    def __init__(self, words: Words) -> None:
        super().__init__(480, 24)
        self.setWindowTitle(words.say("leftovers.title"))
        self._words = words
        self._found: Sequence[Leftover] = ()
        self._sure = False
        say = words.say
        self.heading = label("", "heading", wrap=True)
        self.text = label("", "soft", wrap=True)
        self.rows = QWidget()
        self._rows = QVBoxLayout(self.rows)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self.boxes: list[QCheckBox] = []
        self.warning = label("", "warning", wrap=True)
        self.column.setSpacing(12)
        for part in (self.heading, self.text, self.rows):
            self.column.addWidget(part)
        self.column.addSpacing(4)
        self.foot.addWidget(self.warning)
        self.clear = button("", "", self._clear)
        self.stand_down = button(say("leftovers.stand_down"), "", self._stand_down)
        self.keep = button(say("leftovers.keep"), "primary", self.close)
        self.close_it = button(say("leaving.close"), "primary", self.close)
        self.add_buttons(self.clear, self.stand_down, self.keep, self.close_it)

    def show_leftovers(self, found: Sequence[Leftover], now: float) -> None:
        """Offer to clear what was found; ``now`` in Unix seconds."""
        self._found, self._sure = found[:MOST_ROWS], False
        self._empty()
        for one in self._found:
            self._add(one, now)
        say = self._words.say
        heading = say("leftovers.heading" if found else "leftovers.none")
        text = say("leftovers.text") if found else ""
        self._page(heading, text, *((self.clear, self.keep) if found else (self.close_it,)))

    def ask_stand_down(self) -> None:
        """Ask whether whoever is signed in is to be signed out by somebody else."""
        self._empty()
        say = self._words.say
        self._page(
            say("leftovers.forgot"), say("leftovers.forgot_text"), self.stand_down, self.keep
        )

    def show_done(self, report: Report) -> None:
        """Say what became of it."""
        self._empty()
        said = [report.lead, *(f"{item.where}\n{item.text}" for item in report.items)]
        self._page(report.heading, "\n\n".join(filter(None, said)), self.close_it)

    def show_failure(self, message: Message) -> None:
        """Say what went wrong."""
        self._empty()
        self._page(message.what, str(Message(message.safe, message.do, "")), self.close_it)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing of it is shown to whoever comes next."""
        self._empty()
        super().closeEvent(event)

    def _add(self, one: Leftover, now: float) -> None:
        box = QCheckBox(described(one, self._words, now))
        box.toggled.connect(lambda _on: self._ticked())
        self.boxes.append(box)
        parts: list[QWidget] = [rule(), box]
        if one.waits:
            parts.append(label(self._words.say("leftovers.waits"), "soft", wrap=True))
        for part in parts:
            self._rows.addWidget(part)
            part.show()

    def _empty(self) -> None:
        self.boxes = []
        while taken := self._rows.takeAt(0):
            part = taken.widget()
            if part is not None:
                part.hide()
                part.deleteLater()

    def _chosen(self) -> list[Leftover]:
        ticked = zip(self._found, self.boxes, strict=False)
        return [one for one, box in ticked if box.isChecked()]

    def _ticked(self) -> None:
        self._sure = False
        self._offer()

    def _clear(self) -> None:
        chosen = self._chosen()
        if any(one.waits for one in chosen) and not self._sure:
            self._sure = True
            self._offer()
            self.turn_to(self.keep)
        elif chosen:
            self.clear_wanted.emit(chosen)

    def _stand_down(self) -> None:
        # A second time it would find nobody, and say so in place of what became of it.
        self.stand_down.setEnabled(False)
        self.stand_down_wanted.emit()

    def _offer(self) -> None:
        """The buttons as they fit what is ticked."""
        say, chosen = self._words.say, self._chosen()
        self.clear.setEnabled(bool(chosen))
        self.clear.setText(say("leftovers.sure" if self._sure else "leftovers.clear"))
        lost = len([one for one in chosen if one.waits])
        self.warning.setText(say("leftovers.lost", count=lost))
        self.warning.setVisible(self._sure)
        self.fit()

    def _page(self, heading: str, text: str, *buttons: object) -> None:
        self.heading.setText(heading)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.rows.setVisible(bool(self.boxes))
        for one in (self.clear, self.stand_down, self.keep, self.close_it):
            one.setVisible(one in buttons)
        self.stand_down.setEnabled(True)
        self._sure = False
        self._offer()
        self.turn_to(self.keep if self.keep in buttons else self.close_it)
        if not self.isVisible():
            self.show()
            self.raise_()
            self.activateWindow()
