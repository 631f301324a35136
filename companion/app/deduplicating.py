"""Looks for phrases that say the same, and shows what it found."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from companion.app.looking import Looking, Progress
from companion.phrases.duplicates import Alike, find_duplicates
from companion.phrases.entries import entries_of
from companion.session.session import Session
from companion.ui.library_duplicates import Duplicates
from companion.ui.style import Tokens
from companion.ui.words import Words


class Deduplicating(QObject):
    """One search at a time; what is to be merged is said by ``acted``, as an act of Edits."""

    acted = Signal(str, dict)

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self._words, self._tokens = words, tokens
        self._session: Session | None = None
        self._looking: Looking[Sequence[Alike]] | None = None

    @property
    def window(self) -> Duplicates:
        """The window, made when it is needed first."""
        window = self._made().window
        if not isinstance(window, Duplicates):
            raise TypeError("the window of duplicates is another one")
        return window

    def open(self, session: Session) -> None:
        """Show the window and begin to look."""
        self._session = session
        self._made().open(partial(_duplicates, session))

    def again(self) -> None:
        """Look again where the window is open: what was merged is back."""
        looking, session = self._looking, self._session
        if looking is not None and session is not None and looking.window.isVisible():
            looking.begin(partial(_duplicates, session))

    def put_away(self) -> None:
        """Close the window and hold nothing of the profile any more."""
        self._session = None
        if self._looking is not None:
            self._looking.put_away()

    def end(self) -> None:
        """Do nothing more."""
        if self._looking is not None:
            self._looking.end()

    def _made(self) -> Looking[Sequence[Alike]]:
        if self._looking is None:
            window = Duplicates(self._words, self._tokens)
            self._looking = Looking(self._words, window, window.show_groups)
            window.merged.connect(lambda pairs: self.acted.emit("merge", {"groups": pairs}))
            window.undo_wanted.connect(lambda: self.acted.emit("undo_merge", {}))
        return self._looking


def _duplicates(
    session: Session, progress: Progress, stopped: Callable[[], bool]
) -> Sequence[Alike]:
    entries = [entry for entry in entries_of(session.profile) if entry.kind == "phrase"]
    return find_duplicates(entries, progress, stopped)
