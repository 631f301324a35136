"""From the hotkey to the text in the window the agent came from: open, choose, fill, insert."""

from collections.abc import Callable

from PySide6.QtCore import QObject

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
        self.picker = Picker(words, tokens, self.find)
        self.picker.chosen.connect(self._chosen)
        # Left to itself the desktop may hand the focus to another of our windows.
        self.picker.given_up.connect(self._return_focus)
        self._desk, self._words, self._tell, self._used = desk, words, tell, used
        self._inserter = Inserter(desk.clipboard, desk.windows, desk.typist)
        self._target: Target | None = None
        self._form: SlotForm | None = None
        self._stepper: Stepper | None = None

    def open(self) -> None:
        """Remember the focused window and show the picker."""
        if self.picker.isVisible():
            self.picker.activateWindow()
            return
        self._target = self._desk.windows.focused()
        self.picker.open_for(self._target.name if self._target else None)

    def find(self, query: str) -> list[Hit]:
        """The hits of a query in the index of now."""
        return self.index.find(query)

    def show_index(self, index: Index) -> None:
        """Search in a new index from now on."""
        self.index = index
        self.picker.refresh()

    def insert_now(self, entry: Entry, done: Callable[[Outcome], None]) -> None:
        """Insert an entry into the window that has the focus now, slots by their defaults."""
        self._target = self._desk.windows.focused()
        self.go(entry, fill(entry.body, {}), done)

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

        def ended(outcome: Outcome) -> None:
            self._used(entry.id)
            done(outcome)

        self._stepper = Stepper(
            self._inserter.insert([Message(Content(text))], self._target), ended, self
        )

    def _told(self, outcome: Outcome) -> None:
        if outcome.obstacle is not None:
            why = self._words.say(f"obstacle.{outcome.obstacle.value}")
            self._tell(self._words.say("note.copied", keys=self._desk.paste_keys, why=why))

    def _return_focus(self) -> None:
        if self._target is not None:
            self._desk.windows.bring_back(self._target)
