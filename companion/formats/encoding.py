"""Text out of bytes and escapes that do not say how they are encoded, rid of what none may hold."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from companion.errors import FormatBroken
from companion.formats.items import Problem

# Longest marks first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_GLANCE = 65_536
# A lone surrogate cannot be written as UTF-8 again, and a NUL ends a text in half the programs
# it would be pasted into.
_UNFIT = re.compile("[\x00\ud800-\udfff]")
# Other encodings taken for UTF-16 soon give one of these; what is UTF-16 holds none.
_UNLIKELY = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_STRANGE = re.compile(rb"[\x01-\x08\x0e-\x1f]")
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,31}));", re.IGNORECASE)
_WIDE_END = re.compile(rb"\r\0\n\0|\0\r\0\n")
_HIGH = re.compile(rb"[\x80-\xff]+")
# The first level of GB 2312, as far as UTF-8 has pairs of bytes that look like it.
_USUAL_PAIRS = re.compile(rb"(?:[\xc2-\xd7][\xa1-\xbf])+")
_FIRST_LEVEL = re.compile(rb"(?:[\xb0-\xd7][\xa1-\xfe])+")
# What parts lines and cells.
_PARTING = re.compile("[\n\t,;]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")


@dataclass(frozen=True)
class Decoded:
    """A file's text without its byte order mark; ``problems`` says where characters were lost."""

    text: str
    encoding: str
    problems: list[Problem] = field(default_factory=list)


def decode(data: bytes, place: str, format: str, always_utf8: bool = False) -> Decoded:
    """The text of a whole file; ``always_utf8`` where its program writes nothing else.

    A byte order mark decides; without one UTF-8, UTF-16 and GB18030 are tried. Bytes that break
    a file which is otherwise plainly UTF-8 are dropped and told. Raises FormatBroken with the
    line of the first byte that fits nothing.
    """
    encoding, mark = _encoding(data)
    content = data[mark:]
    if always_utf8 and not mark and _fits(content, "utf-8", cut=False):
        encoding = "utf-8"
    try:
        text = content.decode(encoding, "surrogatepass" if encoding != "gb18030" else "strict")
        lost = 0
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        if encoding != "utf-8" or not _mostly_utf8(content):
            raise FormatBroken(place=place, format=format, line=line) from error
        text, lost = content.decode(encoding, "ignore"), line
    if _is_binary(text):
        raise FormatBroken(place=place, format=format, line=1)
    cleaned = clean(text)
    if cleaned is not text and not lost and (unfit := _UNFIT.search(text)):
        lost = text.count("\n", 0, unfit.start()) + 1
    problems = [Problem("characters_dropped", line=lost)] if lost else []
    return Decoded(cleaned, encoding, problems)


def glance(data: bytes) -> str:
    """The first text of a file, to tell its format by; empty where it is not text."""
    head = data[:_GLANCE]
    encoding, mark = _encoding(head, cut=len(data) > _GLANCE)
    lenient = encoding == "utf-8" and _mostly_utf8(head)
    decoder = codecs.getincrementaldecoder(encoding)("ignore" if lenient else "strict")
    try:
        text = decoder.decode(head[mark:], final=len(data) <= _GLANCE)
    except UnicodeDecodeError:
        return ""
    return "" if _is_binary(text) else clean(text)


def clean(text: str) -> str:
    """The text without NULs and lone surrogates, which escapes such as JSON's can bring in."""
    return text if "\0" not in text and _is_whole(text) else _UNFIT.sub("", text)


