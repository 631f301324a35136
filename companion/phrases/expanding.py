"""Reads a wording into what is to be filled, with the phrases it names put in their places."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from companion.phrases.markup import Shown, Tag, tokens
from companion.phrases.material import Material, Wording
from companion.profile.records import Image
from companion.profile.template import Clipboard, Cursor, Other, Send, Slot, parse
from companion.profile.template_dates import Moment

MOST_PHRASES = 50
"""So many phrases may stand in one: a phrase of many phrases of many phrases would never end."""
_BLANKS = re.compile("[ \t\r\n]+")


def _nobody(_name: str, _team: str) -> Material | None:
    return None


def _nothing() -> str:
    return ""


@dataclass(frozen=True)
class Surroundings:
    """What a phrase may ask of where it is used.

    ``named`` gives the phrase of a title or a code, for a phrase of a team (empty: the agent's).
    The clipboard is read only for a phrase that wants it.
    """

    now: datetime
    clipboard: Callable[[], str] = _nothing
    named: Callable[[str, str], Material | None] = _nobody


@dataclass(frozen=True)
class Lost:
    """A phrase that is not there, or that would stand in itself; ``text`` as the body says it."""

    name: str
    text: str


Atom = str | Slot | Moment | Clipboard | Cursor | Send | Lost | Tag | Image


class Expansion:
    """One wording, read as plain text and as HTML; ``rich`` is empty where it has none."""

    def __init__(self, material: Material, wording: Wording, around: Surroundings) -> None:
        self._named = around.named
        self._left = MOST_PHRASES
        self.plain = list(self._text(wording.body, material, (), rich=False))
        self._left = MOST_PHRASES
        self.rich: list[Atom] = []
        if wording.rich.strip():
            self.rich = list(self._wording(material, wording, ()))
        elif material.images:
            # What a phrase has of images and does not place stands below its text.
            self.rich += self.plain
            for image in material.images:
                self.rich += [Tag("br", "<br>"), image] if wording.body.strip() else [image]

    def _text(
        self, body: str, material: Material, above: tuple[str, ...], rich: bool
    ) -> Iterator[Atom]:
        for part in parse(body):
            if isinstance(part, Other):
                yield from self._other(part, material, above, rich)
            elif isinstance(part, Send) and material.team:
                # What somebody else shares presses no Enter.
                yield "\n"
            else:
                yield part

    def _other(
        self, part: Other, material: Material, above: tuple[str, ...], rich: bool
    ) -> Iterator[Atom]:
        path = (*above, material.id)
        other = self._named(part.name, material.team)
        self._left -= 1
        if other is None or other.id in path or self._left < 0:
            yield Lost(part.name, f"{{{part.word}:{part.name}}}")
        elif rich:
            yield from self._wording(other, other.wordings[0], path)
        else:
            yield from self._text(other.wordings[0].body, other, path, rich=False)

    def _wording(
        self, material: Material, wording: Wording, above: tuple[str, ...]
    ) -> Iterator[Atom]:
        """A wording as HTML, or its text where it has none."""
        if not wording.rich.strip():
            yield from self._text(wording.body, material, above, rich=True)
            return
        images = {image.id: image for image in material.images}
        for token in tokens(wording.rich, images):
            if isinstance(token, Shown):
                yield images[token.image]
            elif isinstance(token, Tag):
                yield token
            else:
                # In HTML the lines of the source are no lines of the text.
                yield from self._text(_BLANKS.sub(" ", token), material, above, rich=True)
