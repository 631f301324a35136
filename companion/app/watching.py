"""Reads what is copied in the programs that the agent chose, and hints at what may lie behind it.

Nothing of a message is kept but while its hint is seen.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from companion.app.picked import opens_profile
from companion.desk.copies import Copies
from companion.desk.ports import Target
from companion.phrases.rules import short_name
from companion.session.hinting import MOST, Hint, judge
from companion.ui.watch_hint import WatchHint

if TYPE_CHECKING:
    from companion.app.seldom import SeldomMade
    from companion.session.session import Session

# How long the program that copied may take to hand over what it has.
_RETRY_MS, _TRIES = 20, 50


class Watching(QObject):
    """Looks at nothing but when something was copied, and rests until take()."""

    def __init__(self, app: SeldomMade, copies: Copies) -> None:
        super().__init__(app)
        self._app, self._copies = app, copies
        self._session: Session | None = None
        self._programs: Collection[str] = ()
        self._text = ""
        """The message of the hint that is seen."""
        self._age = 0
        self._tries = 0
        self._front: Target | None = None
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._read)
        hint = self.hint = WatchHint(app.words, app.tokens)
        hint.taken.connect(self._take)
        hint.gone.connect(self._forget)
        app.prompted.connect(self._prompted)

    def take(self, session: Session, programs: Collection[str]) -> None:
        """Look at what is copied in these programs from now on."""
        self._session, self._programs = session, programs
        self._copies.listen(self._changed)

    def rest(self) -> None:
        """Look at nothing any more."""
        self._session, self._programs = None, ()
        self._copies.listen(None)
        self.put_away()

    def put_away(self) -> None:
        """Show and hold nothing of a message."""
        self._age += 1
        self._stop_reading()
        self._forget()

    def end(self) -> None:
        """Do nothing more."""
        self.rest()

    def _changed(self) -> None:
        """Something stands on the clipboard that did not a moment ago."""
        app = self._app
        ours = app.inserting.busy or app.copying or self._copies.from_here()
        if ours or app.leaving.under_way:
            return
        self._age += 1
        self._stop_reading()
        if not self.hint.stays:
            self._forget()
        front = app.desk.windows.focused()
        if front is not None and short_name(front.program) in self._programs:
            self._front, self._tries = front, _TRIES
            self._read()

    def _read(self) -> None:
        text = self._copies.text(MOST)
        if text is None and self._tries:
            self._tries -= 1
            self._retry.start(_RETRY_MS)
            return
        front = self._front
        self._stop_reading()
        if text and text.strip():
            self._judge(text, front)

    def _judge(self, text: str, front: Target | None) -> None:
        """Have the worker look what lies behind a message."""
        session, age = self._session, self._age
        if session is None:
            return

        def work() -> Hint | None:
            return None if opens_profile(text) else judge(session, text)

        def done(hint: Hint | None) -> None:
            awaited = age == self._age and session is self._session
            if hint is not None and awaited and not self._app.leaving.under_way:
                self._show(hint, text, front)

        def failed(error: Exception) -> None:
            # Locked meanwhile, nobody waits for it.
            if session is self._session:
                self._app.fail(error)

        self._app.tasks.run(work, done, failed)

    def _show(self, hint: Hint, text: str, front: Target | None) -> None:
        if self.hint.stays and not hint.safety:
            # What was hinted at before is more urgent.
            return
        self._text = text
        near = self._app.desk.place_of(front)
        self.hint.show_hint(hint, self._app.keys.prompt, near, self._app.tray.icon.geometry())

    def _take(self) -> None:
        session, text = self._session, self._text
        self._forget()
        if session is not None:
            self._app.prompting.open(session, text)

    def _prompted(self, text: str) -> None:
        """The prompt window was opened: one on another person's safety still has to be seen."""
        if not self.hint.stays or text == self._text:
            self._forget()

    def _stop_reading(self) -> None:
        self._retry.stop()
        self._copies.rest()
        self._front, self._tries = None, 0

    def _forget(self) -> None:
        self._text = ""
        self.hint.forget()
