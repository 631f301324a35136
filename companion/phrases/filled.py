"""A phrase filled in: what goes out, message by message, and what of it was filled or is open."""

import base64
import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from companion.desk.ports import Content
from companion.phrases.graphemes import count_from
from companion.phrases.markup import Tag
from companion.phrases.message import Message, escaped
from companion.profile.records import Image

_PNG = b"\x89PNG\r\n\x1a\n"
Png = Callable[[bytes], bytes]
"""Makes a PNG of an image's bytes; empty where it cannot."""


class Look(Enum):
    """What a piece of text is."""

    TEXT = "text"
    FILLED = "filled"
    OPEN = "open"
    LOST = "lost"
    CURSOR = "cursor"


@dataclass(frozen=True)
class Piece:
    """A piece of the text that goes out; ``name`` is of the slot or phrase it comes from."""

    text: str
    look: Look = Look.TEXT
    name: str = ""


Bit = Piece | Tag | Image


@dataclass(frozen=True)
class Draft:
    """One message: its text, the same as HTML where it has that, and whether Enter follows."""

    pieces: tuple[Piece, ...]
    rich: tuple[Bit, ...] = ()
    enter: bool = False
    plain: bool = False
    """HTML is left away."""

    @property
    def text(self) -> str:
        """The plain text."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def images(self) -> tuple[Image, ...]:
        """The images in it, as far as it has HTML."""
        return tuple(bit for bit in self.rich if isinstance(bit, Image))

    @property
    def empty(self) -> bool:
        """Whether nothing would be seen of it where it goes: then it does not go."""
        return not self.text.strip() and not self.images

    @property
    def alone(self) -> Image | None:
        """The image that is all there is to be seen of it: that goes as such."""
        return self.images[0] if self.images and not self.text.strip() else None

    def message(self, png: Png) -> Message:
        """The message as it goes out."""
        alone = self.alone
        markup = "" if self.plain else as_html(self.rich)
        content = Content(self.text, markup, png(alone.data) if alone else b"")
        return Message(content, 0 if self.enter or alone else self._left(), self.enter)

    def _left(self) -> int:
        at = 0
        for piece in self.pieces:
            if piece.look is Look.CURSOR:
                return count_from(self.text, at)
            at += len(piece.text)
        return 0


@dataclass(frozen=True)
class Filled:
    """All messages of a phrase; ``open`` names the empty slots, ``lost`` the phrases not found.

    One that has nothing but empty slots is among the drafts, to be seen.
    """

    drafts: tuple[Draft, ...]
    open: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of all that is not as the phrase would have it."""
        return self.open + self.lost

    @property
    def needs_png(self) -> bool:
        """Whether an image has to be made a PNG first, which takes its time."""
        alone = (draft.alone for draft in self.drafts)
        return any(image and not image.data.startswith(_PNG) for image in alone)

    def messages(self, png: Png) -> list[Message]:
        """What goes into a window, one after another."""
        return [draft.message(png) for draft in self.drafts if not draft.empty]


def only_png(data: bytes) -> bytes:
    """A PNG as it is; nothing of anything else."""
    return data if data.startswith(_PNG) else b""


def as_html(bits: Iterable[Bit]) -> str:
    """HTML to be pasted: images stand in it as data, so that nothing is fetched."""
    return "".join(map(_written, bits))


def _written(bit: Bit) -> str:
    if isinstance(bit, Piece):
        return escaped(bit.text)
    if isinstance(bit, Tag):
        return bit.text
    data = base64.b64encode(bit.data).decode()
    return f'<img src="data:{bit.media_type};base64,{data}" alt="{html.escape(bit.title)}">'
