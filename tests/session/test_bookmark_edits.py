"""The acts of the bookmark window: each is one, and each can be taken back and done again."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import InputInvalid
from companion.profile.profile import Profile
from companion.profile.records import Bookmark
from companion.session.bookmark_edits import BookmarkEdits, completed
from companion.session.bookmark_tree import BOOKMARK, FOLDER, MarkTree, Node, tree_of
from companion.session.record_edits import Done
from tests.profile.desks import exchange

Act = Callable[[BookmarkEdits, list[str], list[str]], Done]


def desk() -> tuple[Profile, BookmarkEdits, list[str], list[str]]:
    """A profile with folders a, b (in a) and c, and six bookmarks, two in each."""
    profile = Profile("p")
    outer = profile.add(FOLDER, title="a")
    folders = [outer, profile.add(FOLDER, title="b", parent=outer), profile.add(FOLDER, title="c")]
    rows = [
        {"title": str(at), "url": f"https://x.example/{at}", "parent": folders[at // 2]}
        for at in range(6)
    ]
    return profile, BookmarkEdits(profile), folders, profile.add_many(BOOKMARK, rows)


def drawn(profile: Profile) -> list[str]:
    """The whole tree, a line each: two blanks for every folder that it stands in."""
    tree = tree_of(profile, {})
    lines = tree.lines(tree.nodes.keys())
    return [
        f"{'  ' * line.depth}{line.node.kind}: {line.node.title} {line.node.url} {line.node.tags}"
        for line in lines
        if not line.node.gone and line.node.kind != "trash"
    ]


def mark(profile: Profile, id: str) -> Bookmark:
    found = profile.get(id)
    assert isinstance(found, Bookmark)
    return found


SHARED = [
    Node("team:t/0", FOLDER, "shared", "team:t", team="t"),
    Node("team:1", BOOKMARK, "one", "team:t/0", "https://t.example/", team="t"),
]
ACTS: dict[str, Act] = {
    "write": lambda e, _f, m: e.write(m[0], {"title": "0"}, {"title": "x", "tags": ("n",)}),
    "folder": lambda e, f, _m: e.write(f[0], {"title": "a"}, {"title": "z"}),
    "new": lambda e, f, _m: e.write("draft:1", {}, {"url": "n.example", "parent": f[2]}),
    "add_folder": lambda e, f, _m: e.add_folder("d", f[1]),
    "links": lambda e, f, m: e.add_links([("", "https://l.example/"), ("t", "tel:1")], f[0], m[1]),
    "move": lambda e, f, m: e.move([m[4], f[2], m[0]], f[1], m[3]),
    "move_to": lambda e, _f, m: e.move_to([m[1]], "", "made"),
    "trash": lambda e, _f, m: e.trash(m[:3]),
    "trash_folder": lambda e, f, _m: e.trash([f[0]]),
    "drop": lambda e, _f, m: e.drop(m[:2]),
    "tag": lambda e, _f, m: e.tag(m[2:5], ["t"], True),
    "keep_one": lambda e, _f, m: e.keep_one(m[3], [m[5]]),
    "readdress": lambda e, _f, m: e.readdress([(m[2], "https://x.example/2", "https://y/")]),
    "copy": lambda e, f, _m: e.copy_shared(SHARED, f[2]),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_taken_back_and_done_again_as_one(name: str) -> None:
    profile, edits, folders, marks = desk()
    before = drawn(profile)
    done = ACTS[name](edits, folders, marks)
    after = drawn(profile)
    assert after != before
    undone = edits.undo()
    assert drawn(profile) == before
    assert undone == Done(f"undo.{done.name}", done.count, ids=undone.ids)
    assert edits.undo().name == ""
    assert edits.redo().name == f"redo.{done.name}"
    assert drawn(profile) == after


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=6, unique=True))
def test_many_acts_are_taken_back_one_by_one_and_done_again(names: list[str]) -> None:
    profile, edits, folders, marks = desk()
    states = [drawn(profile)]
    for name in names:
        try:
            ACTS[name](edits, folders, marks)
        except (InputInvalid, KeyError):
            # What an earlier act has put into the trash cannot be moved.
            continue
        states.append(drawn(profile))
    taken = 0
    while edits.undo().name:
        taken += 1
    assert drawn(profile) == states[0]
    for _ in range(taken):
        edits.redo()
    assert drawn(profile) == states[-1]


def titles(profile: Profile, parent: str) -> list[str]:
    return [node.title for node in tree_of(profile, {}).children(parent)]


def test_folders_and_bookmarks_go_together_each_among_their_kind() -> None:
    profile, edits, (a, b, c), marks = desk()
    edits.move([marks[5], c, marks[0]], b, marks[3])
    assert titles(profile, b) == ["c", "2", "5", "0", "3"]
    # In front of a folder is in front of all bookmarks; behind everything is at the end.
    edits.move([marks[3]], a, b)
    assert titles(profile, a) == ["b", "3", "1"]
    edits.move([c], "", "")
    assert titles(profile, "") == ["a", "c"]
    edits.move([c], "", a)
    assert titles(profile, "") == ["c", "a"]


def test_a_folder_cannot_be_put_into_itself() -> None:
    profile, edits, (a, b, _c), _marks = desk()
    before = drawn(profile)
    for parent in (a, b):
        with pytest.raises(InputInvalid):
            edits.move([a], parent, "")
    assert drawn(profile) == before


def test_a_folder_goes_to_the_trash_and_comes_back_with_what_is_in_it() -> None:
    profile, edits, (a, *_), _marks = desk()
    before = drawn(profile)
    edits.trash([a])
    tree = tree_of(profile, {})
    assert [node.title for node in tree.children("trash")] == ["a"]
    assert tree.nodes["trash"].count == 1 and tree.count == 2
    edits.restore([a])
    assert drawn(profile) == before


def test_a_new_bookmark_has_an_address_that_can_be_opened_and_a_date() -> None:
    profile, edits, (a, *_), _ = desk()
    made = edits.write("draft:1", {}, {"url": " kefu.example/退款 ", "parent": a}).id
    found = mark(profile, made)
    assert (found.url, found.title) == ("https://kefu.example/退款", "https://kefu.example/退款")
    assert found.added > 1_700_000_000
    edits.write(**edits.named({"id": "draft:1", "seen": {"title": ""}, "fields": {"title": "t"}}))
    assert mark(profile, made).title == "t"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("example.com", "https://example.com"),
        ("www.例子.中国/路径?a=1", "https://www.例子.中国/路径?a=1"),
        ("example.com:8080/x", "https://example.com:8080/x"),
        ("http://example.com", "http://example.com"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("a@example.com", "a@example.com"),
        ("just words", "just words"),
        ("localhost", "localhost"),
        ("..", ".."),
        ("", ""),
    ],
)
def test_an_address_without_a_scheme_is_one_of_the_web(typed: str, kept: str) -> None:
    assert completed(typed) == kept


@given(st.text())
def test_completing_an_address_twice_is_completing_it_once(typed: str) -> None:
    assert completed(completed(typed)) == completed(typed)


def test_what_is_kept_of_doubles_has_the_tags_and_uses_of_all() -> None:
    profile, edits, _, (keep, one, two, *_) = desk()
    profile.change(one, tags=("a", "b"))
    profile.change(keep, tags=("b",))
    for id in (one, one, two):
        profile.count_use(id)
    edits.keep_one(keep, [one, two])
    assert mark(profile, keep).tags == ("b", "a")
    assert profile.uses()[keep][0] == 3
    assert {view.id for view in profile.trash_can()} == {one, two}
    # Both went meanwhile: nothing is left to be done.
    before = drawn(profile)
    edits.keep_one(keep, [one, two])
    assert drawn(profile) == before


def test_an_address_that_was_changed_meanwhile_stays() -> None:
    profile, edits, _, marks = desk()
    profile.change(marks[0], url="https://own.example/")
    edits.readdress([(marks[0], "https://x.example/0", "https://new.example/")])
    assert mark(profile, marks[0]).url == "https://own.example/"


def test_what_two_desks_wrote_is_kept_and_settled() -> None:
    profile, edits, _, marks = desk()
    other = Profile("p")
    exchange(profile, other)
    for one, text in ((profile, "here"), (other, "there")):
        one.change(marks[0], title=text)
    exchange(profile, other)
    node = tree_of(profile, {}).nodes[marks[0]]
    assert {node.title, *node.clashes["title"]} == {"here", "there"}
    edits.settle(marks[0], "title", *node.clashes["title"])
    settled = tree_of(profile, {}).nodes[marks[0]]
    assert (settled.title, settled.clashes) == (node.clashes["title"][0], {})


def test_a_tree_of_nothing_has_no_lines() -> None:
    assert tree_of(Profile("p"), {}) == MarkTree()
    assert MarkTree().lines({"x"}) == []
