"""Dates in phrases: what they come to, at any moment and in both languages."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.profile.template import parse
from companion.profile.template_dates import Moment
from tests.phrases.filled import NOW, filled

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{日期:今天}", "11月27日"),
        ("{日期:+3天}", "11月30日"),
        ("{日期：＋３天}", "11月30日"),
        ("{日期:+ 3 天}", "11月30日"),
        ("{日期:-1周}", "11月20日"),
        ("{日期:−1个星期}", "11月20日"),
        ("{日期:+3个月}", "2月27日"),
        ("{日期:+3工作日}", "12月2日"),
        ("{日期:+36小时}", "11月29日"),
        ("{日期:ISO}", "2026-11-27"),
        ("{日期:+3天,ISO}", "2026-11-30"),
        ("{日期:+3天，年月日}", "2026年11月30日"),
        ("{日期:今天,星期}", "星期五"),
        ("{日期:+2d,月日星期}", "11月29日（星期日）"),
        ("{date:today}", "27 November"),
        ("{date:+3d}", "30 November"),
        ("{Date:+1 Week,long}", "4 December 2026"),
        ("{date:+3wd,full}", "Wednesday, 2 December"),
        ("{date:+3 workdays,weekday}", "Wednesday"),
        ("{date:+1 month,iso}", "2026-12-27"),
        ("{date:+3天}", "30 November"),
        ("{时间:现在}", "14:30"),
        ("{时间:+2小时}", "16:30"),
        ("{时间:-40分钟}", "13:50"),
        ("{时间:+10小时}", "11月28日 00:30"),
        ("{time:now}", "14:30"),
        ("{time:+30 min}", "15:00"),
        ("{time:+1d}", "28 November, 14:30"),
        ("{time:now,iso}", "2026-11-27 14:30"),
    ],
)
def test_a_date_says_what_it_comes_to(body: str, said: str) -> None:
    assert filled(body) == said


@pytest.mark.parametrize(
    "body",
    ["{日期:3天}", "{日期:+3天后}", "{日期:+12345天}", "{date:+3m}", "{日期:,}"],
)
def test_what_is_not_exactly_a_date_is_a_slot(body: str) -> None:
    (part,) = parse(body)
    assert not isinstance(part, str | Moment)


def test_a_month_that_is_shorter_ends_with_its_last_day() -> None:
    end = datetime(2027, 1, 31)
    assert Moment(False, False, 1, "month").at(end) == datetime(2027, 2, 28)
    assert Moment(False, False, -11, "month").at(end) == datetime(2026, 2, 28)
    assert Moment(False, False, 13, "month").at(end) == datetime(2028, 2, 29)


def counted(start: date, end: date) -> int:
    """The days from Monday to Friday after start, up to end."""
    days = (start + timedelta(days=at + 1) for at in range((end - start).days))
    return sum(day.weekday() < 5 for day in days)


@given(MOMENTS, st.integers(1, 300))
def test_so_many_working_days_lie_between(now: datetime, count: int) -> None:
    then = Moment(False, False, count, "workday").at(now)
    assert then.weekday() < 5
    assert counted(now.date(), then.date()) == count
    before = Moment(False, False, -count, "workday").at(now)
    assert before.weekday() < 5
    assert counted(before.date() - timedelta(days=1), now.date() - timedelta(days=1)) == count


@given(MOMENTS)
def test_no_working_day_on_is_today_or_the_next_one(now: datetime) -> None:
    then = Moment(False, False, 0, "workday").at(now)
    assert then.weekday() < 5
    assert (then - now).days == {5: 2, 6: 1}.get(now.weekday(), 0)


@given(
    MOMENTS,
    st.integers(-9999, 9999),
    st.sampled_from(("day", "week", "month", "hour", "minute", "workday")),
    st.booleans(),
    st.booleans(),
)
def test_any_offset_says_something_in_its_own_language(
    now: datetime, count: int, unit: str, clock: bool, english: bool
) -> None:
    said = Moment(clock, english, count, unit).said(now)
    assert said and said.isascii() == (english or ":" in said[:3])


def test_the_moment_is_the_one_that_is_given() -> None:
    assert NOW.weekday() == 4
    assert Moment(True, False).said(datetime(2026, 1, 2, 3, 4)) == "03:04"
