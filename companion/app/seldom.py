"""What most shifts do not need, and is made when it is needed first."""

from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from companion.desk.ports import Content
from companion.runtime.tasks import Tasks
from companion.ui.style import Tokens
from companion.ui.words import Words
from companion.wiring.desktop import DeskAdapters

if TYPE_CHECKING:
    from companion.app.bringing import Bringing
    from companion.app.editing import Editing
    from companion.app.inserting import Inserting
    from companion.app.keys import Keys
    from companion.app.leaving import Leaving
    from companion.app.lending import Lending
    from companion.app.marking import Marking
    from companion.app.practising import Practising
    from companion.app.prompting import Prompting
    from companion.app.replying import Replying
    from companion.app.seat_card import SeatCard
    from companion.app.store_login import StoreLogin
    from companion.app.syncing import Syncing
    from companion.app.watching import Watching
    from companion.app.writing import Writing
    from companion.desk.copies import Copies
    from companion.ui.tray import Tray


_BY_A_KEY = ("companion.app.prompting", "companion.app.replying")


def bring_in() -> None:
    """Bring in the modules of what a hotkey opens: that takes longer than a key may be waited for.

    On a worker: what is made of them is made when it is wanted.
    """
    for name in _BY_A_KEY:
        import_module(name)


class SeldomMade(QObject):
    """The part of the app that has them."""

    prompted = Signal(str)
    """The prompt window was opened, with these words."""

    tray: "Tray"
    keys: "Keys"
    words: Words
    tokens: Tokens
    desk: DeskAdapters
    tasks: Tasks
    away: Tasks
    editing: "Editing[Writing]"
    marking: "Editing[Marking]"
    inserting: "Inserting"
    syncing: "Syncing"
    leaving: "Leaving"
    fail: Callable[[Exception], None]
    act: Callable[[str], None]

    @cached_property
    def bringing(self) -> "Bringing":
        """What brings files in; most shifts import nothing."""
        from companion.app.bringing import Bringing

        made = Bringing(self.words, self.tokens, (self.tasks, self.away))
        opens = {"phrases": self.editing.open, "bookmarks": self.marking.open}
        made.look_wanted.connect(lambda holds: opens[holds](""))
        return made

    @cached_property
    def lending(self) -> "Lending":
        """What lends to this desk's programs."""
        from companion.app.lending import Lending

        return Lending(self.words, self.tokens, (self.tasks, self.away))

    @cached_property
    def seat_card(self) -> "SeatCard":
        """What shows the seat card."""
        from companion.app.seat_card import SeatCard

        def copy(text: str) -> None:
            self.leaving.copied(text, lasting=True)
            self.desk.clipboard.copy(Content(text), lasting=True)

        return SeatCard(self.words, copy)

    @cached_property
    def store_login(self) -> "StoreLogin":
        """What asks for another login to the store."""
        from companion.app.store_login import StoreLogin

        made = StoreLogin(self.words, self.fail)
        made.renewed.connect(self.syncing.cleared)
        made.renewed.connect(lambda: self.act("card"))
        return made

    @cached_property
    def prompting(self) -> "Prompting":
        """What shows empathy prompts; a shift may be calm."""
        from companion.app.prompting import Prompting

        return Prompting(self)

    @cached_property
    def practising(self) -> "Practising":
        """What practises with the agent."""
        from companion.app.practising import Practising

        return Practising(self.words, self.tokens, self.tasks, self.fail)

    @cached_property
    def replying(self) -> "Replying":
        """What checks replies before they are sent."""
        from companion.app.replying import Replying

        return Replying(self)

    @cached_property
    def copies(self) -> "Copies | None":
        """What hears other programs copy; None where this desktop tells nobody."""
        return self.desk.copies()

    @cached_property
    def watching(self) -> "Watching | None":
        """What reads copied messages, where the agent has it on and this desktop can."""
        from companion.app.watching import Watching

        return Watching(self, self.copies) if self.copies is not None else None

    @property
    def copying(self) -> bool:
        """Whether a selection is being copied for the draft check: nobody else is to read it."""
        held = vars(self).get("replying")
        return held is not None and held.copying

    def made(self) -> list[Any]:
        """Those that were needed in this shift."""
        held = vars(self)
        names = ("bringing", "lending", "practising", "prompting", "replying", "seat_card")
        kept = (*names, "store_login", "watching")
        return [held[name] for name in kept if held.get(name) is not None]