def _is_whole(text: str) -> bool:
    """Whether there is no lone surrogate in it, several times sooner told than by looking."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def unescaped(text: str, named: Callable[[str], str | None]) -> str:
    """The text with its HTML entities decoded; ``named`` knows the characters of the names.

    Only what ends in a semicolon is an entity, or ?a=1&copy=2 would turn into ?a=1©=2.
    """

    def character(entity: re.Match[str]) -> str:
        decimal, hexadecimal, name = entity.groups()
        if name:
            return named(name) or entity[0]
        code = int(decimal) if decimal else int(hexadecimal, 16)
        # What no text may hold stays the entity it was.
        return (clean(chr(code)) if code < 0x110000 else "") or entity[0]

    return _ENTITY.sub(character, text)


def first_line(text: str, length: int = 40) -> str:
    """The first line that says anything, shortened: a name for a text that has none."""
    return next((line.strip()[:length] for line in text.splitlines() if line.strip()), "")


def title_of(text: str, *names: str) -> str:
    """The first of these names that says anything, else the first line of the text."""
    return next(filter(str.strip, names), "") or first_line(text)


def _encoding(data: bytes, *, cut: bool = False) -> tuple[str, int]:
    """The likeliest encoding and the length of the byte order mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    wide = next((one for one in _utf16(data) if _fits(data, one, cut)), "")
    if _fits(data, "utf-8", cut):
        # English in UTF-16 is valid UTF-8 with every second byte NUL, 丁 a byte 1 before N; a few
        # NULs are mere dirt, unless they make a line end of Windows wide.
        telling = _STRANGE.search(data) or _WIDE_END.search(data)
        if wide and (data.count(0) * 4 >= len(data) or telling):
            return wide, 0
        return ("gb18030" if _chinese_pairs(data) else "utf-8"), 0
    if wide:
        return wide, 0
    # What fits whole and is usual is likelier than what has one broken byte.
    usual = all(map(_FIRST_LEVEL.fullmatch, _HIGH.findall(data[:_GLANCE])))
    if _fits(data, "gb18030", cut) and (usual or not _mostly_utf8(data)):
        return "gb18030", 0
    return "utf-8", 0


def _utf16(data: bytes) -> list[str]:
    """The UTF-16 this may be without saying so, likelier first: its Latin letters hold NULs."""
    head = data[:_GLANCE]
    high, low = head[1::2].count(0), head[0::2].count(0)
    if len(data) % 2 or not high + low:
        return []
    # U+4E00 (一) has a NUL on the other side, so neither side need be free of them: line ends and
    # commas tell.
    likely = ["utf-16-le", "utf-16-be"] if high >= low else ["utf-16-be", "utf-16-le"]
    return sorted(likely, key=lambda one: -len(_PARTING.findall(head.decode(one, "ignore"))))


def _chinese_pairs(data: bytes) -> bool:
    """Whether valid UTF-8 is rather a few characters of GBK: 虐挚溪 is also three of Latin.

    There is hardly anything but the most usual characters of Chinese, two of them side by side.
    """
    head = data[:_GLANCE]
    runs = _HIGH.findall(head)
    if sum(map(len, runs)) * 2 < len(head) or max(map(len, runs), default=0) < 4:
        return False
    # Western European has these two bytes alone before its letters.
    leads = set(b"".join(runs)[::2]) - set(b"\xc2\xc3")
    return bool(leads) and all(map(_USUAL_PAIRS.fullmatch, runs))


def _fits(data: bytes, encoding: str, cut: bool) -> bool:
    """Whether the bytes decode without an error, a character cut in two at the end allowed."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data, final=not cut)
    except UnicodeDecodeError:
        return False
    if encoding.startswith("utf-16"):
        return not _UNLIKELY.search(text)
    return encoding == "utf-8" or not _is_binary(text)


def _mostly_utf8(data: bytes) -> bool:
    """Whether broken bytes are the exception: text in GB18030 hardly ever forms UTF-8."""
    head = data[:_GLANCE]
    sound = sum(len(match) for match in _UTF8_SEQUENCE.findall(head))
    high = len(head) - len(head.translate(None, bytes(range(128, 256))))
    return sound * 10 >= high * 9 and sound > 0


def _is_binary(text: str) -> bool:
    """Whether control characters are too many for this to be text."""
    head = text[:_GLANCE]
    return len(_CONTROL.findall(head)) * 3 > len(head)
