"""How what is filled in looks: in a body as it is written, and in a text as it goes out."""

import html
from collections.abc import Callable, Iterable, Sequence

from companion.phrases.filled import Bit, Draft, Filled, Look, Piece, escaped
from companion.phrases.markup import Tag, tokens
from companion.phrases.material import Wording
from companion.profile import template_dates
from companion.profile.records import Image
from companion.profile.template import Cursor, Other, Part, Send, Slot, parse
from companion.ui.style import Tokens
from companion.ui.words import Words

_CARET = "|"
_LINE = "line-height:150%"
ShowImage = Callable[[Image], str]


class Marks:
    """The marks of one look and language, as the HTML that Qt's own texts understand."""

    def __init__(self, words: Words, tokens: Tokens) -> None:
        self._words, self._tokens = words, tokens

    def body(self, parts: Sequence[Part]) -> str:
        """A phrase as it is written: what will be filled in is marked, not filled in."""
        shown = []
        for at, part in enumerate(parts):
            said = part
            if isinstance(said, str):
                # Line breaks beside Enter do not go out.
                said = said.lstrip("\r\n") if at and isinstance(parts[at - 1], Send) else said
                last = at == len(parts) - 1 or not isinstance(parts[at + 1], Send)
                said = said if last else said.rstrip("\r\n")
            shown.append(self._part(said))
        return "".join(shown)

    def wording(self, wording: Wording, images: Iterable[Image], show: ShowImage) -> str:
        """One wording as it is written, its images and formatting to be seen."""
        known = {image.id: image for image in images}
        if not wording.rich.strip():
            below = "".join(f"<br>{show(image)}" for image in known.values())
            return self.body(parse(wording.body)) + below
        shown = []
        for token in tokens(wording.rich, known):
            if isinstance(token, str):
                shown.append(self.body(parse(token.replace("\n", " "))))
            else:
                shown.append(token.text if isinstance(token, Tag) else show(known[token.image]))
        return "".join(shown)

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

    def _part(self, part: Part) -> str:
        if isinstance(part, str):
            return escaped(part)
        if isinstance(part, Send):
            return f"<br>{self._end()}<br>"
        if isinstance(part, Cursor):
            return self._caret()
        if isinstance(part, Slot):
            said = part.name
        elif isinstance(part, template_dates.Moment):
            said = template_dates.write(part)
        else:
            said = f"{part.word}:{part.name}" if isinstance(part, Other) else part.word
        return self._ground(html.escape(said), self._tokens.ink, self._tokens.wash)

    def _caret(self) -> str:
        return f'<b style="color:{self._tokens.accent}">{_CARET}</b>'

    def _end(self) -> str:
        said = html.escape(self._words.say("mark.send"))
        return f'<span style="color:{self._tokens.soft}">\u23ce {said}</span>'

    @staticmethod
    def _ground(shown: str, colour: str, ground: str) -> str:
        return f'<span style="color:{colour};background:{ground}">&nbsp;{shown}&nbsp;</span>'
