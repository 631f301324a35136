"""The picker: type, see the hits, press Enter; it decides nothing about where the text goes."""

import html
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from companion.phrases.search import Entry, Hit
from companion.profile.template import Slot, parse
from companion.ui.hit_list import HitDelegate, HitModel
from companion.ui.parts import field, label, rule
from companion.ui.style import Tokens
from companion.ui.words import Words

WIDTH, HEIGHT = 720, 424
_KEYS = (("Enter", "insert"), ("Ctrl Enter", "copy"), ("Ctrl N", "new"), ("Esc", "close"))
Find = Callable[[str], list[Hit]]


class Picker(QWidget):
    """One line to type in, hits at the left, the whole text at the right, keys at the foot."""

    chosen = Signal(object, bool)
    """An Entry, and whether it is only to be copied."""
    new_wanted = Signal(str)
    closed = Signal()

    def __init__(self, words: Words, tokens: Tokens, find: Find) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint
        super().__init__(None, flags | Qt.WindowType.WindowStaysOnTopHint)
        self._words, self._tokens, self._find = words, tokens, find
        self._open = False
        self.setWindowTitle(words.say("picker.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.search = field(words.say("picker.placeholder"), hint=words.say("picker.placeholder"))
        self.search.setObjectName("search")
        self.search.textChanged.connect(self._look)
        self.search.installEventFilter(self)
        self._target = label(look="small")
        self.model = HitModel()
        self.hits = QListView()
        self.hits.setAccessibleName(words.say("picker.hits"))
        self.hits.setModel(self.model)
        self.hits.setItemDelegate(HitDelegate(tokens))
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.selectionModel().currentChanged.connect(self._show_current)
        self.hits.clicked.connect(lambda _: self._choose(False))
        self._preview = QTextBrowser()
        self._preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._preview.setStyleSheet("border: none; padding: 0;")
        self._preview.setAccessibleName(words.say("picker.preview"))
        self._count = label(look="small")
        self._lay_out()

    def open_for(self, target: str | None) -> None:
        """Show the empty picker, on the screen where the pointer is.

        ``target`` is the name of the window that the text goes to, which may be empty; None where
        there is no such window.
        """
        if target is None:
            label = self._words.say("picker.no_target")
        elif target:
            label = self._words.say("picker.target", title=target)
        else:
            label = self._words.say("picker.nameless_target")
        metrics = self._target.fontMetrics()
        self._target.setText(metrics.elidedText(label, Qt.TextElideMode.ElideMiddle, 260))
        self._open = True
        self.search.clear()
        self._look("")
        screen = QGuiApplication.screenAt(self.cursor().pos()) or QGuiApplication.primaryScreen()
        area = screen.availableGeometry()
        self.move(
            area.center() - QPoint(self.width() // 2, self.height() // 2 + area.height() // 8)
        )
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
            self.closed.emit()

    def _choose(self, copy_only: bool) -> None:
        entry = self.model.entry(self.hits.currentIndex().row())
        if entry is not None:
            self._open = False
            self.hide()
            self.chosen.emit(entry, copy_only)

    def _go(self, row: int) -> None:
        row = max(0, min(row, self.model.rowCount() - 1))
        self.hits.setCurrentIndex(self.model.index(row, 0))

    def _look(self, query: str) -> None:
        self.model.show(query, self._find(query))
        self._go(0)
        count = self.model.rowCount()
        self.hits.setVisible(bool(count))
        self._count.setText(self._words.say("picker.count", count=count) if count else "")
        if not count:
            key = "picker.nothing" if query.strip() else "picker.empty"
            self._preview.setHtml(self._paragraph(self._words.say(key, query=query), "soft"))

    def _show_current(self) -> None:
        entry = self.model.entry(self.hits.currentIndex().row())
        if entry is not None:
            self._preview.setHtml(self._preview_of(entry))

    def _preview_of(self, entry: Entry) -> str:
        uses = self._words.say("picker.uses", count=entry.uses) if entry.uses else ""
        facts = " · ".join(part for part in (entry.set, entry.abbr, uses) if part)
        head = f"<p><b>{html.escape(entry.title)}</b></p>"
        slot = f'<span style="background:{self._tokens.wash}">&nbsp;{{}}&nbsp;</span>'
        parts = (
            slot.format(html.escape(part.name))
            if isinstance(part, Slot)
            else html.escape(part).replace("\n", "<br>")
            for part in parse(entry.body)
        )
        return head + f'<p style="line-height:150%">{"".join(parts)}</p>' + self._paragraph(facts)

    def _paragraph(self, text: str, colour: str = "soft") -> str:
        escaped = html.escape(text).replace("\n", "<br>")
        return f'<p style="color:{getattr(self._tokens, colour)}">{escaped}</p>'

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 12)
        head.addWidget(self.search, 1)
        head.addWidget(self._target)
        middle = QHBoxLayout()
        middle.setContentsMargins(8, 8, 16, 8)
        middle.addWidget(self.hits, 5)
        middle.addSpacing(12)
        middle.addWidget(self._preview, 6)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        for key, name in _KEYS:
            foot.addWidget(label(key, "key"))
            foot.addSpacing(2)
            foot.addWidget(label(self._words.say(f"picker.key.{name}"), "small"))
            foot.addSpacing(8)
        foot.addStretch()
        foot.addWidget(self._count)
        frame = QFrame()
        frame.setObjectName("popup")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(head)
        inside.addWidget(rule())
        inside.addLayout(middle, 1)
        inside.addWidget(rule())
        inside.addLayout(foot)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(frame)
        self.resize(WIDTH, HEIGHT)
