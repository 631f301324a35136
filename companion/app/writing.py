"""Does what the phrase window asks for, and shows it what the open profile holds."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from companion.app.deduplicating import Deduplicating
from companion.app.pictures import Pictures
from companion.runtime.pauses import settle, unsettle
from companion.runtime.tasks import Tasks
from companion.session.clashes import Clash, clashes_of
from companion.session.edits import Edits
from companion.session.library import Details, Shelf, details_of, shared_phrases, shelf_of
from companion.session.record_edits import Done
from companion.session.session import Session
from companion.ui.library import Library
from companion.ui.library_editor import Editor
from companion.ui.library_preview import rendered
from companion.ui.messages import explain
from companion.ui.style import Tokens
from companion.ui.words import Words

Find = Callable[[str], Sequence[str]]
_Subject = tuple[str, str]
_Looked = tuple[_Subject, Details | None, list[Clash]]


class Writing(QObject):
    """The window and the session it works on, with ``own`` as its worker: one act after the other.

    It is made in two steps, the second is make_window(): at once they would hold up all else.
    """

    trouble = Signal(object)
    """An exception, and the window is not there to say it."""

    def __init__(self, words: Words, tokens: Tokens, find: Find, own: Tasks) -> None:
        super().__init__()
        self._words, self._tokens, self._find, self._own = words, tokens, find, own
        self._editor = Editor(words, tokens, rendered)
        self.window: Library
        self.duplicates = Deduplicating(words, tokens)
        self.duplicates.acted.connect(self._act)
        self.pictures = Pictures(words, own, self._fail)
        self.pictures.added.connect(self._add_picture)
        self._session: Session | None = None
        self._edits: Edits | None = None
        self._stale = self._reading = False
        self._sought = ""

    def make_window(self) -> None:
        """Make the window around the editor."""
        window = self.window = Library(self._words, self._tokens, self._editor)
        window.acted.connect(self._act)
        window.looked.connect(self._look)
        window.closed.connect(self._closed)
        window.copy_wanted.connect(self._copy)
        window.sought.connect(self._seek)
        window.duplicates_wanted.connect(self._find_duplicates)
        self.pictures.take(window)

    def show(self, session: Session, phrase: str) -> None:
        """Show the window with what a session holds, at a phrase where one is named."""
        if session is not self._session:
            self._session, self._edits = session, Edits(session.profile)
        window = self.window
        window.show()
        window.raise_()
        window.activateWindow()
        if phrase:
            window.write_at(phrase)
        self.read()

    def put_away(self) -> None:
        """Write what was typed, and show nothing any more."""
        self.duplicates.put_away()
        if self.window.isVisible():
            self.window.close()

    def leave(self) -> None:
        """Hold nothing of the session any more."""
        self._session = self._edits = None
        self.duplicates.put_away()
        self.window.hide()
        self.window.forget()

    def end(self) -> None:
        """Do nothing more."""
        self.duplicates.end()

    # ---- reading

    def read(self) -> None:
        """Read what the window shows: once at a time, and again where it changed meanwhile."""
        session, window = self._session, self.window
        if session is None or not window.isVisible():
            return
        if self._reading:
            self._stale = True
            return
        self._reading, self._stale = True, False

        def done(shelf: Shelf) -> None:
            self._reading = False
            if session is self._session and window.isVisible():
                settle()
                window.show_shelf(shelf)
                self._look()
                if self._stale:
                    self.read()

        def failed(error: Exception) -> None:
            self._reading = False
            self._fail(error)

        self._own.run(lambda: shelf_of(session.profile, session.teams.shared()), done, failed)

    def _look(self) -> None:
        """Read what the right side of the window is about."""
        session, window, edits = self._session, self.window, self._edits
        subject, writes = window.subject, window.editor.writes
        if session is None or edits is None or not subject[1]:
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
                edits.undo_merge,
            )
        }
        self._do(lambda: acts[name](**edits.named(facts)), str(facts.get("id", "")))

    def _do(self, act: Callable[[], Done], about: str = "") -> None:
        """Do an act on the worker; ``about`` is the id that the window knows its subject by."""

        def done(done: Done) -> None:
            if done.name == "undo.merge":
                self.duplicates.again()
            window = self.window
            if not window.isVisible():
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

            def work() -> Done:
                shared = shared_phrases(session.teams.shared(), id)
                phrase = next((found for _, found in shared), None)
                return edits.copy_shared(phrase, "") if phrase is not None else Done("", 0)

            self._do(work)

    def _add_picture(self, title: str, data: Callable[[], bytes]) -> None:
        edits = self._edits
        if edits is not None:
            # The phrase it is for may just be written.
            self.window.editor.flush()
            id = self.window.editor.id
            self._do(lambda: edits.add_image(edits.born.get(id, id), title, data()))

    def _seek(self, query: str) -> None:
        """Find what the filter leaves; of several that wait only the last is looked for."""
        self._sought = query

        def work() -> Sequence[str] | None:
            return self._find(query) if query == self._sought else None

        def done(ids: Sequence[str] | None) -> None:
            if ids is not None:
                self.window.show_found(query, ids)

        self._own.run(work, done, self._fail)

    def _find_duplicates(self) -> None:
        if self._session is not None:
            self.window.editor.flush()
            self.duplicates.open(self._session)

    def _closed(self) -> None:
        """What was typed is on its way to the profile; the window forgets what it showed."""
        self.window.forget()
        unsettle()
        self._reading = self._stale = False

    def _fail(self, error: Exception) -> None:
        if self.window.isVisible():
            self.window.show_problem(str(explain(error, self._words)))
        else:
            self.trouble.emit(error)
