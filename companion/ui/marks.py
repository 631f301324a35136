"""How what is filled in, or still to be, looks in a text as it goes out."""

import html
from collections.abc import Callable

from companion.phrases.filled import Bit, Draft, Filled, Look, Piece
from companion.phrases.markup import Tag
from companion.phrases.message import escaped
from companion.profile.records import Image
from companion.ui.style import Tokens
from companion.ui.words import Words

_CARET = "|"
_LINE = "line-height:150%"
ShowImage = Callable[[Image], str]


class Marks:
    """The marks of one look and language, as the HTML that Qt's own texts understand."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        self._words, self._tokens = words, tokens

    def filled(self, filled: Filled, show: ShowImage) -> str:
        """All messages as they go out, each with its end where Enter ends it."""
        parts = []
        for at, draft in enumerate(filled.drafts):
            ends = self._end() if draft.enter else ""
            gap = "12px" if at else "0"
            parts.append(
                f'<div style="{_LINE};margin-top:{gap}">{self._draft(draft, show)}</div>{ends}'
            )
        return "".join(parts)

    def _draft(self, draft: Draft, show: ShowImage) -> str:
        if draft.rich and not draft.plain:
            return "".join(self._bit(bit, show) for bit in draft.rich)
        shown = "".join(self._piece(piece) for piece in draft.pieces)
        # What goes as an image goes in a program that wants plain text, too.
        return shown if draft.text.strip() else shown + "".join(map(show, draft.images))

    def _bit(self, bit: Bit, show: ShowImage) -> str:
        if isinstance(bit, Tag):
            return bit.text
        return show(bit) if isinstance(bit, Image) else self._piece(bit)

    def _piece(self, piece: Piece) -> str:
        shown = escaped(piece.text)
        colours = self._tokens
        anchor = f'<a name="{html.escape(piece.name)}"></a>' if piece.name else ""
        if piece.look is Look.FILLED:
            return f'{anchor}<b style="color:{colours.accent}">{shown}</b>'
        if piece.look is Look.OPEN:
            name = html.escape(piece.name)
            return anchor + self._ground(name, colours.amber, colours.amber_wash)
        if piece.look is Look.LOST:
            return self._ground(shown, colours.red, colours.red_wash)
        return self._caret() if piece.look is Look.CURSOR else shown

    def _caret(self) -> str:
        return f'<b style="color:{self._tokens.accent}">{_CARET}</b>'

    def _end(self) -> str:
        said = html.escape(self._words.say("mark.send"))
        return f'<span style="color:{self._tokens.soft}">\u23ce {said}</span>'

    @staticmethod
    def _ground(shown: str, colour: str, ground: str) -> str:
        return f'<span style="color:{colour};background:{ground}">&nbsp;{shown}&nbsp;</span>'
