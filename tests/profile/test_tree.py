"""Places: the same on every desk, nothing lost by its place, and moves where they were meant."""

from collections.abc import Callable
from typing import Any

import pytest

from companion.profile import tree
from companion.profile.fields import content_stamps
from companion.profile.profile import Profile
from companion.profile.records import Record, Stamp
from tests.profile.desks import exchange, two_desks


def titles(profile: Profile) -> list[tuple[str, str]]:
    """The sets in order, each with the title of the set it stands in."""
    names = {"": ""} | {group.id: group.title for group in profile.sets()}
    return [(group.title, names[group.parent]) for group in profile.sets()]


def sets(profile: Profile, *names: str) -> list[str]:
    return profile.add_many("set", [{"title": name} for name in names])


def test_everything_is_listed_in_the_order_of_the_tree() -> None:
    profile = Profile("p")
    a, b = sets(profile, "a", "b")
    inner = profile.add("set", title="a1", parent=a)
    for parent, title in ((b, "3"), (inner, "2"), (a, "1"), ("", "0")):
        profile.add("phrase", title=title, parent=parent)
    assert titles(profile) == [("a", ""), ("a1", "a"), ("b", "")]
    assert [phrase.title for phrase in profile.phrases()] == ["0", "1", "2", "3"]
    profile.move(b, "", "")
    assert [phrase.title for phrase in profile.phrases()] == ["0", "3", "1", "2"]
    top = profile.add("folder", title="f")
    below = profile.add("folder", title="g", parent=top)
    deep = profile.add("folder", title="h", parent=below)
    profile.add("bookmark", title="deep", url="https://x.example", parent=deep)
    profile.add("bookmark", title="flat", url="https://x.example")
    assert [(f.title, f.parent) for f in profile.folders()] == [("f", ""), ("g", top), ("h", below)]
    assert [mark.title for mark in profile.bookmarks()] == ["flat", "deep"]


@pytest.mark.parametrize("later", ["here", "there"])
def test_of_two_moves_that_make_a_circle_the_later_one_is_to_the_root(later: str) -> None:
    here, there, _ = two_desks()
    one, two = (here.add("folder", title=title) for title in ("1", "2"))
    exchange(here, there)
    desks = {"here": here, "there": there}
    desks[later].set_option("theme", "dark")
    here.change(one, parent=two)
    there.change(two, parent=one)
    exchange(here, there)
    expected = {one: two, two: ""} if later == "there" else {one: "", two: one}
    for profile in (here, there):
        assert {folder.id: folder.parent for folder in profile.folders()} == expected


def test_a_folder_in_itself_and_a_long_circle_are_at_the_root() -> None:
    profile = Profile("p")
    ids = [profile.add("folder", title=str(number)) for number in range(5)]
    profile.change(ids[4], parent=ids[4])
    for number in range(4):
        profile.change(ids[number], parent=ids[(number + 1) % 4])
    mark = profile.add("bookmark", title="x", url="https://x.example", parent=ids[1])
    found = {folder.id: folder.parent for folder in profile.folders()}
    assert found == {ids[0]: ids[1], ids[1]: ids[2], ids[2]: ids[3], ids[3]: "", ids[4]: ""}
    assert profile.bookmarks()[0].id == mark and profile.bookmarks()[0].parent == ids[1]


def test_deeper_sets_count_as_in_the_topmost() -> None:
    here, there, _ = two_desks()
    a, b, c = sets(here, "a", "b", "c")
    exchange(here, there)
    here.move(b, a, "")
    there.move(c, b, "")
    phrase = there.add("phrase", title="x", parent=c)
    exchange(here, there)
    for profile in (here, there):
        assert titles(profile)[0] == ("a", "")
        assert set(titles(profile)[1:]) == {("b", "a"), ("c", "a")}
        assert next(p for p in profile.phrases() if p.id == phrase).parent == c
    # What was meant comes about when the set in between moves out again.
    here.move(b, "", a)
    assert ("c", "b") in titles(here)


@pytest.mark.parametrize("parent", ["unknown", "phrase", "folder", 7, None, ["x"]])
def test_a_parent_that_cannot_hold_it_is_the_root(parent: object) -> None:
    profile = Profile("p")
    known = {"phrase": profile.add("phrase", title="p"), "folder": profile.add("folder", title="f")}
    said = known.get(parent, parent) if isinstance(parent, str) else parent
    rows = [
        Record(kind, kind, Stamp(9, "w"), {"title": kind, "parent": said})
        for kind in ("set", "phrase", "bookmark")
    ]
    profile.absorb(rows, 9)
    assert [(group.id, group.parent) for group in profile.sets()] == [("set", "")]
    assert ("phrase", "") in [(phrase.id, phrase.parent) for phrase in profile.phrases()]
    expected = said if parent == "folder" else ""
    assert [mark.parent for mark in profile.bookmarks()] == [expected]


