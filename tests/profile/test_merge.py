"""The laws of the merge, over states that desks really reach."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.profile.fields import view
from companion.profile.merge import conflicts as merging_conflicts
from companion.profile.merge import merge
from companion.profile.profile import Profile
from companion.profile.records import (
    HISTORY,
    Bookmark,
    Folder,
    Phrase,
    PhraseSet,
    Record,
    Stamp,
    Team,
    new_id,
)
from tests.profile.desks import exchange, phrase_of, two_desks

ACTS = ("title", "body", "trash", "restore", "use", "exchange", "resolve", "move")


def grow(seed: int, desks: int, steps: int) -> list[Profile]:
    """Desks that edit one phrase and exchange packs at random."""
    random_ = random.Random(seed)
    profiles = [Profile("p") for _ in range(desks)]
    phrase = profiles[0].add("phrase", title="t", body="b", parent="")
    for profile in profiles[1:]:
        profile.absorb(profiles[0].everything()[1], profiles[0].clock)
    for step in range(steps):
        profile = random_.choice(profiles)
        act = random_.choice(ACTS)
        if act in ("title", "body"):
            profile.change(phrase, **{act: f"{act} {step}"})
        elif act == "move":
            profile.change(phrase, position=f"V{step}")
        elif act == "trash":
            profile.trash(phrase)
        elif act == "restore":
            profile.restore(phrase)
        elif act == "use":
            profile.count_use(phrase)
        elif act == "resolve":
            for field, others in profile.conflicts().get(phrase, {}).items():
                profile.resolve(phrase, field, others[0].value)
        else:
            other = random_.choice(profiles)
            profile.absorb(other.everything()[1], other.clock)
    return profiles


def state(profile: Profile) -> Record:
    return profile.everything()[1][0]


@settings(deadline=None)
@given(seed=st.integers(0, 10**9), steps=st.integers(0, 40))
def test_merge_is_commutative_associative_idempotent(seed: int, steps: int) -> None:
    a, b, c = (state(profile) for profile in grow(seed, 3, steps))
    assert merge(a, b) == merge(b, a)
    assert merge(merge(a, b), c) == merge(a, merge(b, c))
    assert merge(a, a) == a
    assert merge(merge(a, b), b) == merge(a, b)


@settings(deadline=None, max_examples=50)
@given(seed=st.integers(0, 10**9), steps=st.integers(1, 60), order=st.randoms())
def test_changes_converge_in_any_order_doubled_and_late(
    seed: int, steps: int, order: random.Random
) -> None:
    profiles = grow(seed, 3, steps)
    parts = [record for profile in profiles for record in profile.take_changes()[1]]
    ends = []
    for _ in range(2):
        order.shuffle(parts)
        end = Profile("p")
        end.absorb([*parts, *parts[:2]], 0)
        ends.append(state(end))
    assert ends[0] == ends[1]
    # The parts say all there is: whoever has the whole states knows no other values.
    whole = state(profiles[0])
    for profile in profiles[1:]:
        whole = merge(whole, state(profile))
    assert view(whole) == view(ends[0])


def test_edits_of_different_fields_are_both_there() -> None:
    here, there, phrase = two_desks()
    here.change(phrase, title="退款进度")
    there.change(phrase, body="第二版")
    exchange(here, there)
    for profile in (here, there):
        assert (phrase_of(profile, phrase).title, phrase_of(profile, phrase).body) == (
            "退款进度",
            "第二版",
        )
        assert not profile.conflicts()


def test_two_rewrites_keep_the_loser_once_and_never_splice() -> None:
    here, there, phrase = two_desks()
    here.change(phrase, body="这边改的")
    there.change(phrase, body="那边改的")
    for _ in range(3):
        exchange(here, there)
    assert state(here) == state(there)
    others = here.conflicts()[phrase]["body"]
    assert {phrase_of(here, phrase).body, others[0].value} == {"这边改的", "那边改的"}
    assert len(others) == 1


def test_a_resolved_conflict_is_resolved_everywhere_and_the_loser_is_history() -> None:
    here, there, phrase = two_desks()
    here.change(phrase, body="这边改的")
    there.change(phrase, body="那边改的")
    exchange(here, there)
    here.resolve(phrase, "body", "那边改的")
    exchange(here, there)
    assert not here.conflicts() and not there.conflicts()
    assert phrase_of(there, phrase).body == "那边改的"
    assert "这边改的" in there.history(phrase, "body")


def test_several_edits_here_are_no_conflict_with_an_untouched_desk() -> None:
    here, there, phrase = two_desks()
    for number in range(5):
        here.change(phrase, body=f"第 {number} 次")
    exchange(here, there)
    assert not there.conflicts()
    assert phrase_of(there, phrase).body == "第 4 次"


def test_history_keeps_the_last_bodies() -> None:
    here, _, phrase = two_desks()
    for number in range(HISTORY + 5):
        here.change(phrase, body=f"第 {number} 次")
    assert here.history(phrase, "body") == [f"第 {n} 次" for n in range(HISTORY + 3, 3, -1)]


def test_an_edit_made_without_seeing_the_deletion_brings_the_phrase_back() -> None:
    here, there, phrase = two_desks()
    here.trash(phrase)
    there.change(phrase, body="我还在用")
    exchange(here, there)
    assert phrase_of(here, phrase).body == phrase_of(there, phrase).body == "我还在用"


def test_deletion_travels_and_can_be_taken_back() -> None:
    here, there, phrase = two_desks()
    here.trash(phrase)
    exchange(here, there)
    assert there.get(phrase) is None
    assert [item.id for item in there.trash_can()] == [phrase]
    there.restore(phrase)
    exchange(here, there)
    assert phrase_of(here, phrase).title == "退款"


def test_a_set_deleted_here_comes_back_for_what_was_added_there() -> None:
    here, there, _ = two_desks()
    group = here.add("set", title="售后")
    exchange(here, there)
    here.trash(group)
    there.add("phrase", title="新的", body="x", parent=group)
    exchange(here, there)
    assert [item.title for item in here.sets()] == ["售后"]


def test_use_counts_of_two_desks_add_up() -> None:
    here, there, phrase = two_desks()
    for profile in (here, there, there):
        profile.count_use(phrase)
    for _ in range(2):
        exchange(here, there)
    assert here.uses()[phrase][0] == there.uses()[phrase][0] == 3


def test_an_option_born_on_two_desks_is_one_option() -> None:
    here, there = Profile("p"), Profile("p")
    here.set_option("language", "zh")
    there.set_option("language", "en")
    exchange(here, there)
    assert here.options() == there.options()
    assert state(here) == state(there)


def test_a_record_of_an_unknown_kind_is_carried_along() -> None:
    here, there = Profile("p"), Profile("p")
    strange = Record("x" * 22, "hologram", Stamp(1, "w"), {"depth": [1, 2], "title": "?"})
    here.absorb([strange], 1)
    exchange(here, there)
    assert state(there) == strange


@pytest.mark.parametrize("kind", ["phrase", "bookmark", "set", "folder"])
def test_many_keep_their_order(kind: str) -> None:
    profile = Profile("p")
    profile.add(kind, title="0")
    profile.add_many(kind, [{"title": str(n)} for n in range(1, 200)])
    profile.add(kind, title="200")
    views: dict[str, list[Phrase] | list[Bookmark] | list[PhraseSet] | list[Folder]] = {
        "phrase": profile.phrases(),
        "bookmark": profile.bookmarks(),
        "set": profile.sets(),
        "folder": profile.folders(),
    }
    titles = [item.title for item in views[kind]]
    assert titles == [str(n) for n in range(201)]


def test_deleted_sets_put_into_each_other_are_gone() -> None:
    profile = Profile("A" * 22)
    one, two = profile.add("set", title="一"), profile.add("set", title="二")
    profile.change(one, parent=two)
    profile.change(two, parent=one)
    profile.trash(one)
    assert [group.title for group in profile.sets()] == ["二"]
    profile.trash(two)
    assert profile.sets() == []
    profile.add("phrase", title="x", body="x", parent=one)
    assert {group.title for group in profile.sets()} == {"一", "二"}


def test_no_identity_looks_like_an_option() -> None:
    made = {new_id() for _ in range(2_000)}
    assert len(made) == 2_000
    assert all(len(id) == 22 and not id.startswith("-") for id in made)


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 5), st.sampled_from("abc")), max_size=12)
)
def test_what_only_rises_is_the_highest_on_every_desk(
    writes: list[tuple[int, int, str]],
) -> None:
    profiles = [Profile("p") for _ in range(3)]
    for profile in profiles:
        profile.put("team:x", "team", card="c", seen=(0, ""))
    for at, version, digest in writes:
        profiles[at].put("team:x", "team", seen=(version, digest))
    states = [state(profile) for profile in profiles]
    one = merge(merge(states[0], states[1]), states[2])
    assert one == merge(states[2], merge(states[1], states[0])) == merge(one, one)
    last = {at: [version, digest] for at, version, digest in writes}
    found = view(one)
    assert isinstance(found, Team)
    assert list(found.seen) == max([*last.values(), [0, ""]])
    assert merging_conflicts(one) == {}
