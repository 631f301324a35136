"""From the hotkey to the text in the window the agent came from: open, choose, fill, insert."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QTimer

from companion.app.asking import Asking
from companion.app.delivering import Deliveries, Done
from companion.app.outcomes import said_of
from companion.app.trial import NoTrial, Trial
from companion.desk.ports import Obstacle, Target
from companion.phrases import rules
from companion.phrases.insertion import Outcome
from companion.phrases.material import Materials
from companion.phrases.message import Message, joined
from companion.phrases.rules import Rule
from companion.phrases.search import Entry, Hit, Index
from companion.profile.records import Program
from companion.session.drafts import Slots
from companion.ui.picker import Picker
from companion.ui.style import Tokens
from companion.ui.words import Words
from companion.wiring.desktop import DeskAdapters

LOOK_MS = 500
"""How often an open picker looks whether its target is still there."""


class Panel(Protocol):
    """A window in which something is chosen."""

    def pos(self) -> QPoint:
        """Where it is on the screen."""
        ...

    def put_away(self) -> None:
        """Hide it, and hold nothing of what was in it."""
        ...


class Inserting(QObject):
    """Holds the index, the picker and the window that had the focus when the picker opened."""

    def __init__(
        self,
        desk: DeskAdapters,
        words: Words,
        tokens: Tokens,
        tell: Callable[[str], None],
        used: Callable[[str], None],
    ) -> None:
        super().__init__()
        self.index = Index()
        self.picker = Picker(words, tokens, self.find, self._complete)
        self.picker.chosen.connect(self._picked)
        self.picker.wording_wanted.connect(partial(self._chosen, copy_only=False, choose=True))
        # What was typed since the hotkey waits until the picker, and an input method, can take it.
        self.picker.search.listening.connect(lambda: desk.hotkeys.resume(int(self.picker.winId())))
        # Left to itself the desktop may hand the focus to another of our windows.
        self.picker.given_up.connect(self._give_up)
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_MS)
        self._watch.timeout.connect(self._look_at_target)
        # An idle desk is never woken: only an open picker looks.
        self.picker.gone.connect(self._watch.stop)
        self._desk, self._words, self._tell, self._used = desk, words, tell, used
        # How text goes into a program: the open profile knows what the agent has said of it.
        self.rule_of: Callable[[str, Program | None], Rule] = rules.by_default
        self.deliveries = Deliveries(desk, self._rule, self)
        self._target: Target | None = None
        self.trial: Trial = NoTrial()
        self.asking = Asking(desk.clipboard, words, tokens, self._return_focus)

    def open(self, front: Target | None = None) -> None:
        """Show the picker beside where the text will go: ``front``, or else the focused window.

        A form that is open comes first.
        """
        if self.form_first():
            return
        front = front or self._desk.windows.focused()
        if self.picker.isVisible():
            self._aim(front)
            self._take_focus()
            self.picker.listen()
        else:
            self._target = front
            self.picker.open_for(self._target_name(), self._desk.place_of(front))
            self._watch.start()

    def form_first(self) -> bool:
        """Bring the form to the front, if one is open, with the keys that wait; whether it is."""
        form = self.asking.raise_form()
        if form is not None:
            self._desk.hotkeys.resume(int(form.winId()))
        return form is not None

    @property
    def busy(self) -> bool:
        """Whether an insertion is under way."""
        return self.deliveries.busy

    def find(self, query: str) -> list[Hit]:
        """The hits of a query in the index of now."""
        return self.index.find(query)

    def _complete(self, query: str) -> list[str]:
        return [completion.query for completion in self.index.completions(query)]

    def show_index(self, index: Index) -> None:
        """Search in a new index from now on."""
        self.index = index
        self.picker.refresh()

    def show_materials(self, materials: Materials) -> None:
        """Take what the entries are besides their text: wordings, images, rules for programs."""
        self.asking.materials = materials
        self.picker.panel.preview.materials = materials

    def forget(self) -> None:
        """Hold nothing of a profile any more, the last values of its slots least of all.

        An insertion that is under way presses no key any more.
        """
        self.deliveries.forget()
        self.asking.forget()
        self.show_materials(Materials())
        self.show_index(Index())
        self.picker.hide()
        self.picker.forget()
        self._target = None

    def reopen(self, draft: Slots) -> bool:
        """Open the form of a phrase as it was left; false where the phrase is not there (yet)."""
        entry = next((entry for entry in self.index.entries if entry.id == draft.entry), None)
        if entry is None or self.asking.form is not None:
            return False
        target = Target(draft.handle, draft.program, draft.title, draft.process)
        self._target = target if self._desk.windows.exists(target) else None
        self._chosen(entry, draft.copy_only, draft=draft)
        return True

    def insert_now(self, entry: Entry, done: Callable[[Outcome], None]) -> tuple[str, ...]:
        """Insert an entry into the window that has the focus now; see insert_by_itself()."""
        return self._at_once(entry, self._desk.windows.focused(), done)

    def insert_by_itself(self, entry: Entry, done: Callable[[Outcome], None]) -> tuple[str, ...]:
        """Insert an entry into the remembered window, filled with what it offers by itself.

        The names of what that leaves open: where there are any, nothing is inserted.
        """
        return self._at_once(entry, self._target, done)

    def _at_once(
        self, entry: Entry, target: Target | None, done: Callable[[Outcome], None]
    ) -> tuple[str, ...]:
        age = self.deliveries.age

        def send(messages: list[Message]) -> None:
            if age == self.deliveries.age:
                self._go(entry, messages, target, done)
            else:
                done(Outcome(Obstacle.LOCKED))

        return self.asking.at_once(entry, target, send)

    def _picked(self, entry: Entry, copy_only: bool) -> None:
        # A pinned picker can still be clicked while its last phrase is on its way.
        if not (self.busy and self.picker.pinned):
            self._chosen(entry, copy_only)

    def choose_from(
        self, panel: Panel, entry: Entry, target: Target | None, copy_only: bool
    ) -> bool:
        """Take another panel's entry for the window the agent came from, and put that away.

        False where a form is open, which comes first: the panel stays as it is.
        """
        if self.form_first():
            return False
        self._target, at = target, panel.pos()
        # Wayland lets only the program whose window has the focus copy; what is pasted needs the
        # focus elsewhere.
        if not copy_only:
            panel.put_away()
        self._chosen(entry, copy_only, at=at)
        panel.put_away()
        return True

    def _chosen(
        self,
        entry: Entry,
        copy_only: bool,
        choose: bool = False,
        draft: Slots | None = None,
        at: QPoint | None = None,
    ) -> None:
        if self.form_first():
            # A pinned picker can be clicked while a form is open, with what was typed into it.
            return
        # The agent may have gone elsewhere by the time that all is filled in.
        target, age = self._target, self.deliveries.age

        def send(messages: list[Message], copied: bool) -> None:
            if age == self.deliveries.age:
                self._send(entry, messages, target, copied)

        at = at or (self.picker.pos() if draft is None else None)
        self.asking.begin(entry, target, copy_only, send, at=at, choose=choose, draft=draft)

    def _send(
        self, entry: Entry, messages: list[Message], target: Target | None, copy_only: bool
    ) -> None:
        if self.asking.materials.of(entry).awaited:
            self._tell(self._words.say("note.awaited"))
        if not messages:
            # Everything of it was left empty.
            self._return_focus()
        elif target is None and not copy_only and self.trial.take_trial(joined(messages).text):
            self._used(entry.id)
        elif copy_only:
            self._desk.clipboard.copy(joined(messages))
            self._used(entry.id)
            self._return_focus()
            self._tell(self._words.say("note.copied_plain"))
        else:
            self._go(entry, messages, target, partial(self._told, target))

    def _go(
        self, entry: Entry, messages: Sequence[Message], target: Target | None, done: Done
    ) -> None:
        """Insert messages; the use of their entry is counted."""

        def ended(outcome: Outcome) -> None:
            self._used(entry.id)
            done(outcome)
            if self.picker.pinned and outcome.inserted:
                self._take_focus()
                self.picker.send_next()

        own = self.asking.materials.of(entry).program(target.program) if target else None
        self.deliveries.deliver(messages, target, own, ended)

    def _told(self, target: Target | None, outcome: Outcome) -> None:
        if said := said_of(outcome, self._keys(target), self._words):
            self._tell(said)

    def _keys(self, target: Target | None) -> str:
        """The keys by which the agent pastes by hand into the window he came from."""
        if target is None:
            return self._desk.paste_keys
        return " ".join(self._rule(target.program).keys.value.title().split("+"))

    def _rule(self, program: str, own: Program | None = None) -> Rule:
        return self.rule_of(program, own)

    def _return_focus(self) -> None:
        """Give the focus to a pinned picker, else to the window that the agent came from."""
        if self.picker.pinned:
            self._take_focus()
        else:
            self._give_up()

    def _give_up(self) -> None:
        self._desk.bring_back(self._target)

    def _take_focus(self) -> None:
        # As for the others: a window may not take the focus of itself on every desktop.
        self._desk.windows.bring_back(Target(int(self.picker.winId()), "", ""))
        self.picker.activateWindow()

    def _aim(self, front: Target | None) -> None:
        """A pinned picker serves the window that the agent was in last."""
        if front is not None:
            self._target = front
        self._name_target()

    def _look_at_target(self) -> None:
        if self.picker.pinned and not self.picker.isActiveWindow() and not self.busy:
            self._aim(self._desk.windows.focused())
        else:
            self._name_target()

    def _name_target(self) -> None:
        target = self._target
        gone = target is not None and not self._desk.windows.exists(target)
        self.picker.show_target(self._target_name(), gone)

    def _target_name(self) -> str | None:
        return self.trial.trial_name() if self._target is None else self._target.name
