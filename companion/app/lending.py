"""Lends phrases and bookmarks to programs of this desk on its own worker, and takes them back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from companion.runtime.tasks import Tasks
from companion.session.desk_places import Outcome, Place, Survey, export, put, survey
from companion.session.each_time import MORNING, OPTIONS, Wanted, wanted
from companion.session.session import Session
from companion.settings import lines_of
from companion.ui.messages import explain
from companion.ui.style import Tokens
from companion.ui.this_desk import ThisDesk
from companion.ui.words import Words

_T = TypeVar("_T")


@dataclass(frozen=True)
class _Done:
    """What was done, and how this desk is since."""

    answer: Callable[[], None]
    survey: Survey
    wanted: Wanted


class Lending(QObject):
    """One thing at a time. What the workers ``behind`` do waits until it is done."""

    def __init__(self, words: Words, tokens: Tokens, behind: tuple[Tasks, ...]) -> None:
        super().__init__()
        self._words, self._tokens, self._behind = words, tokens, behind
        self._own = Tasks(self)
        self._session: Session | None = None
        self._window: ThisDesk | None = None
        self._looking: Session | None = None

    @property
    def window(self) -> ThisDesk:
        """The window, made when it is needed first."""
        if self._window is None:
            window = self._window = ThisDesk(self._words, self._tokens)
            window.put_wanted.connect(self._put)
            window.export_wanted.connect(self._export)
            window.back_wanted.connect(self._take_back)
            window.looked_at.connect(self.look)
            window.each_time_wanted.connect(
                lambda holds, names: self._want(OPTIONS[holds], lines_of(names))
            )
            window.morning_wanted.connect(lambda name: self._want(MORNING, name))
            window.closed.connect(window.forget)
        return self._window

    def open(self, session: Session) -> None:
        """Show the window, and what is on this desk."""
        self._session = session
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self.look()

    def look(self) -> None:
        """Look at this desk, unless something is being done: that looks afterwards."""
        session = self._session
        if session is None or self._looking is session or self.window.busy:
            return
        self._looking = session

        def done(found: tuple[Survey, Wanted]) -> None:
            self._looked(session)
            self._show(session, lambda: self.window.show_survey(*found))

        def failed(error: Exception) -> None:
            self._looked(session)
            self._fail(session, error)

        self._own.run(lambda: _looked_at(session), done, failed)

    def put_away(self) -> None:
        """Whoever writes here leaves: what was begun is finished, and nothing stays to be read."""
        self._session = None
        if self._window is not None:
            self._window.close()
            self._own.go_before(self._behind)

    def end(self) -> None:
        """Do nothing more."""
        self._own.end()

    def _looked(self, session: Session) -> None:
        if self._looking is session:
            self._looking = None

    def _put(self, place: Place, even_synced: bool) -> None:
        left_out = self.window.page.left_out

        def work(session: Session) -> Outcome:
            return put(session, place, left_out, even_synced)

        self._do(work, self.window.show_outcome)

    def _export(self, place: Place) -> None:
        say, left_out = self._words.say, self.window.page.left_out
        name = str(Path.home() / say(f"this_desk.file.{place.format}"))
        chosen, _ = QFileDialog.getSaveFileName(self.window, say("this_desk.export_title"), name)
        if chosen:
            file = Path(chosen)
            self._do(
                lambda session: export(session, place, left_out, file),
                lambda outcome: self.window.show_outcome(outcome, file.name),
            )

    def _take_back(self, place: Place | None) -> None:
        what = place.what if place is not None else None
        self._do(lambda session: session.take_back_loans(what), self.window.show_remains)

    def _want(self, option: str, said: str) -> None:
        """Write down what the agent wants each time he sits down."""
        session = self._session
        if session is not None:
            self._own.run(
                lambda: session.profile.set_option(option, said),
                lambda _: None,
                lambda error: self._fail(session, error),
            )

    def _do(self, work: Callable[[Session], _T], show: Callable[[_T], None]) -> None:
        session = self._session
        if session is None or self.window.busy:
            return
        self.window.show_busy(True)

        def both() -> _Done:
            answer = work(session)
            return _Done(lambda: show(answer), *_looked_at(session))

        def done(what: _Done) -> None:
            def act() -> None:
                self.window.show_survey(what.survey, what.wanted)
                what.answer()
                self.window.show_busy(False)

            self._show(session, act)

        self._own.run(both, done, lambda error: self._fail(session, error))

    def _show(self, session: Session, act: Callable[[], None]) -> None:
        """Show something, where it is still this session's to be seen."""
        if session is self._session and self.window.isVisible():
            act()

    def _fail(self, session: Session, error: Exception) -> None:
        def act() -> None:
            self.window.show_failure(explain(error, self._words))
            self.window.show_busy(False)

        self._show(session, act)


def _looked_at(session: Session) -> tuple[Survey, Wanted]:
    return survey(session.profile, session.loans, session.seat.policy), wanted(session)
