"""Takes HTML apart into text, harmless tags and the phrase's own images; all else is left out.

What comes of it is shown here and pasted elsewhere: it runs nothing and fetches nothing.
"""

import html
import re
from collections.abc import Collection
from dataclasses import dataclass
from html.parser import HTMLParser


def _names(said: str) -> frozenset[str]:
    return frozenset(said.split())


_TAGS = _names(
    "p div br b strong i em u s del sub sup span h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code"
    " table thead tbody tr td th a hr"
)
_VOID = frozenset({"br", "hr"})
# Their content is no text of the phrase.
_SILENT = _names("script style head title template noscript iframe object textarea")
_LOOKS = _names(
    "color background-color font-weight font-style font-size text-align text-decoration"
)
# No brackets and no backslashes: nothing that could name another resource.
_LOOK = re.compile(r"[\w#%.,\s!-]{1,80}|rgba?\([\d\s.,%]{1,40}\)")
_ADDRESS = re.compile(r"(?:https?|mailto|tel):[^\s\"'<>]{1,2000}", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,3}")


@dataclass(frozen=True)
class Tag:
    """A tag as it may be written again; ``closing`` and ``opening`` are both false for ``<br>``."""

    name: str
    text: str
    opening: bool = False
    closing: bool = False


@dataclass(frozen=True)
class Shown:
    """Where one of the phrase's images stands, by its id."""

    image: str


Token = str | Tag | Shown


def tokens(markup: str, images: Collection[str]) -> list[Token]:
    """What HTML says, tags balanced; of its images only those whose ids are given."""
    reader = _Reader(frozenset(images))
    reader.feed(markup)
    reader.close()
    reader.end()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self, images: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Token] = []
        self._images = images
        self._open: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if self._silent:
            return
        said = {name: value or "" for name, value in attrs}
        if tag == "img" and said.get("src") in self._images:
            self.found.append(Shown(said["src"]))
        elif tag in _TAGS:
            self.found.append(Tag(tag, f"<{tag}{_attributes(tag, said)}>", tag not in _VOID))
            if tag not in _VOID:
                self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID or tag == "img":
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in self._open and not self._silent:
            while self._close() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)

    def end(self) -> None:
        """Close what is open."""
        while self._open:
            self._close()

    def _close(self) -> str:
        tag = self._open.pop()
        self.found.append(Tag(tag, f"</{tag}>", closing=True))
        return tag


def _attributes(tag: str, said: dict[str, str]) -> str:
    kept: dict[str, str] = {}
    if tag == "a" and _ADDRESS.fullmatch(said.get("href", "")):
        kept["href"] = said["href"]
    for name in ("colspan", "rowspan"):
        if tag in ("td", "th") and _COUNT.fullmatch(said.get(name, "")):
            kept[name] = said[name]
    looks = (look.partition(":")[::2] for look in said.get("style", "").split(";"))
    looks_kept = [
        f"{name.strip().lower()}:{value.strip()}"
        for name, value in looks
        if name.strip().lower() in _LOOKS and _LOOK.fullmatch(value.strip())
    ]
    if looks_kept:
        kept["style"] = ";".join(looks_kept)
    return "".join(f' {name}="{html.escape(value)}"' for name, value in kept.items())
