"""The entries of a file that is to be imported, each with what would become of it."""

from typing import Any

from companion.formats.items import BookmarkItem, PhraseItem, Problem
from companion.session.planning import Fate, Planned
from companion.ui.parts import grown
from companion.ui.plain_list import PlainList
from companion.ui.style import Tokens
from companion.ui.two_lines import Sign, TwoLines, TwoLinesModel
from companion.ui.words import Words

Line = Planned[Any] | Problem
_SHOWN = 200


class ImportDelegate(TwoLines):
    """Paints the title with the fate beside it, and below where it goes and how it begins."""

    def texts(self, row: object) -> tuple[str, str]:
        """The title; the place and the beginning of the text."""
        if isinstance(row, Problem):
            line = self._words.say("import.line", line=row.line) if row.line else ""
            name = row.name or line or self._words.say("import.file")
            said = self._words.say(f"problem.{row.kind}")
            return name, f"{line} · {said}" if line and row.name else said
        if not isinstance(row, Planned):
            return "", ""
        item = row.item
        body = item.body if isinstance(item, PhraseItem) else item.url
        place = "/".join(row.place)
        return item.title, " · ".join(filter(None, (place, " ".join(body[:_SHOWN].split()))))

    def signs(self, row: object) -> tuple[Sign, ...]:
        """What becomes of it, and its code."""
        if not isinstance(row, Planned):
            return ()
        colours = {
            Fate.NEW: self._tokens.accent,
            Fate.CHANGED: self._tokens.amber,
            Fate.TOO_LONG: self._tokens.red,
        }
        fate = self._words.say(f"import.fate.{row.fate}")
        sign = (fate, colours.get(row.fate, self._tokens.soft))
        code = "" if isinstance(row.item, BookmarkItem) else row.item.abbr
        return sign, (code, self._tokens.soft)


class ImportList(PlainList):
    """Lists entries or problems; what it lists are its ``lines``."""

    def __init__(self, words: Words, tokens: Tokens, name: str) -> None:
        super().__init__(name)
        self._delegate = ImportDelegate(words, tokens)
        self.lines = TwoLinesModel[Line](self._delegate)
        self.setModel(self.lines)
        self.setItemDelegate(self._delegate)
        self.setMinimumWidth(grown(self, 220))
