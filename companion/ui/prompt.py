"""The prompt window: the customer's words above, below what may lie behind them and how to begin.

It decides nothing: which cards there are, and what becomes of a line, is its owner's business.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent

from companion.desk.ports import Rect
from companion.phrases.search import Entry
from companion.session.prompting import Card
from companion.ui.parts import settle
from companion.ui.picker_place import stand
from companion.ui.popup import Popup
from companion.ui.prompt_keys import AMONG_SITUATIONS, IN_MESSAGE, IN_OWN, ON_CARD, Act, Press, read
from companion.ui.prompt_panel import FRAME, PromptPanel
from companion.ui.prompt_style import dress
from companion.ui.style import Tokens
from companion.ui.words import Words


class PromptWindow(Popup):
    """Hears the keys and the mouse, shows cards, and says what was chosen."""

    typed = Signal(str)
    """The customer's words as they are now, changed by hand."""
    chosen = Signal(object, object, bool)
    """A Card, one of its Lines, and whether it is only to be copied."""
    picked = Signal(str)
    """The id of a situation."""
    refused = Signal(object)
    """A Card that is not the right one."""
    hide_wanted = Signal(object)
    """A Card of whose kind no more are to come up, or again."""
    undo_wanted = Signal()
    reply_wanted = Signal(object)
    """The Line that is chosen, or None: the agent goes on writing from it, and has it checked."""
    ready = Signal()
    """Cards or situations are shown, and the focus is where keys mean something."""
    given_up = Signal()

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__(words.say("prompt.title"))
        self._words, self._waits = words, False
        self._early: list[Press] = []
        self.cards: Sequence[Card] = ()
        self.at = 0
        panel = self.panel = PromptPanel(words, tokens, self)
        self.message, self.foot = panel.message, panel.foot
        self.pick, self.own = panel.pick, panel.own
        self.message.textChanged.connect(self._changed)
        panel.chips.chosen.connect(self._choose_card)
        panel.chips.other.connect(self._show_other)
        panel.card.picked.connect(self._send)
        self.pick.hits.picked.connect(lambda _copies: self._pick())
        self.own.left.connect(self._show_page)
        self.foot.asked.connect(lambda act: self._do(Press(act)))
        self._fill(panel)
        dress(self, tokens)
        self._acts = self._table()

    # ---- what its owner shows

    def open_for(self, target: str | None, near: Rect | None, text: str) -> None:
        """Show the customer's words beside ``near``, and wait for show_cards()."""
        self.cards, self.at, self._early = (), 0, []
        self.message.begin(text)
        self.foot.target.name(target, gone=False)
        self.foot.say("")
        self.panel.turn_page(None)
        self.foot.show_nothing()
        stand(self, self.panel.fit, near)
        self._waits = True
        self._come()
        self.panel.setFocus()

    def show_cards(self, cards: Sequence[Card], why: str = "", at: int = 0) -> None:
        """Show these cards; where there are none, the situations, and ``why``."""
        self.cards, self.at = cards, at if cards else -1
        if not cards:
            self.pick.begin(why)
        if self.panel.page is self.own:
            # What is being written there stays.
            return
        self._show_page(focus=self._waits or not self.message.hasFocus())

    def show_situations(self, entries: list[Entry]) -> None:
        """What can be picked by hand."""
        self.pick.show_situations(entries)

    def text(self) -> str:
        """The customer's words."""
        return self.message.toPlainText()

    def card(self) -> Card | None:
        """The card that is shown."""
        return self.cards[self.at] if 0 <= self.at < len(self.cards) else None

    def put_away(self) -> None:
        """Hide, and hold nothing of what was shown and typed; what was written is kept."""
        self.own.put_away()
        self._leave()
        self.cards = ()
        self.panel.card.forget()
        self.message.begin("")
        self.pick.begin("")
        self.foot.say("")
        self.foot.target.name(None, gone=False)

    # ---- keys, mouse, focus

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys mean something else in each part."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            press = self._press(watched, event)
            if press is not None and self._waits and press.act is not Act.CLOSE:
                self._early.append(press)
            elif press is not None:
                self._do(press)
            if press is not None:
                return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is awaited by a window that is gone."""
        super().hideEvent(event)
        self._waits = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names are cut to the room there is."""
        super().resizeEvent(event)
        self.foot.fit(self.width())

    def _press(self, watched: QObject, event: QKeyEvent) -> Press | None:
        if watched is self.message:
            if event.key() == Qt.Key.Key_Down and self.message.at_end():
                return Press(Act.BELOW)
            return read(event, IN_MESSAGE)
        if watched is self.pick.search:
            # What an input method is composing has the keys to itself.
            return None if self.pick.search.composing else read(event, AMONG_SITUATIONS)
        if watched is self.own.text:
            return read(event, IN_OWN)
        return read(event, ON_CARD)

    def _table(self) -> dict[Act, Callable[[int], object]]:
        return {
            Act.INSERT: lambda _: self._send(False),
            Act.COPY: lambda _: self._send(True),
            Act.CARD: self._choose_card,
            Act.TURN: self._turn,
            Act.GO: self._go,
            Act.SCROLL: self.panel.card.scroll_lines,
            Act.OTHER: lambda _: self._show_other(),
            Act.OWN: lambda _: self._write(),
            Act.REPLY: lambda _: self.reply_wanted.emit(self.card() and self.panel.card.line()),
            Act.NOT_THIS: lambda _: self._judge(self.refused),
            Act.HIDE: lambda _: self._judge(self.hide_wanted),
            Act.UNDO: lambda _: self.undo_wanted.emit(),
            Act.PICK: lambda _: self._pick(),
            Act.ROW: self._pick_row,
            Act.BELOW: lambda _: self._turn_below(),
            Act.MESSAGE: lambda _: self.message.turn_to(),
            Act.KEEP: lambda _: self.own.keep(),
            Act.CLOSE: lambda _: self._close(),
        }

    def _do(self, press: Press) -> None:
        self._acts[press.act](press.by)

    def _changed(self) -> None:
        if self._open:
            self.foot.say("")
            self.typed.emit(self.text())

    def _send(self, copy_only: bool) -> None:
        card, line = self.card(), self.panel.card.line()
        if card is None or line is None or self.panel.page is not self.panel.card:
            return
        self.chosen.emit(card, line, copy_only or self.foot.target.copies)

    def _choose_card(self, at: int) -> None:
        if at < len(self.cards):
            self.at = at
            self._show_page()

    def _turn(self, by: int) -> None:
        if len(self.cards) > 1:
            self._choose_card((self.at + by) % len(self.cards))

    def _go(self, by: int) -> None:
        if self.panel.page is self.pick:
            hits = self.pick.hits
            hits.go(hits.currentIndex().row() + by)
        elif not self.panel.card.go(by) and by < 0:
            self.message.turn_to()

    def _turn_below(self) -> None:
        if self.panel.page is self.pick:
            self.pick.search.setFocus()
        else:
            self.panel.card.turn_to()

    def _show_other(self) -> None:
        self.at = -1
        self.pick.begin("")
        self._show_page()

    def _pick(self) -> None:
        entry = self.pick.hits.current()
        if entry is not None:
            self.picked.emit(entry.id)

    def _pick_row(self, row: int) -> None:
        if row < self.pick.hits.hits.rowCount():
            self.pick.hits.go(row)
            self._pick()

    def _write(self) -> None:
        card, line = self.card(), self.panel.card.line()
        if card is not None and line is not None:
            self.panel.turn_page(self.own)
            self.own.begin(card, line)

    def _judge(self, signal: SignalInstance) -> None:
        card = self.card()
        if card is not None:
            signal.emit(card)

    def _close(self) -> None:
        page = self.panel.page
        if page is self.own:
            self.own.forget()
            self._show_page()
        elif page is self.pick and self.cards:
            self._choose_card(0)
        else:
            self._leave()
            self.given_up.emit()

    @property
    def writing(self) -> bool:
        """Whether an opening is being written in it."""
        return self._open and self._written()

    def _written(self) -> bool:
        return self.panel.page is self.own

    # ---- what is seen

    def _show_page(self, focus: bool = True) -> None:
        card = self.card()
        self.panel.chips.show_cards(self.cards, self.at, self.width() - 2 * FRAME)
        if card is None:
            self.foot.show_situations(bool(self.cards))
            self.panel.turn_page(self.pick)
        else:
            self.panel.card.show_card(card)
            self.foot.show_card(card)
            self.panel.turn_page(self.panel.card)
        settle(self)
        if focus:
            # With no words there is nothing to pick for: first they are wanted.
            wordless = card is None and not self.cards and not self.text()
            (self.message.turn_to if wordless else self._turn_below)()
        if self._waits:
            self._waits = False
            self.ready.emit()
            # Not every desk has keys wait: what was pressed for a card is done now.
            early, self._early = self._early, []
            for press in early:
                self._do(press)
