"""Opens a window on the open profile when it is needed, and puts it away before that is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from companion.runtime.pauses import settle, unsettle
from companion.runtime.tasks import Tasks
from companion.ui.style import Tokens
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.app.around import Around
    from companion.app.marking import Marking
    from companion.app.writing import Writing
    from companion.session.session import Session

_QUIT_MS = 1_000
# Between two steps, so that what came meanwhile has its turn: with none they are as good as one.
_BREATH_MS = 5


class Seen(Protocol):
    """A window that is open or not."""

    def isVisible(self) -> bool:
        """Whether it is open."""

    def seek(self) -> None:
        """Look for what its filter says once more."""


class Keeper(Protocol):
    """What works behind a window (app/keeping.py)."""

    trouble: Any

    @property
    def window(self) -> Seen:
        """The window."""

    def make_window(self) -> None:
        """Make the window."""

    def show(self, session: Session, id: str) -> None:
        """Show the window with what a session holds, at a record where one is named."""

    def read(self) -> None:
        """Read what the window shows."""

    def put_away(self) -> None:
        """Write what was typed, and show nothing any more."""

    def leave(self) -> None:
        """Hold nothing of the session any more."""

    def end(self) -> None:
        """Do nothing more."""


_K = TypeVar("_K", bound=Keeper)
Find = Callable[[str], Sequence[str]]
Make = Callable[[Words, Tokens, Find, Tasks], _K]


class Editing(QObject, Generic[_K]):
    """Brings in a window when it is first opened: most shifts write no phrases.

    ``bring`` imports what it is made of and gives what makes its keeper. ``find`` gives the ids of
    what a query finds. What the workers ``behind`` are asked for after put_away() is done when all
    that was typed is written.
    """

    trouble = Signal(object)
    """An exception that no window is there to say."""

    def __init__(
        self,
        words: Words,
        tokens: Tokens,
        find: Find,
        behind: tuple[Tasks, ...],
        bring: Callable[[], Make[_K]],
    ) -> None:
        super().__init__()
        self._words, self._tokens, self._find, self._behind = words, tokens, find, behind
        self._bring = bring
        self.own = Tasks(self)
        self.writing: _K | None = None
        self._session: Session | None = None

    def take(self, session: Session | None) -> None:
        """Work on this session from now on, or on none."""
        self._session = session
        if session is not None:
            session.profile.listen(lambda _ids: self._heard(session))
            session.teams.listen(lambda: self._heard(session))
        elif self.writing is not None:
            self.writing.leave()

    def open(self, id: str = "") -> None:
        """Show the window, at a record or a team's entry where one is named."""
        if self._session is None:
            # Left while the window was being made: nothing is there to stay.
            unsettle()
            return
        if self.writing is not None:
            self.writing.show(self._session, id)
        else:
            self.own.run(self._load, lambda make: self._make(make, id), self.trouble.emit)

    def seek(self) -> None:
        """Something else can be found by now: what the filter says is looked for anew."""
        if self.writing is not None and self.writing.window.isVisible():
            self.writing.window.seek()

    def put_away(self) -> None:
        """Whoever writes here leaves: what was typed is written, and nothing stays to be read."""
        if self.writing is not None:
            self.writing.put_away()
            self.own.go_before(self._behind)

    def end(self) -> None:
        """Do nothing more."""
        if self.writing is not None:
            self.writing.end()
        self.own.finish(_QUIT_MS)
        self.own.end()

    def _heard(self, session: Session) -> None:
        """Something was changed, here or by what was fetched; on whichever thread did it."""
        if self.writing is not None and session is self._session:
            self.own.tell(self.writing.read)

    def _load(self) -> Make[_K]:
        """Bring in the modules of the window: that takes as long as making it."""
        settle()
        return self._bring()

    def _make(self, make: Make[_K], id: str) -> None:
        if self.writing is not None or self._session is None:
            self.open(id)
            return
        writing = make(self._words, self._tokens, self._find, self.own)

        def finish() -> None:
            if self.writing is None:
                writing.make_window()
                writing.trouble.connect(self.trouble)
                self.writing = writing
            # Painted in its own turn: all of it at once would hold up everything else.
            QTimer.singleShot(_BREATH_MS, self, lambda: self.open(id))

        QTimer.singleShot(_BREATH_MS, self, finish)


def bring_writing() -> Make[Writing]:
    """Import what the phrase window is made of."""
    from companion.app.writing import Writing

    return Writing


def bring_marking(around: Around) -> Make[Marking]:
    """Import what the bookmark window is made of."""
    from companion.app.marking import Marking

    return partial(Marking, around=around)
