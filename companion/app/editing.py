"""Opens the phrase window for the open profile, and puts it away before that is left."""

import importlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from companion.runtime.pauses import settle, unsettle
from companion.runtime.tasks import Tasks
from companion.session.session import Session
from companion.ui.style import Tokens
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.app.writing import Writing

_PATIENCE_MS, _QUIT_MS = 5_000, 1_000
# Between two steps, so that what came meanwhile has its turn: with none they are as good as one.
_BREATH_MS = 5


class Editing(QObject):
    """Brings in the window when it is first opened: most shifts write no phrases.

    ``find`` gives the ids of the phrases that a query finds. What the workers ``behind`` are asked
    for after put_away() is done when all that was typed is written.
    """

    trouble = Signal(object)
    """An exception that no window is there to say."""

    def __init__(
        self,
        words: Words,
        tokens: Tokens,
        find: Callable[[str], Sequence[str]],
        behind: tuple[Tasks, ...],
    ) -> None:
        super().__init__()
        self._words, self._tokens, self._find, self._behind = words, tokens, find, behind
        self.own = Tasks(self)
        self.writing: Writing | None = None
        self._session: Session | None = None

    def take(self, session: Session | None) -> None:
        """Work on this session from now on, or on none."""
        self._session = session
        if session is not None:
            session.profile.listen(lambda _ids: self._heard(session))
            session.teams.listen(lambda: self._heard(session))
        elif self.writing is not None:
            self.writing.leave()

    def open(self, phrase: str = "") -> None:
        """Show the window, at a phrase or a team's entry where one is named."""
        if self._session is None:
            # Left while the window was being made: nothing is there to stay.
            unsettle()
            return
        if self.writing is not None:
            self.writing.show(self._session, phrase)
        else:
            self.own.run(_load, lambda _: self._make(phrase), self.trouble.emit)

    def seek(self) -> None:
        """Something else can be found by now: what the filter says is looked for anew."""
        if self.writing is not None and self.writing.window.isVisible():
            self.writing.window.seek()

    def put_away(self) -> None:
        """Whoever writes here leaves: what was typed is written, and nothing stays to be read."""
        if self.writing is not None:
            self.writing.put_away()
            for tasks in self._behind:
                tasks.run(lambda: self.own.finish(_PATIENCE_MS), lambda _: None, self.trouble.emit)

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

    def _make(self, phrase: str) -> None:
        if self.writing is not None or self._session is None:
            self.open(phrase)
            return
        from companion.app.writing import Writing

        writing = Writing(self._words, self._tokens, self._find, self.own)

        def finish() -> None:
            if self.writing is None:
                writing.make_window()
                writing.trouble.connect(self.trouble)
                self.writing = writing
            # Painted in its own turn: all of it at once would hold up everything else.
            QTimer.singleShot(_BREATH_MS, self, lambda: self.open(phrase))

        QTimer.singleShot(_BREATH_MS, self, finish)


def _load() -> None:
    """Bring in the modules of the window: that takes as long as making it."""
    settle()
    importlib.import_module("companion.app.writing")
