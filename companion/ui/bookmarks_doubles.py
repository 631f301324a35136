"""The window for bookmarks that have the same address: one of each group stays."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from companion.session.bookmark_checks import Spot
from companion.ui.bookmarks_checks import Checks, path_of
from companion.ui.bookmarks_line import apart
from companion.ui.finding import listing
from companion.ui.parts import button, label
from companion.ui.style import Tokens
from companion.ui.words import Words


class Doubles(Checks[tuple[Spot, ...]]):
    """Groups of bookmarks with one address; one of each stays."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        say = words.say
        super().__init__(words, tokens, say("marks.dup.title"), say("library.dup.groups"))
        self._searching = say("marks.dup.searching")
        self.why = label(say("marks.dup.why"), "soft", wrap=True)
        self.entries = listing(say("marks.tree"))
        self.keep = button(say("marks.dup.keep"), "primary", self._keep)
        self.entries.itemActivated.connect(lambda _item: self._keep())
        right = ((self.why, 0), (self.entries, 1))
        self._lay_out(self.items, right, self.undo, self.skip, self.keep)
        self.forget()

    def show_groups(self, found: Sequence[tuple[Spot, ...]]) -> None:
        """List what was found."""
        self._begin(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps the chosen one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.found:
            self._keep()
        else:
            super().keyPressEvent(event)

    def _line(self, item: tuple[Spot, ...]) -> str:
        count = self._words.say("marks.dup.times", count=len(item))
        return f"{apart(item[0].node.name)}\n{count}"

    def _show_item(self) -> None:
        self.entries.clear()
        for spot in self.item or ():
            path = path_of(self._words, spot)
            said = (apart(spot.node.name), apart(spot.node.url), path)
            self.entries.addItem("\n".join(filter(None, said)))
        self.entries.setCurrentRow(0)

    def _sum(self) -> tuple[str, str]:
        count, say = len(self.found), self._words.say
        return say("marks.dup.found", count=count) if count else say("marks.dup.none"), ""

    def _buttons(self) -> Sequence[QPushButton]:
        return (self.keep,)

    def _keep(self) -> None:
        group, row = self.item, self.entries.currentRow()
        if group is not None and 0 <= row < len(group):
            others = [spot.node.id for at, spot in enumerate(group) if at != row]
            self._settle([group], "keep_one", {"keep": group[row].node.id, "others": others})
