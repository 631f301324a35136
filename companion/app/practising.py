"""Practises with the agent for five minutes: the window on one side, the schedule on the other."""

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

from companion.empathy.drafts import Draft, check
from companion.empathy.practice import SITTING_S, Line, Practice
from companion.empathy.prompts import Prompt, card
from companion.empathy.scorer import CRISIS
from companion.errors import NothingFound
from companion.runtime.tasks import Tasks
from companion.session.prompting import own_of
from companion.session.session import Session
from companion.ui.practice import PracticeWindow
from companion.ui.style import Tokens
from companion.ui.words import Words

_T = TypeVar("_T")
# The line that tells the time moves by a sixtieth.
_LOOK_MS = SITTING_S * 1_000 // 60


class Practising(QObject):
    """One window; what was practised is kept in the profile of who is signed in, nothing else."""

    def __init__(
        self,
        words: Words,
        tokens: Tokens,
        tasks: Tasks,
        fail: Callable[[Exception], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._words, self._tasks, self._fail, self._clock = words, tasks, fail, clock
        self._session: Session | None = None
        self._practice: Practice | None = None
        self._line: Line | None = None
        self._passed: set[str] = set()
        self._begun, self._done = 0.0, 0
        self.window = PracticeWindow(words, tokens)
        self.window.replied.connect(self._check)
        self.window.other_wanted.connect(self._pass)
        self.window.rated.connect(self._rate)
        self.window.again_wanted.connect(self._begin)
        self.window.left.connect(self._leave)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._tell_time)

    def open(self, session: Session | None) -> None:
        """Begin five minutes, or show the window where they are under way."""
        if self._practice is None:
            self._session = session
            profile = session.profile if session else None
            self._practice = Practice(profile, self._words.language)
            self._begin()
        else:
            self.window.raise_()
            self.window.activateWindow()

    def put_away(self) -> None:
        """Show nothing any more."""
        self.window.close()
        self._leave()

    def end(self) -> None:
        """Do nothing more."""
        self.put_away()

    def _begin(self) -> None:
        self._begun, self._done = self._clock(), 0
        self._passed.clear()
        self._look.start()
        self._tell_time()
        self._next()

    def _next(self) -> None:
        passed = frozenset(self._passed)
        self._ask(lambda practice: practice.next(passed), self._show)

    def _show(self, line: Line) -> None:
        self._line = line
        keeps = self._practice is not None and self._practice.keeps
        self.window.show_line(line.text, keeps=keeps, careful=line.situation == CRISIS)
        self.window.raise_()
        self.window.activateWindow()

    def _check(self, reply: str) -> None:
        line, session = self._line, self._session
        if line is None:
            return

        def work(_: Practice) -> tuple[Draft | None, Prompt]:
            draft = check(reply) if reply else None
            return draft, card(line.situation, line.language, line.text, more=own(session, line))

        self._ask(work, lambda found: self.window.show_card(reply, *found))

    def _pass(self) -> None:
        if self._line is not None:
            self._passed.add(self._line.situation)
            self._next()

    def _rate(self, rating: int) -> None:
        line, session = self._line, self._session
        if line is None:
            return

        def work(practice: Practice) -> None:
            practice.rate(line.situation, rating)
            if session is not None:
                session.save()

        def done(_: None) -> None:
            self._done += 1
            if self._clock() - self._begun < SITTING_S:
                self._next()
            else:
                self._finish(early=False)

        self._ask(work, done)

    def _finish(self, early: bool) -> None:
        self._line = None
        self._look.stop()
        self.window.show_end(self._done, early)

    def _ask(self, work: Callable[[Practice], _T], done: Callable[[_T], None]) -> None:
        """Have the worker do it; its answer is for the sitting that asked, and no other."""
        practice = self._practice
        if practice is None:
            return
        self.window.wait()

        def answered(found: _T) -> None:
            if practice is self._practice:
                done(found)

        def failed(error: Exception) -> None:
            if practice is not self._practice:
                return
            if isinstance(error, NothingFound):
                self._finish(early=True)
            else:
                self.put_away()
                self._fail(error)

        self._tasks.run(lambda: work(practice), answered, failed)

    def _tell_time(self) -> None:
        self.window.show_time(int(self._clock() - self._begun), SITTING_S)

    def _leave(self) -> None:
        self._look.stop()
        self._practice = self._session = self._line = None


def own(session: Session | None, line: Line) -> dict[str, list[str]]:
    """The openings of the agent and his teams for a line's situation, in its language."""
    if session is None:
        return {}
    said = own_of(session.profile, session.teams.openings()).said(line.situation, line.language)
    return {f"{line.language} {line.situation}": [text for text, _, _ in said]}
