"""A search that takes its time, on a worker of its own: told of as it goes, and to be stopped."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from companion.errors import Stopped
from companion.runtime.pauses import now_and_then
from companion.runtime.tasks import Tasks
from companion.ui.finding import Finding
from companion.ui.messages import explain
from companion.ui.words import Words

_SEEN_MS = 50
_T = TypeVar("_T")
_A = TypeVar("_A")
Progress = Callable[[int, int], None]
Work = Callable[[Progress, Callable[[], bool]], _T]
"""Looks, says how far it is, and asks whether it is to stop; then it raises Stopped."""


class Looking(QObject, Generic[_T]):
    """One search at a time, shown in a window."""

    def __init__(self, words: Words, window: Finding, show: Callable[[_T], None]) -> None:
        super().__init__()
        self._words, self.window, self._show = words, window, show
        self._own = Tasks(self)
        self._stop = threading.Event()
        window.stopped.connect(self.stop)

    def open(self, work: Work[_T]) -> None:
        """Show the window and begin to look."""
        self.window.come()
        stop = self._stop
        # Once it is seen: its first picture would have to wait for the search.
        QTimer.singleShot(_SEEN_MS, self, lambda: self._on(stop, lambda: self.begin(work)))

    def ask(self, work: Callable[[], _A], done: Callable[[_A], None]) -> None:
        """Do some small work first, and show what comes of it."""
        stop = self._stop
        self._own.run(work, lambda answer: self._on(stop, lambda: done(answer)), self._fail)

    def begin(self, work: Work[_T]) -> None:
        """Look, in place of what is looked for now."""
        self.stop()
        stop, window = threading.Event(), self.window
        self._stop = stop
        window.show_search(0, 0)

        def show(done: int, of: int) -> None:
            self._own.tell(lambda: self._on(stop, lambda: window.show_search(done, of)))

        self._own.run(
            lambda: work(now_and_then(show), stop.is_set),
            lambda found: self._on(stop, lambda: self._show(found)),
            lambda error: self._on(stop, lambda: self._fail(error)),
        )

    def stop(self) -> None:
        """Look no further."""
        self._stop.set()

    def put_away(self) -> None:
        """Close the window, and show nothing of what is still found."""
        self.stop()
        self._stop = threading.Event()
        self.window.close()

    def end(self) -> None:
        """Do nothing more."""
        self.stop()
        self._own.end()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            self.window.say(self._words.say("library.dup.stopped"))
        else:
            said = explain(error, self._words)
            self.window.say(said.what, f"{said.safe}{said.do}")

    def _on(self, stop: threading.Event, act: Callable[[], None]) -> None:
        """Act, where this search is still the one that is waited for."""
        if stop is self._stop:
            act()
