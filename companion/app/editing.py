"""The phrase window on one side, the open profile on the other: what is wanted is done off here."""

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from companion.app.deduplicating import Deduplicating
from companion.app.pictures import Pictures
from companion.runtime.tasks import Tasks
from companion.session.clashes import Clash, clashes_of
from companion.session.edits import Done, Edits
from companion.session.library import Details, Shelf, details_of, shared_phrases, shelf_of
from companion.session.session import Session
from companion.ui.messages import explain
from companion.ui.style import Tokens
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.ui.library import Library

_Subject = tuple[str, str]
_Looked = tuple[_Subject, Details | None, list[Clash]]
_PATIENCE_MS, _QUIT_MS = 5_000, 1_000


class Editing(QObject):
    """Opens the window and does what it asks for, one act after the other on a worker of its own.

    ``find`` gives the ids of the phrases that a query finds. What the workers ``behind`` are asked
    for after put_away() is done when all that was typed is written.
    """

    def __init__(
        self,
        words: Words,
        tokens: Tokens,
        find: Callable[[str], list[str]],
        behind: tuple[Tasks, ...],
    ) -> None:
        super().__init__()
        self._words, self._tokens, self._find, self._behind = words, tokens, find, behind
        self._own = Tasks(self)
        self.duplicates = Deduplicating(words, tokens)
        self.duplicates.acted.connect(self._act)
        self.pictures = Pictures(words, self._own, self._fail)
        self.pictures.added.connect(self._add_picture)
        self._session: Session | None = None
        self._edits: Edits | None = None
        self._window: Library | None = None
        self._stale = self._reading = False

    @property
    def window(self) -> "Library":
        """The window, made when it is needed first: most shifts write no phrases."""
        if self._window is None:
            from companion.ui.library import Library

            window = self._window = Library(self._words, self._tokens, self._find)
            window.acted.connect(self._act)
            window.looked.connect(self._look)
            window.closed.connect(self._closed)
            window.copy_wanted.connect(self._copy)
            window.duplicates_wanted.connect(self._find_duplicates)
            self.pictures.take(window)
        return self._window

    def take(self, session: Session | None) -> None:
        """Work on this session from now on, or on none."""
        self._session = session
        if session is None:
            self._forget()
            return
        session.profile.listen(lambda _ids: self._heard(session))
        session.teams.listen(lambda: self._heard(session))

    def open(self, phrase: str = "") -> None:
        """Show the window, at a phrase where one is named."""
        if self._session is None:
            return
        if self._edits is None:
            self._edits = Edits(self._session.profile)
        if self._window is not None:
            self._show(phrase)
            return

        def made(_: None) -> None:
            if self._session is not None and self.window is not None:
                # To make it and to paint it at once would hold up everything else.
                QTimer.singleShot(0, self, lambda: self._show(phrase))

        self._own.run(_load, made, self._fail)

    def _show(self, phrase: str) -> None:
        window = self.window
        if phrase:
            window.open_at(phrase)
        window.show()
        window.raise_()
        window.activateWindow()
        self._read()

    def put_away(self) -> None:
        """Whoever writes here leaves: what was typed is written, and nothing stays to be read."""
        self.duplicates.put_away()
        if self._window is not None and self._window.isVisible():
            self._window.close()
        for tasks in self._behind:
            # Whatever is to be done with the profile next waits for it.
            tasks.run(lambda: self._own.finish(_PATIENCE_MS), lambda _: None, self._fail)

    def end(self) -> None:
        """Do nothing more."""
        self.duplicates.end()
        self._own.finish(_QUIT_MS)
        self._own.end()

    # ---- reading

    def _heard(self, session: Session) -> None:
        """Something was changed, here or by what was fetched; on whichever thread did it."""
        self._own.tell(lambda: self._read() if session is self._session else None)

    def _read(self) -> None:
        """Read what the window shows: once at a time, and again where it changed meanwhile."""
        session, window = self._session, self._window
        if session is None or window is None or not window.isVisible():
            return
        if self._reading:
            self._stale = True
            return
        self._reading, self._stale = True, False

        def done(shelf: Shelf) -> None:
            self._reading = False
            if session is self._session and window.isVisible():
                window.show_shelf(shelf)
                self._look()
                if self._stale:
                    self._read()

        def failed(error: Exception) -> None:
            self._reading = False
            self._fail(error)

        self._own.run(lambda: shelf_of(session.profile, session.teams.shared()), done, failed)

    def _look(self) -> None:
        """Read what the right side of the window is about."""
        session, window = self._session, self._window
        if session is None or window is None:
            return
        subject, writes = window.subject, window.editor.writes
        edits = self._edits
        if not subject[1] or edits is None:
            return

        def work() -> _Looked:
            id = edits.born.get(subject[1], subject[1])
            if id.startswith(Edits.DRAFT) or subject != window.subject:
                return ("", ""), None, []
            found = clashes_of(session.profile, id) if subject[0] == "clash" else []
            return (subject[0], id), details_of(session.profile, session.teams.shared(), id), found

        def done(looked: _Looked) -> None:
            (kind, id), details, clashes = looked
            if not id or session is not self._session:
                return
            if id != subject[1]:
                window.adopt(subject[1], id)
            if kind == "clash":
                window.show_clashes(id, clashes)
            else:
                window.show_details(details, writes)
                self.pictures.show(details)

        self._own.run(work, done, self._fail)

    # ---- doing

    def _act(self, name: str, facts: dict[str, Any]) -> None:
        """Do one of the acts of Edits."""
        edits = self._edits
        if edits is None:
            return
        acts: dict[str, Callable[..., Done]] = {
            act.__name__: act
            for act in (
                *(edits.write, edits.move, edits.move_to, edits.trash, edits.restore),
                *(edits.favourite, edits.add_set, edits.rename, edits.move_set),
                *(edits.add_wording, edits.add_image, edits.bring_back),
                *(edits.settle, edits.settle_both, edits.merge, edits.undo, edits.redo),
            )
        }
        self._do(lambda: acts[name](**edits.named(facts)), str(facts.get("id", "")))

    def _do(self, act: Callable[[], Done], about: str = "") -> None:
        """Do an act on the worker; ``about`` is the id that the window knows its subject by."""

        def done(done: Done) -> None:
            if done.name == "undo.merge":
                self.duplicates.again()
            window = self._window
            if window is None or not window.isVisible():
                return
            window.show_done(done)
            if done.name == "new":
                window.adopt(about, done.id)
            elif done.name == "copy":
                window.open_at(done.id)

        self._own.run(act, done, self._fail)

    def _copy(self, id: str) -> None:
        session, edits = self._session, self._edits
        if session is not None and edits is not None:
            shared = session.teams.shared()

            def work() -> Done:
                phrase = next((found for _, found in shared_phrases(shared, id)), None)
                return edits.copy_shared(phrase, "") if phrase is not None else Done("", 0)

            self._do(work)

    def _add_picture(self, title: str, data: Callable[[], bytes]) -> None:
        edits = self._edits
        if edits is not None:
            # The phrase it is for may just be written.
            self.window.editor.flush()
            id = self.window.editor.id
            self._do(lambda: edits.add_image(edits.born.get(id, id), title, data()))

    def _find_duplicates(self) -> None:
        if self._session is not None:
            self.window.editor.flush()
            self.duplicates.open(self._session)

    # ---- leaving

    def _closed(self) -> None:
        """What was typed is on its way to the profile; the window forgets what it showed."""
        self.window.forget()
        self._reading = self._stale = False

    def _forget(self) -> None:
        self._edits = None
        self.duplicates.put_away()
        if self._window is not None:
            self._window.hide()
            self._window.forget()

    def _fail(self, error: Exception) -> None:
        if self._window is not None:
            self._window.show_problem(str(explain(error, self._words)))


def _load() -> None:
    """Bring in the window's modules: that takes as long as everything else together."""
    for name in ("library", "library_clash", "library_duplicates", "library_images"):
        importlib.import_module(f"companion.ui.{name}")
