"""The laws of the schedule: whatever was reviewed, and in whatever order it came together."""

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from companion.empathy.schedule import (
    AGAIN_S,
    LONGEST_DAYS,
    RATINGS,
    Review,
    Standing,
    chance,
    standing,
)

DAY = 24 * 3600
START = 1_700_000_000
moments = st.integers(START, START + 400 * DAY)
reviews = st.lists(st.tuples(moments, st.integers(1, len(RATINGS))), min_size=1, max_size=40)


def held(given: list[Review]) -> Standing:
    found = standing(given)
    assert found is not None
    return found


@given(reviews, st.randoms())
def test_the_order_in_which_reviews_came_together_does_not_matter(
    given: list[Review], chance: random.Random
) -> None:
    other = [*given, *given[:2]]
    chance.shuffle(other)
    assert standing(other) == standing(given)


@given(reviews)
def test_what_is_due_comes_later_but_within_half_a_year(given: list[Review]) -> None:
    found = held(given)
    assert found.last == max(at for at, _ in given)
    assert AGAIN_S <= found.due - found.last <= LONGEST_DAYS * DAY
    assert found.stability > 0 and 1 <= found.difficulty <= 10


@given(reviews, st.integers(0, 300 * DAY))
def test_the_better_it_went_the_later_it_comes_and_the_easier_it_is(
    given: list[Review], after: int
) -> None:
    at = max(moment for moment, _ in given) + after + 1
    found = [held([*given, (at, rating)]) for rating in range(1, len(RATINGS) + 1)]
    assert all(worse.due <= better.due for worse, better in pairwise(found))
    assert all(worse.stability <= better.stability for worse, better in pairwise(found))
    assert all(worse.difficulty >= better.difficulty for worse, better in pairwise(found))
    assert found[0].due == at + AGAIN_S
    assert found[2].due >= at + DAY


@given(reviews, st.integers(0, 2**33), st.integers(0, 400 * DAY))
def test_what_is_not_practised_fades(given: list[Review], now: int, later: int) -> None:
    found = held(given)
    assert 0 < chance(found, now + later) <= chance(found, now) <= 1


@given(st.lists(st.tuples(st.integers(-(2**40), 2**60), st.integers(-3, 9)), max_size=8))
def test_what_cannot_be_a_review_counts_as_none(strange: list[Review]) -> None:
    sound = [one for one in strange if 0 < one[0] < 2**33 and 1 <= one[1] <= 4]
    assert standing(strange) == standing(sound)
    assert (standing(sound) is None) == (not sound)


def test_the_numbers_are_those_of_the_library() -> None:
    """FSRS-6 with its own parameters, so that an update that changes them is noticed."""
    days = [(START, 3), (START + 2 * DAY, 3), (START + 13 * DAY, 1), (START + 14 * DAY, 3)]
    found = [held(days[:count]) for count in range(1, 5)]
    assert [round((one.due - one.last) / DAY, 4) for one in found] == EXPECTED
    assert found[0].stability == 2.3065


EXPECTED = [2.0, 11.0, round(AGAIN_S / DAY, 4), 4.0]
