"""When a shift ends: for every beginning and every time of day, by an injected clock."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.session.shift import MORE, NOTICE, Phase, Shift, next_at

BEGAN = datetime(2026, 11, 24, 9, 0)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1))
TIMES = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
DAY = timedelta(days=1)


def at(text: str, day: int = 24) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day} {text}")


@given(MOMENTS, TIMES)
def test_the_end_is_within_a_day_and_shows_the_time(began: datetime, said: str) -> None:
    end = next_at(began, said)
    assert end is not None
    assert timedelta() < end - began <= DAY
    assert f"{end:%H:%M}" == said


@given(MOMENTS, st.lists(TIMES, max_size=3), st.timedeltas(timedelta(), 2 * DAY))
def test_to_wait_as_long_as_said_is_to_be_in_the_next_phase(
    began: datetime, times: list[str], after: timedelta
) -> None:
    shift, now = Shift(began, times), began + after
    wait = shift.changes_in(now)
    phases = list(Phase)
    if wait is None:
        assert shift.phase(now) is (Phase.OVER if times else Phase.WORK)
    else:
        assert wait > 0
        then = shift.phase(now + timedelta(seconds=wait))
        assert phases.index(then) == phases.index(shift.phase(now)) + 1


@pytest.mark.parametrize("said", ["", "24:00", "8:30", "18.30", "never", "18:30:00", "１８:30"])
def test_what_is_no_time_ends_nothing(said: str) -> None:
    assert Shift(BEGAN, [said]).phase(BEGAN + 9 * DAY) is Phase.WORK


def test_whichever_is_first_counts() -> None:
    assert Shift(BEGAN, ["18:30", "17:00", ""]).end == at("17:00")


def test_the_notice_comes_before_and_can_be_put_off_again_and_again() -> None:
    shift = Shift(BEGAN, ["18:30"])
    assert shift.phase(at("18:24")) is Phase.WORK
    assert shift.phase(at("18:25")) is Phase.NOTICE
    shift.more(at("18:26"))
    assert shift.end == at("18:30") + MORE
    assert shift.phase(at("18:30")) is Phase.WORK
    assert shift.phase(at("19:00") - NOTICE) is Phase.NOTICE
    shift.more(at("18:57"))
    assert shift.end == at("19:30")
    # The option was changed meanwhile: what was asked for stays.
    shift.set_times(["18:45"])
    assert shift.end == at("19:30")


def test_a_machine_that_slept_over_it_is_over_at_once() -> None:
    shift = Shift(BEGAN, ["18:30"])
    assert shift.phase(at("07:50", 25)) is Phase.OVER
    assert shift.changes_in(at("07:50", 25)) is None


def test_who_begins_after_it_works_until_the_next_day() -> None:
    assert Shift(at("18:30"), ["18:30"]).end == at("18:30", 25)
    assert Shift(at("22:00"), ["06:00"]).end == at("06:00", 25)
