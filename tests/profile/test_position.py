"""Positions: always room between two."""

from hypothesis import given
from hypothesis import strategies as st

from companion.profile.position import between, spread


@given(st.lists(st.tuples(st.integers(0, 10**6), st.booleans()), max_size=60))
def test_there_is_always_room(places: list[tuple[int, bool]]) -> None:
    held: list[str] = []
    for place, _ in places:
        at = place % (len(held) + 1)
        new = between(held[at - 1] if at else "", held[at] if at < len(held) else "")
        held.insert(at, new)
    assert held == sorted(set(held))


@given(st.integers(0, 5000), st.integers(0, 3))
def test_spread_ascends_and_leaves_room(count: int, steps: int) -> None:
    before = ""
    for _ in range(steps):
        before = between(before, "")
    positions = spread(count, before)
    assert positions == sorted(set(positions)) and len(positions) == count
    for low, high in zip([before, *positions], positions, strict=False):
        assert low < between(low, high) < high


def test_appending_stays_short() -> None:
    last = ""
    for _ in range(1000):
        last = between(last, "")
    assert len(last) < 250
