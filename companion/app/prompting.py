"""Empathy prompts: from the hotkey with the customer's words to an opening in the chat window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from companion.app.findable import opening_id
from companion.app.picked import harmless_text
from companion.desk.ports import Target
from companion.empathy.classifier import classify
from companion.empathy.features import language_of
from companion.empathy.situations import pack
from companion.phrases.expanding import Surroundings
from companion.phrases.search import Entry
from companion.session.prompting import (
    Card,
    Line,
    Own,
    Undo,
    card,
    cards,
    hide,
    keep_opening,
    own_of,
    refuse,
    take,
)
from companion.ui.prompt import PromptWindow
from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.app.seldom import SeldomMade
    from companion.profile.profile import Profile
    from companion.session.session import Session


class Prompting(QObject):
    """Owns the window; what was in it is held no longer than it is open."""

    def __init__(self, app: SeldomMade) -> None:
        super().__init__(app)
        self._app, self._words = app, app.words
        self._session: Session | None = None
        self._own = Own()
        self._front: Target | None = None
        self._without = set[str]()
        self._picked = ""
        self._undo: list[tuple[Undo, str]] = []
        window = self.window = PromptWindow(app.words, app.tokens)
        window.typed.connect(self._typed)
        window.chosen.connect(self._send)
        window.picked.connect(self._pick)
        window.refused.connect(self._refuse)
        window.hide_wanted.connect(self._hide)
        window.undo_wanted.connect(self._undo_last)
        window.own.kept.connect(self._keep)
        window.reply_wanted.connect(self._write)
        window.ready.connect(self._listen)
        window.given_up.connect(lambda: app.desk.bring_back(self._front))
        window.gone.connect(self._forget, Qt.ConnectionType.QueuedConnection)

    def open(self, session: Session, words: str | None = None) -> None:
        """Show the window beside the one that has the focus, with what the clipboard says now.

        With ``words``, it shows those.
        """
        if self._app.inserting.form_first():
            return
        if self.window.writing:
            # An opening of the agent's own is being written there: it stays.
            self.window.activateWindow()
            self._listen()
            return
        front = self._app.desk.windows.focused()
        if self.window.isVisible():
            # One of ours is in front.
            front = front or self._front
        self._session, self._front, self._own = session, front, Own()
        self._begin_anew()
        near = self._app.desk.place_of(front)
        text = harmless_text(self._app.desk.clipboard) if words is None else words
        self._app.inserting.picker.hide()
        self.window.open_for(front.name if front is not None else None, near, text)
        self._read(session)
        self._app.prompted.emit(text)

    def put_away(self) -> None:
        """Whoever sits here leaves: an opening that was written is kept, the rest is forgotten."""
        self.window.put_away()
        self._session, self._front, self._own = None, None, Own()
        self._begin_anew()

    def end(self) -> None:
        """Nothing is under way here that would have to end."""

    def _forget(self) -> None:
        """Closed, it holds nothing; what was to be sent has been read by now."""
        if not self.window.isVisible():
            self.window.put_away()

    def _begin_anew(self) -> None:
        """What was refused, taken back or picked was for another message."""
        self._without.clear()
        self._undo.clear()
        self._picked = ""

    def _read(self, session: Session, said: str = "") -> None:
        """Have a worker read what the profile says, and show the cards by that."""
        text, words = self.window.text(), self._words

        def work() -> Own:
            own = own_of(session.profile, session.teams.openings())
            # The first message reads the model, which takes its time.
            classify(text)
            return own

        def done(own: Own) -> None:
            if session is self._session:
                self._own = own
                self.window.show_situations(situations(words.language, own, words))
                self._show()
                if said:
                    self.window.foot.say(said, can_undo=bool(self._undo))

        self._app.tasks.run(work, done, self._app.fail)

    def _show(self) -> None:
        """Show the cards for what the window says now."""
        window, text = self.window, self.window.text()
        if self._picked:
            tongue = language_of(text) if text.strip() else self._words.language
            found = [card(self._picked, tongue, text, self._own, self._around())]
        else:
            found = cards(text, self._own, self._around(), self._without)
        before = window.card()
        ids = [one.id for one in found]
        at = ids.index(before.id) if before is not None and before.id in ids else 0
        key = "prompt.nothing" if text.strip() else "prompt.empty"
        window.show_cards(found, self._words.say(key), at)

    def _around(self) -> Surroundings:
        named = self._app.inserting.asking.materials.named
        return Surroundings(datetime.now(), self._app.desk.clipboard.text, named)

    def _typed(self, _text: str) -> None:
        self._begin_anew()
        self._show()

    def _pick(self, id: str) -> None:
        self._picked = id
        self._show()

    def _refuse(self, said: Card) -> None:
        if self._kept_for_safety(said):
            return
        self._without.add(said.id)
        self._picked = ""
        told = self._words.say("prompt.said.not_this", name=said.name)
        self._edit(lambda profile: refuse(profile, said.id), told, said.id)

    def _hide(self, said: Card) -> None:
        if self._kept_for_safety(said):
            return
        key = "prompt.said.shown" if said.hidden else "prompt.said.hidden"
        told = self._words.say(key, name=said.name)
        self._edit(lambda profile: hide(profile, said.id, not said.hidden), told)

    def _kept_for_safety(self, said: Card) -> bool:
        """Whether a card stays, whatever is wanted of it; that is told."""
        if said.safety:
            self.window.foot.say(self._words.say("prompt.said.safety"))
        return said.safety

    def _keep(self, situation: str, text: str, id: str) -> None:
        told = self._words.say("prompt.said.own" if text else "prompt.said.ended")
        self._edit(lambda profile: keep_opening(profile, situation, text, id), told)

    def _edit(self, edit: Callable[[Profile], Undo], told: str, without: str = "") -> None:
        """Change the profile on the worker, and show what comes of it."""
        session = self._session
        if session is None:
            return

        def work() -> Undo:
            undo = edit(session.profile)
            session.save()
            return undo

        def done(undo: Undo) -> None:
            if session is self._session:
                self._undo.append((undo, without))
                self._read(session, told)

        self._app.tasks.run(work, done, self._app.fail)

    def _undo_last(self) -> None:
        session = self._session
        if session is None or not self._undo:
            return
        undo, without = self._undo.pop()
        self._without.discard(without)

        def work() -> None:
            undo()
            session.save()

        def done(_: None) -> None:
            if session is self._session:
                self._read(session, self._words.say("prompt.said.undone"))

        self._app.tasks.run(work, done, self._app.fail)

    def _send(self, said: Card, line: Line, copy_only: bool) -> None:
        session = self._session
        if session is None:
            return
        entry = Entry(
            id=line.id or opening_id(said.id, line.raw),
            kind="opening",
            title=said.name,
            body=line.body,
            set=self._words.say("picker.openings"),
        )
        if self._app.inserting.choose_from(self.window, entry, self._front, copy_only):
            self._app.tasks.run(
                lambda: take(session.profile, said.id), lambda _: None, self._app.fail
            )

    def _write(self, line: Line | None) -> None:
        """Go on from an opening by hand, with the draft check looking on."""
        customer = self.window.text()
        self.window.put_away()
        self._app.replying.write(self._front, line.body if line is not None else "", customer)

    def _listen(self) -> None:
        """What was typed since the hotkey is for the window that is ready now."""
        self._app.desk.hotkeys.resume(int(self.window.winId()))


def situations(language: str, own: Own, words: Words) -> list[Entry]:
    """Every situation, to be found by its name or what is needed in it."""
    return [
        Entry(
            id=one.id,
            kind="situation",
            title=one.name,
            body="",
            set=words.say("prompt.hidden") if one.id in own.hidden else one.need,
        )
        for one in pack(language).situations
    ]
