"""The laws of merge and tree, whatever three desks do and however their packs come in."""

import random
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from companion.profile.merge import merge
from companion.profile.profile import Profile
from companion.profile.records import Record, Register, Stamp, Version
from tests.profile.three_desks import TEXT, Desks, seeds

WRITERS = ("v", "w", "x")
stamps = st.builds(Stamp, st.integers(1, 4), st.sampled_from(WRITERS))
said = st.sampled_from(["a", "b", 7, True, ["a", "<b>a</b>"], None])
NAMES = ("title", "body", "position", "parent", "trashed", "keys", "of a newer version")


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Any register that could come in a pack: also such as no desk of ours would write."""
    live = draw(st.lists(st.builds(Version, stamps, said), min_size=1, max_size=3))
    past = draw(st.lists(st.builds(Version, stamps, said), max_size=3))
    by_stamp = {version.stamp: version for version in live}
    seen = draw(st.dictionaries(st.sampled_from(WRITERS), st.integers(1, 4)))
    for stamp in by_stamp:
        seen[stamp.writer] = max(seen.get(stamp.writer, 0), stamp.counter)
    earlier = {v.stamp: v for v in past if v.stamp not in by_stamp}
    return Register(
        tuple(by_stamp[stamp] for stamp in sorted(by_stamp, reverse=True)),
        dict(sorted(seen.items())),
        tuple(earlier[stamp] for stamp in sorted(earlier, reverse=True)),
    )


def records(kind: str) -> st.SearchStrategy[Record]:
    return st.builds(
        Record,
        st.just("id"),
        st.just(kind),
        stamps,
        st.dictionaries(st.sampled_from(NAMES[:4]), said),
        st.dictionaries(st.sampled_from(NAMES), registers()),
        st.dictionaries(st.sampled_from(WRITERS), st.tuples(st.integers(0, 3), st.integers(0, 3))),
    )


@settings(deadline=None)
@given(st.data(), st.sampled_from(["phrase", "program", "hologram"]), st.booleans())
def test_merge_is_commutative_and_idempotent_whatever_comes(
    data: st.DataObject, kind: str, alike: bool
) -> None:
    a, b = data.draw(records(kind)), data.draw(records(kind if alike else "phrase"))
    merged = merge(a, b)
    assert merged == merge(b, a)
    assert merge(merged, merged) == merged
    assert merge(merged, a) == merge(a, merged)
    # And it can be shown.
    profile = Profile("p")
    profile.absorb([a, b], 9)
    profile.phrases(), profile.trash_can(), profile.conflicts(), profile.get("id")


TestDesks = Desks.TestCase
TestDesks.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)


@settings(deadline=None, max_examples=40)
@given(seed=seeds)
def test_merge_is_associative_over_all_parts_that_desks_make(seed: int) -> None:
    """Any way to put packs together gives the same records (compaction does, at every desk)."""
    chance = random.Random(seed)
    machine = Desks()
    acts = (machine.rewrite, machine.undo, machine.program, machine.move, machine.trash)
    for _ in range(60):
        at, number = chance.randrange(3), chance.randrange(2**30)
        match chance.randrange(6):
            case 0:
                machine.add(at, chance.choice(list(TEXT)), number)
            case 1:
                machine.send(at)
                machine.receive(at, number, False)
            case 2:
                machine.resolve(at, number)
                machine.newer(at, number, True)
            case 3:
                machine.rewrite(at, number, bool(number % 2))
            case _:
                act = chance.choice(acts[1:])
                act(at, number)
    parts: dict[str, list[Record]] = {}
    for pack in machine.packs:
        for record in pack.records:
            parts.setdefault(record.id, []).append(record)
    for held in parts.values():
        assert in_some_order(held, chance) == in_some_order(held, chance)
    machine.teardown()


def in_some_order(parts: Iterable[Record], chance: random.Random) -> Record:
    """These merged two at a time, in any order and bracketing, some twice."""
    left = [*parts, *list(parts)[:2]]
    while len(left) > 1:
        one, two = (left.pop(chance.randrange(len(left))) for _ in range(2))
        left.append(merge(one, two))
    return left[0]
