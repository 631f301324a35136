"""Dates of strftime and of letter patterns, and what they come to in ours."""

from datetime import datetime

import pytest

from companion.formats import dates
from companion.profile import template
from companion.profile.template_dates import Moment
from tests.phrases.filled import NOW, filled

CLOCKS = [(clock, english) for clock in (False, True) for english in (False, True)]
# What strftime itself says on that day, in the two languages that ours know.
ZH = {"%A": "星期五", "%B": "十一月"}


def said(format: str, moment: datetime, *, english: bool) -> str:
    for code, chinese in ZH.items():
        format = format if english else format.replace(code, chinese)
    return moment.strftime(format)


@pytest.mark.parametrize(("clock", "english"), CLOCKS)
@pytest.mark.parametrize("form", ["", "short", "iso", "long", "weekday", "full"])
def test_each_form_of_ours_is_said_in_strftime_and_understood_again(
    clock: bool, english: bool, form: str
) -> None:
    moment = Moment(clock, english, 0, "day", form)
    format = dates.format_of(moment)
    assert said(format, NOW, english=english) == moment.said(NOW)
    body = dates.body_of(format, english)
    assert body is not None
    assert body[1]
    assert filled(body[0]) == moment.said(NOW)


@pytest.mark.parametrize(
    ("format", "body"),
    [
        ("%m/%d/%Y", "{date:today,long}"),
        ("%d. %m. %Y", "{date:today,long}"),
        ("%Y/%m/%d", "{date:today,ISO}"),
        ("%A, %B %e, %Y at %l:%M %p", "{date:today,weekday}, {date:today,long} at {time:now}"),
        ("%H:%M:%S", "{time:now}"),
        ("%b %d", "{date:today}"),
    ],
)
def test_another_look_is_the_nearest_of_ours_and_told(format: str, body: str) -> None:
    assert dates.body_of(format, True) == (body, False)


def test_chinese_dates_and_the_text_around_them() -> None:
    assert dates.body_of("今天是%Y年%m月%d日，{%H:%M}", False) == (
        "今天是{日期:今天,年月日}，{{{时间:现在}}}",
        True,
    )
    assert dates.body_of("100%% %F", True) == ("100% {date:today,ISO}", True)


@pytest.mark.parametrize("format", ["%Y", "%B", "%V", "%j %Y-%m-%d", "", "no date", "%d日", "%Q"])
def test_what_ours_cannot_say_is_no_date(format: str) -> None:
    assert dates.body_of(format, True) is None
    assert dates.body_of("%Y-%m-%d" + " " * 1_000, True) is None
    assert dates.body_of(dates.from_pattern("yyyy-MM-dd" + "年" * 495), True) is None
    assert dates.body_of("%Y-%m-%d", True, 10_000, "day") is None
    assert dates.body_of("on %Y-%m-%d", True, -10_000, "month") is None


def test_offsets() -> None:
    assert dates.offset_of(0) == (0, "day")
    assert dates.offset_of(86_400 * 3) == (3, "day")
    assert dates.offset_of(-86_400 * 14) == (-2, "week")
    assert dates.offset_of(5_400) == (90, "minute")
    assert dates.offset_of(1) is None
    assert dates.offset_of(60 * 60 * 24 * 10_001) is None
    assert dates.body_of("%F", True, -2, "week") == ("{date:-2 weeks,ISO}", True)
    for moment, seconds in (
        (Moment(False, True, 3, "day"), 259_200),
        (Moment(False, True, 3, "month"), None),
        (Moment(False, True, 0, "workday"), None),
        (Moment(False, True, 0, "month"), 0),
    ):
        assert dates.seconds_of(moment) == seconds


def test_patterns_of_letters() -> None:
    assert dates.from_pattern("yyyy年M月d日 HH:mm") == "%Y年%-m月%-d日 %H:%M"
    assert dates.from_pattern("EEEE, d MMMM") == dates.from_pattern("dddd, d MMMM")
    assert dates.from_pattern("h:mm a 'o''clock' \\h 50%") == "%-I:%M %p oclock h 50%%"
    assert dates.body_of(dates.from_pattern("QQQ yyyy-MM-dd"), True) is None
    for clock, english in CLOCKS:
        for form in ("", "iso", "long", "weekday", "full"):
            format = dates.format_of(Moment(clock, english, 0, "day", form))
            assert dates.from_pattern(dates.to_pattern(format)) == format


def test_today_is_written_in_a_word() -> None:
    assert template.render([Moment(True, False)]) == "{时间:现在}"
    assert template.render([Moment(False, True, form="long")]) == "{date:today,long}"
    assert template.render([Moment(False, True, 0, "workday")]) == "{date:+0 workdays}"
