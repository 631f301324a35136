"""Reads COMPOUND_TEXT, in which programs without UTF-8 write their windows' titles on X11."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class _Set:
    """A set of characters: the codec that reads it, what goes before each, its bytes for one."""

    codec: str
    before: bytes = b""
    width: int = 1


# Bytes below 0x80 are of the left set and those above of the right one; a sequence names the set
# that either has from there on, and the text begins with these two.
_LEFT, _RIGHT = _Set("ascii"), _Set("iso8859-1")
_SETS = {
    b"(B": _LEFT,
    b"(J": _LEFT,
    b")I": _Set("euc_jp", b"\x8e"),
    b"A": _Set("gb2312", width=2),
    b"B": _Set("euc_jp", width=2),
    b"C": _Set("euc_kr", width=2),
    b"D": _Set("euc_jp", b"\x8f", 2),
    **{
        b"-" + final.encode(): _Set(f"iso8859-{part}")
        for final, part in zip(
            "ABCDFGHLMVY_bf", (1, 2, 3, 4, 7, 6, 8, 5, 9, 10, 13, 14, 15, 16), strict=True
        )
    },
}
# Encodings that are called by name, in the X consortium's words and in Python's.
_NAMED = {
    b"big5-0": "big5",
    b"big5-e0": "big5",
    b"big5hkscs-0": "big5hkscs",
    b"gbk-0": "gbk",
    b"gb18030-0": "gb18030",
    b"koi8-r": "koi8-r",
    b"koi8-u": "koi8-u",
}
# Blanks and line ends are the same in every set.
_BLANK = re.compile(rb"[\x00-\x1a\x1c-\x20]+")
_RUN = re.compile(rb"[\x21-\x7f]+|[\x80-\x9a\x9c-\xff]+")
_CHANGE = re.compile(rb"\x1b(?P<narrow>[()-].)|\x1b\$(?P<side>[()]?)(?P<wide>[A-D])", re.DOTALL)
_UTF8 = re.compile(rb"\x1b%G(?P<text>.*?)(?:\x1b%@|\Z)", re.DOTALL)
_NAMED_PART = re.compile(rb"\x1b%/[0-4](?P<length>[\x80-\xff]{2})", re.DOTALL)
# The direction of what follows, and the version of the format: neither changes a character.
_NOTHING = re.compile(rb"\x9b[12]?\]|\x1b#[\x20-\x2f][\x30-\x3f]")


def decode(data: bytes) -> str:
    """The text of a COMPOUND_TEXT property. Raises ValueError where a set is not known here."""
    return "".join(_parts(data))


def _parts(data: bytes) -> Iterator[str]:
    left, right, at = _LEFT, _RIGHT, 0
    while at < len(data):
        if found := _BLANK.match(data, at):
            yield found[0].decode()
        elif found := _RUN.match(data, at):
            yield _read(found[0], right if data[at] >= 0x80 else left)
        elif found := _CHANGE.match(data, at):
            narrow = found["narrow"] or b""
            # Two-byte sets may be named without a side, in the way that is older than the other.
            if (narrow[:1] or found["side"]) in (b"(", b""):
                left = _known(narrow or found["wide"])
            else:
                right = _known(narrow or found["wide"])
        elif found := _UTF8.match(data, at):
            yield found["text"].decode()
        elif found := _NAMED_PART.match(data, at):
            high, low = found["length"]
            part = data[found.end() : found.end() + (high - 0x80) * 0x80 + low - 0x80]
            name, _, text = part.partition(b"\x02")
            yield text.decode(_named(name))
            at = found.end() + len(part)
            continue
        elif not (found := _NOTHING.match(data, at)):
            raise ValueError("a sequence that is not known here")
        at = found.end()


def _read(run: bytes, held: _Set) -> str:
    if held.codec == "ascii":
        return run.decode(held.codec)
    # Each codec has its set on the right side, so that is where the bytes are read.
    run = bytes(byte | 0x80 for byte in run)
    steps = range(0, len(run), held.width)
    return b"".join(held.before + run[at : at + held.width] for at in steps).decode(held.codec)


def _known(name: bytes) -> _Set:
    if name not in _SETS:
        raise ValueError("a set that is not known here")
    return _SETS[name]


def _named(name: bytes) -> str:
    if name.lower() not in _NAMED:
        raise ValueError("an encoding that is not known here")
    return _NAMED[name.lower()]
