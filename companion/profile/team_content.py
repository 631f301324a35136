"""What a team pack may hold: texts and web addresses, typed and bounded, nothing that runs."""

import re
import urllib.parse
from collections.abc import Iterator
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta

from companion.profile.template import slots

MOST_PHRASES, MOST_BOOKMARKS, MOST_OPENINGS, MOST_SLOTS = 5_000, 2_000, 1_000, 30
# A pack is made by another person: everything in it has a type and a bound, and there is no field
# for anything but words and addresses. Texts are shown and pasted as plain text, never as markup.
Id = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{22}\Z")]
Title = Annotated[str, Meta(max_length=200)]
Code = Annotated[str, Meta(max_length=40)]
Text = Annotated[str, Meta(min_length=1, max_length=10_000)]
Address = Annotated[str, Meta(min_length=8, max_length=2_000)]
Version = Annotated[int, Meta(ge=1, lt=2**48)]

# Characters that act or hide: controls (a terminal obeys them), line separators, those that turn
# the reading direction, invisible ones, tags, lone surrogates, what is no character. Joiners stay:
# emoji and several scripts are written with them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u180e\u200b\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
# A text is never run here; this is for the page or program it may be pasted into.
_ACTIVE = re.compile(
    r"<\s*(?:script|i?frame|object|embed|applet|link|meta|base|img|svg|math|video|audio|source"
    r"|style|form|input|button)\b|<[^<>]*[\s/]on\w+\s*=|\b(?:java|vb)script\s*:"
    r"|\bdata\s*:\s*text/html|\bfile\s*:\s*/",
    re.IGNORECASE,
)
_NOT_IN_ADDRESSES = re.compile(r"[\s\\<>\"'`^{}|]")
_T = TypeVar("_T", bound=msgspec.Struct)


class Unfit(ValueError):
    """Something no team pack may hold; ``reason`` is a key of the catalogues (team.unfit.*)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TeamPhrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A phrase of the team; ``body`` may hold slots as any phrase's."""

    id: Id
    title: Title
    body: Text
    abbr: Code
    tags: Annotated[tuple[Code, ...], Meta(max_length=20)]


class TeamSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A set with its phrases, in order."""

    title: Title
    phrases: Annotated[tuple[TeamPhrase, ...], Meta(max_length=MOST_PHRASES)]


class TeamBookmark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A bookmark of the team: http or https only."""

    id: Id
    title: Title
    url: Address


class TeamFolder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A folder with its bookmarks, in order."""

    title: Title
    bookmarks: Annotated[tuple[TeamBookmark, ...], Meta(max_length=MOST_BOOKMARKS)]


class TeamOpening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One more way to open an answer in a situation of the empathy packs (``ship_urge``, …)."""

    situation: Annotated[str, Meta(pattern=r"\A[a-z0-9_]{1,40}\Z")]
    language: Literal["zh", "en"]
    text: Text


class TeamPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that a team shares, as of one version. ``at`` is in Unix seconds, for people."""

    version: Version
    at: Annotated[int, Meta(ge=0, lt=2**48)]
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    sets: Annotated[tuple[TeamSet, ...], Meta(max_length=500)] = ()
    folders: Annotated[tuple[TeamFolder, ...], Meta(max_length=500)] = ()
    openings: Annotated[tuple[TeamOpening, ...], Meta(max_length=MOST_OPENINGS)] = ()

    def phrases(self) -> list[TeamPhrase]:
        """Every phrase, in order."""
        return [phrase for group in self.sets for phrase in group.phrases]

    def bookmarks(self) -> list[TeamBookmark]:
        """Every bookmark, in order."""
        return [mark for folder in self.folders for mark in folder.bookmarks]


def fitting(form: type[_T], **fields: object) -> _T:
    """An item of a pack with these fields. Raises Unfit (also ``form``: a wrong type or length)."""
    try:
        item = msgspec.convert(fields, form)
    except msgspec.ValidationError as error:
        raise Unfit("form") from error
    check(item)
    return item


def check(item: msgspec.Struct) -> None:
    """Refuse what no team pack may hold, in an item and all that is in it. Raises Unfit (reason).

    Types and lengths were checked when it was decoded.
    """
    if isinstance(item, TeamPack):
        ids = [phrase.id for phrase in item.phrases()] + [mark.id for mark in item.bookmarks()]
        if len(item.phrases()) > MOST_PHRASES or len(item.bookmarks()) > MOST_BOOKMARKS:
            raise Unfit("form")
        if len(set(ids)) != len(ids):
            raise Unfit("form")
    for name, text in _texts(item):
        long = name in ("body", "text")
        if long:
            _check_slots(text)
        _check_text(text, long)
    if isinstance(item, TeamBookmark):
        _check_address(item.url)
    for part in _parts(item):
        check(part)


def cleaned(text: str, *, lines: bool = False) -> str:
    """A text without what acts or hides; on one line, unless it may have more of them."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _HIDDEN.sub("", text)
    return text.strip("\n") if lines else " ".join(text.split())


def _texts(item: msgspec.Struct) -> Iterator[tuple[str, str]]:
    for name in item.__struct_fields__:
        value = getattr(item, name)
        if isinstance(value, str):
            yield name, value
        elif name == "tags":
            yield from ((name, tag) for tag in value)


def _parts(item: msgspec.Struct) -> Iterator[msgspec.Struct]:
    for name in item.__struct_fields__:
        value = getattr(item, name)
        if isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, msgspec.Struct))


def _check_text(text: str, lines: bool) -> None:
    if _HIDDEN.search(text):
        raise Unfit("hidden")
    # A line break at the end is Enter, pasted: a terminal would run the line before it.
    if ("\n" in text or "\t" in text) if not lines else text.strip("\n") != text:
        raise Unfit("breaks")
    if _ACTIVE.search(text):
        raise Unfit("active")


def _check_slots(body: str) -> None:
    if len(slots(body)) > MOST_SLOTS:
        raise Unfit("slots")


def _check_address(url: str) -> None:
    """Only the web, and the place that one reads is the place that is opened."""
    try:
        parts = urllib.parse.urlsplit(url)
        host, port_fits = parts.hostname, (parts.port or 1) > 0
    except ValueError as error:
        raise Unfit("address") from error
    if (
        parts.scheme not in ("http", "https")
        or not host
        or not port_fits
        or "@" in parts.netloc
        or _NOT_IN_ADDRESSES.search(url)
    ):
        raise Unfit("address")
