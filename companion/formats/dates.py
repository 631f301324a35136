"""Dates as strftime says them, which most phrase tools do, and as our bodies say them."""

import re
from collections.abc import Iterator

from companion.profile import template
from companion.profile.template_dates import Moment

# What a format that says exactly one of our forms looks like, by (clock, English, form).
_EXACT: dict[tuple[bool, bool, str], str] = {
    (False, True, "iso"): "%Y-%m-%d",
    (False, False, "iso"): "%Y-%m-%d",
    (False, True, "long"): "%-d %B %Y",
    (False, False, "long"): "%Y年%-m月%-d日",
    (False, True, ""): "%-d %B",
    (False, False, ""): "%-m月%-d日",
    (False, True, "weekday"): "%A",
    (False, False, "weekday"): "%A",
    (False, True, "full"): "%A, %-d %B",
    (False, False, "full"): "%-m月%-d日（%A）",
    (True, True, ""): "%H:%M",
    (True, False, ""): "%H:%M",
    (True, True, "iso"): "%Y-%m-%d %H:%M",
    (True, False, "iso"): "%Y-%m-%d %H:%M",
    (True, True, "long"): "%-d %B %Y, %H:%M",
    (True, False, "long"): "%Y年%-m月%-d日 %H:%M",
    (True, True, "short"): "%-d %B, %H:%M",
    (True, False, "short"): "%-m月%-d日 %H:%M",
    (True, True, "weekday"): "%A, %H:%M",
    (True, False, "weekday"): "%A %H:%M",
    (True, True, "full"): "%A, %-d %B, %H:%M",
    (True, False, "full"): "%-m月%-d日（%A） %H:%M",
}
_SHORTHANDS = {"F": "%Y-%m-%d", "T": "%H:%M:%S", "R": "%H:%M", "D": "%m/%d/%y", "h": "%b"}
_SHORTHANDS |= {"x": "%m/%d/%y", "X": "%H:%M:%S", "c": "%Y-%m-%d %H:%M:%S", "v": "%e-%b-%Y"}
_SHORTHANDS |= {"r": "%I:%M:%S %p", "e": "%-d", "k": "%-H", "l": "%-I", "P": "%p", "G": "%Y"}
_CODE = re.compile(r"%([-_0]?)([A-Za-z%])")
_BETWEEN = r"(?:[\s./,-]|st|nd|rd|th|of|de|年|月){0,4}"
_DAY, _MONTH, _YEAR = "%-?d日?", "%-?[mBb]月?", "%-?[Yy]年?"
_SECONDS = r"(?::%-?S)?"
# The shapes a date may have in a longer format, the longest first, and our form for each.
_SHAPES: tuple[tuple[bool, str, str], ...] = (
    (False, "iso", "%Y[-./]?%m[-./]?%d(?!日)"),
    (False, "long", f"{_YEAR}{_BETWEEN}(?:{_MONTH}{_BETWEEN}{_DAY}|{_DAY}{_BETWEEN}{_MONTH})"),
    (False, "long", f"{_DAY}{_BETWEEN}{_MONTH}{_BETWEEN}{_YEAR}"),
    (False, "long", f"{_MONTH}{_BETWEEN}{_DAY}{_BETWEEN}{_YEAR}"),
    (False, "", f"{_MONTH}{_BETWEEN}{_DAY}"),
    (False, "", f"{_DAY}{_BETWEEN}{_MONTH}"),
    (True, "", f"%-?H[:时点]%-?M分?{_SECONDS}"),
    (True, "", f"%-?I[:.]%-?M{_SECONDS}\\s?%p"),
    (False, "weekday", "%[Aa]"),
)
_SHAPE = re.compile("|".join(f"(?P<s{n}>{shape[2]})" for n, shape in enumerate(_SHAPES)))
_MOST_FORMAT = 500
# Patterns of letters, as Unicode and .NET have them: "yyyy年M月d日", "EEEE" or "dddd".
_PATTERN = re.compile(
    r"""'(?P<one>[^']*)'|"(?P<two>[^"]*)"|\\(?P<sign>.)|y+|M+|d+|E+|H+|h+|m+|s+|t+|a|[^A-Za-z'"\\]+|."""
)
_LETTERS = {"yyyy": "%Y", "yyy": "%Y", "yy": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m"}
_LETTERS |= {"M": "%-m", "dddd": "%A", "ddd": "%a", "dd": "%d", "d": "%-d", "EEEE": "%A"}
_LETTERS |= {"EEE": "%a", "EE": "%a", "E": "%a", "HH": "%H", "H": "%-H", "hh": "%I", "h": "%-I"}
_LETTERS |= {"mm": "%M", "m": "%-M", "ss": "%S", "s": "%-S", "tt": "%p", "t": "%p", "a": "%p"}
# In strftime no date of ours can be made of this one.
_NO_DATE = "%j"
_STEPS = ((604_800, "week"), (86_400, "day"), (3_600, "hour"), (60, "minute"))
_CHINESE = re.compile("[\u3400-\u9fff]")


def is_english(text: str) -> bool:
    """Whether a date within this text speaks English: nothing around it is Chinese."""
    return not _CHINESE.search(text)


def offset_of(seconds: int) -> tuple[int, str] | None:
    """So many seconds as a count and a unit of ours; None where none is exact or it is too far."""
    if not seconds:
        return 0, "day"
    for size, unit in _STEPS:
        if seconds % size == 0 and abs(seconds) // size < 10_000:
            return seconds // size, unit
    return None


def body_of(
    format: str, english: bool, count: int = 0, unit: str = "day"
) -> tuple[str, bool] | None:
    """A body that says what a strftime format says, and whether it looks just the same.

    Every date in it is that many units from now. None where our dates cannot say all of it: a
    lone month, the number of a week. Where the look differs, the day or the time does not.
    """
    if len(format) > _MOST_FORMAT:
        return None
    plain = _CODE.sub(_spelled, format)
    for (clock, speaks_english, form), exact in _EXACT.items():
        if plain == exact.replace("%-", "%") and speaks_english == english:
            # Both %d and %-d are "7 November" to a reader, so the padding is no other look.
            return _rendered([Moment(clock, english, count, unit, form)], same=True)
    parts: list[template.Part] = []
    same, at = True, 0
    for found in _SHAPE.finditer(plain):
        clock, form, _ = _SHAPES[int(str(found.lastgroup)[1:])]
        parts += _text(plain[at : found.start()])
        parts.append(Moment(clock, english, count, unit, form))
        same = same and found[0] == _EXACT[clock, english, form].replace("%-", "%")
        at = found.end()
    parts += _text(plain[at:])
    text = "".join(part for part in parts if isinstance(part, str))
    if _CODE.search(text.replace("%%", "")) or not any(isinstance(p, Moment) for p in parts):
        return None
    return _rendered(
        [part.replace("%%", "%") if isinstance(part, str) else part for part in parts], same
    )


def from_pattern(pattern: str) -> str:
    """A pattern of letters, as Unicode and .NET have them, in strftime's words."""

    def code(found: re.Match[str]) -> str:
        text = found["one"] or found["two"] or found["sign"]
        piece = found[0]
        if text is None and piece.isascii() and piece.isalpha():
            return _LETTERS.get(piece, _NO_DATE)
        text = "'" if piece == "''" else piece if text is None else text
        return text.replace("%", "%%")

    return _PATTERN.sub(code, pattern) if len(pattern) <= _MOST_FORMAT else _NO_DATE


def to_pattern(format: str) -> str:
    """A format of ours (see format_of) as a pattern of letters for .NET."""
    letters = {"%Y": "yyyy", "%m": "MM", "%-m": "M", "%d": "dd", "%-d": "d", "%B": "MMMM"}
    letters |= {"%A": "dddd", "%H": "HH", "%M": "mm"}
    return re.sub("%-?[A-Za-z]", lambda code: letters[code[0]], format)


def format_of(moment: Moment) -> str:
    """The strftime format that says a moment as we say it, without its offset."""
    form = "" if moment.form == "short" and not moment.clock else moment.form
    return _EXACT[moment.clock, moment.english, form]


def seconds_of(moment: Moment) -> int | None:
    """A moment's offset in seconds; None for months and working days, which have no length."""
    sizes = {unit: size for size, unit in _STEPS}
    if not moment.count:
        return None if moment.unit == "workday" else 0
    return moment.count * sizes[moment.unit] if moment.unit in sizes else None


def _rendered(parts: list[template.Part], same: bool) -> tuple[str, bool] | None:
    try:
        return template.render(parts), same
    except ValueError:
        # Ours counts to 9,999; others go thousands of years on.
        return None


def _text(text: str) -> Iterator[str]:
    if text:
        yield text


def _spelled(code: re.Match[str]) -> str:
    """A code in its longest spelling, so that few shapes cover them; padding is no difference."""
    letter = code[2]
    if letter == "%":
        return "%%"
    long = _SHORTHANDS.get(letter)
    if long is not None:
        return _CODE.sub(_spelled, long)
    return {"n": "\n", "t": "\t"}.get(letter, f"%{letter}")
