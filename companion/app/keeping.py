"""What the phrase window and the bookmark window have in common: one worker, one fresh picture."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from companion.app.editing import Find
from companion.runtime.pauses import settle, unsettle
from companion.runtime.tasks import Tasks
from companion.session.record_edits import Done, RecordEdits
from companion.session.session import Session
from companion.ui.messages import explain
from companion.ui.words import Words


class Kept(Protocol):
    """A window as its keeper sees it."""

    def show(self) -> None:
        """Show it."""

    def hide(self) -> None:
        """Hide it."""

    def close(self) -> bool:
        """Save what was typed, and close it."""

    def raise_(self) -> None:
        """Put it in front."""

    def activateWindow(self) -> None:
        """Give it the focus."""

    def isVisible(self) -> bool:
        """Whether it is open."""

    def forget(self) -> None:
        """Hold nothing of what was shown."""

    def seek(self) -> None:
        """Look for what its filter says once more."""

    def show_found(self, query: str, ids: Sequence[str]) -> None:
        """List what a query finds."""

    def show_done(self, done: Done) -> None:
        """Say what was done."""

    def show_problem(self, text: str) -> None:
        """Say what went wrong."""

    def adopt(self, draft: str, id: str) -> None:
        """A draft has become a record."""


_W = TypeVar("_W", bound=Kept)
_P = TypeVar("_P")
_E = TypeVar("_E", bound=RecordEdits)


class Keeping(QObject, Generic[_W, _P, _E]):
    """A window (W), the picture it shows (P), and the acts (E) on the session it works on.

    ``own`` does one act after the other. It is made in two steps, the second is make_window(): at
    once they would hold up all else.
    """

    trouble = Signal(object)
    """An exception, and the window is not there to say it."""

    def __init__(self, words: Words, find: Find, own: Tasks) -> None:
        super().__init__()
        self._words, self._find, self._own = words, find, own
        self.window: _W
        self._session: Session | None = None
        self._edits: _E | None = None
        self._stale = self._reading = False
        self._sought = ""

    def make_window(self) -> None:
        """Make the window."""
        raise NotImplementedError

    def show(self, session: Session, id: str) -> None:
        """Show the window with what a session holds, at a record where one is named."""
        if session is not self._session:
            self._session, self._edits = session, self._begin(session)
        window = self.window
        window.show()
        window.raise_()
        window.activateWindow()
        if id:
            self._turn_to(id)
        self.read()

    def put_away(self) -> None:
        """Write what was typed, and show nothing any more."""
        if self.window.isVisible():
            self.window.close()

    def leave(self) -> None:
        """Hold nothing of the session any more."""
        self._session = self._edits = None
        self.window.hide()
        self.window.forget()

    def end(self) -> None:
        """Do nothing more."""

    def read(self) -> None:
        """Read what the window shows: once at a time, and again where it changed meanwhile."""
        session, window = self._session, self.window
        if session is None or not window.isVisible():
            return
        if self._reading:
            self._stale = True
            return
        self._reading, self._stale = True, False

        def done(picture: _P) -> None:
            self._reading = False
            if session is self._session and window.isVisible():
                settle()
                self._show_picture(picture)
                if self._stale:
                    self.read()

        def failed(error: Exception) -> None:
            self._reading = False
            self._say_trouble(error)

        self._own.run(self._picture_of(session), done, failed)

    # ---- what each window does its own way

    def _begin(self, session: Session) -> _E:
        """The acts on a session."""
        raise NotImplementedError

    def _turn_to(self, id: str) -> None:
        """Show one record in the window."""
        raise NotImplementedError

    def _picture_of(self, session: Session) -> Callable[[], _P]:
        """What makes a picture of a session, on the worker."""
        raise NotImplementedError

    def _show_picture(self, picture: _P) -> None:
        """Show a picture in the window."""
        raise NotImplementedError

    def _did(self, done: Done) -> None:
        """An act was done, and the window is open."""

    # ---- for both

    def _do(self, act: Callable[[], Done], about: str = "") -> None:
        """Do an act on the worker; ``about`` is the id that the window knows its subject by."""

        def done(done: Done) -> None:
            window = self.window
            if window.isVisible():
                window.show_done(done)
                if done.name == "new":
                    window.adopt(about, done.id)
            self._did(done)

        self._own.run(act, done, self._fail)

    def _act_with(self, acts: Sequence[Callable[..., Done]], name: str, facts: Any) -> None:
        """Do the act that has this name, with what it is to be done to."""
        edits = self._edits
        named = {act.__name__: act for act in acts}
        if edits is not None:
            self._do(lambda: named[name](**edits.named(facts)), str(facts.get("id", "")))

    def _seek(self, query: str) -> None:
        """Find what the filter leaves; of several that wait only the last is looked for."""
        self._sought = query

        def work() -> Sequence[str] | None:
            return self._find(query) if query == self._sought else None

        def done(ids: Sequence[str] | None) -> None:
            if ids is not None:
                self.window.show_found(query, ids)

        self._own.run(work, done, self._fail)

    def _closed(self) -> None:
        """What was typed is on its way to the profile; the window forgets what it showed."""
        self.window.forget()
        unsettle()
        self._reading = self._stale = False

    def _fail(self, error: Exception) -> None:
        """An act went wrong."""
        self._say_trouble(error)

    def _say_trouble(self, error: Exception) -> None:
        if self.window.isVisible():
            self.window.show_problem(str(explain(error, self._words)))
        else:
            self.trouble.emit(error)
