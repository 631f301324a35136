"""The menu of a hit: what the keys do to it, for the mouse."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from companion.phrases.search import Entry
from companion.ui.picker_keys import NAMES, Act, does
from companion.ui.words import Words

_GROUPS = (
    (Act.INSERT, Act.COPY, Act.WORDING, Act.OPEN),
    (Act.EDIT, Act.FAVOURITE),
    (Act.NEW, Act.CLIPBOARD),
    (Act.PIN, Act.HELP, Act.APP),
)


class HitMenu(QMenu):
    """Offers what can be done to a hit, each with its key."""

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words

    def ask(
        self, entry: Entry | None, pinned: bool, at: QPoint, act: Callable[[Act], None]
    ) -> None:
        """Open at a point of the screen; ``act`` is called with what is chosen."""
        self.clear()
        for group in _GROUPS:
            offered = [each for each in group if does(each, entry)]
            if offered and self.actions():
                self.addSeparator()
            for each in offered:
                said = self._words.say(f"picker.menu.{self._word(each, entry, pinned)}")
                # Behind the tab the menu shows the key, and listens to none.
                made = self.addAction(f"{said}\t{NAMES[each]}")
                made.triggered.connect(lambda _checked, each=each: act(each))
        self.popup(at)

    @staticmethod
    def _word(act: Act, entry: Entry | None, pinned: bool) -> str:
        if act is Act.FAVOURITE and entry is not None and entry.favourite:
            return "unfavourite"
        return "unpin" if act is Act.PIN and pinned else act.value
