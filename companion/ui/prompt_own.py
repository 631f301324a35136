"""Where an agent writes an opening of his own for a situation."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from companion.session.prompting import Card, Line
from companion.ui.parts import button, grown, label
from companion.ui.prompt_chips import name_of
from companion.ui.words import Words

_EDGE, _GAP, _HEIGHT = 16, 8, 144


class OwnPage(QWidget):
    """The text of one opening. Ctrl+Enter keeps it, Esc leaves it as it was."""

    kept = Signal(str, str, str)
    """Situation, text (empty: the one there is no more), and the id of the one it was before."""
    left = Signal()

    def __init__(self, words: Words, keys: QObject) -> None:
        """``keys`` filters the events of the text."""
        super().__init__()
        self._words = words
        self._situation, self._id, self._given = "", "", ""
        self.title = label("", "heading", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(keys)
        self.about = label("", "small", wrap=True)
        save = button(f"{words.say('editor.save')}  Ctrl Enter", "primary", self.keep)
        leave = button(f"{words.say('editor.cancel')}  Esc", "", self.left.emit)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addStretch()
        row.addWidget(leave)
        row.addWidget(save)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(_GAP)
        for part in (self.title, self.text, self.about):
            column.addWidget(part)
        column.addLayout(row)
        column.addStretch()

    def begin(self, card: Card, line: Line) -> None:
        """Write in the place of a line, which is another's words or already the agent's own."""
        own = line.manner == "own"
        self._situation, self._id = card.id, line.id if own else ""
        self._given = line.raw
        title = self._words.say("prompt.own.text", name=name_of(card, self._words))
        self.title.setText(title)
        self.text.setAccessibleName(title)
        self.about.setText(self._words.say("prompt.own.about_end" if own else "prompt.own.about"))
        self.text.setPlainText(line.raw)
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setFixedHeight(grown(self.text, _HEIGHT))
        self.text.setFocus()

    def keep(self) -> None:
        """Keep what is written, where it is something new."""
        text = self.text.toPlainText().strip()
        changed = text != self._given and bool(text or self._id)
        situation, id = self._situation, self._id
        self.forget()
        self.left.emit()
        if changed:
            self.kept.emit(situation, text, id)

    def put_away(self) -> None:
        """Whoever writes here leaves: what he wrote is kept, but nothing is ended by that."""
        if self._situation and self.text.toPlainText().strip():
            self.keep()
        self.forget()

    def forget(self) -> None:
        """Hold nothing that was written."""
        self._situation, self._id, self._given = "", "", ""
        self.text.setPlainText("")
