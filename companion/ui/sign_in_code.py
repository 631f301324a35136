"""The recovery code: shown once, to be copied, printed or saved, and two of its groups typed."""

import secrets
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QWidget

from companion.profile.slots import plain_code
from companion.ui.parts import button, field, label
from companion.ui.sign_in_page import Named, Page, clear
from companion.ui.words import Words

GROUPS = 7
_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class Code(Page):
    """The code, and what can be done with it."""

    copied = Signal(str)
    printed = Signal(str)
    place_wanted = Signal()
    """It is to be saved: choose_file() answers with where that is proposed."""
    saved = Signal(str, object)
    """A text, and the file that it is to be saved in."""
    go, later = "recovery.done", "sitting.put_off"

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        say = words.say
        self.code = label(look="code", wrap=True)
        self.code.setAccessibleName(say("recovery.title"))
        self.code.setTextInteractionFlags(_SELECTABLE)
        self.copy = button(say("sitting.copy"), "", lambda: self.copied.emit(self.code.text()))
        self.print = button(say("sitting.print"), "", lambda: self.printed.emit(self._sheet()))
        self.save = button(say("sitting.save"), "", self.place_wanted.emit)
        self._agent = ""
        self.column.addWidget(label(say("recovery.title"), "heading", wrap=True))
        self.column.addWidget(label(say("recovery.text"), "soft", wrap=True))
        self.column.addSpacing(4)
        self.column.addWidget(self.code)
        self.column.addSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        for one in (self.copy, self.print, self.save):
            row.addWidget(one)
        row.addStretch()
        self.column.addLayout(row)

    @property
    def first(self) -> QWidget:
        """To copy it is what most do."""
        return self.copy

    def show_code(self, code: str, agent: str) -> None:
        """Show the code of an agent."""
        self.code.setText(code)
        self._agent = agent

    def choose_file(self, folder: Path, here: bool) -> None:
        """Let the agent choose where the code is saved; ``here`` where no stick is plugged in."""
        say = self.words.say
        title = say("sitting.save.title_here" if here else "sitting.save.title")
        name = str(folder / say("sitting.save.name"))
        chosen, _ = QFileDialog.getSaveFileName(self, title, name)
        if chosen:
            self.saved.emit(self._sheet(), Path(chosen))

    def forget(self) -> None:
        """Hold the code no longer."""
        self.code.clear()

    def _sheet(self) -> str:
        return self.words.say("sitting.sheet", agent=self._agent, code=self.code.text())


class CheckCode(Page):
    """Two groups of the code, typed from wherever it was noted."""

    go, other, later = "sitting.next", "sitting.look_again", "sitting.put_off"

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._asked: tuple[int, ...] = (0, 1)
        self._code: list[str] = []
        self.groups = (field(""), field(""))
        self._names = list[QLabel]()
        self.column.addWidget(label(words.say("sitting.check"), "heading", wrap=True))
        self.column.addWidget(label(words.say("sitting.check.text"), "soft", wrap=True))
        self.column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        for line in self.groups:
            part = Named(line)
            line.returnPressed.connect(self.entered)
            self._names.append(part.name)
            row.addWidget(part)
        self.column.addLayout(row)

    @property
    def asked(self) -> tuple[int, ...]:
        """Which groups are asked for, from 0."""
        return self._asked

    def lines(self) -> Sequence[QLineEdit]:
        """Both groups."""
        return self.groups

    def ask(self, code: str) -> None:
        """Ask for two groups, others each time."""
        self._code = code.split("-")
        clear(self.groups)
        first = secrets.randbelow(len(self._code) - 1)
        self._asked = (first, first + 1 + secrets.randbelow(len(self._code) - first - 1))
        for line, name, at in zip(self.groups, self._names, self._asked, strict=True):
            said = self.words.say("sitting.group", number=at + 1)
            line.setAccessibleName(said)
            name.setText(said)

    def amiss(self) -> tuple[QLineEdit, str] | None:
        """A group that is missing, or is not that of the code, whatever looks alike."""
        for line, at in zip(self.groups, self._asked, strict=True):
            if line.text().strip() and plain_code(line.text()) != self._code[at]:
                return line, self.words.say("sitting.check.wrong")
        return super().amiss()

    def forget(self) -> None:
        """Hold the code no longer."""
        self._code = []
        clear(self.groups)
