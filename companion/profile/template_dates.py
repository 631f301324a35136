"""Dates and times in phrase bodies: what ``{日期:+3天}`` says, and what it comes to at a moment.

Chinese and English words are both always understood. What comes out is in the language of the
phrase's own word (``日期`` or ``date``), because the sentence around it is.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_CLOCKS = {"日期": (False, False), "时间": (True, False), "date": (False, True)}
_CLOCKS["time"] = (True, True)
_UNITS = {
    "day": "天 日 d day days",
    "week": "周 个周 星期 个星期 w week weeks",
    "month": "月 个月 mo month months",
    "hour": "小时 个小时 h hour hours",
    "minute": "分钟 min minute minutes",
    "workday": "工作日 个工作日 wd workday workdays",
}
_UNIT = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_FORMS = {"iso": "iso", "年月日": "long", "long": "long", "月日": "short", "short": "short"}
_FORMS |= {"星期": "weekday", "weekday": "weekday", "月日星期": "full", "full": "full"}
_NOW = {"今天", "现在", "today", "now"}
_DETAIL = re.compile(r"([+\uff0b\u2212\uff0d-])\s*(\d{1,4})\s*(\D+?)")
_WEEKDAYS = "一二三四五六日"
# By hand: what the system's language says is not the phrase's.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Moment:
    """A date, or with ``clock`` a time of day, that fills itself: now and so many units later."""

    clock: bool
    english: bool
    count: int = 0
    unit: str = "day"
    form: str = ""

    def at(self, now: datetime) -> datetime:
        """The moment that is meant, by the clock on the wall."""
        if self.unit == "month":
            return _months(now, self.count)
        if self.unit == "workday":
            return _workdays(now, self.count)
        return now + self.count * timedelta(**{f"{self.unit}s": 1})

    def said(self, now: datetime) -> str:
        """What goes out when it is now. A time on another day than today's names the day."""
        then = self.at(now)
        if not self.clock:
            return _day(then, self.form, self.english)
        time = f"{then:%H:%M}"
        if then.date() == now.date() and not self.form:
            return time
        comma = "," if self.english and self.form != "iso" else ""
        return f"{_day(then, self.form, self.english)}{comma} {time}"


def clock_of(name: str) -> tuple[bool, bool] | None:
    """For a name that is a word of ours: whether it means a time of day, and whether in English."""
    return _CLOCKS.get(name.lower())


def read(name: str, detail: str) -> Moment | None:
    """The moment that ``{name:detail}`` means, or None where it means an ordinary slot."""
    found = clock_of(name)
    if found is None:
        return None
    said = [piece.strip() for piece in re.split("[,\uff0c]", detail)]
    form = _FORMS.get(said[-1].lower(), "")
    if form:
        said.pop()
    clock, english = found
    if not said and form:
        return Moment(clock, english, form=form)
    if len(said) != 1:
        return None
    if said[0].lower() in _NOW:
        return Moment(clock, english, form=form)
    offset = _DETAIL.fullmatch(said[0])
    unit = _UNIT.get(offset[3].strip().lower()) if offset else None
    if offset is None or unit is None:
        return None
    # A Chinese input method types the wide signs.
    count = int(offset[2]) if offset[1] in "+\uff0b" else -int(offset[2])
    return Moment(clock, english, count, unit, form)


def write(moment: Moment) -> str:
    """What stands between the braces of a body for a moment."""
    clocks = {meaning: name for name, meaning in _CLOCKS.items()}
    name = clocks[moment.clock, moment.english]
    forms = {form: said for said, form in _FORMS.items() if said.isascii() == moment.english}
    forms["iso"] = "ISO"
    tail = f",{forms[moment.form]}" if moment.form else ""
    if moment.count == 0 and moment.unit == "day":
        now = ("now" if moment.clock else "today", "现在" if moment.clock else "今天")
        return f"{name}:{now[not moment.english]}{tail}"
    units = _UNITS[moment.unit].split()
    unit = units[-1] if moment.english else units[0]
    space = " " if moment.english else ""
    return f"{name}:{moment.count:+d}{space}{unit}{tail}"


def _day(then: datetime, form: str, english: bool) -> str:
    if english:
        weekday, short = _DAYS[then.weekday()], f"{then.day} {_MONTHS[then.month - 1]}"
        long, full = f"{short} {then.year}", f"{weekday}, {short}"
    else:
        weekday, short = f"星期{_WEEKDAYS[then.weekday()]}", f"{then.month}月{then.day}日"
        long, full = f"{then.year}年{short}", f"{short}（{weekday}）"
    iso = f"{then.year:04}-{then.month:02}-{then.day:02}"
    return {"iso": iso, "weekday": weekday, "long": long, "full": full}.get(form, short)


def _months(now: datetime, count: int) -> datetime:
    """The same day of another month, or that month's last where it is shorter."""
    years, month = divmod(now.month - 1 + count, 12)
    year = now.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return now.replace(year=year, month=month + 1, day=min(now.day, last))


def _workdays(now: datetime, count: int) -> datetime:
    """So many days from Monday to Friday on; holidays are not known. 0 is the next such day."""
    step = timedelta(days=-1 if count < 0 else 1)
    then = now
    while count == 0 and then.weekday() > 4:
        then += step
    left = abs(count)
    while left:
        then += step
        left -= then.weekday() < 5
    return then
