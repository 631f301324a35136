"""The bookmark file every browser exports and imports (Netscape HTML), read and written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.entities import html5
from pathlib import PureWindowsPath
from typing import NamedTuple

from companion.errors import FormatBroken
from companion.formats.bookmark_folders import entered
from companion.formats.encoding import clean, decode, glance, unescaped
from companion.formats.items import BookmarkItem, Parsed, Problem, Watch, Written, unwatched

NAME = "netscape"
HOLDS = "bookmarks"
ENDINGS = (".html", ".htm")

# What the outermost folders are that a browser has itself: places, as in its own files.
_PLACES = {"personal_toolbar_folder", "unfiled_bookmarks_folder"}
_HEADING = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
"""
_SIGN = re.compile(r"<(?:(/?[a-z][a-z0-9]{0,15}+)(?=[\s/>])|!--|[!?])", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"[\s/=]*+([^\s=>/]+)(\s*=\s*)?")
_BARE_END = re.compile(r"[\s>]")
_BOOKMARKS = re.compile(r"<!doctype\s+netscape-bookmark-file", re.IGNORECASE)
_ENTRY = re.compile(r"<dt>\s*+<(?:a|h3)[\s>]", re.IGNORECASE)
_PLAIN_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}
_NAMES = {sign: name for name, sign in _PLAIN_ENTITIES.items()}
_MUST_ESCAPE = re.compile(r"[&<>\"\r\n\t]|^\s|\s\Z")
_STYLE = {"b", "i", "u", "em", "strong", "font", "span", "img", "br", "wbr", "p"}
# What begins or ends an entry, and so ends a title that was left open; "<" is a tag cut short.
_STRUCTURE = {"<", "a", "h1", "h3", "dt", "dd", "dl", "hr"}


class _Tag(NamedTuple):
    """A tag, or (name "") a piece of text; ``raw`` is how it stands in the file."""

    name: str
    raw: str
    at: int
    attributes: dict[str, str]


def matches(data: bytes, name: str) -> float:
    """How sure it is that this is a bookmark file. An empty .htm is one without bookmarks."""
    if not data.strip():
        return 0.1 if PureWindowsPath(name).suffix.lower() in (".htm", ".html") else 0.0
    return _likeness(glance(data))


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The bookmarks and folders. Raises FormatBroken where the file is no bookmark file.

    The toolbar and "other bookmarks" are places of a browser, not folders of the agent's: what is
    in them stands at the top, as where the browser's own file is read.
    Problems: link_without_address, folders_flattened, cut_short, characters_dropped.
    """
    decoded = decode(data, name, NAME)
    if decoded.text.strip() and not _likeness(decoded.text):
        raise FormatBroken(place=name, format=NAME, line=0)
    reading = _Reading(decoded.text, Parsed(problems=decoded.problems))
    for number, tag in enumerate(_tags(decoded.text)):
        if number % 1024 == 0:
            watch(tag.at, len(decoded.text))
        reading.meet(tag)
    reading.finish()
    return reading.parsed


class _Reading:
    """A walk through the tags: the folders that are open, and the title being gathered."""

    def __init__(self, text: str, parsed: Parsed) -> None:
        self.parsed = parsed
        self._text = text
        self._path: list[tuple[str, ...]] = [()]
        # A folder is named before its list is opened, sometimes with a description between.
        self._named: tuple[str, ...] | None = None
        self._open: _Tag | None = None
        self._title: list[str] = []
        self._counted = (0, 1)

    def meet(self, tag: _Tag) -> None:
        """Takes the next tag or text."""
        name = tag.name.removeprefix("/")
        if self._open and name not in _STRUCTURE:
            if name not in _STYLE:
                self._title.append(tag.raw)
            return
        self.finish()
        if tag.name in ("a", "h3"):
            self._open = tag
        elif name == "dl":
            if tag.name == "dl":
                self._path.append(self._path[-1] if self._named is None else self._named)
            elif len(self._path) > 1:
                self._path.pop()
            self._named = None
        elif tag.name == "<":
            self._tell("cut_short", "", tag.at)

    def finish(self) -> None:
        """Ends the link or the folder's name that is open."""
        tag, self._open = self._open, None
        title = _text("".join(self._title))
        self._title.clear()
        if tag and tag.name == "h3":
            self._name_folder(title, tag)
        elif tag:
            self._add_link(title, tag)

    def _add_link(self, title: str, tag: _Tag) -> None:
        self._named = None
        url = _address(tag.attributes.get("href", ""))
        if not url:
            self._tell("link_without_address", title, tag.at)
            return
        tags = tuple(filter(None, map(_text, tag.attributes.get("tags", "").split(","))))
        added = _seconds(tag.attributes.get("add_date", ""))
        self.parsed.bookmarks.append(BookmarkItem(title or url, url, self._path[-1], tags, added))

    def _name_folder(self, title: str, tag: _Tag) -> None:
        here = self._path[-1]
        is_place = not here and not _PLACES.isdisjoint(tag.attributes)
        self._named = here if is_place else entered(self.parsed, here, title, self._line(tag.at))

    def _tell(self, kind: str, name: str, at: int) -> None:
        self.parsed.problems.append(Problem(kind, name, self._line(at)))

    def _line(self, at: int) -> int:
        counted, line = self._counted
        self._counted = (at, line + self._text.count("\n", counted, at))
        return self._counted[1]


