"""What an agent has refused moves a little, and only a little; a crisis never moves."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.empathy.classifier import Scored
from companion.empathy.leaning import Counts, leaning, leant
from companion.empathy.scorer import CRISIS
from companion.profile.profile import Profile
from companion.session.prompting import own_of, refuse, take

NAMES = ("ship_urge", "refund_real", "manager", "defect", CRISIS)
numbers = st.integers(0, 10_000)
counts = st.dictionaries(st.sampled_from(NAMES), st.builds(Counts, numbers, numbers))


@st.composite
def found(draw: st.DrawFn) -> list[Scored]:
    """What the classifier may answer: best first, but for a crisis, which may stand before it."""
    names = draw(st.permutations(NAMES))[: draw(st.integers(0, 3))]
    scores = sorted((draw(st.floats(0, 1)) for _ in names), reverse=True)
    answer = [Scored(name, score) for name, score in zip(names, scores, strict=True)]
    if draw(st.booleans()):
        answer.sort(key=lambda one: one.id != CRISIS)
    return answer


@given(found(), counts)
def test_a_crisis_stays_where_it_is_and_nothing_is_lost_or_scored_anew(
    answer: list[Scored], said: dict[str, Counts]
) -> None:
    after = leant(answer, said)
    assert [one.id == CRISIS for one in after] == [one.id == CRISIS for one in answer]
    assert sorted(after, key=lambda one: one.id) == sorted(answer, key=lambda one: one.id)


@given(found(), st.dictionaries(st.sampled_from(NAMES), st.builds(Counts, st.just(0), numbers)))
def test_where_nothing_was_refused_nothing_moves(
    answer: list[Scored], said: dict[str, Counts]
) -> None:
    assert leant(answer, said) == answer


@given(found(), counts)
def test_what_is_twice_as_likely_is_never_overtaken(
    answer: list[Scored], said: dict[str, Counts]
) -> None:
    places = {one.id: at for at, one in enumerate(leant(answer, said))}
    others = [one for one in answer if one.id != CRISIS]
    for better, worse in pairwise(others):
        if better.score > 2 * worse.score:
            assert places[better.id] < places[worse.id]


@given(numbers, numbers)
def test_it_is_bounded_falls_with_refusals_and_rises_with_uses(refused: int, taken: int) -> None:
    now = leaning(Counts(refused, taken))
    assert 0.5 < now <= 1
    assert leaning(Counts(0, taken)) == 1
    assert leaning(Counts(refused + 1, taken)) < now
    assert leaning(Counts(refused, taken + 1)) >= now


def test_what_was_taken_back_more_often_than_said_counts_as_never_said() -> None:
    assert leaning(Counts(-3, -1)) == 1


@pytest.mark.parametrize("refusals", [1, 2, 4])
def test_two_that_are_close_change_places(refusals: int) -> None:
    answer = [Scored("ship_urge", 0.42), Scored("refund_real", 0.40)]
    assert leant(answer, {"ship_urge": Counts(refusals)}) == answer[::-1]


acts = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(("refuse", "undo", "take"))))


@given(acts, st.permutations(range(3)))
def test_sums_are_the_same_in_whichever_order_desks_are_merged(
    done: list[tuple[int, str]], order: list[int]
) -> None:
    desks = [Profile("p") for _ in range(3)]
    for at, act in done:
        if act == "take":
            take(desks[at], "ship_urge")
        else:
            undo = refuse(desks[at], "ship_urge")
            if act == "undo":
                undo()
    merged = Profile("p")
    for at in (*order, *order):
        merged.absorb(desks[at].everything()[1], desks[at].clock)
    kinds = [act for _, act in done]
    wanted = Counts(kinds.count("refuse"), kinds.count("take"))
    assert own_of(merged, {}).counts.get("ship_urge", Counts()) == wanted
