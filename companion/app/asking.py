"""From a chosen phrase to its messages: at once where nothing is open, else by the form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QPoint

from companion.desk.ports import Clipboard, Target
from companion.phrases.expanding import Surroundings
from companion.phrases.filled import Filled, only_png
from companion.phrases.filling import Filling
from companion.phrases.last_values import LastValues
from companion.phrases.material import Material, Materials
from companion.phrases.message import Message
from companion.phrases.search import Entry
from companion.runtime.tasks import Tasks
from companion.session.drafts import Slots
from companion.ui.pictures import png
from companion.ui.slot_form import Asked, SlotForm
from companion.ui.style import Tokens
from companion.ui.words import Words

Done = Callable[[list[Message], bool], None]
"""Takes the messages, and whether they are only to be copied."""
_About = tuple[str, Target | None, bool]
_NOTHING: _About = ("", None, False)


class Asking(QObject):
    """Holds what every phrase can be sent as, and what slots were filled with since sign-in."""

    def __init__(
        self, clipboard: Clipboard, words: Words, tokens: Tokens, left: Callable[[], None]
    ) -> None:
        """``left`` is called when the agent leaves the form without sending anything."""
        super().__init__()
        self.materials = Materials()
        self.last = LastValues()
        self.form: SlotForm | None = None
        self._about = _NOTHING
        self._clipboard, self._words, self._tokens, self._left = clipboard, words, tokens, left
        self._tasks = Tasks(self)

    def begin(
        self,
        entry: Entry,
        target: Target | None,
        copy_only: bool,
        done: Done,
        *,
        at: QPoint | None = None,
        choose: bool = False,
        draft: Slots | None = None,
    ) -> None:
        """Fill an entry in for a target and hand over its messages.

        The form is shown, at a point of the screen, for what is to be filled in or is missing,
        where the agent wants to ``choose`` among wordings, and where it was open before, as far as
        it was filled in then (``draft``).
        """
        self.put_away()
        now = datetime.now()
        material = self.materials.of(entry)
        titles = [self._title(material, at) for at in range(len(material.wordings))]
        wordings = dict(zip(titles, self._fillings(material, now), strict=True))
        first = titles[material.wordings.index(material.wording(self.materials.first))]
        if draft is not None and draft.wording in wordings:
            first = draft.wording
        program = target.program if target is not None else ""
        filled = wordings[first].fill({}, program)
        asks = wordings[first].slots or filled.missing or (choose and len(titles) > 1)
        if not (asks or draft):
            self._hand_over(filled, copy_only, done)
            return
        copies = copy_only or target is None
        values = draft.values if draft is not None else {}
        asked = Asked(wordings, first, material.images, program, copies, choose, values)
        form = SlotForm(self._words, self._tokens, asked, lambda slot: self.last.offers(slot, now))

        def sent(filled: Filled, copied: bool) -> None:
            self.last.take(form.filling.slots, form.values)
            form.setEnabled(False)
            self._hand_over(filled, copied, over)

        def over(messages: list[Message], copied: bool) -> None:
            if self.form is not form:
                # Put away meanwhile: the agent left.
                return
            # A copy while the form has the focus, without which Wayland lets nobody copy; a paste
            # once it has gone, for the focus must be elsewhere.
            if not (copied or target is None):
                self.put_away()
            done(messages, copied)
            if self.form is form:
                self.put_away()

        def leave() -> None:
            self.put_away()
            self._left()

        form.filled.connect(sent)
        form.left.connect(leave)
        self.form, self._about = form, (entry.id, target, copies)
        form.ask(at)

    def at_once(
        self, entry: Entry, target: Target | None, done: Callable[[list[Message]], None]
    ) -> tuple[str, ...]:
        """Fill an entry in with what it offers by itself; the names of what it does not say.

        Where there are any, nothing is handed over.
        """
        material = self.materials.of(entry)
        at = material.wordings.index(material.wording(self.materials.first))
        filling = self._fillings(material, datetime.now())[at]
        filled = filling.fill({}, target.program if target is not None else "")
        if not filled.missing:
            self._hand_over(filled, False, lambda messages, _: done(messages))
        return filled.missing

    def raise_form(self) -> SlotForm | None:
        """Bring the form to the front, if one is open; that form."""
        if self.form is not None:
            self.form.raise_()
            self.form.activateWindow()
        return self.form

    def draft(self) -> Slots | None:
        """What is filled in by now in the form that is open."""
        form, (id, target, copies) = self.form, self._about
        if form is None:
            return None
        to = target or Target(0, "", "")
        about = (to.handle, to.program, to.title, to.process)
        return Slots(id, form.wording, form.typed(), copies, *about)

    def put_away(self) -> None:
        """Close the form without a word, with what was typed into it."""
        form, self.form = self.form, None
        self._about = _NOTHING
        if form is not None:
            form.put_away()
            form.deleteLater()

    def end(self) -> None:
        """Ask and answer nothing more."""
        self.put_away()
        self._tasks.end()

    def forget(self) -> None:
        """Hold nothing of a profile any more."""
        self.put_away()
        self.last.wipe()
        self.materials = Materials()

    def _fillings(self, material: Material, now: datetime) -> list[Filling]:
        around = Surroundings(now, self._clipboard.text, self.materials.named)
        return [Filling(material, wording, around) for wording in material.wordings]

    def _title(self, material: Material, at: int) -> str:
        """What a wording is called: of two namesakes the later one by its place."""
        if at == 0:
            return self._words.say("slots.own")
        title = material.wordings[at].title
        before = [self._words.say("slots.own"), *(one.title for one in material.wordings[1:at])]
        return f"{title} {at}".strip() if title in before or not title else title

    def _hand_over(self, filled: Filled, copied: bool, done: Done) -> None:
        if not filled.needs_png:
            done(filled.messages(only_png), copied)
            return
        # Making a PNG of a photo may take longer than a window may stand still.
        self._tasks.run(
            lambda: filled.messages(png),
            lambda messages: done(messages, copied),
            lambda _: done(filled.messages(only_png), copied),
        )
