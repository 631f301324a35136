"""What a piece of HTML says as text, and text as HTML; nothing of it is shown or fetched here."""

import re
from collections.abc import Callable, Iterator
from html import escape
from html.entities import html5
from typing import NamedTuple

from companion.formats.encoding import clean, unescaped

# Each attempt ends at the next "<", so that openings without an end cost no more than their text.
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]{0,40}+)((?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_COMMENT = re.compile(r"<(?:!--|[!?])")
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_BLOCKS = {"p", "div", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "pre", "blockquote", "hr"}
_BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "section", "article"}
_SILENT = {"script", "style", "head", "title", "template"}
_PLAIN_TAGS = {"div", "p", "br", "html", "body"}
# Spaces that HTML would swallow, and what else it would not keep as it stands.
_UNSAFE = re.compile(r"[&<>\"\t\f\r]|(?<![^ \n]) | (?=\n|\Z)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", " ": "&nbsp;"}


class Piece(NamedTuple):
    """A tag, or (``tag`` "") a text between tags; ``raw`` is how it stands, entities and all."""

    tag: str
    raw: str
    closing: bool = False
    attributes: str = ""


def pieces(markup: str) -> Iterator[Piece]:
    """The tags, their names in lower case, and the texts between them; no comments."""
    at = start = 0
    while (at := markup.find("<", at)) >= 0:
        tag, end = _TAG.match(markup, at), -1
        if tag:
            end = tag.end()
        elif opening := _COMMENT.match(markup, at):
            close = "-->" if opening[0] == "<!--" else ">"
            found = markup.find(close, at)
            end = found + len(close) if found >= 0 else len(markup)
        if end < 0:
            at += 1
            continue
        if at > start:
            yield Piece("", markup[start:at])
        if tag:
            yield Piece(tag[2].lower(), tag[0], bool(tag[1]), tag[3])
        at = start = end
    if start < len(markup):
        yield Piece("", markup[start:])


def attributes(piece: Piece) -> dict[str, str]:
    """A tag's attributes that have values, by their names in lower case."""
    found = _ATTRIBUTE.findall(piece.attributes)
    return {name.lower(): decoded(double or single or bare) for name, double, single, bare in found}


def text_of(markup: str, said: Callable[[str], str] = str, *, as_written: bool = False) -> str:
    """The text a reader would see, blocks on lines of their own; ``said`` rewrites each stretch.

    ``as_written`` keeps each space, for pages that say so in their style.
    """
    out = Lines(said, as_written)
    for piece in pieces(markup):
        out.take(piece)
    return out.text()


class Lines:
    """Gathers pieces of HTML into the lines that they show."""

    def __init__(self, said: Callable[[str], str] = str, as_written: bool = False) -> None:
        self._said = said
        self._as_written = as_written
        self._parts: list[str] = []
        self._break = False
        self._space = False
        self._silent = ""

    def take(self, piece: Piece) -> None:
        """The next tag or text."""
        if self._silent:
            if piece.tag == self._silent and piece.closing:
                self._silent = ""
        elif piece.tag in _SILENT and not piece.closing:
            self._silent = piece.tag
        elif piece.tag == "br":
            self._flush()
            self._parts.append("\n")
        elif piece.tag in _BLOCKS:
            self._break = True
        elif not piece.tag:
            self._add(piece.raw)

    def text(self) -> str:
        """All of it, without empty lines around it."""
        return clean("".join(self._parts)).strip("\n")

    def _add(self, raw: str) -> None:
        if self._as_written and raw.strip("\r\n"):
            self._flush()
            self._parts.append(self._said(decoded(raw)))
            return
        text = _SPACES.sub(" ", raw)
        bare = text.strip(" ")
        self._space = self._space or text.startswith(" ")
        if bare:
            self._flush()
            if self._space and not self._at_start():
                self._parts.append(" ")
            self._parts.append(self._said(decoded(bare)))
            self._space = text.endswith(" ")

    def _flush(self) -> None:
        """A block begins or ends: a new line, unless one has just begun."""
        if self._break and not self._at_start():
            self._parts.append("\n")
        if self._break:
            self._space = False
        self._break = False

    def _at_start(self) -> bool:
        return not self._parts or self._parts[-1].endswith("\n")


def decoded(raw: str) -> str:
    """The text with its entities decoded; a space that does not break is a space."""
    return unescaped(raw, lambda name: " " if name == "nbsp" else html5.get(f"{name};"))


def markup_of(text: str) -> str:
    """Text as one block of HTML that text_of() reads as the same, but for lines empty around it."""
    safe = _UNSAFE.sub(lambda one: _ENTITIES.get(one[0], f"&#{ord(one[0])};"), clean(text))
    return f"<div>{safe.replace(chr(10), '<br>')}</div>"


def is_formatted(markup: str) -> bool:
    """Whether there is more to it than lines of text."""
    return any(piece.tag and piece.tag not in _PLAIN_TAGS for piece in pieces(markup))


def rewritten(markup: str, said: Callable[[str], str]) -> str:
    """The same HTML with its stretches of text rewritten."""

    def text(raw: str) -> str:
        return escape(said(unescaped(raw, lambda name: html5.get(f"{name};"))))

    return "".join(piece.raw if piece.tag else text(piece.raw) for piece in pieces(markup))
