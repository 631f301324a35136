"""What is in use comes first: often and lately, not either alone."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.phrases.frecency import HALF_LIFE_S, frecency
from companion.phrases.search import Entry, Index

DAY = 24 * 3600
NOW = 20_000 * DAY
USES, AGES = st.integers(1, 10_000), st.integers(0, 20_000)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ((3, 0), (5, 365)),
        ((500, 7), (1, 0)),
        ((2, 1), (1, 1)),
        ((2, 1), (2, 2)),
        ((4, 14), (1, 0)),
        ((1, 0), (1, 1)),
        ((1, 9_000), (0, 0)),
    ],
)
def test_so_many_uses_so_many_days_ago_weigh_more(
    more: tuple[int, int], less: tuple[int, int]
) -> None:
    weights = [frecency(uses, NOW - days * DAY, NOW) for uses, days in (more, less)]
    assert weights[0] > weights[1]


@given(USES, AGES)
def test_it_is_the_logarithm_of_uses_that_halve(uses: int, days: int) -> None:
    half = frecency(uses, NOW - days * DAY - HALF_LIFE_S, NOW)
    assert math.isclose(frecency(uses, NOW - days * DAY, NOW), half + 1, abs_tol=1e-6)
    assert math.isclose(frecency(2 * uses, NOW, NOW), frecency(uses, NOW, NOW) + 1)


def test_a_clock_that_ran_ahead_gives_no_head_start() -> None:
    assert frecency(1, NOW + 400 * DAY, NOW) == frecency(1, NOW, NOW)


@given(USES, AGES, USES, AGES, st.integers(0, 1_000))
def test_the_order_does_not_change_while_nothing_is_used(
    one: int, one_age: int, other: int, other_age: int, later: int
) -> None:
    def before(now: int) -> float:
        first = frecency(one, NOW - one_age * DAY, now)
        return first - frecency(other, NOW - other_age * DAY, now)

    assert math.isclose(before(NOW), before(NOW + later * DAY), abs_tol=1e-6)


def used(id: str, uses: int, days: int, favourite: bool = False) -> Entry:
    at = NOW - days * DAY if uses else 0
    return Entry(id, "phrase", "退款", "", uses=uses, used_at=at, favourite=favourite)


@pytest.mark.parametrize("query", ["", "退款", "tk", "tui kuan"])
def test_within_a_tier_favourites_then_what_is_in_use_then_the_position(query: str) -> None:
    held = [
        used("first", 0, 0),
        used("last year", 5, 365),
        used("today", 3, 0),
        used("second", 0, 0),
        used("favourite", 0, 0, favourite=True),
    ]
    hits = [hit.entry.id for hit in Index(held, NOW).find(query)]
    assert hits == ["favourite", "today", "last year", "first", "second"]


def test_a_better_match_comes_before_what_is_in_use() -> None:
    held = [
        Entry("in use", "phrase", "关于退款", "", uses=99, used_at=NOW),
        Entry("begins so", "phrase", "退款说明", ""),
        Entry("is it", "phrase", "退款", ""),
    ]
    index = Index(held, NOW)
    for query in ("退款", "tuikuan", "tk"):
        assert [hit.entry.id for hit in index.find(query)] == ["is it", "begins so", "in use"]
