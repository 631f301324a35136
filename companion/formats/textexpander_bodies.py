"""What TextExpander's snippets say in our bodies, and our bodies in its macros."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from companion.formats import dates
from companion.formats.bodies import Body
from companion.profile import template
from companion.profile.template_dates import Moment

_CODE = r"%(?:1[dHIMSm]|[YyBbmAadeHIMSp])"
_WORDS = "key:|snippet:|date:|filltext|fillarea|fillpopup|fillpartend|fillpart|filltop|filldate"
# A run of codes of one date is one thing: its parts alone say no day.
_TOKEN = re.compile(
    rf"(?P<percent>%%)|(?P<cursor>%\|)|(?P<clipboard>%clipboard)|(?P<macro>%(?i:{_WORDS})[^%]*%)"
    rf"|%@(?P<count>[+-]\d{{1,4}})(?P<unit>[YMDhms])|(?P<date>{_CODE}(?:[^%\n]{{0,6}}{_CODE})*)"
    rf"|(?P<other>%[\\<>^v])"
)
_MOST_PART = 2_000
_PART_END = re.compile(r"%fillpartend%", re.IGNORECASE)
_UNITS = {"Y": (12, "month"), "M": (1, "month"), "D": (1, "day"), "h": (1, "hour")}
_UNITS |= {"m": (1, "minute")}
_LETTERS = {"day": ("D", 1), "week": ("D", 7), "month": ("M", 1), "hour": ("h", 1)}
_LETTERS |= {"minute": ("m", 1)}
_KEYS = {"enter": "\n", "return": "\n", "tab": "\t"}
_UNSAYABLE = re.compile("[%:]")


def read(text: str) -> Body:
    """A snippet's plain text as a body of ours; no macro of it ever acts."""
    body = Body(text)
    _Reading(body).take(text)
    return body


@dataclass(frozen=True)
class Said:
    """A body in TextExpander's words, and whether that is all of it."""

    text: str
    whole: bool


def write(body: str, abbreviations: Mapping[str, str]) -> Said:
    """A body of ours as TextExpander would fill it in."""
    parts = [_written(part, abbreviations) for part in template.parse(body)]
    text = "".join(
        said if said is not None else template.render([part]).replace("%", "%%")
        for said, part in zip(parts, template.parse(body), strict=True)
    )
    return Said(text, None not in parts)


