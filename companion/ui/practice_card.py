"""What the check and the card say of a practised line: marked words, reasons, and better ones."""

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from companion.empathy.drafts import Draft
from companion.empathy.prompts import Prompt
from companion.ui.draft_marks import slots_marked, tier_colours
from companion.ui.parts import label, rule
from companion.ui.style import Tokens
from companion.ui.words import Words


class CardView(QWidget):
    """The reply with what is marked in it, then the card."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self._say, self._tokens = words.say, tokens
        self.reply = _rich(label(wrap=True))
        self.tier = label(look="soft", wrap=True)
        self.findings = _rich(label(wrap=True))
        self.need = _rich(label(wrap=True))
        self.ask = label(look="notice", wrap=True)
        self.openings = _rich(label(wrap=True))
        self.next = label(wrap=True)
        self.avoid = _rich(label(wrap=True))
        self._name = label(words.say("practice.your_reply"), "small")
        self._rule = rule()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._name, self.reply, self.tier, self.findings, self._rule):
            column.addWidget(part)
        for part in (self.need, self.ask, self.openings, self.next, self.avoid):
            column.addWidget(part)
        for part in self.findChildren(QLabel):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_card(self, reply: str, draft: Draft | None, card: Prompt) -> None:
        """Show them; a reply that was not checked (None) is not shown."""
        say = self._say
        for part in (self._name, self.reply, self.tier, self._rule):
            part.setVisible(draft is not None)
        self.findings.setVisible(draft is not None and bool(draft.findings))
        if draft is not None:
            tier = "practice.clean" if draft.tier == "ok" else f"cli.tier.{draft.tier}"
            self.tier.setText(say(tier))
            self.reply.setText(self._marked(reply, draft))
            self.findings.setText(self._reasons(reply, draft))
        need, emotion = html.escape(card.need), html.escape(card.emotion)
        soft = self._tokens.soft
        named = html.escape(card.name)
        self.need.setText(
            f'<span style="color:{soft}">{named}</span><br><b>{need}</b> '
            f'<span style="color:{soft}">· {emotion}</span>'
        )
        self.ask.setText(say("practice.ask", text=card.ask))
        self.ask.setVisible(bool(card.ask))
        self.openings.setText("".join(map(self._opening, card.openings)))
        self.next.setText(say("practice.next_step", text=card.next))
        avoided = html.escape(say("practice.avoid", text=" / ".join(card.avoid)))
        self.avoid.setText(f'<span style="color:{self._tokens.red}">{avoided}</span>')

    def forget(self) -> None:
        """Hold nothing that was shown."""
        for part in (self.reply, self.tier, self.findings, self.need, self.ask, self.openings):
            part.clear()
        self.next.clear()
        self.avoid.clear()

    def _opening(self, text: str) -> str:
        return f'<p style="margin:0 0 4px 0">“{slots_marked(text, self._tokens)}”</p>'

    def _marked(self, reply: str, draft: Draft) -> str:
        """The reply as HTML, with a ground behind what is marked."""
        parts, at, colours = [], 0, tier_colours(self._tokens)
        for found in sorted(draft.findings, key=lambda one: one.start):
            if found.start < at:
                continue
            parts.append(html.escape(reply[at : found.start]))
            marked = html.escape(reply[found.start : found.end])
            colour, ground = colours[found.tier]
            look = f"color:{colour}; background-color:{ground}"
            parts.append(f'<span style="{look}">{marked}</span>')
            at = found.end
        return "".join([*parts, html.escape(reply[at:])]).replace("\n", "<br>")

    def _reasons(self, reply: str, draft: Draft) -> str:
        """Why each was marked; a rewrite that several share is said once, behind the last."""
        lines = []
        for at, found in enumerate(draft.findings):
            words = reply[found.start : found.end]
            lines.append(html.escape(self._say("practice.finding", words=words, why=found.why)))
            rest = draft.findings[at + 1 :]
            if not any(other.rewrite == found.rewrite for other in rest):
                said = html.escape(self._say("practice.rewrite", text=found.rewrite))
                lines.append(f'<span style="color:{self._tokens.accent}">{said}</span>')
        return "".join(f'<p style="margin:0 0 2px 0">{one}</p>' for one in lines)


def _rich(made: QLabel) -> QLabel:
    """A label whose HTML is made here, of escaped text."""
    made.setTextFormat(Qt.TextFormat.RichText)
    return made
