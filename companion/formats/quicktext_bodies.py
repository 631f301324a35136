"""What QuickText's words in braces say in our bodies, and our bodies in its words."""

import re

from companion.formats import dates
from companion.formats.bodies import Body
from companion.profile import template
from companion.profile.template_dates import Moment

_TOKEN = re.compile(r"\{([^{}\r\n]+)\}")
_DATE = re.compile(
    r"(?P<word>日期时间|日期|时间|datetime|date|time|now)\s*(?P<days>[+-]\d{1,4})?\s*"
    r"(?:=(?P<format>.*))?",
    re.IGNORECASE,
)
_USUAL = {"日期": "%Y-%m-%d", "date": "%Y-%m-%d", "时间": "%H:%M", "time": "%H:%M"}
_OTHER = re.compile(r"(?:片段|snippet):(.*)", re.IGNORECASE)
_CLIPBOARD, _CURSOR = ("剪贴板", "clipboard"), ("光标", "cursor")
_CHANCE = ("uuid", "随机数", "random")


def read(text: str) -> Body:
    """A body with words in braces in our syntax."""
    body, at = Body(text), 0
    for found in _TOKEN.finditer(text):
        body.say(text[at : found.start()])
        at = found.end()
        _token(body, found[0], found[1].strip())
    body.say(text[at:])
    return body


def _token(body: Body, whole: str, raw: str) -> None:
    word = raw.lower()
    date, other = _DATE.fullmatch(raw), _OTHER.fullmatch(raw)
    if word in _CLIPBOARD:
        body.clipboard()
    elif word in _CURSOR:
        body.cursor()
    elif word in _CHANCE:
        body.keep(whole)
    elif date:
        named = date["word"].lower()
        format = (date["format"] or "").strip()
        format = dates.from_pattern(format) if format else _USUAL.get(named, "%Y-%m-%d %H:%M")
        body.english = named.isascii() and dates.is_english(format)
        body.date(format, whole, int(date["days"] or 0))
    elif other and other[1].strip():
        body.other(other[1], whole)
    elif "|" in raw:
        name, *offered = (piece.strip() for piece in raw.split("|"))
        if not body.slot(name, "", tuple(filter(None, offered))):
            body.say(whole)
    else:
        name, _, default = raw.partition(":")
        if not body.slot(name, default.strip()):
            body.say(whole)


def write(body: str) -> tuple[str, bool, bool]:
    """A body in QuickText's words, whether it has any of them, and whether they say all of it."""
    parts = template.parse(body)
    if all(isinstance(part, str) for part in parts):
        return "".join(str(part) for part in parts), False, True
    said = [part if isinstance(part, str) else _said(part) for part in parts]
    text = "".join(
        one if one is not None else template.render([part])
        for one, part in zip(said, parts, strict=True)
    )
    meant = [one for one, part in zip(said, parts, strict=True) if not isinstance(part, str)]
    # Braces of the text would be taken for words, and there is no other way to write them.
    return text, True, None not in said and _TOKEN.findall(text) == [str(m)[1:-1] for m in meant]


def _said(part: template.Part) -> str | None:
    """What stands in braces for a part; None where QuickText has no word for it."""
    if isinstance(part, template.Clipboard | template.Cursor):
        return f"{{{part.word}}}"
    if isinstance(part, template.Other):
        return f"{{{'snippet' if part.word.isascii() else '片段'}:{part.name}}}"
    if isinstance(part, Moment):
        return _moment(part)
    if not isinstance(part, template.Slot) or _OTHER.fullmatch(f"{part.name}:"):
        return None
    if part.choices:
        sound = not any("|" in one or not one.strip() for one in part.choices)
        return f"{{{'|'.join((part.name, *part.choices))}}}" if sound else None
    if "|" in part.default:
        return None
    word = part.name.lower()
    special = _DATE.fullmatch(word) or word in (*_CLIPBOARD, *_CURSOR, *_CHANCE)
    detail = f":{part.default}" if part.default or special else ""
    return f"{{{part.name}{detail}}}"


def _moment(moment: Moment) -> str | None:
    days = {"day": moment.count, "week": moment.count * 7}.get(moment.unit)
    if days is None or abs(days) > 9_999:
        return None
    words = ("date", "time", "datetime") if moment.english else ("日期", "时间", "日期时间")
    shift = f"{days:+d}" if days else ""
    if moment.form == "iso" or (moment.clock and not moment.form):
        number = 0 if not moment.clock else 1 if not moment.form else 2
        return f"{{{words[number]}{shift}}}"
    return f"{{{words[moment.clock]}{shift}={dates.to_pattern(dates.format_of(moment))}}}"
