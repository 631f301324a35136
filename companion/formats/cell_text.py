"""Numbers and dates of spreadsheet cells as text, the way the sheet shows them."""

import math
import re
from datetime import datetime, timedelta

# Formats that every spreadsheet knows by number alone.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 34, 35, 36, *range(50, 59)), "yyyy-m-d"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), "h:mm"),
    22: "yyyy-m-d h:mm",
}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DAY = re.compile("[yd]", re.IGNORECASE)
_TIME = re.compile("[hs]", re.IGNORECASE)
_DIGITS = re.compile(r"([#,]*)(0+)(?:\.(0+))?(%?)")
_LONGEST_CODE = 255
"""As in Excel: a longer one would be taken apart anew for every cell."""

_DAYS = 2_958_466
"""The first day that no spreadsheet knows: 10000-01-01."""


def number_text(value: float, shown: str, from_1904: bool = False) -> str:
    """A number in a cell whose format is ``shown`` (such as "0.00"); dates are numbers of days.

    What the format says beyond digits, per cent and leading zeros is not followed.
    """
    if not math.isfinite(value):
        return str(value)
    code = _QUOTED.sub("", shown[:_LONGEST_CODE].partition(";")[0])
    day, time = _DAY.search(code), _TIME.search(code)
    if (day or time) and 0 <= value < _DAYS:
        return _moment(value, bool(day), bool(time), from_1904)
    found = _DIGITS.fullmatch(code.strip())
    if not found or abs(value) >= 1e15:
        return _general(value)
    grouped, whole, decimals, percent = found.groups()
    digits = len(decimals or "")
    text = f"{abs(value) * (100 if percent else 1):{',' if ',' in grouped else ''}.{digits}f}"
    least = len(whole) + (digits + 1 if digits else 0)
    return f"{'-' if value < 0 else ''}{text.zfill(least)}{percent}"


def _general(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    # Fifteen digits are all that a spreadsheet holds; one more shows how binary fractions err.
    return f"{value:.15g}"


def _moment(value: float, day: bool, time: bool, from_1904: bool) -> str:
    # The calendar of 1900 has a 29th of February that never was.
    first = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if value >= 60 else 31)
    at = first + timedelta(seconds=round(value * 86_400))
    if not day:
        return f"{at:%H:%M:%S}".removesuffix(":00")
    date = f"{at.year:04}-{at.month:02}-{at.day:02}"
    return f"{date} {at:%H:%M:%S}".removesuffix(":00") if time else date
