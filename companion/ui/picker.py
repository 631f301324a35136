"""The picker: type, see the hits, press Enter; it decides nothing about where the text goes."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from companion.phrases.search import MOST_HITS, Hit
from companion.ui.hit_list import HitDelegate, HitModel, row_height
from companion.ui.parts import Glass, field, grown, label, rule, settle
from companion.ui.preview import Preview
from companion.ui.style import Tokens
from companion.ui.words import Words

WIDTH, TARGET_WIDTH = 720, 260
_ROWS = 9
"""As many rows as there are keys that choose one."""
_PAD, _GAP, _EDGE = 8, 16, 16
_KEYS = (("Enter", "insert"), ("Ctrl Enter", "copy"), ("Ctrl N", "new"), ("Esc", "close"))
_NEED_HIT = ("insert", "copy")
Find = Callable[[str], list[Hit]]


class Picker(QWidget):
    """One line to type in, hits at the left, the whole text at the right, keys at the foot."""

    chosen = Signal(object, bool)
    """An Entry, and whether it is only to be copied."""
    new_wanted = Signal(str)
    given_up = Signal()

    def __init__(self, words: Words, tokens: Tokens, find: Find) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint
        super().__init__(None, flags | Qt.WindowType.WindowStaysOnTopHint)
        self._words, self._tokens, self._find = words, tokens, find
        self._open, self._wide, self._into = False, WIDTH, False
        self.setWindowTitle(words.say("picker.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.search = field(words.say("picker.placeholder"), hint=words.say("picker.placeholder"))
        self.search.setObjectName("search")
        self.search.textChanged.connect(self._look)
        self.search.installEventFilter(self)
        self._glass = Glass(tokens.accent)
        self._target = label(look="small")
        self.model = HitModel()
        self.hits = QListView()
        self.hits.setAccessibleName(words.say("picker.hits"))
        self.hits.setModel(self.model)
        self.hits.setItemDelegate(HitDelegate(tokens))
        self.hits.setFrameShape(QFrame.Shape.NoFrame)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.selectionModel().currentChanged.connect(self._show_current)
        self.hits.clicked.connect(lambda _: self._choose(False))
        self._preview = Preview(words, tokens)
        self._count = label(look="small")
        self._hints = {name: _key_hint(key, words.say(f"picker.key.{name}")) for key, name in _KEYS}
        self._middle, self._left, self._foot = QWidget(), QWidget(), QWidget()
        self._right = QVBoxLayout()
        self._lay_out()

    def open_for(self, target: str | None) -> None:
        """Show the empty picker, on the screen where the pointer is.

        ``target`` is the name of the window that the text goes to, which may be empty; None where
        there is no such window.
        """
        screen = QGuiApplication.screenAt(self.cursor().pos()) or QGuiApplication.primaryScreen()
        area = screen.availableGeometry()
        self._size_for(area.size())
        self._into = target is not None
        if target is None:
            said = self._words.say("picker.no_target")
        elif target:
            said = self._words.say("picker.target", title=target)
        else:
            said = self._words.say("picker.nameless_target")
        asked = self.search.fontMetrics().horizontalAdvance(self.search.placeholderText())
        beside = self._wide - 2 * _EDGE - 2 * _GAP - self._glass.sizeHint().width() - asked
        room = max(0, min(grown(self, TARGET_WIDTH), beside))
        metrics = self._target.fontMetrics()
        self._target.setText(metrics.elidedText(said, Qt.TextElideMode.ElideMiddle, room))
        self._open = True
        self.search.clear()
        self._look("")
        # A little above the middle, and never beyond an edge.
        above = (area.height() - self.height()) // 2 - area.height() // 8
        self.move(area.left() + (area.width() - self.width()) // 2, area.top() + max(0, above))
        self.show()
        self.raise_()
        self.activateWindow()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that mean the list, while the search line has the focus."""
        pressed = watched is self.search and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """A picker that loses the focus goes away: it must not lie over the chat window."""
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._leave()
        super().changeEvent(event)

    def refresh(self) -> None:
        """Look again, after the phrases have changed."""
        if self.isVisible():
            self._look(self.search.text())

    def _key(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        step = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }.get(Qt.Key(key))
        if step is not None:
            self._go(self.hits.currentIndex().row() + step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(control)
        elif key == Qt.Key.Key_Escape:
            self._leave()
            self.given_up.emit()
        elif control and key == Qt.Key.Key_N:
            typed = self.search.text()
            self._leave()
            self.new_wanted.emit(typed)
        elif modifiers & Qt.KeyboardModifier.AltModifier and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            if self.model.entry(key - Qt.Key.Key_1) is not None:
                self._go(key - Qt.Key.Key_1)
                self._choose(False)
        else:
            return False
        return True

    def _leave(self) -> None:
        # Hiding takes the focus away, which asks to leave once more.
        if self._open:
            self._open = False
            self.hide()

    def _choose(self, copy_only: bool) -> None:
        entry = self.model.entry(self.hits.currentIndex().row())
        if entry is None:
            return
        self._open = False
        # Wayland lets only the program whose window has the focus copy.
        if copy_only or not self._into:
            self.chosen.emit(entry, copy_only)
            self.hide()
        else:
            self.hide()
            self.chosen.emit(entry, copy_only)

    def _go(self, row: int) -> None:
        row = max(0, min(row, self.model.rowCount() - 1))
        self.hits.setCurrentIndex(self.model.index(row, 0))

    def _look(self, query: str) -> None:
        self.model.show(query, self._find(query))
        self._go(0)
        count = self.model.rowCount()
        self._left.setVisible(bool(count))
        # Alone, the text begins where the window's other lines do.
        self._right.setContentsMargins(_EDGE if count else _PAD, 2 * _PAD, 0, _PAD)
        key = "picker.first" if count == MOST_HITS else "picker.count"
        self._count.setText(self._words.say(key, count=count) if count else "")
        self._show_keys(bool(count))
        if not count:
            self._preview.advise(query.strip())

    def _show_current(self) -> None:
        entry = self.model.entry(self.hits.currentIndex().row())
        if entry is not None:
            self._preview.show_entry(entry)

    def _show_keys(self, any_hit: bool) -> None:
        """Name the keys that do something now, as many as there is room for."""
        room = self._wide - 2 * _EDGE - _GAP - self._count.sizeHint().width()
        for name, hint in self._hints.items():
            useful = any_hit or name not in _NEED_HIT
            room -= (hint.sizeHint().width() + _GAP) if useful else 0
            hint.setVisible(useful and room >= 0)

    def _size_for(self, room: QSize) -> None:
        """Nine whole rows where the screen has room for them, fewer where not."""
        width = self._wide = min(grown(self, WIDTH), room.width())
        settle(self)
        # What is shown asks for its room: without this the window would be too wide.
        self._show_keys(True)
        self._target.clear()
        highest = max(hint.sizeHint().height() for hint in self._hints.values())
        self._foot.setFixedHeight(highest + 2 * _PAD)
        row, rows = row_height(self.hits.fontMetrics()), _ROWS
        while True:
            self._middle.setFixedHeight(rows * row + 2 * _PAD)
            settle(self)
            height = self.sizeHint().height()
            if height <= room.height() or rows == 1:
                break
            rows -= 1
        self.resize(width, height)
        self._preview.room = width // 2

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 12, _EDGE, 12)
        head.setSpacing(0)
        head.addWidget(self._glass)
        head.addSpacing(_PAD)
        head.addWidget(self.search, 1)
        head.addSpacing(_GAP)
        head.addWidget(self._target)
        middle = QHBoxLayout(self._middle)
        middle.setContentsMargins(_PAD, 0, _EDGE, 0)
        middle.setSpacing(0)
        left = QHBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(_PAD)
        listed = QVBoxLayout()
        listed.setContentsMargins(0, _PAD, 0, _PAD)
        listed.addWidget(self.hits)
        left.addLayout(listed)
        left.addWidget(rule(upright=True))
        middle.addWidget(self._left, 5)
        self._right.addWidget(self._preview)
        middle.addLayout(self._right, 6)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(_EDGE, 0, _EDGE, 0)
        foot.setSpacing(_GAP)
        for hint in self._hints.values():
            foot.addWidget(hint)
        foot.addStretch()
        foot.addWidget(self._count)
        frame = QFrame()
        frame.setObjectName("popup")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(head)
        inside.addWidget(rule())
        inside.addWidget(self._middle)
        inside.addWidget(rule())
        inside.addWidget(self._foot)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(frame)


def _key_hint(key: str, said: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for part in (label(key, "key"), label(said, "small")):
        row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
    return made
