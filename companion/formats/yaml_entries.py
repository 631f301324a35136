"""Reads YAML into plain values, event by event: lines are known, and nothing grows out of bounds.

Values are texts as they stand (``yes`` and ``2024-01-01`` too), lists and mappings; a tag makes
nothing of them.
"""

import re
from collections.abc import Iterator
from typing import Any, cast

from companion.errors import FormatBroken
from companion.formats.encoding import clean
from companion.formats.items import Watch

Value = Any  # str | list[Value] | Mapping

_MOST_DEEP = 60
# What is not printable, ends a line for some readers, or is a mark that they swallow.
_UNUSUAL = "[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_SPECIAL = re.compile(rf'[\\"]|{_UNUSUAL}')
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_UNUSUAL_SIGN = re.compile(_UNUSUAL)
# The bare words that some readers of YAML take for a truth or for nothing are not among these.
_BARE_KEY = re.compile(r"(?!(?:null|true|false|yes|no|on|off|y|n)$)[a-z]+(?:_[a-z]+)*")
# What aliases repeat: a file of a few lines may otherwise say gigabytes.
_MOST_REPEATED = 8_000_000


class Mapping(dict[str, Value]):
    """A mapping, and the line it begins on."""

    line = 0


class Bare(str):
    """A text that is written without quotes: a number or a truth."""

    __slots__ = ()


def texts(value: Value) -> list[str]:
    """The texts of a list, or of a lone text; what is neither is left out."""
    if isinstance(value, str):
        return [value] if value else []
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def mappings(value: Value) -> list[Mapping]:
    """The mappings of a list."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def load(text: str, place: str, format: str, watch: Watch) -> tuple[Value, FormatBroken | None]:
    """The first document's value, and where it breaks off, if it does.

    Of a document that breaks off there is what was complete below its outermost two levels.
    Raises FormatBroken where that is nothing.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    tree = _Tree(watch)
    try:
        for event in cast(Iterator[Any], yaml.parse(text, Loader=loader)):
            if isinstance(event, yaml.DocumentEndEvent):
                break
            tree.take(event)
    except (yaml.YAMLError, _TooMuch, RecursionError, ValueError) as error:
        broken = FormatBroken(place=place, format=format, line=_line(text, error) or tree.line)
        value = tree.left()
        if value is None:
            raise broken from error
        return value, broken
    return tree.root, None


def dump(value: Value, indent: str = "") -> Iterator[str]:
    """A mapping of texts, lists and mappings as lines of YAML; every text comes back as it is."""
    for name, one in value.items():
        key = name if _BARE_KEY.fullmatch(name) else _quoted(name)
        if isinstance(one, dict):
            yield f"{indent}{key}:"
            yield from dump(one, f"{indent}  ")
        elif isinstance(one, list) and one and isinstance(one[0], dict):
            yield f"{indent}{key}:"
            for entry in one:
                first, *others = dump(entry, f"{indent}    ")
                yield f"{indent}  - {first.lstrip()}"
                yield from others
        elif isinstance(one, list):
            yield f"{indent}{key}: [{', '.join(map(_quoted, one))}]"
        elif isinstance(one, Bare):
            yield f"{indent}{key}: {one}"
        else:
            yield from _text(key, one, indent)


def _text(key: str, text: str, indent: str) -> Iterator[str]:
    lines = text.split("\n")
    block = len(lines) > 2 or (len(lines) == 2 and lines[1])
    sound = all(not _UNUSUAL_SIGN.search(line) and line == line.rstrip(" \xa0") for line in lines)
    if not (block and sound and lines[0] and lines[-1] and lines[0][0] not in " \xa0"):
        yield f"{indent}{key}: {_quoted(text)}"
        return
    yield f"{indent}{key}: |-"
    yield from (f"{indent}  {line}" if line else "" for line in lines)


def _quoted(text: str) -> str:
    return f'"{_SPECIAL.sub(_escaped, text)}"'


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    if sign in _SHORT:
        return _SHORT[sign]
    code = ord(sign)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class _TooMuch(Exception):
    """It nests or repeats itself beyond any use."""


class _Open:
    """A list or a mapping that has not ended yet; ``weight`` is how much text it holds."""

    def __init__(self, value: Value, anchor: str | None) -> None:
        self.value, self.anchor = value, anchor
        self.key: str | None = None
        self.weight = 1

    def add(self, value: Value, weight: int) -> None:
        self.weight += weight
        if isinstance(self.value, list):
            self.value.append(value)
        elif self.key is None:
            self.key = value if isinstance(value, str) else ""
        else:
            self._set(self.key, value)
            self.key = None

    def _set(self, key: str, value: Value) -> None:
        if key != "<<":
            self.value[key] = value
            return
        for merged in [value] if isinstance(value, Mapping) else mappings(value):
            for name, one in merged.items():
                self.value.setdefault(name, one)


class _Tree:
    """The values so far; the innermost open one is the last of ``_open``."""

    def __init__(self, watch: Watch) -> None:
        self.root: Value = ""
        self.line = 0
        self._watch, self._seen = watch, 0
        self._open: list[_Open] = []
        self._anchored: dict[str, tuple[Value, int]] = {}
        self._repeated = 0

    def take(self, event: Any) -> None:
        """One event of the parser."""
        self.line = event.start_mark.line + 1
        self._seen += 1
        if self._seen % 1024 == 1:
            self._watch(0, 0)
        kind = type(event).__name__
        if kind == "ScalarEvent":
            plain = event.implicit[0]
            said = "" if plain and event.value in ("~", "null") else clean(event.value)
            self._put(said, len(said) + 1, event.anchor)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            ended = self._open.pop()
            self._put(ended.value, ended.weight, ended.anchor)
        elif kind == "MappingStartEvent":
            value = Mapping()
            value.line = self.line
            self._begin(value, event.anchor)
        elif kind == "SequenceStartEvent":
            self._begin([], event.anchor)
        elif kind == "AliasEvent":
            self._repeat(event.anchor)

    def _begin(self, value: Value, anchor: str | None) -> None:
        if len(self._open) == _MOST_DEEP:
            raise _TooMuch
        self._open.append(_Open(value, anchor))

    def _repeat(self, anchor: str) -> None:
        # One that stands within what it names has not been anchored yet.
        if anchor not in self._anchored:
            raise _TooMuch
        value, weight = self._anchored[anchor]
        self._repeated += weight
        if self._repeated > _MOST_REPEATED:
            raise _TooMuch
        self._put(value, weight, None)

    def left(self) -> Value:
        """What is complete of a document that breaks off; None for nothing."""
        if not self._open:
            return self.root or None
        for outer, inner in zip(self._open[:1], self._open[1:2], strict=False):
            if isinstance(outer.value, Mapping) and isinstance(inner.value, list):
                outer.add(inner.value, 0)
        return self._open[0].value or None

    def _put(self, value: Value, weight: int, anchor: str | None) -> None:
        if anchor is not None:
            self._anchored[anchor] = value, weight + 1
        if self._open:
            self._open[-1].add(value, weight)
        else:
            self.root = value


def _line(text: str, error: Exception) -> int:
    """The line of a failure, 0 where it has none."""
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    position = getattr(error, "position", None)
    # A character that YAML forbids: it counts characters or bytes, and a line is near enough.
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else 0
