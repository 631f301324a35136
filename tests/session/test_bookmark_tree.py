"""The tree of the bookmark window: what is seen, what is opened, and where something may go."""

from hypothesis import given, settings
from hypothesis import strategies as st

from companion.profile.profile import Profile
from companion.profile.team import entry_id
from companion.profile.team_content import TeamBookmark, TeamFolder, TeamPack
from companion.session.bookmark_edits import BookmarkEdits
from companion.session.bookmark_tree import BOOKMARK, FOLDER, MarkTree, Place, tree_of

PACK = TeamPack(
    1,
    0,
    "一组",
    folders=(TeamFolder("规则", (TeamBookmark("A" * 22, "退货规则", "https://t.example/r"),)),),
)


def desk() -> tuple[Profile, dict[str, str]]:
    """A profile with folders a, b in a, c in b, and d; the ids by title."""
    profile, ids = Profile("p"), dict[str, str]()
    for title, parent in (("a", ""), ("b", "a"), ("c", "b"), ("d", "")):
        ids[title] = profile.add(FOLDER, title=title, parent=ids.get(parent, ""))
    for title, parent in (("0", ""), ("1", "a"), ("2", "c"), ("3", "c"), ("4", "d")):
        facts = {"title": title, "url": f"https://x.example/{title}", "parent": ids.get(parent, "")}
        ids[title] = profile.add(BOOKMARK, **facts)
    return profile, ids


def seen(tree: MarkTree, opened: set[str]) -> str:
    return " ".join(f"{'.' * line.depth}{line.node.title}" for line in tree.lines(opened))


def test_only_what_stands_in_open_folders_is_seen() -> None:
    profile, ids = desk()
    tree = tree_of(profile, {})
    assert seen(tree, set()) == "a d 0"
    assert seen(tree, {ids["a"], ids["c"]}) == "a .b .1 d 0"
    assert seen(tree, set(ids.values())) == "a .b ..c ...2 ...3 .1 d .4 0"
    assert [tree.nodes[ids[title]].count for title in "abcd"] == [3, 2, 2, 1]
    assert tree.count == 5
    assert tree.path(ids["2"]) == ("a", "b", "c")


def test_what_a_team_shares_is_seen_and_cannot_be_changed() -> None:
    profile, ids = desk()
    tree = tree_of(profile, {"t": PACK})
    shared = entry_id("t", "A" * 22)
    assert seen(tree, set(tree.nodes)).endswith("0 一组 .规则 ..退货规则")
    assert tree.nodes[shared].team == "一组" and not tree.nodes[shared].ours
    assert tree.count == 5
    team, folder = (node.id for node in reversed(tree.above(shared)))
    assert not tree.takes([ids["0"]], folder)
    assert not tree.takes([ids["0"]], team)
    assert not tree.takes([shared], ids["a"])
    assert [line.id for line in tree.found([shared, "unknown", ids["a"], ids["2"]])] == [
        shared,
        ids["2"],
    ]


def test_a_folder_is_opened_in_order_and_each_address_once() -> None:
    profile, ids = desk()
    again = profile.add(BOOKMARK, title="2 again", url=" https://x.example/2 ", parent=ids["a"])
    script = profile.add(BOOKMARK, title="s", url="javascript:alert(1)", parent=ids["a"])
    tree = tree_of(profile, {})
    batch = tree.batch([ids["a"]])
    assert [node.title for node in batch.nodes] == ["2", "3", "1"]
    assert batch.refused == 1
    assert [node.id for node in tree.batch([again, ids["2"], script]).nodes] == [again]
    # What stands in another that is chosen, too, comes in its place.
    assert [node.title for node in tree.batch([ids["3"], ids["c"], ids["0"]]).nodes] == list("230")
    profile.trash(ids["0"])
    assert tree_of(profile, {}).batch([ids["0"], "trash"]).nodes == ()


