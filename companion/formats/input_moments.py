"""Dates and times that an input method fills in itself, as the moments of our own bodies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from companion.formats.input_entries import plain
from companion.profile import template
from companion.profile.template_dates import Moment

Meaning = tuple[bool, str]
"""Of a moment: whether it is a time of day, and its form."""

DATE, LONG, ISO, WEEKDAY, FULL = (
    (False, ""),
    (False, "long"),
    (False, "iso"),
    (False, "weekday"),
    (False, "full"),
)
TIME: Meaning = (True, "")

DOLLARS = {
    DATE: "$month月$day日",
    LONG: "$year年$month月$day日",
    ISO: "$year-$month_mm-$day_dd",
    WEEKDAY: "星期$weekday_cn",
    FULL: "$month月$day日（星期$weekday_cn）",
}
"""Dates as Sogou says them, and fcitx5, which took its names over."""

DOLLARS_READ = {
    "$month_mm月$day_dd日": DATE,
    "$month月$day_dd日": DATE,
    "$year年$month_mm月$day_dd日": LONG,
    "$year年$month月$day_dd日": LONG,
    "$year-$month-$day": ISO,
}
"""What else of theirs means a date."""


@dataclass(frozen=True)
class Functions:
    """How one format says now: ``written`` as it is written, ``read`` what is understood besides.

    ``sign`` finds whatever the format would fill in, known here or not.
    """

    written: Mapping[Meaning, str]
    read: Mapping[str, Meaning]
    sign: re.Pattern[str]

    def say(self, moment: Moment) -> str:
        """The moment in this format; empty where it has no word for it."""
        if moment.count or moment.unit == "workday":
            return ""
        # English says a date otherwise than these methods, but neither an ISO date nor a time.
        if moment.english and (moment.clock, moment.form) not in (ISO, TIME):
            return ""
        meaning = (moment.clock, moment.form)
        return self.written.get((False, "") if meaning == (False, "short") else meaning, "")

    def acts(self, body: str) -> bool:
        """Whether something in a body that is no moment would be taken for a function."""
        text, _ = plain(body, lambda _: "\ufffc")
        return self.sign.search(text) is not None

    def body(self, text: str) -> str | None:
        """A text with functions as a body of ours; None where one of them has no moment."""
        parts: list[template.Part] = []
        at = 0
        for found in self._spellings.finditer(text):
            parts.append(text[at : found.start()])
            clock, form = self._meanings[found[0]]
            parts.append(Moment(clock, english=False, form=form))
            at = found.end()
        parts.append(text[at:])
        if any(isinstance(part, str) and self.sign.search(part) for part in parts):
            return None
        return template.render(part for part in parts if part != "")

    @cached_property
    def _meanings(self) -> dict[str, Meaning]:
        return dict(self.read) | {said: meaning for meaning, said in self.written.items()}

    @cached_property
    def _spellings(self) -> re.Pattern[str]:
        longest = sorted(self._meanings, key=len, reverse=True)
        # "$day" in "$day_dd" is the beginning of another function; nothing goes on after 日 or %.
        ends = (
            r"(?![A-Za-z0-9_])" if re.match(r"[A-Za-z0-9_]", said[-1]) else "" for said in longest
        )
        return re.compile("|".join(map("".join, zip(map(re.escape, longest), ends, strict=True))))
