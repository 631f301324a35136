"""When a PIN ends that is set now: with the shift, and within twelve hours at the most."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.desk.recording import RecordingSecrets
from companion.session.remembering import MOST_HOURS, end_of_shift, open_by_pin, remember
from companion.session.seat import Seat
from companion.session.sitting import create
from companion.wiring.seats import full_address, open_store

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


@pytest.fixture
def _summer_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Clocks that are put back in the last night of October."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("_summer_time")
def test_it_opens_in_the_night_in_which_the_clocks_are_put_back(tmp_path: Path) -> None:
    seat = Seat(tmp_path / "home", open_store, RecordingSecrets())
    session, _ = create(seat, full_address("store", tmp_path), "lin", "correct horse battery")
    evening = datetime(2026, 10, 24, 18, 0, tzinfo=UTC).timestamp()
    assert remember(session, "24680a", evening) == evening + MOST_HOURS * 3600
    assert open_by_pin(seat, "24680a", evening + 60).profile.id == session.profile.id
