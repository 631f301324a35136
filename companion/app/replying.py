"""The draft check: from the hotkey over a selected reply to a better one in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from companion.app.picked import harmless_text
from companion.desk.ports import Obstacle, Target
from companion.empathy.drafts import check
from companion.phrases.copying import Copied, Copier
from companion.phrases.search import Entry
from companion.profile.template import literal
from companion.runtime.tasks import Stepper
from companion.ui.reply import ReplyWindow

if TYPE_CHECKING:
    from companion.app.seldom import SeldomMade
    from companion.session.session import Session


class Replying(QObject):
    """Owns the window; what was in it is held no longer than it is open."""

    def __init__(self, app: SeldomMade) -> None:
        super().__init__(app)
        self._app, self._words = app, app.words
        self._front: Target | None = None
        self.copying = False
        """Whether a selection is being copied."""
        # How often all was put away: what was begun before that presses no key any more.
        self._age = 0
        self.window = ReplyWindow(app.words, app.tokens)
        self.window.sent.connect(self._send)
        self.window.given_up.connect(self._give_up)
        self.window.gone.connect(self._forget, Qt.ConnectionType.QueuedConnection)
        # The first check reads the model and the rules, which takes longer than a window may stand.
        app.tasks.run(lambda: [check(text) for text in ("好", "ok")], lambda _: None, app.fail)

    def open(self, session: Session) -> None:
        """Check what is selected in the window that has the focus."""
        app = self._app
        if app.inserting.form_first() or self.copying or app.inserting.busy:
            return
        if self.window.isVisible():
            self.window.activateWindow()
            return
        self._front = front = app.desk.windows.focused()
        if front is None:
            self._show("")
            return
        age, self.copying = self._age, True
        copier = Copier(
            app.desk.clipboard, app.desk.windows, app.desk.typist, app.inserting.rule_of
        )
        steps = copier.copy(front, lambda: age != self._age)
        Stepper(steps, lambda copied: self._copied(copied, age), self, self._done)

    def write(self, front: Target | None, text: str, customer: str) -> None:
        """Write a reply for a window, from a text on; ``customer`` is what it answers."""
        if self.window.written:
            # What is being written there stays.
            self.window.activateWindow()
            return
        # A copy that is under way is for another reply.
        self._age += 1
        self._front = front
        self._show(text, customer)
        self.window.text.expect(text)

    def put_away(self) -> None:
        """Whoever sits here leaves: nothing of a reply is kept."""
        self._age += 1
        self.window.put_away()
        self._front = None

    def end(self) -> None:
        """Press no key any more."""
        self._age += 1

    def _copied(self, copied: Copied, age: int) -> None:
        self._done()
        if age != self._age:
            # Whoever left meanwhile leaves nothing of his there.
            self._app.desk.clipboard.forget()
            return
        text, said = copied.text, ""
        if copied.obstacle is Obstacle.UNSUPPORTED:
            # Where no program may press keys for another the agent copies the reply himself.
            text = harmless_text(self._app.desk.clipboard)
            said = self._words.say("reply.by_hand")
        elif copied.obstacle is not None:
            why = self._words.say(f"obstacle.{copied.obstacle.value}")
            said = self._words.say("reply.copied", why=why)
        elif not text:
            said = self._words.say("reply.nothing")
        self._show(text)
        self.window.foot.say(said)

    def _forget(self) -> None:
        """Closed, it holds nothing; what was to be sent has been read by now."""
        if not self.window.isVisible():
            self.window.put_away()

    def _done(self) -> None:
        self.copying = False

    def _show(self, text: str, customer: str = "") -> None:
        front, near = self._front, self._app.desk.place_of(self._front)
        self.window.open_for(front.name if front is not None else None, near, text, customer)

    def _send(self, text: str, copy_only: bool) -> None:
        entry = Entry(
            id="", kind="reply", title=self._words.say("reply.title"), body=literal(text), set=""
        )
        self._app.inserting.choose_from(self.window, entry, self._front, copy_only)

    def _give_up(self) -> None:
        self.window.put_away()
        self._app.desk.bring_back(self._front)
