"""Does what an agent wants each time he sits down, on a worker, and says what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from companion.app.around import open_all
from companion.errors import CompanionError
from companion.runtime.tasks import Tasks
from companion.ui.messages import explain
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.session.session import Session


class EachTime(QObject):
    """``tell`` says it at the tray, ``fail`` what went wrong; ``open`` opens addresses.

    What the workers ``behind`` do waits, when the agent leaves, until what was begun is done.
    """

    def __init__(
        self,
        words: Words,
        behind: tuple[Tasks, ...],
        tell: Callable[[str], None],
        fail: Callable[[Exception], None],
    ) -> None:
        super().__init__()
        self._words, self._behind, self._tell, self._fail = words, behind, tell, fail
        self.open: Callable[[Sequence[str]], None] = open_all
        self._own: Tasks | None = None

    def begin(self, session: Session) -> None:
        """Open the morning set, and put on the desk what is wanted there."""
        if not any(session.option(name) for name in ("lend_sets", "lend_folders", "morning_set")):
            return
        own = self._own = self._own or Tasks(self)
        for work in (self._opened, self._lent):
            own.run(partial(work, session), self._said, self._fail)

    def put_away(self) -> None:
        """Whoever sat down leaves: else it would be put where all is taken back already."""
        if self._own is not None:
            self._own.go_before(self._behind)

    def end(self) -> None:
        """Do nothing more."""
        if self._own is not None:
            self._own.end()

    def _said(self, text: str) -> None:
        if text:
            self._tell(text)

    def _opened(self, session: Session) -> str:
        # Imported on the worker: it knows every format there is.
        from companion.session.each_time import morning, morning_set

        urls = morning(session)
        if not urls:
            return ""
        self.open(urls)
        return self._words.say("each_time.opened", count=len(urls), name=morning_set(session))

    def _lent(self, session: Session) -> str:
        from companion.session.each_time import lend
        from companion.ui.desk_rows import name_of

        say, done, lines = self._words.say, list[str](), list[str]()
        for one in lend(session):
            name = name_of(one.place, self._words)
            why = self._why(one.error)
            if one.outcome is not None and one.outcome.refused is not None:
                why = say(f"this_desk.refused.{one.outcome.refused.value}")
            if why:
                lines.append(say("each_time.failed", name=name, why=why))
            else:
                done.append(name)
        if done:
            lines.insert(0, say("each_time.done", names=say("list.between").join(done)))
        return "\n".join(lines)

    def _why(self, error: CompanionError | None) -> str:
        return explain(error, self._words).what if error is not None else ""
