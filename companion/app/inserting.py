"""From the hotkey to the text in the window the agent came from: open, choose, fill, insert."""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, QTimer

from companion.app.asking import Asking
from companion.app.outcomes import said_of
from companion.app.trial import NoTrial, Trial
from companion.desk.ports import Obstacle, Target
from companion.phrases import rules
from companion.phrases.insertion import Inserter, Outcome
from companion.phrases.material import Materials
from companion.phrases.message import Message, joined
from companion.phrases.rules import Rule
from companion.phrases.search import Entry, Hit, Index
from companion.profile.records import Program
from companion.runtime.tasks import Stepper
from companion.session.drafts import Slots
from companion.ui.picker import Picker
from companion.ui.style import Tokens
from companion.ui.words import Words
from companion.wiring.desktop import DeskAdapters

Done = Callable[[Outcome], None]
LOOK_MS = 500
"""How often an open picker looks whether its target is still there."""


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
        self._inserter = Inserter(desk.clipboard, desk.windows, desk.typist, self._rule)
        self._target: Target | None = None
        self.trial: Trial = NoTrial()
        self.asking = Asking(desk.clipboard, words, tokens, self._return_focus)
        self._stepper: Stepper | None = None
        self.busy = False
        self._waiting: deque[Callable[[], None]] = deque()
        # How often all was forgotten: what was begun before that presses no key any more.
        self._age = 0

    def open(self, front: Target | None = None) -> None:
        """Show the picker beside where the text will go: ``front``, or else the focused window.

        A form that is open comes first.
        """
        form = self.asking.raise_form()
        if form is not None:
            self._desk.hotkeys.resume(int(form.winId()))
            return
        front = front or self._desk.windows.focused()
        if self.picker.isVisible():
            self._aim(front)
            self._take_focus()
            self.picker.listen()
        else:
            self._target = front
            near = self._desk.windows.place(front) if front is not None else None
            self.picker.open_for(self._target_name(), near)
            self._watch.start()

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

        An insertion that is under way presses no key any more. Where one was pressed already the
        clipboard is given back once the window has taken the text.
        """
        self._age += 1
        self._waiting.clear()
        if not self.busy:
            self._desk.clipboard.forget()
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
        age = self._age

        def send(messages: list[Message]) -> None:
            if age == self._age:
                self._go(entry, messages, target, done)
            else:
                done(Outcome(Obstacle.LOCKED))

        return self.asking.at_once(entry, target, send)

    def _picked(self, entry: Entry, copy_only: bool) -> None:
        # A pinned picker can still be clicked while its last phrase is on its way.
        if not (self.busy and self.picker.pinned):
            self._chosen(entry, copy_only)

    def choose_for(self, entry: Entry, target: Target | None, copy_only: bool, at: QPoint) -> None:
        """Take another panel's entry for the window the agent came from; a form opens ``at``."""
        self._target = target
        self._chosen(entry, copy_only, at=at)

    def _chosen(
        self,
        entry: Entry,
        copy_only: bool,
        choose: bool = False,
        draft: Slots | None = None,
        at: QPoint | None = None,
    ) -> None:
        if self.asking.raise_form() is not None:
            # A pinned picker can be clicked while a form is open, with what was typed into it.
            return
        # The agent may have gone elsewhere by the time that all is filled in.
        target, age = self._target, self._age

        def send(messages: list[Message], copied: bool) -> None:
            if age == self._age:
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
        """Insert messages, one phrase after another: two would take the clipboard from each other.

        The use of their entry is counted.
        """
        self._waiting.append(partial(self._begin, entry, messages, target, done))
        self._go_on()

    def _go_on(self) -> None:
        if self._waiting and not self.busy:
            self._waiting.popleft()()

    def _begin(
        self, entry: Entry, messages: Sequence[Message], target: Target | None, done: Done
    ) -> None:
        self.busy, age = True, self._age

        def over() -> bool:
            return age != self._age

        def rest() -> None:
            self.busy, self._stepper = False, None
            if over():
                self._desk.clipboard.forget()

        def ended(outcome: Outcome) -> None:
            rest()
            self._used(entry.id)
            done(outcome)
            if self.picker.pinned and outcome.inserted:
                self._take_focus()
                self.picker.send_next()
            self._go_on()

        def broken() -> None:
            # What waits behind it must not wait for ever.
            rest()
            QTimer.singleShot(0, self, self._go_on)

        own = self.asking.materials.of(entry).program(target.program) if target else None
        steps = self._inserter.insert(messages, target, own, over)
        self._stepper = Stepper(steps, ended, self, broken)

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
        if self._target is not None:
            self._desk.windows.bring_back(self._target)

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
