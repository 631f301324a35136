"""Everything a profile holds as plain files: JSON that reads back whole, Markdown for people."""

import base64
import hashlib
import re
import time
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from companion.errors import FormatBroken, NewerFormat
from companion.profile import images
from companion.profile.packs import Clock
from companion.profile.profile import Profile
from companion.profile.records import Image, Phrase, Practice, Record, View
from companion.seat_errors import ImagesAwaited
from companion.session.exporting import folder_paths

FORMAT = 1
JSON_NAME, MARKDOWN_NAME = "companion-profile.json", "companion-profile.md"
_FORMAT_NAME = "profile"
Say = Callable[[str], str]
"""The words for a heading: title, phrases, bookmarks, openings, log, practice."""
_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp"}


class PlainProfile(msgspec.Struct, frozen=True):
    """What the JSON file holds.

    ``readable`` is for other programs, by kind the records as they stand; ``records`` is what
    Companion reads back, with conflicts, earlier texts, trash and stamps. A record that JSON cannot
    hold whole (it has no bytes) stands there as its msgpack in base 64.
    """

    format: int
    profile: str
    clock: int
    readable: dict[str, list[View]]
    records: list[Record | str]


def as_json(profile: Profile) -> bytes:
    """The profile as JSON, in clear."""
    clock, records = profile.everything()
    readable: dict[str, list[View]] = {
        "sets": [*profile.sets()],
        "phrases": [*profile.phrases()],
        "variants": [*profile.variants()],
        "images": [*profile.images()],
        "programs": [*profile.programs()],
        "openings": [*profile.openings()],
        "folders": [*profile.folders()],
        "bookmarks": [*profile.bookmarks()],
        "reflections": [*profile.reflections()],
        "practice": [*profile.practice()],
    }
    plain = PlainProfile(FORMAT, profile.id, clock, readable, [_written(each) for each in records])
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
        clock = msgspec.convert(held.get("clock"), Clock)
        records = [_read(each) for each in msgspec.convert(held.get("records"), list[Any])]
    except (msgspec.MsgspecError, ValueError) as error:
        raise FormatBroken(place=place, format=_FORMAT_NAME, line=0) from error
    return clock, records


def as_markdown(profile: Profile, say: Say) -> str:
    """The profile as Markdown to read, in clear; ``say`` words the headings."""
    parts = [f"# {say('title')}"]
    titles = {"": ""}
    for group in profile.sets():
        titles[group.id] = " / ".join(filter(None, (titles.get(group.parent), group.title)))
    headed = None
    for phrase in profile.phrases():
        if phrase.parent != headed:
            headed = phrase.parent
            parts.append(f"## {titles[headed] or say('phrases')}")
        parts += _phrase(profile, phrase)
    paths = folder_paths(profile.folders())
    marks = [
        f"- {' / '.join((*paths.get(mark.parent, ()), mark.title or mark.url))}: <{mark.url}>"
        for mark in profile.bookmarks()
    ]
    if marks:
        parts += [f"## {say('bookmarks')}", "\n".join(marks)]
    openings = profile.openings()
    if openings:
        parts.append(f"## {say('openings')}")
    for opening in openings:
        parts += [f"### {opening.situation}", _quoted(opening.text)]
    entries = profile.reflections()
    if entries:
        parts.append(f"## {say('log')}")
    for entry in entries:
        day = time.strftime("%Y-%m-%d %H:%M", time.localtime(entry.at))
        written = (entry.feeling, entry.need, entry.helped, entry.next_words, entry.follow_up)
        parts += [f"### {day}", _quoted("\n".join(filter(None, written)))]
    practised = profile.practice()
    if practised:
        parts += [f"## {say('practice')}", "\n".join(map(_practised, practised))]
    return "\n\n".join(parts) + "\n"


def image_files(profile: Profile) -> dict[str, bytes]:
    """The images of all phrases, by the name of the file that the Markdown names.

    Raises ImagesAwaited (count) where some are not on this desk yet.
    """
    awaited = sum(not image.data for image in profile.images())
    if awaited:
        raise ImagesAwaited(count=awaited)
    return {image_name(image): image.data for image in profile.images()}


def image_name(image: Image) -> str:
    """The name of an image's file, beside the Markdown."""
    safe = re.fullmatch(r"[A-Za-z0-9_-]{1,64}", image.id)
    # An identity of somebody else's making may be no name of a file.
    stem = image.id if safe else hashlib.sha256(image.id.encode()).hexdigest()[:22]
    return f"image-{stem}{_ENDINGS.get(images.media_type(image.data), '.bin')}"


def _phrase(profile: Profile, phrase: Phrase) -> list[str]:
    code = f" `{phrase.abbr}`" if phrase.abbr else ""
    parts = [f"### {phrase.title}{code}", _quoted(phrase.body)]
    for variant in profile.variants(phrase.id):
        parts += [f"#### {variant.title}", _quoted(variant.body)]
    return parts + [f"![]({image_name(image)})" for image in profile.images(phrase.id)]


def _practised(held: Practice) -> str:
    days = (
        f"{time.strftime('%Y-%m-%d', time.localtime(one[0]))} ({one[1]})"
        for one in held.reviews
        if len(one) > 1
    )
    return f"- {held.situation}: {', '.join(days)}"


def _written(record: Record) -> Record | str:
    whole = msgspec.msgpack.encode(record)
    try:
        back = msgspec.json.decode(msgspec.json.encode(record), type=Record)
    except (TypeError, ValueError):
        back = None
    if back is not None and msgspec.msgpack.encode(back) == whole:
        return record
    return base64.b64encode(whole).decode()


def _read(written: Any) -> Record:
    if isinstance(written, str):
        return msgspec.msgpack.decode(base64.b64decode(written, validate=True), type=Record)
    return msgspec.convert(written, Record)


def _quoted(text: str) -> str:
    """A text as a block of its own, so that nothing in it counts as Markdown's headings."""
    return "\n".join(f"> {line}".rstrip() for line in _lines(text))


def _lines(text: str) -> Iterable[str]:
    return text.splitlines() or [""]
