"""Keeps what the picker can find as the profile is: made anew off the GUI thread after changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from companion.app.inserting import Inserting
from companion.phrases.agent_rules import rule_in
from companion.phrases.material import Materials, materials_of
from companion.phrases.rules import by_default
from companion.phrases.search import Index
from companion.runtime.tasks import Tasks
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.session.session import Session

# Several edits that come at once are one change.
REBUILD_MS = 60


class Indexing(QObject):
    """The index, the materials and the rules of the open profile, handed to the picker.

    ``look`` is called whenever more or something else can be found.
    """

    def __init__(
        self,
        inserting: Inserting,
        words: Words,
        tasks: Tasks,
        look: Callable[[], None],
        fail: Callable[[Exception], None],
    ) -> None:
        super().__init__()
        self._inserting, self._words, self._tasks = inserting, words, tasks
        self._look, self._fail = look, fail
        self._session: Session | None = None
        self._rebuild = QTimer(self)
        self._rebuild.setSingleShot(True)
        self._rebuild.setInterval(REBUILD_MS)
        self._rebuild.timeout.connect(self._build)

    def take(self, session: Session | None) -> None:
        """Follow a profile from now on; with None, hold nothing of one any more."""
        self._session = session
        if session is None:
            self._rebuild.stop()
            self._inserting.rule_of = by_default
            self._inserting.forget()
            return
        session.profile.listen(lambda _ids: self._tasks.tell(self._rebuild.start))
        session.teams.listen(lambda: self._tasks.tell(self._rebuild.start))
        self._inserting.rule_of = partial(rule_in, session.profile)
        self._build()

    def find(self, query: str) -> list[str]:
        """The ids of all that a query finds."""
        index = self._inserting.index
        return [hit.entry.id for hit in index.find(query, len(index.entries))]

    def _build(self) -> None:
        session = self._session
        if session is None:
            return

        def work() -> tuple[Index, Materials]:
            from companion.app.findable import entries_for, index_of

            entries = entries_for(session, self._words)
            first = str(session.option("wording_first"))
            return index_of(entries, self._words), materials_of(session.profile, entries, first)

        def done(made: tuple[Index, Materials]) -> None:
            if self._session is session:
                index, materials = made
                self._inserting.show_materials(materials)
                self._inserting.show_index(index)
                self._look()
                self._tasks.run(index.read_bodies, lambda _: read(index), self._fail)

        def read(index: Index) -> None:
            if self._session is session and self._inserting.index is index:
                self._inserting.show_index(index)
                self._look()

        self._tasks.run(work, done, self._fail)
