"""The window of the draft check: a reply, what is at fault in it, and how it could be said.

It checks as one types; what becomes of the reply is its owner's business.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from companion.desk.ports import Rect
from companion.empathy.draft_rules import sentence
from companion.empathy.drafts import Draft, Finding, check, rewritten
from companion.ui.parts import grown, label, rule, settle
from companion.ui.picker_place import grow, stand
from companion.ui.popup import Popup
from companion.ui.prompt_style import dress
from companion.ui.reply_foot import EDGE, GAP, Act, ReplyFoot
from companion.ui.reply_rows import AdviceRows
from companion.ui.reply_text import MOST_CHARACTERS, MOST_KEPT, ReplyText
from companion.ui.style import Tokens
from companion.ui.words import Words

WIDTH, LEAST, MOST, FRAME = 640, 200, 480, 1
_LOOKS = {"red": "problem", "amber": "warning", "grey": "grey", "ok": "notice", "none": "soft"}
_Key = Qt.Key
_ENTER = (_Key.Key_Return, _Key.Key_Enter)
_MODIFIERS = ~Qt.KeyboardModifier.KeypadModifier
_NONE, _CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier


class ReplyWindow(Popup):
    """Enter takes a better sentence, Ctrl+Enter sends the reply to where it came from.

    It stays until its owner puts it away.
    """

    sent = Signal(str, bool)
    """The reply, and whether it is only to be copied."""
    ready = Signal()
    """The focus is where keys mean something."""
    given_up = Signal()

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__(words.say("reply.title"))
        self._words, self._taken = words, False
        self._checked: str | None = None
        self._customer = ""
        self.customer = label(look="small")
        self.text = ReplyText(words, tokens, self)
        self.text.textChanged.connect(self._look)
        self.verdicts = {look: label(look=look, wrap=True) for look in _LOOKS.values()}
        self.rows = AdviceRows(words, tokens, self)
        self.rows.taken.connect(self._take)
        self._head, self.foot = QFrame(), ReplyFoot(words)
        self.foot.asked.connect(self._do)
        self._lay_out()
        dress(self, tokens)

    # ---- what its owner shows

    def open_for(
        self, target: str | None, near: Rect | None, text: str, customer: str = ""
    ) -> None:
        """Show a reply beside ``near``; ``customer`` is what it answers, where that is known."""
        self._taken, self._open = False, True
        self._customer = " ".join(customer.split())
        self.customer.setVisible(bool(self._customer))
        self.foot.target.name(target, gone=False)
        self.foot.say("")
        # Whatever comes now was not looked at yet, nothing included.
        self._checked = None
        self.text.begin(text[:MOST_KEPT].strip())
        self._look()
        stand(self, self._fit, near)
        self._come()
        self._turn_to()
        self.ready.emit()

    def put_away(self) -> None:
        """Hide, and hold nothing of what was shown and typed."""
        self._leave()
        self.text.begin("")
        self._checked, self._customer = None, ""
        self.text.mark(Draft("ok", ()))
        self.rows.forget()
        self.customer.setText("")
        self.foot.say("")
        self.foot.target.name(None, gone=False)

    # ---- keys, focus

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys mean something else in the text and among the rows."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(watched, event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves wherever the focus is."""
        if event.key() == _Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names are cut to the room there is."""
        super().resizeEvent(event)
        self._arrange()

    def _press(self, watched: QObject, event: QKeyEvent) -> bool:
        """Do what a key means; false where whatever has the focus has it."""
        key, held = _Key(event.key()), event.modifiers() & _MODIFIERS
        if key in _ENTER and held == _CONTROL:
            self._send()
        elif key == _Key.Key_Escape:
            self._close()
        elif held in (_NONE, _ALT) and _Key.Key_1 <= key <= _Key.Key_9:
            if watched is self.text and held == _NONE:
                return False
            self.rows.take(key - _Key.Key_1)
        elif watched is self.text:
            return self._press_in_text(key, held)
        elif key in _ENTER and held == _NONE:
            self.rows.take()
        elif key in (_Key.Key_Down, _Key.Key_Up):
            if not self.rows.go(1 if key == _Key.Key_Down else -1) and key == _Key.Key_Up:
                self.text.turn_to()
        elif key in (_Key.Key_Tab, _Key.Key_Backtab):
            self.text.turn_to()
        elif key == _Key.Key_Z and held == _CONTROL:
            self.text.undo()
        else:
            return False
        return True

    def _press_in_text(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        if key not in (_Key.Key_Tab, _Key.Key_Backtab) or held & _CONTROL:
            return False
        self.rows.turn_to()
        return True

    # ---- what happens

    @property
    def written(self) -> bool:
        """Whether there is something of the agent's own in it."""
        return self._open and self._written()

    def _written(self) -> bool:
        return self._taken or self.text.document().isModified()

    def _look(self) -> None:
        """Check what is there now."""
        text = self.text.toPlainText()
        if not self._open or text == self._checked:
            return
        self._checked = text
        self.foot.say("")
        among_rows = self.rows.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        draft = _checked(text)
        self.text.mark(draft)
        self.rows.show_draft(text, draft)
        self.rows.setVisible(bool(self.rows.rows))
        self._show_verdict(text, draft)
        settle(self)
        self._arrange()
        if self.isVisible():
            grow(self, self._needed())
        if among_rows:
            self._turn_to()

    def _show_verdict(self, text: str, draft: Draft) -> None:
        if not text.strip():
            said, look = self._words.say("reply.empty"), _LOOKS["none"]
        elif len(text) > MOST_CHARACTERS:
            said, look = self._words.say("reply.long", count=MOST_CHARACTERS), _LOOKS["none"]
        else:
            said = self._words.say(f"reply.tier.{draft.tier}")
            look = _LOOKS[draft.tier]
        for name, verdict in self.verdicts.items():
            verdict.setVisible(name == look)
            verdict.setText(said if name == look else "")

    def _turn_to(self) -> None:
        if self.rows.rows:
            self.rows.turn_to()
        else:
            self.text.turn_to()

    def _take(self, finding: Finding) -> None:
        self._taken = True
        self.text.expect(finding.rewrite)
        self.text.put(rewritten(self.text.toPlainText(), finding))
        if not self.rows.rows and not self.text.choose_slot():
            self.text.turn_to()

    def _send(self) -> None:
        text = self.text.toPlainText().strip()
        slot = self.text.choose_slot()
        if slot:
            self.foot.say(self._words.say("reply.fill_first", slot=slot))
            return
        if text:
            self.sent.emit(text, self.foot.target.copies)

    def _close(self) -> None:
        self._leave()
        self.given_up.emit()

    def _do(self, act: Act) -> None:
        {
            Act.TAKE: self.rows.take,
            Act.SEND: self._send,
            Act.EDIT: self.text.turn_to,
            Act.CLOSE: self._close,
        }[act]()

    # ---- what is seen

    def _fit(self, room: QSize) -> QSize:
        self.resize(min(grown(self, WIDTH), room.width()), self.height())
        settle(self)
        return QSize(self.width(), min(self._needed(), room.height()))

    def _needed(self) -> int:
        """The height of everything there is, within reason."""
        inside, wide = self.rows.widget(), self.width() - 2 * FRAME
        parts = [self._head, self.foot, *([inside] if self.rows.rows and inside else [])]
        # Words that are broken into lines need more in a narrow window.
        needed = sum(
            part.heightForWidth(wide) if part.hasHeightForWidth() else part.sizeHint().height()
            for part in parts
        )
        return max(grown(self, LEAST), min(grown(self, MOST), needed + 2 * FRAME + 3))

    def _arrange(self) -> None:
        """Take the width there is."""
        wide = self.width() - 2 * FRAME
        self.foot.show_keys(bool(self.rows.rows), wide)
        end = Qt.TextElideMode.ElideRight
        customer = self._words.say("reply.customer", text=self._customer)
        cut = self.customer.fontMetrics().elidedText(customer, end, wide - 2 * EDGE - GAP)
        self.customer.setText(cut)

    def _lay_out(self) -> None:
        above = QVBoxLayout(self._head)
        above.setContentsMargins(EDGE, 12, EDGE, 12)
        above.setSpacing(GAP)
        for part in (self.customer, self.text, *self.verdicts.values()):
            above.addWidget(part)
        panel = QFrame()
        panel.setObjectName("popup")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(FRAME, FRAME, FRAME, FRAME)
        inside.setSpacing(0)
        inside.addWidget(self._head)
        inside.addWidget(rule())
        inside.addWidget(self.rows, 1)
        inside.addStretch()
        inside.addWidget(self.foot)
        self._fill(panel)


def _checked(text: str) -> Draft:
    """What is found in a reply; of one without end, in the whole sentences at its beginning."""
    draft = check(text[:MOST_CHARACTERS])
    if len(text) <= MOST_CHARACTERS:
        return draft
    # A sentence that goes on behind that was not read to its end.
    known = text[: 2 * MOST_CHARACTERS]
    whole = [one for one in draft.findings if sentence(known, one.start)[1] <= MOST_CHARACTERS]
    return Draft(draft.tier, tuple(whole))
