"""Microsoft Pinyin's own phrases (.dat, .lex): Windows 10 1607 and later read, 1703 written."""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from companion.errors import FormatBroken
from companion.formats import input_moments as moments
from companion.formats.encoding import clean
from companion.formats.input_entries import Entry, entries, placed, plain, take
from companion.formats.items import Parsed, PhraseItem, Problem, Watch, Written, unwatched
from companion.profile import template

NAME = "mspinyin"
HOLDS = "phrases"
ENDINGS = (".dat", ".lex")

_MAGIC = b"mschxudp"
_VERSION = 0x00600002
_OFFSETS = 0x40
# Of an entry: a mark, where the text begins, the place, what Windows always writes there.
_HEAD = struct.Struct("<IHBB")
_NEW, _OLD = 0x00100010, 0x00080008
_SIX = 6
# The same phrases always give the same file: made at the beginning of 2020, in the seconds since
# 1970 that stand in the file's head, and in those since 2000 that stand in an entry's.
_MADE, _MADE_SINCE_2000 = 1_577_836_800, 631_152_000
_MOST_CODE, _MOST_TEXT, _LAST_PLACE = 32, 64, 9
_CODE = re.compile("[A-Za-z]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_FUNCTIONS = moments.Functions(
    written={
        moments.DATE: "%MM%月%dd%日",
        moments.LONG: "%yyyy%年%MM%月%dd%日",
        moments.ISO: "%yyyy%-%MM%-%dd%",
        moments.TIME: "%HH%:%mm%",
    },
    read={},
    sign=re.compile("%(?:yyyy|yy|MM|dd|HH|hh|mm|ss)%"),
)


@dataclass(frozen=True)
class _Layout:
    """Where a file's entries are: ``end`` of them in the file, and how long an entry's head is."""

    offsets: int
    start: int
    end: int
    count: int
    head: int


def matches(data: bytes, name: str) -> float:
    """Whether this is such a file; its first letters tell."""
    return 1.0 if data.startswith(_MAGIC) else 0.0


def read(data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
    """The phrases in the order of their places. Raises FormatBroken where its head is broken.

    ``broken`` is set where the entries do not stand where the head says. Problems:
    variable_kept_as_text, empty_skipped.
    """
    layout = _layout(data)
    if layout is None:
        raise FormatBroken(place=name, format=NAME, line=0)
    parsed = Parsed()
    places: list[int] = []
    for number in range(layout.count):
        if number % 256 == 0:
            watch(number, layout.count)
        entry = _entry(data, layout, number)
        if entry is None:
            parsed.broken = FormatBroken(place=name, format=NAME, line=0)
            break
        body = _FUNCTIONS.body(entry.text)
        kind = "variable_kept_as_text" if body is None else ""
        body = template.literal(entry.text) if body is None else body
        take(parsed, PhraseItem("", body, entry.code), 0, kind)
        places += [entry.place] * (len(parsed.phrases) - len(places))
    if parsed.broken and not parsed.phrases:
        raise parsed.broken
    placed(parsed, places)
    return parsed


def write_phrases(items: Sequence[PhraseItem]) -> Written:
    """A file for Windows 10 1703 and later.

    Problems: empty_skipped, no_code, code_unfit, too_long, text_unfit, filled_as_text.
    """
    made, problems = entries(items, unfit, said)
    return Written(packed(made), problems)


def packed(made: Sequence[Entry]) -> bytes:
    """These phrases as a file."""
    head = _MAGIC + struct.pack("<7I", _VERSION, 1, _OFFSETS, _OFFSETS, _OFFSETS, 0, _MADE)
    return repacked(head.ljust(_OFFSETS, b"\0"), [record(entry) for entry in made])


def repacked(data: bytes, entries: Sequence[bytes]) -> bytes:
    """A file with other entries and the same head, where its offsets begin right behind that."""
    start = _OFFSETS + 4 * len(entries)
    offsets = list(accumulate(map(len, entries), initial=0))
    places = struct.pack("<4I", _OFFSETS, start, start + offsets.pop(), len(entries))
    table = struct.pack(f"<{len(offsets)}I", *offsets)
    return b"".join((data[:0x10], places, data[0x20:_OFFSETS], table, *entries))


def record(entry: Entry) -> bytes:
    """One phrase, as it stands in a file."""
    code = entry.code.lower().encode("utf-16-le") + b"\0\0"
    text = entry.text.encode("utf-16-le") + b"\0\0"
    head = _HEAD.pack(_NEW, 16 + len(code), min(entry.place, _LAST_PLACE), _SIX)
    return head + struct.pack("<II", 0, _MADE_SINCE_2000) + code + text


def unfit(code: str, text: str) -> Problem | None:
    """Why Microsoft Pinyin cannot hold this; it counts in UTF-16, an emoji is two."""
    if not _CODE.fullmatch(code) or len(code) > _MOST_CODE:
        return Problem("code_unfit")
    if len(text.encode("utf-16-le")) > 2 * _MOST_TEXT:
        return Problem("too_long")
    return Problem("text_unfit") if _CONTROL.search(text) else None


def said(body: str) -> tuple[str, Problem | None]:
    """A body as a text of Microsoft's, with its functions for moments."""
    text, kind = plain(body, _FUNCTIONS.say)
    return text, Problem("text_unfit") if _FUNCTIONS.acts(body) else kind


def records(data: bytes) -> list[bytes]:
    """The bytes of every entry of a file. Raises ValueError where it is broken, or of 1607."""
    layout = _layout(data)
    if layout is None or layout.head != _HEAD.size + 8:
        raise ValueError("not a file of Windows 10 1703 or later")
    if any(_entry(data, layout, number) is None for number in range(layout.count)):
        raise ValueError("an entry is broken")
    bounds = (_bounds(data, layout, number) for number in range(layout.count))
    return [data[start:end] for start, end in bounds]


def _layout(data: bytes) -> _Layout | None:
    if not data.startswith(_MAGIC) or len(data) < _OFFSETS:
        return None
    _, second, *words = struct.unpack_from("<8I", data, 8)
    # Since 1703 a word stands before the version number.
    new = second == 1
    offsets, start, end, count = words[:4] if new else (second, *words[:3])
    if not (_OFFSETS <= offsets <= start <= len(data)) or count > (start - offsets) // 4:
        return None
    head = _HEAD.size + (8 if new else 0)
    return _Layout(offsets, start, min(end, len(data)) if end > start else len(data), count, head)


def _bounds(data: bytes, layout: _Layout, number: int) -> tuple[int, int]:
    """Where an entry begins and ends; the last one ends with the file."""
    at = layout.offsets + 4 * number
    (start,) = struct.unpack_from("<I", data, at)
    after = (layout.end - layout.start,)
    (end,) = struct.unpack_from("<I", data, at + 4) if number + 1 < layout.count else after
    return layout.start + start, layout.start + end


def _entry(data: bytes, layout: _Layout, number: int) -> Entry | None:
    start, end = _bounds(data, layout, number)
    if not (start + layout.head <= end <= layout.end):
        return None
    mark, text_at, place, _ = _HEAD.unpack_from(data, start)
    if mark not in (_NEW, _OLD) or not layout.head <= text_at <= end - start:
        return None
    code = _string(data[start + layout.head : start + text_at])
    text = _string(data[start + text_at : end])
    return Entry(code.replace("\ufeff", "").strip(), place, text)


def _string(data: bytes) -> str:
    """The text up to its NUL."""
    text = data[: len(data) & ~1].decode("utf-16-le", "surrogatepass")
    return clean(text.partition("\0")[0])