def test_a_set_is_deleted_with_all_in_it_and_restored_with_all_that_went_with_it() -> None:
    here, there, _ = two_desks()
    a, before = here.add("set", title="a"), here.add("phrase", title="kept")
    inner = here.add("set", title="b", parent=a)
    one, two = here.add("phrase", title="1", parent=a), here.add("phrase", title="2", parent=inner)
    here.add("variant", parent=two, body="v")
    earlier = here.add("phrase", title="deleted before", parent=a)
    here.trash(earlier)
    here.trash(a)
    exchange(here, there)
    for profile in (here, there):
        assert not profile.sets() and before in {phrase.id for phrase in profile.phrases()}
        assert {item.id for item in profile.trash_can()} == {a, earlier}
        assert profile.get(two) is None and not profile.variants()
    there.restore(a)
    exchange(here, there)
    assert titles(here) == [("a", ""), ("b", "a")]
    assert {one, two} <= {phrase.id for phrase in here.phrases()}
    assert [item.id for item in here.trash_can()] == [earlier]
    assert [variant.body for variant in here.variants(two)] == ["v"]


def test_what_was_rewritten_in_a_deleted_folder_comes_back_with_the_folders_above() -> None:
    here, there, _ = two_desks()
    top = here.add("folder", title="f")
    below = here.add("folder", title="g", parent=top)
    one, two = (here.add("bookmark", title=t, url="https://x.example", parent=below) for t in "12")
    exchange(here, there)
    here.trash(top)
    there.change(two, title="rewritten")
    exchange(here, there)
    for profile in (here, there):
        assert [folder.title for folder in profile.folders()] == ["f", "g"]
        assert [mark.title for mark in profile.bookmarks()] == ["rewritten"]
        assert [item.id for item in profile.trash_can()] == [one]


def test_one_phrase_is_restored_out_of_a_deleted_set() -> None:
    here, _, _ = two_desks()
    group = here.add("set", title="a")
    one, two = (here.add("phrase", title=title, parent=group) for title in "12")
    here.trash(group)
    here.restore(one)
    assert [item.title for item in here.sets()] == ["a"]
    assert one in {phrase.id for phrase in here.phrases()}
    assert [item.id for item in here.trash_can()] == [two]


def test_what_is_remembered_of_the_tree_follows_every_move() -> None:
    here, there, _ = two_desks()
    a, b, c = sets(here, "a", "b", "c")
    exchange(here, there)
    assert titles(here) == [("a", ""), ("b", ""), ("c", "")]
    here.change(c, parent=a)
    assert titles(here) == [("a", ""), ("c", "a"), ("b", "")]
    here.change(b, position="0z")
    assert titles(here) == [("b", ""), ("a", ""), ("c", "a")]
    there.change(a, position="zz")
    here.absorb(there.everything()[1], there.clock)
    assert titles(here)[0] == ("b", "") and titles(here)[1][0] == "a"
    here.trash(c)
    assert titles(here) == [("b", ""), ("a", "")]
    here.move(here.add("phrase", title="x"), c, "")
    assert titles(here) == [("b", ""), ("a", ""), ("c", "a")]


def reads(monkeypatch: pytest.MonkeyPatch, phrases: int, groups: int) -> int:
    """How often fields are read to show a profile half of whose sets are deleted or nested."""
    profile = Profile("p")
    ids = profile.add_many("set", [{"title": str(number)} for number in range(groups)])
    for number, id in enumerate(ids[1:]):
        # A chain through all of them, and a circle.
        profile.change(id, parent=ids[number])
    profile.change(ids[0], parent=ids[-1])
    rows = [{"title": "t", "parent": ids[number % groups]} for number in range(phrases)]
    made = profile.add_many("phrase", rows)
    variants = profile.add_many("variant", [{"parent": id, "body": "v"} for id in made[::10]])
    for id in (*made[:: max(1, phrases // 50)], variants[0]):
        profile.trash(id)
    with profile.together():
        for id in ids[::2]:
            saw = [[stamp.counter, stamp.writer] for stamp in content_stamps(profile._records[id])]
            profile.change(id, trashed=saw)
    count = 0

    def counted(read: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*args: Any) -> Any:
            nonlocal count
            count += 1
            return read(*args)

        return wrapper

    with monkeypatch.context() as patch:
        for name in ("text", "there", "trashed", "stamp_of", "kind_of"):
            patch.setattr(tree, name, counted(getattr(tree, name)))
        profile.phrases(), profile.sets(), profile.trash_can(), profile.variants()
        for id in (*made, *ids):
            profile.get(id)
            profile.variants(id)
        for id in made:
            # An edit of a text asks for no new tree, an added phrase for no look at all others.
            profile.change(id, title="x")
            profile.get(id)
    return count


def test_many_phrases_and_sets_are_not_quadratic(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = (reads(monkeypatch, 400 * times, 40 * times) for times in (1, 4))
    assert few > 400 and many < 6 * few
