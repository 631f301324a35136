"""What the pages of sitting down have in common: their lines, and the login of a store."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from companion.ui import parts
from companion.ui.parts import label
from companion.ui.words import Words

AtHome = Callable[[str], bool]
"""Whether a place, as it is typed, lies where other desks do not see it."""
Fault = Literal["secret", "login", "place", "elsewhere"]
"""What was wrong: the passphrase, the login to the store, the card or place, none of these."""


@dataclass(frozen=True)
class Said:
    """What an agent has said of himself and of his store: ``place`` is a card or an address."""

    agent: str = ""
    place: str = ""
    user: str = ""
    password: str = field(default="", repr=False)


class Named(QWidget):
    """A line to type in or choose from, under its ``name``, with what stands at its right end."""

    def __init__(self, line: QWidget, *beside: QWidget) -> None:
        super().__init__()
        self.name = label(line.accessibleName(), "small")
        below = QVBoxLayout(self)
        below.setContentsMargins(0, 0, 0, 8)
        below.setSpacing(4)
        below.addWidget(self.name)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(line, 1)
        for one in beside:
            # As high as the line beside it.
            one.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            row.addWidget(one)
        below.addLayout(row)


class Page(QWidget):
    """One page. ``go``, ``other`` and ``later`` are the keys of its button's and links' words."""

    entered = Signal()
    """Enter was pressed in one of its lines."""
    changed = Signal()
    """It needs another height."""
    go, other, later = "", "", ""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)

    @property
    def first(self) -> QWidget:
        """What has the focus when the page comes."""
        return self.lines()[0]

    @property
    def secret(self) -> QLineEdit | None:
        """What is typed anew when something went wrong."""
        return None

    def lines(self) -> Sequence[QLineEdit]:
        """What must be filled in."""
        return ()

    def amiss(self) -> tuple[QLineEdit, str] | None:
        """The first line that cannot stay as it is, and what to say of it."""
        for line in self.lines():
            if not line.text().strip():
                return line, self.words.say("signin.needed", name=line.accessibleName())
        return None

    def line_at_fault(self, fault: Fault) -> QWidget:
        """Where it is typed anew."""
        return self.secret or self.first

    def forget(self) -> None:
        """Hold nothing of what was typed."""

    def add(self, line: QLineEdit, *beside: QWidget) -> QWidget:
        """Put a line on the page, under its name; Enter in it goes on."""
        part = Named(line, *beside)
        line.returnPressed.connect(self.entered)
        self.column.addWidget(part)
        return part


class LoginLines(QWidget):
    """The user and the password of a store that asks for them, side by side."""

    entered = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._needed = False
        self.user = parts.field(words.say("sitting.user"))
        self.password = parts.field(words.say("sitting.password"), secret=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for line in (self.user, self.password):
            line.returnPressed.connect(self.entered)
            row.addWidget(Named(line))
        self.hide()

    def ask(self, asks: bool, user: str = "", optional: bool = False) -> bool:
        """Show the lines or not, with the user that an address names; whether that is new."""
        changed = asks == self.isHidden()
        self.setVisible(asks)
        self._needed = bool(user) and not optional
        if user:
            self.user.setText(user)
        if not asks:
            self.clear()
        return changed

    def at_fault(self) -> QLineEdit | None:
        """The line to be typed anew, where they are asked for."""
        if self.isHidden():
            return None
        return self.password if self.user.text() else self.user

    def lines(self) -> list[QLineEdit]:
        """What must be filled in: an address that names nobody may be anybody's."""
        return [self.user, self.password] if self._needed and not self.isHidden() else []

    def clear(self) -> None:
        """Hold nothing of what was typed."""
        clear((self.user, self.password))


def nowhere(_place: str) -> bool:
    """No place lies where others do not see it."""
    return False


def clear(lines: Iterable[QLineEdit]) -> None:
    """Hold nothing of what was typed."""
    for line in lines:
        # clear() could be undone by whoever comes next.
        line.setText("")
