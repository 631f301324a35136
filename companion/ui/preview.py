"""The picker's right half: the whole text of a hit, or what to do where there is none."""

import html
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics

from companion.phrases.expanding import Surroundings
from companion.phrases.filling import Filling
from companion.phrases.material import Materials
from companion.phrases.search import Entry
from companion.ui.marks import Marks
from companion.ui.phrase_view import PhraseView
from companion.ui.picker_keys import Act
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
    """Shows an entry as it would go out now, its images small, of its HTML only the harmless."""

    asked = Signal(object)
    """The Act of a sentence that was clicked."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.anchorClicked.connect(lambda link: self._clicked(link.toString()))
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
        self.setHtml(f'{head}<div style="margin-top:8px">{self._whole(entry)}</div>')

    def _clicked(self, link: str) -> None:
        # A link of the phrase itself is only shown.
        if link in {act.value for act in Act}:
            self.asked.emit(Act(link))

    def _whole(self, entry: Entry) -> str:
        """What would go out now; the other wordings by their titles."""
        material = self.materials.of(entry)
        own = material.wording(self.materials.first)
        # What is copied is not read at every key: the clipboard is shown by its name.
        around = Surroundings(datetime.now(), named=self.materials.named)
        self.hold(material.images)
        filled = Filling(material, own, around).fill({})
        shown = self._marks.filled(filled, self.picture)
        facts = [self._words.say("mark.html")] if own.rich else []
        usual = self._words.say("slots.own")
        others = [
            each.title if at else usual
            for at, each in enumerate(material.wordings)
            if each is not own
        ]
        if material.awaited:
            facts.append(self._words.say("mark.awaited", count=material.awaited))
        if others:
            names = self._words.say("list.between").join(others)
            facts.append(self._words.say("mark.wordings", names=names))
        said = html.escape(" · ".join(facts))
        below = f'<p style="color:{self._tokens.soft}">{said}</p>' if facts else ""
        return shown + below

    def advise(self, query: str, completion: str = "") -> None:
        """Say what to do where nothing is found, or where nothing is there yet.

        ``completion`` is what the query may be on the way to: then it is too early for advice.
        """
        acts = (Act.NEW, Act.IMPORT)
        if completion:
            acts = (Act.COMPLETE, Act.COMPLETE)
            said = self._words.say("picker.scope", name=self._cut(completion.strip(), self.room))
        elif query:
            said = self._words.say("picker.nothing", query=self._cut(query, self.room))
        else:
            said = self._words.say("picker.empty")
        what, *steps = map(html.escape, said.split("\n"))
        look = f"color:{self._tokens.accent};text-decoration:none"
        # Each step is done by a click on it, too.
        links = (
            f'<p><a href="{act.value}" style="{look}">{step}</a></p>'
            for act, step in zip(acts, steps, strict=False)
        )
        self.setHtml(f'<p style="margin-top:0"><b>{what}</b></p>{"".join(links)}')

    def scroll_lines(self, by: int) -> None:
        """Move a long text by a few lines."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * 3 * self.fontMetrics().lineSpacing())

    def _cut(self, text: str, room: int) -> str:
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
