"""Two questions of the windows: what a set or folder is called, and which one to move to."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from companion.session.library import Group
from companion.ui.parts import Form, button, field, grown, label
from companion.ui.words import Words

_ROWS = 7


class Over(Form):
    """A form over another window, which waits for it; Esc leaves it."""

    def __init__(self, width: int, over: QWidget) -> None:
        super().__init__(width, 24)
        self.setParent(over, Qt.WindowType.Dialog)
        self.setWindowModality(Qt.WindowModality.WindowModal)

    def come(self, part: QWidget) -> None:
        """Show it in front, with the focus on one of its parts."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.turn_to(part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


class NameForm(Over):
    """One line for the name of a set or folder; ``said`` begins the key of its word."""

    named = Signal(str)

    def __init__(self, words: Words, over: QWidget, said: str) -> None:
        super().__init__(360, over)
        self.name = field(words.say(f"{said}.name"))
        self.column.addWidget(label(words.say(f"{said}.name"), "small"))
        self.column.addWidget(self.name)
        self.column.addSpacing(8)
        self.add_buttons(
            button(words.say("editor.cancel"), "", self.hide),
            button(f"{words.say('editor.save')}  Enter", "primary", self._go),
        )
        self.name.returnPressed.connect(self._go)

    def ask(self, title: str, name: str) -> None:
        """Ask under a title, with a name to begin with."""
        self.setWindowTitle(title)
        self.name.setText(name)
        self.name.selectAll()
        self.come(self.name)

    def _go(self) -> None:
        name = " ".join(self.name.text().split())
        if name:
            self.hide()
            self.named.emit(name)


class MoveForm(Over):
    """A line to find a set or folder by, and all of them; of what is none yet one can be made.

    ``said`` begins the keys of its words.
    """

    chosen = Signal(str, str)
    """The id of one (empty for none), and the title of one to be made or an empty text."""

    def __init__(self, words: Words, over: QWidget, said: str) -> None:
        super().__init__(400, over)
        self.setWindowTitle(words.say(f"{said}.move"))
        self._words, self._said = words, said
        self._groups: Sequence[Group] = ()
        self.heading = label("", "heading", wrap=True)
        hint = words.say(f"{said}.move.hint")
        self.search = field(hint, hint=hint)
        self.search.textChanged.connect(self._look)
        self.search.returnPressed.connect(self._go)
        self.search.installEventFilter(self)
        self.sets = QListWidget()
        self.sets.setAccessibleName(words.say(f"{said}.sets"))
        self.sets.setFrameShape(QFrame.Shape.NoFrame)
        self.sets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sets.itemActivated.connect(lambda _item: self._go())
        self.column.addWidget(self.heading)
        self.column.addSpacing(8)
        self.column.addWidget(self.search)
        self.column.addSpacing(4)
        self.column.addWidget(self.sets)
        go = words.say(f"{said}.move.go")
        self.add_buttons(
            button(words.say("editor.cancel"), "", self.hide),
            button(f"{go}  Enter", "primary", self._go),
        )

    def ask(self, count: int, groups: Sequence[Group]) -> None:
        """Ask where so many are to go."""
        self._groups = groups
        self.heading.setText(self._words.say(f"{self._said}.move.ask", count=count))
        self.search.clear()
        self._look("")
        self.sets.setFixedHeight(_ROWS * (grown(self.sets, 20) + 8))
        self.come(self.search)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows mean the list while the line has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                row = max(0, min(self.sets.currentRow() + step, self.sets.count() - 1))
                self.sets.setCurrentRow(row)
                return True
        return super().eventFilter(watched, event)

    def _look(self, typed: str) -> None:
        said, held = typed.strip().casefold(), {group.id: group for group in self._groups}
        found = [("", "", self._words.say(f"{self._said}.loose"))] if not said else []
        for group in self._groups:
            if said in group.title.casefold():
                above = " / ".join(_above(group, held))
                name = f"{group.title}  ·  {above}" if above else group.title
                found.append((group.id, "", name))
        exact = said in (group.title.casefold() for group in self._groups)
        if said and not exact:
            title = " ".join(typed.split())
            found.append(("", title, self._words.say(f"{self._said}.move.new", title=title)))
        self.sets.clear()
        for id, title, text in found:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, (id, title))
            self.sets.addItem(item)
        self.sets.setCurrentRow(1 if not said and len(found) > 1 else 0)

    def _go(self) -> None:
        item = self.sets.currentItem()
        if item is not None:
            id, title = item.data(Qt.ItemDataRole.UserRole)
            self.hide()
            self.chosen.emit(id, title)


def _above(group: Group, held: Mapping[str, Group]) -> list[str]:
    """The titles of all that a set or folder stands in, from the outside to the inside."""
    found: list[str] = []
    while group.parent in held:
        group = held[group.parent]
        found.insert(0, group.title)
    return found
