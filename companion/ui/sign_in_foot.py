"""The foot of the window of sitting down: the button that goes on, the steps, what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from companion.ui.parts import button, label, progress
from companion.ui.sign_in_page import Page
from companion.ui.words import Words

FIRST_STEPS, STEPS = ("create",), ("header", "keys", "packs")
"""What making a profile goes through, and what fetching one does."""


class Steps(QWidget):
    """The names of the steps of what is under way: those done, the one of now, those to come."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.rows = [label(look="small") for _ in STEPS]
        self.bar = progress(words.say("sitting.progress"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for row in self.rows:
            column.addWidget(row)
        column.addWidget(self.bar)

    def show_step(self, step: str, done: int, of: int) -> None:
        """Say that this step is being done, and how much of it."""
        names = FIRST_STEPS if step in FIRST_STEPS else STEPS
        now = names.index(step)
        for at, row in enumerate(self.rows):
            row.setVisible(at < len(names))
            if at >= len(names):
                continue
            known = (done, of) if at == now else (0, 0)
            row.setText(f"{'✓●○'[(at > now) - (at < now) + 1]}  {self._name(names[at], *known)}")
        whole = len(names)
        self.bar.setRange(0, 0 if step in FIRST_STEPS else 100 * whole)
        self.bar.setValue(100 * now + (100 * done // of if of else 0))

    def _name(self, step: str, done: int, of: int) -> str:
        key = f"signin.step.{step}"
        counts = step == "packs" and of > 0
        return self._words.say(f"{key}.at" if counts else key, done=done, of=of)


@dataclass(frozen=True)
class Acts:
    """What the button and the links do, and what is done where the foot changes its height."""

    go: Callable[[], object]
    other: Callable[[], object]
    later: Callable[[], object]
    halt: Callable[[], object]
    fit: Callable[[], object]


class Foot:
    """The button that goes on, a link at each end, and between them what there is to say."""

    def __init__(self, words: Words, into: QVBoxLayout, acts: Acts) -> None:
        self._words, self._fit = words, acts.fit
        self.problem = label(look="problem", wrap=True)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notice = label(look="notice", wrap=True)
        self.steps = Steps(words)
        self.go = button("", "primary", acts.go)
        self.other = button("", "link", acts.other)
        self.later = button("", "link", acts.later)
        self.halt = button(words.say("signin.stop"), "link", acts.halt)
        for part in (self.go, self.steps, self.notice, self.problem):
            into.addWidget(part)
        row = QHBoxLayout()
        for link in (self.other, self.halt):
            row.addWidget(link)
        row.addStretch()
        row.addWidget(self.later)
        into.addLayout(row)
        self.quiet()

    def heed(self, page: Page) -> None:
        """Say no more what is wrong once something is typed on a page."""
        for line in page.findChildren(QLineEdit):
            line.textEdited.connect(self._typed)

    def offer(self, page: Page, working: bool) -> None:
        """Name what the page offers; while something is under way, only to stop it."""
        say = self._words.say
        self.go.setText(say(page.go))
        for link, key in ((self.other, page.other), (self.later, page.later)):
            link.setText(say(key) if key else "")
            link.setVisible(bool(key) and not working)
        for part in (page, self.go, self.other, self.later):
            part.setDisabled(working)
        self.halt.setVisible(working)
        self.halt.setEnabled(working)
        if not working:
            self.steps.hide()

    def quiet(self) -> None:
        """Say nothing."""
        for part in (self.problem, self.notice, self.steps):
            part.hide()
        self.problem.clear()
        self.notice.clear()

    def show_step(self, step: str, done: int, of: int) -> None:
        """Say what is happening."""
        self.problem.hide()
        self.notice.hide()
        self.steps.show_step(step, done, of)
        if self.steps.isHidden():
            self.steps.show()
            self._fit()

    def note(self, text: str) -> None:
        """Say something that is no trouble."""
        self.problem.hide()
        self.notice.setText(text)
        self.notice.show()
        self._fit()

    def warn(self, text: str) -> None:
        """Say what is wrong."""
        self.notice.hide()
        self.problem.setText(text)
        self.problem.show()
        self._fit()

    def _typed(self) -> None:
        if not self.problem.isHidden():
            self.problem.hide()
            self._fit()
