"""What the placeholders of Alfred and Raycast say in our bodies, and our bodies in Raycast's."""

import re

from companion.formats import dates
from companion.formats.bodies import Body
from companion.profile import template
from companion.profile.template_dates import Moment

_TOKEN = re.compile(
    r"\{(?P<word>isodate|datetime|date|time|day|clipboard|cursor|argument|snippet|selection|uuid"
    r"|random|query|var|browser-tab|calculator|shell)\b(?P<rest>[^{}\r\n]*)\}"
)
_PAIR = re.compile(r'([a-z]+)\s*=\s*(?:"([^"]*)"|(\S+))')
_SHIFT = re.compile(r"([+-])\s*(\d{1,4})\s*([a-zA-Z])")
_UNITS = {"y": (12, "month"), "M": (1, "month"), "d": (1, "day"), "D": (1, "day")}
_UNITS |= {"Y": (12, "month"), "w": (1, "week"), "h": (1, "hour"), "H": (1, "hour")}
_UNITS |= {"m": (1, "minute")}
_USUAL = {"date": "%-d %B %Y", "time": "%H:%M", "datetime": "%-d %B %Y, %H:%M", "day": "%A"}
_USUAL |= {"isodate": "%Y-%m-%d"}
_STYLES = ("short", "medium", "long", "full")
_LETTERS = {"month": "M", "day": "d", "week": "d", "hour": "h", "minute": "m"}


def read(text: str) -> Body:
    """A snippet as a body of ours: what reads the desk, asks a machine or runs stays as text."""
    body, at = Body(text), 0
    for found in _TOKEN.finditer(text):
        body.say(text[at : found.start()])
        at = found.end()
        _token(body, found[0], found["word"], found["rest"].strip())
    body.say(text[at:])
    return body


def write(body: str) -> tuple[str, bool]:
    """A body of ours in Raycast's placeholders, and whether they say all of it."""
    parts = template.parse(body)
    said = [part if isinstance(part, str) else _said(part) for part in parts]
    text = "".join(
        one if one is not None else template.render([part])
        for one, part in zip(said, parts, strict=True)
    )
    meant = [one for one, part in zip(said, parts, strict=True) if not isinstance(part, str)]
    # Braces of the text would be taken for placeholders, and there is no other way to write them.
    return text, None not in said and [found[0] for found in _TOKEN.finditer(text)] == meant


def _token(body: Body, whole: str, word: str, rest: str) -> None:
    named = {key: one or two for key, one, two in _PAIR.findall(rest)}
    if word in _USUAL:
        _date(body, whole, word, rest, named)
    elif word == "clipboard" and not rest:
        body.clipboard()
    elif word == "cursor" and not rest:
        body.cursor()
    elif word == "snippet" and (named.get("name") or rest.startswith(":")):
        body.other(named.get("name") or rest[1:], whole)
    elif word == "argument" and "|" not in rest:
        options = [one.strip() for one in named.get("options", "").split(",") if one.strip()]
        default = named.get("default", "")
        if default in options:
            options = [default, *(one for one in options if one != default)]
        name = named.get("name") or ("fill in" if body.english else "填写")
        if not body.slot(name, default, tuple(options)):
            body.keep(whole)
    else:
        body.keep(whole, "script_kept_as_text" if word == "shell" else "variable_kept_as_text")


def _date(body: Body, whole: str, word: str, rest: str, named: dict[str, str]) -> None:
    """Alfred says ``{date +1d:yyyy}``, Raycast ``{date offset="+1d" format="yyyy"}``."""
    head, _, tail = ("", "", "") if named else rest.partition(":")
    shifts = _SHIFT.findall(named.get("offset", head))
    pattern = named.get("format", tail)
    leftover = _SHIFT.sub("", named.get("offset", head)).strip()
    if leftover or len(shifts) > 1 or (shifts and shifts[0][2] not in _UNITS):
        body.keep(whole)
        return
    count, unit = 0, "day"
    if shifts:
        sign, number, letter = shifts[0]
        size, unit = _UNITS[letter]
        count = int(f"{sign}{number}") * size
    if pattern in _STYLES:
        pattern = ""
        body.tell("date_form_changed")
    usual = _USUAL[word]
    if not body.english and word in ("date", "datetime"):
        usual = usual.replace("%-d %B %Y, ", "%Y年%-m月%-d日 ").replace(
            "%-d %B %Y", "%Y年%-m月%-d日"
        )
    body.date(dates.from_pattern(pattern) if pattern else usual, whole, count, unit)


def _said(part: template.Part) -> str | None:
    """A part as Raycast says it; None where it has no word for it."""
    if isinstance(part, template.Cursor | template.Clipboard):
        return "{cursor}" if isinstance(part, template.Cursor) else "{clipboard}"
    if isinstance(part, template.Other):
        return None if '"' in part.name else f'{{snippet name="{part.name}"}}'
    if isinstance(part, template.Slot):
        said = (part.default, *part.choices)
        if any('"' in one or "|" in one for one in said) or any("," in one for one in part.choices):
            return None
        default = f' default="{part.default}"' if part.default else ""
        options = f' options="{", ".join(part.choices)}"' if part.choices else ""
        return f'{{argument name="{part.name}"{default}{options}}}'
    if not isinstance(part, Moment) or part.unit not in _LETTERS:
        return None
    count = part.count * (7 if part.unit == "week" else 1)
    offset = f' offset="{count:+d}{_LETTERS[part.unit]}"' if count else ""
    pattern = dates.to_pattern(dates.format_of(part)).replace("dddd", "EEEE")
    return f'{{date{offset} format="{pattern}"}}'
