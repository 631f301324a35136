"""The picker's foot: the keys that do something now, each to be clicked too, and what is said."""

import time

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from companion.phrases.search import Entry
from companion.ui.parts import hint_of, label
from companion.ui.picker_keys import NAMES, Act, does
from companion.ui.words import Words

EDGE, GAP, PAD = 16, 16, 8
_SHOWN = (
    Act.INSERT,
    Act.COPY,
    Act.OPEN,
    Act.EDIT,
    Act.FAVOURITE,
    Act.NEW,
    Act.PIN,
    Act.CLOSE,
)
"""In this order, as many as there is room for; the key that shows all of them is always there."""
_MOST_COMPLETIONS = 4
NEWS_S = 120.0
"""What is older is no news any more."""


class KeyHint(QPushButton):
    """A key and what it does, which a click does as well."""

    def __init__(self, key: str, said: str) -> None:
        super().__init__()
        self.setObjectName("hint")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._said = label(said, "small")
        for part in (label(key, "key"), self._said):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(f"{said} {key}")
        self._key = key

    def say(self, said: str) -> None:
        """Call what the key does otherwise from now on."""
        self._said.setText(said)
        self.setAccessibleName(f"{said} {self._key}")

    def sizeHint(self) -> QSize:
        """What is inside decides, not the empty text of the button."""
        return self._row.sizeHint()


class Foot(QWidget):
    """Keys at the left; at the right how many hits there are, or what has just happened."""

    asked = Signal(object)
    """An Act whose key was clicked."""
    completed = Signal(str)
    """A completion that was clicked."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE, 0, EDGE, 0)
        row.setSpacing(GAP)
        self.hints = {act: KeyHint(NAMES[act], _word(words, act)) for act in (*_SHOWN, Act.HELP)}
        for act, hint in self.hints.items():
            hint.clicked.connect(lambda _checked, act=act: self.asked.emit(act))
            row.addWidget(hint)
        self._tab = label(NAMES[Act.COMPLETE], "key")
        row.addWidget(self._tab, 0, Qt.AlignmentFlag.AlignVCenter)
        self.completions = [QPushButton() for _ in range(_MOST_COMPLETIONS)]
        for made in self.completions:
            made.setObjectName("completion")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.clicked.connect(lambda _checked, made=made: self.completed.emit(made.toolTip()))
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        self.said = label(look="small")
        row.addWidget(self.said)
        self._count, self._news, self._news_at = "", "", 0.0
        self.told = False
        """Whether something else is said where the number of hits stands."""

    def count(self, said: str) -> None:
        """How many hits there are, for whenever nothing else is said."""
        self._count = said

    def say(self, said: str, whole: str = "") -> None:
        """Say something in the place of that; ``whole`` where there is no room for all of it."""
        self.told = True
        self._put(said, whole)

    def rest(self) -> None:
        """Say how many hits there are again."""
        self.told = False
        self._put(self._count)

    def keep(self, said: str) -> None:
        """Keep what nobody could be told; nothing of before."""
        self._news, self._news_at = said, time.monotonic()

    def say_kept(self, width: int) -> None:
        """Say that once, unless it is old by now."""
        news, self._news = self._news, ""
        if not news or time.monotonic() - self._news_at > NEWS_S:
            return
        room = width - 2 * EDGE - self.hints[Act.HELP].sizeHint().width() - 2 * GAP
        end = Qt.TextElideMode.ElideRight
        self.say(self.said.fontMetrics().elidedText(news, end, room), news)

    def height_needed(self) -> int:
        """How high the foot is, whichever keys it names."""
        return max(hint.sizeHint().height() for hint in self.hints.values()) + 2 * PAD

    def show_keys(self, entry: Entry | None, width: int, copies: bool) -> None:
        """Name the keys that do something to an entry, as many as there is room for.

        ``copies`` where Enter can only copy.
        """
        self._show_completions([], 0)
        self.hints[Act.INSERT].say(_word(self._words, Act.COPY if copies else Act.INSERT))
        room = self._room(width) - self.hints[Act.HELP].sizeHint().width() - GAP
        for act in _SHOWN:
            hint = self.hints[act]
            useful = does(act, entry) and not (copies and act is Act.COPY)
            room -= (hint.sizeHint().width() + GAP) if useful else 0
            hint.setVisible(useful and room >= 0)
        self.hints[Act.HELP].setVisible(True)

    def offer(self, completions: list[str], width: int) -> None:
        """Show what Tab would make of the query, the first of which it takes."""
        for hint in self.hints.values():
            hint.hide()
        self._show_completions(completions, self._room(width) - self._tab.sizeHint().width() - GAP)

    def _put(self, said: str, whole: str = "") -> None:
        self.said.setText(said)
        self.said.setAccessibleName(whole)
        self.said.setToolTip(hint_of(whole) if whole else "")

    def _room(self, width: int) -> int:
        return width - 2 * EDGE - GAP - self.said.sizeHint().width()

    def _show_completions(self, completions: list[str], room: int) -> None:
        self._tab.setVisible(bool(completions))
        for at, made in enumerate(self.completions):
            text = completions[at] if at < len(completions) else ""
            end = Qt.TextElideMode.ElideRight
            cut = made.fontMetrics().elidedText(text.strip(), end, room - 2 * PAD)
            made.setText(cut.replace("&", "&&"))
            made.setToolTip(hint_of(text))
            # The first is what Tab takes; of the others, those that can be read whole.
            made.setVisible(bool(text) and (at == 0 or cut == text.strip()))
            room -= made.sizeHint().width() + GAP


def _word(words: Words, act: Act) -> str:
    return words.say(f"picker.key.{act.value}")
