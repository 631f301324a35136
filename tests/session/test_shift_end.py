"""When a PIN ends that is set now: with the shift, and within twelve hours at the most."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.session.remembering import MOST_HOURS, end_of_shift

NOON = datetime(2026, 11, 27, 12, 0)


@pytest.mark.parametrize(
    ("times", "end"),
    [
        ((), "00:00"),
        (("18:30",), "18:30"),
        (("18:30", "17:00"), "17:00"),
        (("9:05",), "00:00"),
        (("12:00",), "00:00"),
        (("00:00",), "00:00"),
        (("", "later", "24:00", "18:60"), "00:00"),
        ((" 23:59 ",), "23:59"),
    ],
)
def test_the_first_time_of_day_that_comes_ends_it(times: tuple[str, ...], end: str) -> None:
    assert f"{end_of_shift(NOON, *times):%H:%M}" == end


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),
    st.lists(st.text(max_size=5) | st.from_regex(r"([01]\d|2[0-3]):[0-5]\d", fullmatch=True)),
)
def test_a_shift_ends_within_twelve_hours_and_not_before_now(
    now: datetime, times: list[str]
) -> None:
    end = end_of_shift(now, *times)
    assert now < end <= now + timedelta(hours=MOST_HOURS)
    assert end_of_shift(now, *times, "") == end