def write_bookmarks(items: Sequence[BookmarkItem]) -> Written:
    """A file that Chromium and Firefox import: one entry a line, folders where they first occur."""
    root = _Folder()
    for item in items:
        folder = root
        for name in item.folder:
            if name not in folder.inside:
                folder.inside[name] = _Folder()
                folder.entries.append((name, folder.inside[name]))
            folder = folder.inside[name]
        folder.entries.append(item)
    lines = [_HEADING + "<DL><p>"]
    # A stack of our own: folders may be nested deeper than Python calls can be.
    walk = [iter(root.entries)]
    while walk:
        indent = "    " * min(len(walk), 16)
        entry = next(walk[-1], None)
        if entry is None:
            walk.pop()
            lines.append(f"{indent[4:]}</DL><p>")
        elif isinstance(entry, BookmarkItem):
            lines.append(f"{indent}<DT>{_link(entry)}")
        else:
            name, folder = entry
            lines += [f"{indent}<DT><H3>{_escape(name)}</H3>", f"{indent}<DL><p>"]
            walk.append(iter(folder.entries))
    return Written(("\n".join(lines) + "\n").encode())


@dataclass
class _Folder:
    """A folder to be written: what is in it, in order, and its folders by name."""

    entries: list["BookmarkItem | tuple[str, _Folder]"] = field(default_factory=list)
    inside: dict[str, "_Folder"] = field(default_factory=dict)


def _link(item: BookmarkItem) -> str:
    date = f' ADD_DATE="{item.added}"' if item.added > 0 else ""
    # A comma parts tags, so one within a tag is written as an entity; read() parts them first.
    tags = ",".join(_escape(tag).replace(",", "&#44;") for tag in item.tags)
    held = f' TAGS="{tags}"' if tags else ""
    return f'<A HREF="{_escape(item.url)}"{date}{held}>{_escape(item.title)}</A>'


def _tags(text: str) -> Iterator[_Tag]:
    """The tags and the texts between them, in order; comments and declarations are left out."""
    at = 0
    while sign := _SIGN.search(text, at):
        start = sign.start()
        if start > at:
            yield _Tag("", text[at:start], at, {})
        attributes: dict[str, str] = {}
        closing = "-->" if sign[0] == "<!--" else ">"
        end = (
            _read_attributes(text, sign.end(), attributes) if sign[1] else text.find(closing, start)
        )
        if end < 0:
            yield _Tag("<", "", start, attributes)
            return
        at = end + len(closing)
        if sign[1]:
            yield _Tag(sign[1].lower(), text[start:at], start, attributes)
    if at < len(text):
        yield _Tag("", text[at:], at, {})


def _read_attributes(text: str, at: int, attributes: dict[str, str]) -> int:
    """Fills in the attributes as they stand; returns where the tag's ``>`` is, -1 without one."""
    while found := _ATTRIBUTE.match(text, at):
        at = found.end()
        value = ""
        if found[2]:
            quote = text[at : at + 1]
            close = text.find(quote, at + 1) if quote in ('"', "'") else -1
            value = text[at + 1 : close]
            # A quote left open would swallow the entries up to the next one.
            if close < 0 or ("\n" in value and "<DT" in value.upper()):
                bare = _BARE_END.search(text, at)
                close = bare.start() if bare else len(text)
                value = text[at:close].strip("\"'")
                close -= 1
            at = close + 1
        attributes.setdefault(found[1].lower(), value)
    return text.find(">", at)


def _likeness(text: str) -> float:
    """1 with the declaration, less for a bare list of entries; a web page is none of ours."""
    if _BOOKMARKS.search(text[:4096]):
        return 1.0
    return 0.6 if _ENTRY.search(text) and "<body" not in text.lower() else 0.0


def _text(raw: str) -> str:
    """A title or a tag: one line, entities decoded."""
    line = " ".join(map(str.strip, re.split(r"[\r\n]+", raw.strip())))
    return unescaped(line, lambda name: html5.get(f"{name};"))


def _address(raw: str) -> str:
    """A URL: browsers drop line breaks in it, and write its ampersands as they are."""
    return unescaped(re.sub(r"[\t\r\n]", "", raw.strip()), _PLAIN_ENTITIES.get)


def _escape(text: str) -> str:
    return _MUST_ESCAPE.sub(
        lambda sign: f"&{_NAMES.get(sign[0], f'#{ord(sign[0])}')};", clean(text)
    )


def _seconds(written: str) -> int:
    """Unix seconds of ADD_DATE, which some programs give in milli- or microseconds."""
    if not re.fullmatch("[0-9]{1,16}", digits := written.strip()):
        return 0
    return int(digits) // (1, 1000, 1_000_000)[max(len(digits) - 10, 0) // 3]
