"""Lists that are joined from what several desks wrote: nothing lost, whatever the order."""

import random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.profile.merge import joined, merge
from companion.profile.profile import Profile
from companion.profile.records import JOINED, Record, Register, Stamp, Version
from tests.profile.test_laws import in_some_order

items = st.lists(st.integers(0, 2**33), min_size=2, max_size=2)
lists = st.lists(items, max_size=JOINED + 5)
stamps = st.builds(Stamp, st.integers(1, 5), st.sampled_from("vwx"))
odd = st.one_of(lists, st.none(), st.text(), st.lists(st.one_of(st.text(), st.none(), items)))


def record(stamp: Stamp, said: object) -> Record:
    return Record("id", "practice", Stamp(1, "v"), {}, {"reviews": register(stamp, said)})


def register(stamp: Stamp, said: object) -> Register:
    return Register((Version(stamp, said),), {})


@given(lists, lists, lists)
def test_joining_is_a_union_that_keeps_the_highest(
    one: list[object], two: list[object], three: list[object]
) -> None:
    assert joined(one, two) == joined(two, one) == joined(joined(two, one), one)
    assert joined(joined(one, two), three) == joined(one, joined(two, three))
    whole = joined(one, two)
    assert len(whole) <= JOINED
    left_out = [item for item in [*one, *two] if item not in whole]
    assert all(moment(item) <= moment(whole[0]) for item in left_out)


def moment(item: object) -> int:
    return msgspec.convert(item, list[int])[0]


@settings(deadline=None)
@given(st.lists(st.builds(record, stamps, odd), min_size=1, max_size=5), st.randoms())
def test_records_merge_to_the_same_in_any_order(parts: list[Record], chance: random.Random) -> None:
    assert in_some_order(parts, chance) == in_some_order(parts, chance)
    profile = Profile("p")
    profile.absorb(parts, 9)
    profile.practice()


def test_what_a_version_that_did_not_know_the_field_kept_apart_comes_together() -> None:
    stamps = Stamp(3, "b"), Stamp(2, "a")
    apart = Register((Version(stamps[0], [[2, 1]]), Version(stamps[1], [[1, 4]])), {"a": 2, "b": 3})
    kept = Record("id", "practice", Stamp(1, "a"), {"situation": "queue"}, {"reviews": apart})
    merged = merge(kept, Record("id", "practice", Stamp(1, "a"), {"reviews": [[3, 3]]}))
    assert merged.registers["reviews"].live[0].value == [[1, 4], [2, 1], [3, 3]]


def test_two_desks_that_practised_apart_have_both() -> None:
    here, there = Profile("p"), Profile("p")
    for desk, at in ((here, 1), (there, 2)):
        desk.put("practice:queue", "practice", situation="queue", reviews=[[at, 3]])
    for one, other in ((here, there), (there, here)):
        clock, records = other.everything()
        one.absorb(records, clock)
    assert here.practice() == there.practice()
    assert here.practice()[0].reviews == ((1, 3), (2, 3))
    assert here.conflicts() == {}