class _Reading:
    """One text on its way into a body; date arithmetic goes on until the text ends."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._count, self._unit = 0, "day"
        # What was counted since the last date, as it was written.
        self._pending, self._spoiled = "", False

    def take(self, text: str) -> None:
        at = 0
        while found := _TOKEN.search(text, at):
            self._body.say(text[at : found.start()])
            at = found.end()
            token = found[0]
            if found["percent"]:
                self._body.say("%")
            elif found["cursor"]:
                self._body.cursor()
            elif found["clipboard"]:
                self._body.clipboard()
            elif found["count"]:
                self._shift(int(found["count"]), found["unit"], token)
            elif found["date"]:
                self._date(token, re.sub("%1", "%-", token))
            elif token.lower().startswith("%fillpart:"):
                at = self._section(token, text, at)
            elif found["macro"]:
                self._macro(token)
            else:
                self._body.keep(token)
        self._body.say(text[at:])

    def _shift(self, count: int, unit: str, token: str) -> None:
        size, name = _UNITS.get(unit, (0, ""))
        is_long = len(self._pending) > _MOST_PART
        if not size or (self._count and name != self._unit) or self._spoiled or is_long:
            # Two units, seconds, or no end: every date that follows stays as it was written.
            self._body.keep(self._pending + token)
            self._pending, self._spoiled = "", True
            return
        self._pending += token
        self._count += count * size
        self._unit = name if self._count else "day"

    def _date(self, token: str, format: str) -> None:
        self._pending = ""
        if self._spoiled or abs(self._count) > 9_999:
            self._body.keep(token)
        else:
            self._body.date(format, token, self._count, self._unit)

    def _section(self, token: str, text: str, at: int) -> int:
        """An optional part: a choice between its text and nothing, where it is but text."""
        end = _PART_END.search(text, at, at + _MOST_PART)
        inner = text[at : end.start()] if end else ""
        named = _params(token)
        if end is None or not inner.strip() or re.search(r"[%{}\n;]", inner):
            self._body.keep(token)
            return at
        on = named.get("default", "no").lower() == "yes"
        if not self._body.slot(named.get("name", ""), "", (inner, "") if on else ("", inner)):
            self._body.keep(text[at - len(token) : end.end()])
        return end.end()

    def _macro(self, token: str) -> None:
        word, _, detail = token[1:-1].partition(":")
        word = word.lower()
        body = self._body
        if word == "filltop":
            return
        if word == "key" and detail.lower() in _KEYS:
            body.say(_KEYS[detail.lower()])
        elif word == "snippet" and detail.strip():
            body.other(detail, token)
        elif word == "date" and detail:
            self._date(token, dates.from_pattern(detail))
        elif word in ("filltext", "fillarea", "filldate"):
            named = _params(token)
            if not body.slot(named.get("name", ""), named.get("default", "")):
                body.slot(_NAMELESS[body.english], named.get("default", ""))
        elif word == "fillpopup":
            name, choices = _choices(detail)
            if not body.slot(name, "", tuple(choices)):
                body.slot(_NAMELESS[body.english], "", tuple(choices))
        else:
            body.keep(token)


_NAMELESS = ("填写", "fill in")


def _params(token: str) -> dict[str, str]:
    pairs = (piece.partition("=") for piece in token[1:-1].split(":")[1:])
    return {key.strip().lower(): value for key, _, value in pairs}


def _choices(detail: str) -> tuple[str, list[str]]:
    """A menu's name and what it offers, what it offers first in front."""
    name, offered = "", dict[str, None]()
    for piece in detail.split(":"):
        if piece.startswith("name="):
            name = piece.removeprefix("name=")
        elif piece.startswith("default="):
            first = piece.removeprefix("default=")
            offered = {first: None, **offered}
        elif not re.match(r"(?:width|height)=", piece):
            offered[piece] = None
    return name, list(offered)


def _written(part: template.Part, abbreviations: Mapping[str, str]) -> str | None:
    """A part in TextExpander's words; None where it has none."""
    if isinstance(part, str):
        return part.replace("%", "%%")
    if isinstance(part, template.Cursor):
        return "%|"
    if isinstance(part, template.Clipboard):
        return "%clipboard"
    if isinstance(part, template.Other) and part.name in abbreviations:
        abbr = abbreviations[part.name]
        return None if "%" in abbr else f"%snippet:{abbr}%"
    if isinstance(part, Moment):
        return _moment(part)
    if not isinstance(part, template.Slot):
        return None
    said = [part.name, part.default, *part.choices]
    if any(_UNSAYABLE.search(one) for one in said):
        return None
    if not part.choices:
        default = f":default={part.default}" if part.default else ""
        return f"%filltext:name={part.name}{default}%"
    if any(re.match(r"(?:name|default|width|height)=", one) for one in part.choices):
        return None
    return f"%fillpopup:name={part.name}:default={':'.join(part.choices)}%"


def _moment(moment: Moment) -> str | None:
    format = dates.format_of(moment)
    said = format.replace("%-d", "%e").replace("%-m", "%1m")
    if not moment.count:
        return None if moment.unit == "workday" else said
    letter, size = _LETTERS.get(moment.unit, ("", 0))
    count = moment.count * size
    # What is counted goes on to the next date, so that it is counted back.
    return f"%@{count:+d}{letter}{said}%@{-count:+d}{letter}" if 0 < abs(count) < 9_999 else None
