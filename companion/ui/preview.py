"""The picker's right half: the whole text of a hit, or what to do where there is none."""

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from companion.phrases.material import Materials
from companion.phrases.search import Entry
from companion.ui.marks import Marks
from companion.ui.phrase_view import PhraseView
from companion.ui.style import SMALL, TEXT, Tokens, bold
from companion.ui.words import Words

_BESIDE = (
    '<table width="100%" cellspacing="0" cellpadding="0"><tr>'
    '<td><b>{title}</b></td><td align="right" style="{look}">{facts}</td></tr></table>'
)
_BELOW = (
    '<p style="margin:0"><b>{title}</b></p><p style="margin-top:4px;margin-bottom:0;{look}">'
    "{facts}</p>"
)
_GAP = 16


class Preview(PhraseView):
    """Shows an entry with its slots marked, its images small, and of its HTML only the harmless."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self._words, self._tokens = words, tokens
        self._marks = Marks(words, tokens)
        self.materials = Materials()
        """What the entries are besides their text."""
        self.room = 0
        """How wide it is when a hit is shown; its own width is not known before it is seen."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("border: none; padding: 0;")
        self.setAccessibleName(words.say("picker.preview"))
        self.document().setDocumentMargin(0)

    def show_entry(self, entry: Entry) -> None:
        """Show title, set, code and uses, and the whole text."""
        uses = self._words.say("picker.uses", count=entry.uses) if entry.uses else ""
        group = self._cut(entry.set, self.room // 2)
        facts = " · ".join(part for part in (group, entry.abbr, uses) if part)
        small = round(self.fontInfo().pixelSize() * SMALL / TEXT)
        # What does not fit two lines is a text, and the text stands below.
        title = self._cut(entry.title, self.room * 3 // 2)
        wide = QFontMetrics(bold(self.font())).horizontalAdvance(title) + _GAP
        fits = wide + self.fontMetrics().horizontalAdvance(facts) <= self.room
        head = (_BESIDE if fits else _BELOW).format(
            title=html.escape(title),
            # An empty cell would draw the text below up to the title.
            facts=html.escape(facts or "\xa0"),
            look=f"color:{self._tokens.soft};font-size:{small}px",
        )
        self.setHtml(
            f'{head}<div style="line-height:150%;margin-top:8px">{self._whole(entry)}</div>'
        )

    def _whole(self, entry: Entry) -> str:
        """All that it can be sent as: its own wording whole, the others by their titles."""
        material = self.materials.of(entry)
        own, others = material.wordings[0], [each.title for each in material.wordings[1:]]
        self.hold(material.images)
        shown = self._marks.wording(own, material.images, self.picture)
        facts = [self._words.say("mark.html")] if own.rich else []
        if others:
            names = self._words.say("list.between").join(others)
            facts.append(self._words.say("mark.wordings", names=names))
        said = html.escape(" · ".join(facts))
        below = f'<p style="color:{self._tokens.soft}">{said}</p>' if facts else ""
        return shown + below

    def advise(self, query: str) -> None:
        """Say what to do where nothing is found, or where nothing is there yet."""
        if query:
            said = self._words.say("picker.nothing", query=self._cut(query, self.room))
        else:
            said = self._words.say("picker.empty", entry=self._words.say("tray.import"))
        what, *steps = map(html.escape, said.split("\n"))
        soft = f'<p style="color:{self._tokens.soft}">{{}}</p>'
        lines = (f'<p style="margin-top:0"><b>{what}</b></p>', *map(soft.format, steps))
        self.setHtml("".join(lines))

    def _cut(self, text: str, room: int) -> str:
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
