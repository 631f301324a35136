"""Positions: always room between two."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.profile.position import between, spread


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.booleans()), max_size=60))
def test_there_is_always_room(places: list[tuple[int, bool]]) -> None:
    held: list[str] = []
    for place, _ in places:
        at = place % (len(held) + 1)
        new = between(held[at - 1] if at else "", held[at] if at < len(held) else "")
        held.insert(at, new)
    assert held == sorted(set(held))


@settings(deadline=None)
@given(st.integers(0, 2000), st.integers(0, 3))
def test_spread_ascends_and_leaves_room(count: int, steps: int) -> None:
    before = ""
    for _ in range(steps):
        before = between(before, "")
    positions = spread(count, before)
    assert positions == sorted(set(positions)) and len(positions) == count
    for low, high in zip([before, *positions], positions, strict=False):
        assert low < between(low, high) < high


@pytest.mark.parametrize("place", ["end", "front", "behind the first", "behind the last made"])
def test_many_at_one_place_stay_short(place: str) -> None:
    held = spread(3)
    at = 1
    for _ in range(3_000):
        match place:
            case "end":
                at = len(held)
            case "front":
                at = 0
            case "behind the first":
                at = 1
        held.insert(at, between(held[at - 1] if at else "", held[at] if at < len(held) else ""))
        at += 1
    assert held == sorted(set(held))
    assert max(map(len, held)) <= 20


def test_two_desks_seldom_choose_the_same() -> None:
    before, after = spread(2)
    made = [(between(before, after), between(before, after)) for _ in range(200)]
    assert sum(here == there for here, there in made) < 5


@settings(deadline=None)
@given(st.integers(1, 300), st.integers(0, 40))
def test_spread_stays_between(count: int, depth: int) -> None:
    before, after = "V", "W"
    for _ in range(depth):
        after = between(before, after)
    positions = spread(count, before, after)
    assert [before, *positions, after] == sorted({before, *positions, after})


def test_spread_stays_ahead_of_one_that_begins_with_the_only_key_between() -> None:
    after = "00001V"
    assert between("", after) == "00001"
    made = [*spread(5, "", after), after]
    assert made == sorted(set(made))


@pytest.mark.parametrize(
    ("before", "after"),
    [("b", "a"), ("a", "a"), ("a0", ""), ("", "a0"), ("é", ""), ("a" * 201, "")],
)
def test_what_leaves_no_room_or_is_none_of_ours_is_refused(before: str, after: str) -> None:
    with pytest.raises(ValueError, match="order"):
        between(before, after)
