"""The picker: type, see the hits, press Enter; it decides nothing about where the text goes."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from companion.desk.ports import Rect
from companion.phrases.search import MOST_HITS, Hit
from companion.ui.picker_keys import Act, Press, does, read
from companion.ui.picker_menu import HitMenu
from companion.ui.picker_panel import Panel
from companion.ui.picker_place import stand
from companion.ui.style import Tokens
from companion.ui.words import Words

Find = Callable[[str], list[Hit]]
Complete = Callable[[str], list[str]]
"""The queries that a query may be on the way to, best first."""
_HELP = ("?", "？")


class Picker(QWidget):
    """Hears the keys and the mouse, shows the hits, and says what was chosen."""

    chosen = Signal(object, bool)
    """An Entry, and whether it is only to be copied."""
    wording_wanted = Signal(object)
    """An Entry of which the agent wants to choose the wording."""
    new_wanted = Signal(str)
    clipboard_wanted = Signal()
    """A new phrase is to be made of what is on the clipboard."""
    edit_wanted = Signal(str)
    favourite_wanted = Signal(str, bool)
    address_wanted = Signal(object)
    """A bookmark's Entry that is to be opened."""
    import_wanted = Signal()
    app_wanted = Signal(QPoint)
    """The menu of everything else, at this point of the screen."""
    given_up = Signal()
    gone = Signal()
    """It is off the screen, for whatever reason."""

    def __init__(
        self, words: Words, tokens: Tokens, find: Find, complete: Complete = lambda _query: []
    ) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint
        super().__init__(None, flags | Qt.WindowType.WindowStaysOnTopHint)
        self._words, self._find, self._complete = words, find, complete
        self._open, self._into = False, False
        self.pinned = False
        """Whether it stays after an insertion, so that several can be sent."""
        self._completions: list[str] = []
        self.setWindowTitle(words.say("picker.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.panel = Panel(words, tokens)
        self.search, self.hits = self.panel.search, self.panel.hits
        self.model = self.hits.hits
        self.search.sought.connect(self._look)
        self.search.installEventFilter(self)
        self.hits.selected.connect(self._show_current)
        self.hits.picked.connect(self._choose)
        self.hits.customContextMenuRequested.connect(
            lambda at: self._ask_at(self.hits.viewport().mapToGlobal(at))
        )
        self.panel.preview.asked.connect(lambda act: self._do(Press(act)))
        self.panel.foot.asked.connect(lambda act: self._do(Press(act)))
        self.panel.foot.completed.connect(self.search.setText)
        self.hits_menu = HitMenu(words, self)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        # Whatever is shown, it stays as large as it was opened.
        outside.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        outside.addWidget(self.panel)
        self._acts = self._table()

    def open_for(self, target: str | None, near: Rect | None = None) -> None:
        """Show the empty picker beside ``near``, or else on the screen where the pointer is.

        ``target`` is the name of the window that the text goes to, which may be empty; None where
        there is no such window.
        """
        stand(self, self.panel.fit, near)
        self.show_target(target)
        self._open = True
        self.search.begin()
        self._look()
        self.show()
        self.raise_()
        self.activateWindow()
        self.search.setFocus()
        self.listen()

    def listen(self) -> None:
        """Say that keys arrive where they do already, or where Qt never saw them go elsewhere."""
        if QGuiApplication.focusWindow() == self.windowHandle():
            self.search.listening.emit()

    def show_target(self, target: str | None, gone: bool = False) -> None:
        """Name the window that the text goes to; where that is gone, Enter copies."""
        self._into = target is not None
        if self.panel.target.name(target, gone):
            self._show_foot()

    def send_next(self) -> None:
        """After an insertion, where it is pinned: the same hits, and a line to type over."""
        self.search.selectAll()
        self.search.setFocus()

    def tell(self, said: str) -> None:
        """Say at the foot what no tray could tell: now, or when it is opened soon."""
        self.panel.foot.keep(said)
        self.refresh()

    def refresh(self) -> None:
        """Look again, after the phrases have changed; what is selected stays so.

        Pinned, the rows stay in their places: the next key is meant for what stood there.
        """
        if self.isVisible():
            self._list(self.hits.current_id(), again=True)

    def forget(self) -> None:
        """Hold nothing of what was typed, found and shown."""
        self.panel.foot.keep("")
        self.search.begin()
        self._list()
        self.show_target(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that mean the list, while the search line has the focus."""
        pressed = watched is self.search and event.type() == QEvent.Type.KeyPress
        # What an input method is composing has the keys to itself.
        if pressed and isinstance(event, QKeyEvent) and not self.search.composing:
            press = read(event)
            if press is not None:
                self._do(press)
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """A picker that loses the focus goes away: it must not lie over the chat window."""
        lost = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        # Its own menu is no other window, and a pinned one was asked to stay.
        if lost and not self.pinned and QApplication.activePopupWidget() is None:
            self._leave()
        super().changeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """The next time it opens as if it were the first."""
        super().hideEvent(event)
        self.pinned = self._open = False
        self.panel.target.pin(False)
        self.hits_menu.close()
        self.gone.emit()

    def _table(self) -> dict[Act, Callable[[int], object]]:
        """What is done for each act, by how far it goes or the row that it means."""
        hits, leave = self.hits, self._leave_for
        return {
            Act.INSERT: lambda _: self._choose(False),
            Act.COPY: lambda _: self._choose(True),
            Act.WORDING: lambda _: self._choose_wording(),
            Act.ROW: self._choose_row,
            Act.GO: lambda by: hits.go(hits.currentIndex().row() + by),
            Act.ENDS: lambda by: hits.go(by * self.model.rowCount()),
            Act.SCROLL: self.panel.preview.scroll_lines,
            Act.COMPLETE: lambda _: self._accept(),
            Act.DROP: lambda _: self.search.drop_scope(),
            Act.OPEN: lambda _: leave(self.address_wanted, hits.current()),
            Act.EDIT: lambda _: leave(self.edit_wanted, self.hits.current_id()),
            Act.FAVOURITE: lambda _: self._mark(),
            Act.PIN: lambda _: self._pin(),
            Act.NEW: lambda _: self._write(self.search.query().strip()),
            Act.CLIPBOARD: lambda _: leave(self.clipboard_wanted),
            Act.IMPORT: lambda _: leave(self.import_wanted),
            Act.MENU: lambda _: self._ask_at(hits.place()),
            Act.APP: lambda _: self.app_wanted.emit(self.search.below()),
            Act.HELP: lambda _: self.panel.show_help(True),
            Act.CLOSE: lambda _: leave(self.given_up),
        }

    def _do(self, press: Press) -> None:
        self.panel.foot.rest()
        helped = self.panel.helps
        if helped and press.act in (Act.GO, Act.SCROLL):
            self.panel.help.scroll_lines(press.by)
            return
        self.panel.show_help(False)
        if helped and press.act in (Act.HELP, Act.CLOSE):
            return
        if does(press.act, self.hits.current()):
            self._acts[press.act](press.by)
        elif self._words.knows(f"picker.cannot.{press.act.value}"):
            self._say(self._words.say(f"picker.cannot.{press.act.value}"))

    def _leave(self) -> None:
        # Hiding takes the focus away, which asks to leave once more.
        if self._open:
            self._open = False
            self.hide()

    def _leave_for(self, signal: SignalInstance, *facts: object) -> None:
        self._leave()
        signal.emit(*facts)

    def _choose(self, copy_only: bool) -> None:
        entry = self.hits.current()
        if entry is None:
            return
        copies = copy_only or self.panel.target.gone
        # Wayland lets only the program whose window has the focus copy; what is pasted needs the
        # focus elsewhere.
        first = copies or not self._into
        if first:
            self.chosen.emit(entry, copies)
        if not self.pinned:
            self._leave()
        if not first:
            self.chosen.emit(entry, copies)

    def _choose_wording(self) -> None:
        if not self.pinned:
            self._leave()
        self.wording_wanted.emit(self.hits.current())

    def _choose_row(self, row: int) -> None:
        if self.model.entry(row) is not None:
            self.hits.go(row)
            self._choose(False)

    def _write(self, typed: str) -> None:
        self._leave_for(*((self.new_wanted, typed) if typed else (self.clipboard_wanted,)))

    def _mark(self) -> None:
        on = self.hits.mark(self._find(self.model.query))
        self._say(self._words.say(f"picker.said.{'favourite' if on else 'unfavourite'}"))
        self.favourite_wanted.emit(self.hits.current_id(), on)

    def _pin(self) -> None:
        self.pinned = not self.pinned
        self.panel.target.pin(self.pinned)

    def _accept(self) -> None:
        for completion in self._completions[:1]:
            self.search.setText(completion)

    def _look(self) -> None:
        # However it was typed: an input method brings the wide one as a text.
        asked = self.search.text().strip() in _HELP
        if asked:
            self.search.begin()
        self.panel.show_help(asked)
        self._list()

    def _list(self, keep: str = "", again: bool = False) -> None:
        found: list[Hit] = []
        for query in self.search.queries():
            found = self._find(query)
            if found:
                break
        else:
            query = self.search.query()
        count = len(found)
        key = "picker.first" if count == MOST_HITS else "picker.count"
        foot = self.panel.foot
        foot.count(self._words.say(key, count=count) if count else "")
        if not (again and foot.told):
            foot.rest()
        foot.say_kept(self.panel.wide)
        self.panel.show_list(bool(count))
        self.hits.show_hits(query, found, keep, in_place=again and self.pinned)

    def _show_current(self) -> None:
        entry = self.hits.current()
        self._completions = self._complete(self.search.query())
        if entry is None:
            first = next(iter(self._completions), "")
            self.panel.preview.advise(self.model.query.strip(), first)
        else:
            self.panel.preview.show_entry(entry)
        self._show_foot()

    def _show_foot(self) -> None:
        """Show what Tab completes, or else what the keys do to what is selected."""
        if self._completions:
            self.panel.foot.offer(self._completions, self.panel.wide)
        else:
            self.panel.show_keys(self.hits.current())

    def _say(self, said: str) -> None:
        """Say something at the foot until the next key."""
        self.panel.foot.say(said)
        self._show_foot()

    def _ask_at(self, place: QPoint) -> None:
        self.hits_menu.ask(
            self.hits.current(), self.pinned, place, lambda act: self._do(Press(act))
        )
