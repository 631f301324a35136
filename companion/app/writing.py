"""Does what the phrase window asks for, and shows it what the open profile holds."""

from collections.abc import Callable
from typing import Any

from companion.app.deduplicating import Deduplicating
from companion.app.editing import Find
from companion.app.keeping import Keeping
from companion.app.pictures import Pictures
from companion.runtime.tasks import Tasks
from companion.session.clashes import Clash, clashes_of
from companion.session.edits import Edits
from companion.session.library import Details, Shelf, details_of, shared_phrases, shelf_of
from companion.session.record_edits import Done
from companion.session.session import Session
from companion.ui.library import Library
from companion.ui.library_editor import Editor
from companion.ui.library_preview import rendered
from companion.ui.style import Tokens
from companion.ui.words import Words

_Subject = tuple[str, str]
_Looked = tuple[_Subject, Details | None, list[Clash]]


class Writing(Keeping[Library, Shelf, Edits]):
    """The phrase window and the session it works on."""

    def __init__(self, words: Words, tokens: Tokens, find: Find, own: Tasks) -> None:
        super().__init__(words, find, own)
        self._tokens = tokens
        self._editor = Editor(words, tokens, rendered)
        self.duplicates = Deduplicating(words, tokens)
        self.duplicates.acted.connect(self._act)
        self.pictures = Pictures(words, own, self._fail)
        self.pictures.added.connect(self._add_picture)

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

    def put_away(self) -> None:
        """Write what was typed, and show nothing any more."""
        self.duplicates.put_away()
        super().put_away()

    def leave(self) -> None:
        """Hold nothing of the session any more."""
        self.duplicates.put_away()
        super().leave()

    def end(self) -> None:
        """Do nothing more."""
        self.duplicates.end()

    # ---- reading

    def _begin(self, session: Session) -> Edits:
        return Edits(session.profile)

    def _turn_to(self, id: str) -> None:
        self.window.write_at(id)

    def _picture_of(self, session: Session) -> Callable[[], Shelf]:
        return lambda: shelf_of(session.profile, session.teams.shared())

    def _show_picture(self, picture: Shelf) -> None:
        self.window.show_shelf(picture)
        self._look()

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
        if edits is not None:
            acts = (
                *(edits.write, edits.move, edits.move_to, edits.trash, edits.restore),
                *(edits.favourite, edits.add_set, edits.rename, edits.move_set),
                *(edits.add_wording, edits.add_image, edits.bring_back),
                *(edits.settle, edits.settle_both, edits.merge, edits.undo, edits.redo),
                edits.undo_merge,
            )
            self._act_with(acts, name, facts)

    def _did(self, done: Done) -> None:
        if done.name == "undo.merge":
            self.duplicates.again()
        if done.name == "copy" and self.window.isVisible():
            self.window.open_at(done.id)

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

    def _find_duplicates(self) -> None:
        if self._session is not None:
            self.window.editor.flush()
            self.duplicates.open(self._session)
