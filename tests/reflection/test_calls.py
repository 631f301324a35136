"""Calls: hard by the agent's own measure only, and never a question too many."""

import pytest

from companion.errors import InputInvalid
from companion.profile.profile import Profile
from companion.reflection.calls import BETWEEN_QUESTIONS_S, MOST_CALLS, ended

USUAL = [300, 280, 320, 310, 290, 300, 330, 270]


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def profile(clock: Clock) -> Profile:
    profile = Profile("p" * 22)
    for seconds in USUAL:
        ended(profile, seconds, "phone", clock)
    return profile


def test_below_eight_calls_nothing_is_hard(clock: Clock) -> None:
    profile = Profile("p" * 22)
    for seconds in [*USUAL[:7], 9000]:
        found = ended(profile, seconds, "phone", clock)
        assert (found.hard, found.ask, found.limit) == (False, False, None)


def test_hard_is_far_above_the_own_median(profile: Profile, clock: Clock) -> None:
    # Median 300, half of the calls within 15 seconds of it: a tenth of the median counts.
    found = ended(profile, 390, "phone", clock)
    assert (found.hard, found.limit) == (False, 390)
    assert ended(profile, 391, "phone", clock).hard


def test_one_endless_call_does_not_move_the_measure(profile: Profile, clock: Clock) -> None:
    before = ended(profile, 300, "phone", clock).limit
    ended(profile, 36_000, "phone", clock)
    after = ended(profile, 300, "phone", clock).limit
    assert before is not None
    assert after is not None
    assert abs(after - before) < 30


def test_a_channel_has_its_own_measure(profile: Profile, clock: Clock) -> None:
    assert ended(profile, 5000, "chat", clock).limit is None


def test_at_most_one_question_in_ten_minutes(profile: Profile, clock: Clock) -> None:
    asked = []
    for _ in range(4):
        asked.append(ended(profile, 2000, "phone", clock).ask)
        clock.now += BETWEEN_QUESTIONS_S / 2
    assert asked == [True, False, True, False]


def test_a_clock_set_back_does_not_silence_the_question(profile: Profile, clock: Clock) -> None:
    assert ended(profile, 2000, "phone", clock).ask
    clock.now -= 86_400
    assert ended(profile, 2000, "phone", clock).ask


def test_old_calls_are_forgotten(profile: Profile, clock: Clock) -> None:
    for _ in range(MOST_CALLS):
        ended(profile, 60, "phone", clock)
    assert profile.options()["calls_phone"] == ["60"] * MOST_CALLS
    assert ended(profile, 300, "phone", clock).hard


def test_what_is_no_call_is_refused(profile: Profile, clock: Clock) -> None:
    with pytest.raises(InputInvalid):
        ended(profile, -1, "phone", clock)
    with pytest.raises(InputInvalid):
        ended(profile, 10, "fax", clock)
    assert len(profile.options()["calls_phone"]) == len(USUAL)