def test_a_folder_takes_all_but_itself_and_what_it_stands_in() -> None:
    profile, ids = desk()
    tree = tree_of(profile, {})
    assert tree.takes([ids["d"], ids["4"]], ids["c"])
    assert tree.takes([ids["c"]], "")
    assert not tree.takes([ids["a"]], ids["a"])
    assert not tree.takes([ids["0"], ids["a"]], ids["c"])
    assert not tree.takes([ids["0"]], ids["1"])
    # Something new has no id yet.
    assert tree.takes([], "") and tree.takes([], ids["c"]) and not tree.takes([], ids["1"])


def moved(profile: Profile, ids: list[str], place: Place | None) -> str:
    if place is not None:
        BookmarkEdits(profile).move(ids, *place)
    tree = tree_of(profile, {})
    return seen(tree, set(tree.nodes))


def test_alt_and_an_arrow_put_several_further_among_their_kind() -> None:
    profile, ids = desk()
    tree = tree_of(profile, {})
    assert tree.nudged([ids["2"]], -1) is None
    assert tree.nudged([ids["2"], ids["1"]], 1) is None
    assert moved(profile, [ids["2"]], tree.nudged([ids["2"]], 1)) == "a .b ..c ...3 ...2 .1 d .4 0"
    tree = tree_of(profile, {})
    assert moved(profile, [ids["d"]], tree.nudged([ids["d"]], -1)).startswith("d .4 a .b")


def test_alt_and_an_arrow_put_something_into_a_folder_and_out_of_it() -> None:
    profile, ids = desk()
    tree = tree_of(profile, {})
    assert tree.nested([ids["a"]], -1) is None and tree.nested([ids["a"]], 1) is None
    assert tree.nested([ids["d"]], 1) == Place(ids["a"])
    assert tree.nested([ids["0"]], 1) == Place(ids["d"])
    assert moved(profile, [ids["c"]], tree.nested([ids["c"]], -1)) == ("a .b .c ..2 ..3 .1 d .4 0")
    tree = tree_of(profile, {})
    assert moved(profile, [ids["3"]], tree.nested([ids["3"]], -1)).startswith("a .b .c ..2 .3 .1")


@settings(deadline=None)
@given(st.data())
def test_what_may_be_moved_goes_there_and_nothing_is_lost(data: st.DataObject) -> None:
    profile, ids = desk()
    names = sorted(ids)
    for _ in range(4):
        tree = tree_of(profile, {})
        chosen = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True))
        moving = tree.outermost([ids[name] for name in chosen])
        parent = ids.get(data.draw(st.sampled_from(["", "a", "b", "c", "d"])), "")
        beside = [node.id for node in tree.children(parent) if node.id not in moving]
        before = data.draw(st.sampled_from(["", *beside]))
        if not tree.takes(moving, parent):
            continue
        BookmarkEdits(profile).move(moving, parent, before)
        after = tree_of(profile, {})
        assert after.nodes.keys() == tree.nodes.keys()
        inside = [node.id for node in after.children(parent)]
        assert set(moving) <= set(inside)
        kinds = [after.nodes[id].kind for id in inside]
        assert kinds == sorted(kinds, reverse=True)
        for kind in (FOLDER, BOOKMARK):
            # Those that were moved stand together, in their order.
            same = [id for id in inside if after.nodes[id].kind == kind]
            own = [id for id in moving if after.nodes[id].kind == kind]
            if own:
                at = same.index(own[0])
                assert same[at : at + len(own)] == own
            if before and after.nodes[before].kind == kind and own:
                assert same[same.index(own[-1]) + 1] == before


def test_folders_may_be_nested_deeper_than_calls_can_be() -> None:
    profile, parent = Profile("p"), ""
    rows = []
    for _ in range(3_000):
        parent = profile.add(FOLDER, title="f", parent=parent)
        rows.append(parent)
    profile.add(BOOKMARK, title="deep", url="https://x.example/", parent=parent)
    tree = tree_of(profile, {})
    assert len(tree.lines(tree.nodes.keys())) == 3_001
    assert len(tree.batch([rows[0]]).nodes) == 1
    assert tree.nodes[rows[0]].count == 1
