"""How a phrase will go out: each slot with what is known to go in, open ones in amber."""

import html
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser

from companion.phrases.differences import Piece
from companion.profile.template import Clipboard, Cursor, Send, Slot, parse
from companion.profile.template_dates import Moment
from companion.ui.style import Tokens


class Shown(NamedTuple):
    """A piece of a phrase as it goes out; ``look`` is text, filled, open (to be typed in)."""

    text: str
    look: str = "text"


Rendered = Callable[[str], Iterable[Shown]]


def rendered(body: str, now: datetime | None = None) -> Iterable[Shown]:
    """The pieces of a body as it stands: defaults and dates are filled in, names stand for others.

    ``now`` is the moment of the dates, this one where it is not said.
    """
    for part in parse(body):
        if isinstance(part, str):
            yield Shown(part)
        elif isinstance(part, Slot):
            if part.default or part.choices:
                # The first choice may be to say nothing.
                yield Shown(part.default, "filled")
            else:
                yield Shown(part.name, "open")
        elif isinstance(part, Moment):
            yield Shown(part.said(now or datetime.now()), "filled")
        elif isinstance(part, Send):
            # Enter is pressed here: the next message begins.
            yield Shown(" ⏎\n", "filled")
        elif not isinstance(part, Cursor):
            yield Shown(part.word if isinstance(part, Clipboard) else part.name, "open")


class Outgoing(QTextBrowser):
    """Shows texts with marks; everything is shown as text, never as markup."""

    def __init__(self, tokens: Tokens, name: str) -> None:
        super().__init__()
        self._tokens = tokens
        self.setObjectName("flat")
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.document().setDocumentMargin(0)

    def show_phrase(self, pieces: Iterable[Shown]) -> None:
        """Show a phrase as it will go out."""
        tokens = self._tokens
        looks = {
            "text": "{}",
            "filled": f'<span style="color:{tokens.accent}">{{}}</span>',
            "open": f'<span style="color:{tokens.amber};background:{tokens.amber_wash}">'
            "&nbsp;{}&nbsp;</span>",
        }
        self._show("".join(looks[piece.look].format(_lines(piece.text)) for piece in pieces))

    def show_pieces(self, pieces: Iterable[Piece]) -> None:
        """Show a text with what differs marked."""
        tokens = self._tokens
        mark = f'<span style="background:{tokens.amber_wash};color:{tokens.amber}">{{}}</span>'
        looks = {True: mark, False: "{}"}
        self._show("".join(looks[piece.differs].format(_lines(piece.text)) for piece in pieces))

    def _show(self, inside: str) -> None:
        at = self.verticalScrollBar().value()
        self.setHtml(f'<p style="line-height:150%;margin:0">{inside}</p>')
        self.verticalScrollBar().setValue(at)


def _lines(text: str) -> str:
    """Text as HTML that keeps its lines and blanks."""
    kept = html.escape(text).replace("\n", "<br>")
    return kept.replace("  ", "&nbsp; ")
