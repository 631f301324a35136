"""From the hotkey to the text in the window the agent came from: open, choose, fill, insert."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from companion.desk.ports import Content, Target
from companion.phrases.insertion import Inserter, Outcome
from companion.phrases.message import Message
from companion.phrases.search import Entry, Hit, Index
from companion.profile.template import fill, slots
from companion.runtime.tasks import Stepper
from companion.ui.phrase_forms import SlotForm
from companion.ui.picker import Picker
from companion.ui.style import Tokens
from companion.ui.words import Words
from companion.wiring.desktop import DeskAdapters

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
        self.picker = Picker(words, tokens, self.find, self.complete)
        self.picker.chosen.connect(self._picked)
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
        self._inserter = Inserter(desk.clipboard, desk.windows, desk.typist)
        self._target: Target | None = None
        self._form: SlotForm | None = None
        self._stepper: Stepper | None = None
        self.busy = False

    def open(self) -> None:
        """Remember the focused window and show the picker beside where the text will go."""
        front = self._desk.windows.focused()
        if self.picker.isVisible():
            self._aim(front)
            self._take_focus()
            self.picker.listen()
        else:
            self._target = front
            near = self._desk.windows.place(front) if front is not None else None
            self.picker.open_for(front.name if front is not None else None, near)
            self._watch.start()

    def find(self, query: str) -> list[Hit]:
        """The hits of a query in the index of now."""
        return self.index.find(query)

    def complete(self, query: str) -> list[str]:
        """What a query may be on the way to: nothing, as long as the index knows no scopes."""
        return []

    def show_index(self, index: Index) -> None:
        """Search in a new index from now on."""
        self.index = index
        self.picker.refresh()

    def insert_now(self, entry: Entry, done: Callable[[Outcome], None]) -> None:
        """Insert an entry into the window that has the focus now, slots by their defaults."""
        self._target = self._desk.windows.focused()
        self.go(entry, fill(entry.body, {}), done)

    def _picked(self, entry: Entry, copy_only: bool) -> None:
        # A pinned picker can still be clicked while its last phrase is on its way.
        if not self.busy:
            self._chosen(entry, copy_only)

    def _chosen(self, entry: Entry, copy_only: bool) -> None:
        open_slots = slots(entry.body)
        if not open_slots:
            self._send(entry, copy_only, {})
            return
        self._form = SlotForm(self._words, open_slots)
        self._form.filled.connect(lambda values: self._send(entry, copy_only, values))
        self._form.left.connect(self._return_focus)
        self._form.ask()

    def _send(self, entry: Entry, copy_only: bool, values: dict[str, str]) -> None:
        text = fill(entry.body, values)
        if copy_only:
            self._desk.clipboard.copy(Content(text))
            self._used(entry.id)
            self._return_focus()
            self._tell(self._words.say("note.copied_plain"))
            return
        self.go(entry, text, self._told)

    def go(self, entry: Entry, text: str, done: Callable[[Outcome], None]) -> None:
        """Insert a text into the remembered window and count the use of its entry."""
        self.busy = True

        def ended(outcome: Outcome) -> None:
            self.busy = False
            self._used(entry.id)
            done(outcome)
            if self.picker.pinned and outcome.inserted:
                self._take_focus()
                self.picker.send_next()

        self._stepper = Stepper(
            self._inserter.insert([Message(Content(text))], self._target), ended, self
        )

    def _told(self, outcome: Outcome) -> None:
        if outcome.obstacle is not None:
            why = self._words.say(f"obstacle.{outcome.obstacle.value}")
            self._tell(self._words.say("note.copied", why=why))

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
        self.picker.show_target(target.name if target is not None else None, gone)
