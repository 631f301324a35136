"""Everything a profile holds as plain files: JSON that reads back whole, Markdown for people."""

import time
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from companion.errors import FormatBroken, NewerFormat
from companion.profile.fields import view
from companion.profile.profile import Profile
from companion.profile.records import Record, View
from companion.session.importing import folder_paths

FORMAT = 1
JSON_NAME, MARKDOWN_NAME = "companion-profile.json", "companion-profile.md"
_FORMAT_NAME = "profile"
Say = Callable[[str], str]
"""The words for a heading: sets, bookmarks, log."""


class PlainProfile(msgspec.Struct, frozen=True):
    """What the JSON file holds.

    ``readable`` is for other programs, by kind the records as they stand; ``records`` is what
    Companion reads back, with conflicts, earlier texts, trash and stamps.
    """

    format: int
    profile: str
    clock: int
    readable: dict[str, list[View]]
    records: list[Record]


def as_json(profile: Profile) -> bytes:
    """The profile as JSON, in clear."""
    clock, records = profile.everything()
    readable: dict[str, list[View]] = {
        "sets": [*profile.sets()],
        "phrases": [*profile.phrases()],
        "folders": [*profile.folders()],
        "bookmarks": [*profile.bookmarks()],
        "reflections": [*profile.reflections()],
    }
    plain = PlainProfile(FORMAT, profile.id, clock, readable, records)
    return msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n"


def from_json(data: bytes, place: str) -> tuple[int, list[Record]]:
    """The clock and the records that as_json() wrote.

    Raises FormatBroken (place, format, line), NewerFormat.
    """
    try:
        held = msgspec.json.decode(data, type=dict[str, Any])
        version = held.get("format")
        if isinstance(version, int) and version > FORMAT:
            raise NewerFormat(found=version, known=FORMAT)
        clock = msgspec.convert(held.get("clock"), int)
        records = msgspec.convert(held.get("records"), list[Record])
        for record in records:
            view(record)
    except (msgspec.MsgspecError, ValueError) as error:
        raise FormatBroken(place=place, format=_FORMAT_NAME, line=0) from error
    return clock, records


def as_markdown(profile: Profile, say: Say) -> str:
    """The profile as Markdown to read, in clear; ``say`` words the headings."""
    parts = [f"# {say('title')}"]
    titles = {"": "", **{group.id: group.title for group in profile.sets()}}
    for parent, title in titles.items():
        phrases = [
            phrase
            for phrase in profile.phrases()
            if (phrase.parent if phrase.parent in titles else "") == parent
        ]
        if phrases:
            parts.append(f"## {title or say('phrases')}")
        for phrase in phrases:
            code = f" `{phrase.abbr}`" if phrase.abbr else ""
            parts += [f"### {phrase.title}{code}", _quoted(phrase.body)]
    paths = folder_paths(profile.folders())
    marks = [
        f"- {' / '.join((*paths.get(mark.parent, ()), mark.title or mark.url))}: <{mark.url}>"
        for mark in profile.bookmarks()
    ]
    if marks:
        parts += [f"## {say('bookmarks')}", "\n".join(marks)]
    entries = profile.reflections()
    if entries:
        parts.append(f"## {say('log')}")
    for entry in entries:
        day = time.strftime("%Y-%m-%d %H:%M", time.localtime(entry.at))
        written = (entry.feeling, entry.need, entry.helped, entry.next_words, entry.follow_up)
        parts += [f"### {day}", _quoted("\n".join(filter(None, written)))]
    return "\n\n".join(parts) + "\n"


def _quoted(text: str) -> str:
    """A text as a block of its own, so that nothing in it counts as Markdown's headings."""
    return "\n".join(f"> {line}".rstrip() for line in _lines(text))


def _lines(text: str) -> Iterable[str]:
    return text.splitlines() or [""]
