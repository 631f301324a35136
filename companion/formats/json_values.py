"""JSON that may be cut short: what it holds as far as it is sound, and the line where it breaks."""

import json
import re
from collections.abc import Iterator
from typing import Any

from companion.errors import FormatBroken
from companion.formats.encoding import clean
from companion.formats.items import Parsed, Problem, Watch

# A text without an end runs to the end of the file.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[{}\[\]]', re.DOTALL)
_CLOSING = {"{": "}", "[": "]"}
_MOST_DEEP = 100


def load(text: str, place: str, format: str) -> tuple[Any, FormatBroken | None]:
    """The value, and where it breaks off: then without the entry that is not complete.

    Raises FormatBroken where no entry of a list is complete.
    """
    try:
        return json.loads(text), None
    except json.JSONDecodeError as error:
        broken = FormatBroken(place=place, format=format, line=error.lineno)
        sound = _sound(text, error.pos)
        if not sound:
            raise broken from error
        try:
            return json.loads(sound), broken
        except (ValueError, RecursionError):
            raise broken from error
    except (ValueError, RecursionError) as error:
        raise FormatBroken(place=place, format=format, line=0) from error


def objects(value: object) -> list[dict[str, Any]]:
    """The objects of a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def entries(listed: list[Any], parsed: Parsed, watch: Watch) -> Iterator[dict[str, Any]]:
    """The objects of a list one by one; what is none is told. Problems: entry_unreadable."""
    for number, entry in enumerate(listed):
        if number % 256 == 0:
            watch(number, len(listed))
        if isinstance(entry, dict):
            yield entry
        else:
            parsed.problems.append(Problem("entry_unreadable"))


def text(entry: dict[str, Any], *keys: str) -> str:
    """The first text under one of the keys that is not empty, else an empty one."""
    found = (entry[key] for key in keys if isinstance(entry.get(key), str) and entry[key])
    return clean(next(found, ""))


def texts(value: object) -> list[str]:
    """The texts of a list, without empty ones."""
    listed = value if isinstance(value, list) else []
    return [clean(one) for one in listed if isinstance(one, str) and one.strip()]


def _sound(text: str, most: int) -> str:
    """The text up to the last complete object of a list, with all that is open then closed."""
    opened: list[str] = []
    end, closing = 0, ""
    for token in _TOKEN.finditer(text, 0, most):
        sign = token[0]
        if sign in _CLOSING:
            opened.append(sign)
            if len(opened) > _MOST_DEEP:
                return ""
        elif sign in ("}", "]"):
            if not opened or _CLOSING[opened.pop()] != sign:
                break
            if sign == "}" and opened and opened[-1] == "[":
                end = token.end()
                closing = "".join(_CLOSING[one] for one in reversed(opened))
    return text[:end] + closing if end else ""
