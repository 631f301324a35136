"""Looks for phrases that say the same, on a worker of its own, and shows what it found."""

import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from companion.errors import Stopped
from companion.phrases.duplicates import Alike, find_duplicates
from companion.phrases.entries import entries_of
from companion.runtime.tasks import Tasks
from companion.session.session import Session
from companion.ui.library_duplicates import Duplicates
from companion.ui.messages import explain
from companion.ui.style import Tokens
from companion.ui.words import Words

_TOLD_S = 0.1
_SEEN_MS = 50


class Deduplicating(QObject):
    """One search at a time; what is to be merged is said by ``acted``, as an act of Edits."""

    acted = Signal(str, dict)

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self._words, self._tokens = words, tokens
        self._own = Tasks(self)
        self._stop = threading.Event()
        self._session: Session | None = None
        self._window: Duplicates | None = None

    @property
    def window(self) -> Duplicates:
        """The window, made when it is needed first."""
        if self._window is None:
            window = self._window = Duplicates(self._words, self._tokens)
            window.stopped.connect(self.stop)
            window.merged.connect(lambda pairs: self.acted.emit("merge", {"groups": pairs}))
            window.undo_wanted.connect(lambda: self.acted.emit("undo_merge", {}))
        return self._window

    def open(self, session: Session) -> None:
        """Show the window and begin to look."""
        self._session = session
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        # Once it is seen: its first picture would have to wait for the search.
        QTimer.singleShot(_SEEN_MS, self, self._search)

    def again(self) -> None:
        """Look again where the window is open: what was merged is back."""
        if self._window is not None and self._window.isVisible():
            self._search()

    def stop(self) -> None:
        """Look no further."""
        self._stop.set()

    def put_away(self) -> None:
        """Close the window and hold nothing of the profile any more."""
        self.stop()
        self._session = None
        if self._window is not None:
            self._window.close()

    def end(self) -> None:
        """Do nothing more."""
        self.stop()
        self._own.end()

    def _search(self) -> None:
        session, window = self._session, self.window
        if session is None:
            return
        self._stop.set()
        stop = self._stop = threading.Event()
        window.show_search(0, 0)
        told_at = 0.0

        def progress(done: int, of: int) -> None:
            nonlocal told_at
            # Lets the window paint: else each of its calls waits for its turn with the interpreter.
            time.sleep(0)
            if time.monotonic() - told_at > _TOLD_S:
                told_at = time.monotonic()
                self._own.tell(lambda: self._on(stop, lambda: window.show_search(done, of)))

        def work() -> list[Alike]:
            entries = [entry for entry in entries_of(session.profile) if entry.kind == "phrase"]
            return find_duplicates(entries, progress, stop.is_set)

        def failed(error: Exception) -> None:
            if isinstance(error, Stopped):
                what, text = self._words.say("library.dup.stopped"), ""
            else:
                said = explain(error, self._words)
                what, text = said.what, f"{said.safe}{said.do}"
            self._on(stop, lambda: window.say(what, text))

        self._own.run(work, lambda found: self._on(stop, lambda: window.show_groups(found)), failed)

    def _on(self, stop: Any, act: Callable[[], None]) -> None:
        """Act, where this search is still the one that is waited for."""
        if stop is self._stop and self._session is not None:
            act()
