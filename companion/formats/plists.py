"""Property lists, as programs for the Mac keep them: read in bounds, line by line, and written."""

import plistlib
import re
import struct
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from companion.errors import FormatBroken
from companion.formats.bundle import MOST_BYTES
from companion.formats.encoding import clean
from companion.formats.items import Watch

Value = Any  # str | int | bool | list[Value] | dict[str, Value]

_BINARY = b"bplist00"
_CHUNK = 65_536
_MOST_DEEP = 60
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
    '"http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">'
)
# What XML can say of a text in no way.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Whatever a forged file makes plistlib stumble over.
_STUMBLES = (
    *(plistlib.InvalidFileException, ValueError, TypeError, LookupError, struct.error),
    *(RecursionError, OverflowError, AttributeError, MemoryError),
)


def looks_so(data: bytes) -> bool:
    """Whether these bytes begin as a property list does."""
    head = data[:1_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    wide = head.replace(b"\0", b"")
    return data.startswith(_BINARY) or (
        wide.lstrip(b"\xff\xfe").startswith((b"<?xml", b"<!DOCTYPE plist", b"<plist"))
        and b"<plist" in wide
    )


def load(data: bytes, place: str, format: str, watch: Watch) -> tuple[Value, FormatBroken | None]:
    """What a property list holds, and where it breaks off, if it does.

    Entities of its own are refused. Raises FormatBroken where nothing of it can be read.
    """
    if data.startswith(_BINARY):
        try:
            return _measured(plistlib.loads(data, fmt=plistlib.FMT_BINARY)), None
        except (*_STUMBLES, _Refused) as error:
            raise FormatBroken(place=place, format=format, line=0) from error
    tree = _Tree()
    content = data.lstrip() if data[:1].isspace() else data
    skipped = data[: len(data) - len(content)].count(b"\n")
    try:
        for at in range(0, len(content), _CHUNK):
            watch(0, 0)
            tree.parser.Parse(content[at : at + _CHUNK], False)
        tree.parser.Parse(b"", True)
    except (expat.ExpatError, _Refused, ValueError, LookupError) as error:
        line = int(getattr(error, "lineno", tree.parser.CurrentLineNumber)) + skipped
        broken = FormatBroken(place=place, format=format, line=line)
        value = tree.left()
        if not value:
            raise broken from error
        return value, broken
    return tree.root, None


def dump(value: Value) -> bytes:
    """A property list in XML; what XML cannot say of a text is left out of it."""
    return "\n".join([_HEAD, *_lines(value, ""), "</plist>", ""]).encode("utf-8")


def unsayable(text: str) -> bool:
    """Whether characters of this text would be left out."""
    return bool(_UNFIT.search(text))


def _lines(value: Value, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{indent}<dict>"
        for key, one in value.items():
            yield f"{indent}\t<key>{_escaped(key)}</key>"
            yield from _lines(one, f"{indent}\t")
        yield f"{indent}</dict>"
    elif isinstance(value, list):
        yield f"{indent}<array>"
        for one in value:
            yield from _lines(one, f"{indent}\t")
        yield f"{indent}</array>"
    elif isinstance(value, datetime):
        yield f"{indent}<date>{value:%Y-%m-%dT%H:%M:%SZ}</date>"
    elif isinstance(value, int):
        yield f"{indent}<integer>{value}</integer>"
    else:
        yield f"{indent}<string>{_escaped(value)}</string>"


def _escaped(text: str) -> str:
    return escape(_UNFIT.sub("", text), {"\r": "&#13;"})


class _Refused(Exception):
    """It declares entities, or nests or repeats itself beyond any use."""


def _measured(value: Value) -> Value:
    """A value of a binary list, in which one object may stand in many places, or in itself."""
    size = 0
    stack = [(value, 1)]
    while stack:
        one, depth = stack.pop()
        size += 1 + (len(one) if isinstance(one, str | bytes | list | dict) else 0)
        if size > MOST_BYTES or depth > _MOST_DEEP:
            raise _Refused
        if isinstance(one, dict):
            stack += [(inner, depth + 1) for inner in one.values()]
        elif isinstance(one, list):
            stack += [(inner, depth + 1) for inner in one]
    return value


class _Tree:
    """Builds the values as the parser meets them."""

    def __init__(self) -> None:
        self.root: Value = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self._open: list[tuple[Value, str]] = []
        self._key = ""
        self._text: list[str] = []

    def left(self) -> Value:
        """All but the entry that is not complete."""
        if self._open and isinstance(self._open[-1][0], dict) and len(self._open) > 1:
            self._open.pop()
        while self._open:
            self._close()
        return self.root

    def _refuse(self, *_: object) -> None:
        raise _Refused

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._text = []
        if name in ("dict", "array"):
            if len(self._open) == _MOST_DEEP:
                raise _Refused
            self._open.append(({} if name == "dict" else [], self._key))

    def _data(self, text: str) -> None:
        self._text.append(text)

    def _end(self, name: str) -> None:
        text = clean("".join(self._text))
        self._text = []
        if name in ("dict", "array"):
            self._close()
        elif name == "key":
            self._key = text
        elif name in ("true", "false"):
            self._put(name == "true")
        elif name == "integer":
            self._put(int(text) if re.fullmatch(r"\s*[+-]?\d{1,20}\s*", text) else 0)
        elif name in ("string", "real", "date", "data"):
            self._put(text)

    def _close(self) -> None:
        value, self._key = self._open.pop()
        self._put(value)

    def _put(self, value: Value) -> None:
        if not self._open:
            self.root = value
        elif isinstance(self._open[-1][0], dict):
            self._open[-1][0][self._key] = value
        else:
            self._open[-1][0].append(value)
