"""Edits of many records at once, and edits by one who has not seen what came meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import InputInvalid
from companion.profile.profile import Profile
from tests.profile.desks import exchange, phrase_of, two_desks, whole

TEXTS = st.sampled_from(["第一版", "甲", "乙", "丙"])


def shown(profile: Profile, parent: str) -> str:
    return "".join(phrase.title for phrase in profile.phrases() if phrase.parent == parent)


def ten(profile: Profile) -> tuple[str, list[str]]:
    """A set with ten phrases, titled by their number."""
    group = profile.add("set", title="a")
    rows = [{"title": str(number), "parent": group} for number in range(10)]
    return group, profile.add_many("phrase", rows)


@pytest.mark.parametrize(
    ("moving", "after", "order"),
    [
        ((2, 3, 4), None, "2340156789"),
        ((8, 1), 5, "0234581679"),
        ((0, 9), "gone", "1234567809"),
        ((3,), 2, "0123456789"),
    ],
)
def test_many_are_moved_in_the_order_given(
    moving: tuple[int, ...], after: int | str | None, order: str
) -> None:
    profile = Profile("p")
    group, ids = ten(profile)
    behind = ids[after] if isinstance(after, int) else after or ""
    profile.move_all([ids[number] for number in moving], group, behind)
    assert shown(profile, group) == order


def test_many_are_moved_into_another_set_and_only_into_what_can_hold_them() -> None:
    profile = Profile("p")
    group, ids = ten(profile)
    other = profile.add("set", title="b")
    profile.move_all([ids[5], ids[2]], other, "")
    assert (shown(profile, other), shown(profile, group)) == ("52", "01346789")
    with pytest.raises(InputInvalid):
        profile.move_all(ids[:2], ids[3], "")
    inner = profile.add("set", title="c", parent=other)
    with pytest.raises(InputInvalid):
        profile.move_all([other], inner, "")


@given(st.lists(st.integers(0, 9), unique=True, min_size=1), st.integers(-1, 9))
def test_moving_many_is_moving_one_after_the_other(moving: list[int], after: int) -> None:
    together, apart = Profile("p"), Profile("p")
    for profile in (together, apart):
        group, ids = ten(profile)
        behind = ids[after] if after >= 0 and after not in moving else ""
        chosen = [ids[number] for number in moving]
        if profile is together:
            profile.move_all(chosen, group, behind)
            continue
        for id in chosen:
            profile.move(id, group, behind)
            behind = id
    assert shown(together, together.sets()[0].id) == shown(apart, apart.sets()[0].id)


def test_many_are_deleted_and_restored_each_alone() -> None:
    profile = Profile("p")
    group, ids = ten(profile)
    loose = profile.add("phrase", title="x")
    profile.trash(group, loose)
    assert profile.phrases() == [] and profile.sets() == []
    assert {view.id for view in profile.trash_can()} == {group, loose}
    profile.restore(loose)
    assert [phrase.title for phrase in profile.phrases()] == ["x"]
    profile.restore(group)
    assert shown(profile, group) == "0123456789"
    profile.trash(ids[3], ids[4])
    profile.restore(ids[4])
    assert shown(profile, group) == "012456789"
    profile.restore(*{view.id for view in profile.trash_can()})
    assert shown(profile, group) == "0123456789"


def test_what_came_while_one_typed_is_a_conflict_and_not_lost() -> None:
    here, there, id = two_desks()
    seen = {"title": "退款", "body": "第一版"}
    there.change(id, title="退款了", body="那边")
    here.absorb(there.everything()[1], there.clock)
    assert here.change_from(id, seen, body="这边") == ("body",)
    assert phrase_of(here, id).body == "这边"
    assert phrase_of(here, id).title == "退款了"
    assert [version.value for version in here.conflicts()[id]["body"]] == ["那边"]
    # Typed on: the conflict stays one.
    assert here.change_from(id, {"body": "这边"}, body="这边!") == ()
    exchange(here, there)
    assert whole(here) == whole(there)
    assert [version.value for version in there.conflicts()[id]["body"]] == ["那边"]
    there.resolve(id, "body", "那边")
    exchange(here, there)
    assert phrase_of(here, id).body == "那边" and not here.conflicts()
    assert "这边!" in here.history(id, "body")


def test_fields_whose_last_write_wins_and_equal_texts_make_no_conflict() -> None:
    here, there, id = two_desks()
    there.change(id, body="同样", favourite=True, tags=("a",))
    here.absorb(there.everything()[1], there.clock)
    seen = {"body": "第一版", "tags": [], "favourite": False}
    assert here.change_from(id, seen, body="同样", tags=("b",), favourite=False) == ()
    assert phrase_of(here, id).tags == ("b",)
    assert not here.conflicts()


@given(TEXTS, TEXTS)
def test_it_is_as_if_two_desks_had_written(mine: str, theirs: str) -> None:
    here, there, id = two_desks()
    there.change(id, body=theirs)
    here.absorb(there.everything()[1], there.clock)
    here.change_from(id, {"body": "第一版"}, body=mine)
    apart, other, same = two_desks()
    other.change(same, body=theirs)
    apart.change(same, body=mine)
    exchange(apart, other)

    def texts(profile: Profile, id: str) -> set[str]:
        others = profile.conflicts().get(id, {}).get("body", [])
        return {phrase_of(profile, id).body} | {version.value for version in others}

    # Who gives back the first text has typed nothing.
    assert texts(here, id) == texts(apart, same)
    exchange(here, there)
    assert whole(here) == whole(there)


def test_uses_are_counted_together() -> None:
    profile = Profile("p")
    one, two, three = (profile.add("phrase", title=name) for name in "abc")
    for id in (one, one, two):
        profile.count_use(id)
    profile.add_uses(one, [two, three])
    assert profile.uses()[one][0] == 3
    profile.add_uses(one, [three])
    assert profile.uses()[one][0] == 3
