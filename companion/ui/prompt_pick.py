"""All situations, to pick one by hand: typing finds it by its name, in pinyin too."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.phrases.search import Entry, Index
from companion.ui.parts import Glass, label
from companion.ui.picker_list import HitList
from companion.ui.search_line import SearchLine
from companion.ui.style import Tokens
from companion.ui.words import Words

_EDGE, _GAP = 16, 8


class PickPage(QWidget):
    """Says why there is no card, and lists what there is."""

    def __init__(self, words: Words, tokens: Tokens, keys: QObject) -> None:
        """``keys`` filters the events of the line."""
        super().__init__()
        self._index = Index()
        self.why = label("", "soft", wrap=True)
        hint = words.say("prompt.pick.hint")
        self.search = SearchLine(hint, hint)
        self.search.sought.connect(self._look)
        self.search.installEventFilter(keys)
        self.hits = HitList(words, tokens)
        self.hits.setAccessibleName(words.say("prompt.pick"))
        self._none = label(words.say("prompt.pick.none"), "soft", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(Glass(tokens.accent))
        row.addWidget(self.search, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 12, _EDGE, 0)
        column.setSpacing(_GAP)
        column.addWidget(self.why)
        column.addLayout(row)
        column.addWidget(self._none)
        column.addWidget(self.hits, 1)
        column.addStretch()

    def show_situations(self, entries: list[Entry]) -> None:
        """List these from now on."""
        self._index = Index(entries)
        self._look()

    def begin(self, why: str) -> None:
        """An empty line, and why it is asked."""
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.search.begin()
        self._look()

    def _look(self) -> None:
        found = []
        query = self.search.query()
        for query in self.search.queries():
            found = self._index.find(query)
            if found:
                break
        self._none.setVisible(not found)
        self.hits.setVisible(bool(found))
        self.hits.show_hits(query, found)
