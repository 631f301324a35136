"""Looks for double and dead links when asked, and shows what it found."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from companion.app.looking import Looking, Progress
from companion.session.bookmark_checks import (
    Checked,
    Checker,
    Spot,
    asked_of,
    dead_of,
    doubles_of,
)
from companion.session.record_edits import Done
from companion.session.session import Session
from companion.ui.bookmarks_dead import Dead
from companion.ui.bookmarks_doubles import Doubles
from companion.ui.style import Tokens
from companion.ui.words import Words

_OURS = ("keep_one", "readdress", "drop")


class LinkChecks(QObject):
    """The two windows, each made when it is needed first."""

    acted = Signal(str, dict)
    open_wanted = Signal(list)

    def __init__(self, words: Words, tokens: Tokens, checker: Checker) -> None:
        super().__init__()
        self._words, self._tokens, self._checker = words, tokens, checker
        self._session: Session | None = None
        self.doubles: Looking[Sequence[tuple[Spot, ...]]] | None = None
        self.dead: Looking[Checked] | None = None
        self._took: list[Doubles | Dead] = []
        """By act, the window that had it done."""

    def open_doubles(self, session: Session) -> None:
        """Show the doubles; nothing outside this desk is asked."""
        self._session = session
        if self.doubles is None:
            window = Doubles(self._words, self._tokens)
            self._listen(window)
            self.doubles = Looking(self._words, window, window.show_groups)
        self.doubles.open(lambda _progress, _stopped: doubles_of(session.profile, self._checker))

    def open_dead(self, session: Session) -> None:
        """Ask whether the network is to be asked for every address."""
        self._session = session
        if self.dead is None:
            window = Dead(self._words, self._tokens)
            self._listen(window)
            window.begun.connect(self._begin)
            window.open_wanted.connect(self.open_wanted)
            self.dead = Looking(self._words, window, window.show_checked)
        window = self._window_of_dead()
        window.come()
        self.dead.ask(lambda: asked_of(session.profile), lambda urls: window.ask(len(urls)))

    def did(self, done: Done) -> None:
        """An act was taken back: what it had settled is there again."""
        what, _, of = done.name.partition(".")
        if what == "undo" and of in _OURS and self._took:
            self._took.pop().take_back()

    def put_away(self) -> None:
        """Close the windows and hold nothing of the profile any more."""
        self._session = None
        self._took.clear()
        for looking in (self.doubles, self.dead):
            if looking is not None:
                looking.put_away()

    def end(self) -> None:
        """Do nothing more."""
        for looking in (self.doubles, self.dead):
            if looking is not None:
                looking.end()

    def _begin(self) -> None:
        session = self._session
        if session is not None and self.dead is not None:
            self.dead.begin(partial(_dead, session, self._checker))

    def _window_of_dead(self) -> Dead:
        window = self.dead.window if self.dead is not None else None
        if not isinstance(window, Dead):
            raise TypeError("the window of dead links is another one")
        return window

    def _listen(self, window: Doubles | Dead) -> None:
        def act(name: str, facts: dict[str, object]) -> None:
            self._took.append(window)
            self.acted.emit(name, facts)

        window.acted.connect(act)
        window.undo_wanted.connect(self._undo)

    def _undo(self) -> None:
        """Take back what was done here last, and nothing else."""
        if self._took:
            self.acted.emit("undo_check", {})


def _dead(
    session: Session, checker: Checker, progress: Progress, stopped: Callable[[], bool]
) -> Checked:
    return dead_of(session.profile, checker, progress, stopped)
