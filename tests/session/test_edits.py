"""The acts of the phrase window: each is one, and each can be taken back and done again."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.profile.profile import Profile
from companion.profile.records import Phrase
from companion.profile.team_content import TeamPhrase
from companion.session.acts import MOST_ACTS
from companion.session.edits import Edits
from companion.session.library import ALL, CLASHES, FAVOURITES, SET, TRASH, details_of, shelf_of
from companion.session.record_edits import Done
from tests.profile.desks import PNG, exchange


def desk() -> tuple[Profile, Edits, list[str], list[str]]:
    """A profile with three sets, the second in the first, and six phrases."""
    profile = Profile("p")
    outer = profile.add("set", title="a")
    sets = [outer, profile.add("set", title="b", parent=outer), profile.add("set", title="c")]
    rows = [{"title": str(at), "body": f"t{at}", "parent": sets[at % 3]} for at in range(6)]
    return profile, Edits(profile), sets, profile.add_many("phrase", rows)


def seen(profile: Profile) -> dict[str, object]:
    """All that an agent can see."""
    shelf = shelf_of(profile, {})
    details = {row.id: details_of(profile, {}, row.id) for row in shelf.rows}
    bodies = {
        id: held and (held.title, [one.body for one in held.wordings], held.tags, held.images)
        for id, held in details.items()
    }
    return {"groups": shelf.groups, "rows": shelf.rows, "bodies": bodies}


ACTS: dict[str, Callable[[Edits, list[str], list[str]], Done]] = {
    "write": lambda e, _s, p: e.write(p[0], {"title": "0"}, {"title": "x", "tags": ("n",)}),
    "body": lambda e, _s, p: e.write(p[1], {"body": "t1"}, {"body": "neu"}),
    "new": lambda e, s, _p: e.write("draft:1", {}, {"body": "new\nline", "parent": s[2]}),
    "move": lambda e, s, p: e.move([p[0], p[4]], s[2], p[2]),
    "move_to": lambda e, s, p: e.move_to([p[1]], "", "made"),
    "trash": lambda e, _s, p: e.trash(p[:3]),
    "trash_set": lambda e, s, _p: e.trash([s[0]]),
    "favourite": lambda e, _s, p: e.favourite(p[2:4], True),
    "add_set": lambda e, s, _p: e.add_set("d", s[1]),
    "rename": lambda e, s, _p: e.rename(s[0], "z"),
    "move_set": lambda e, s, _p: e.move_set(s[2], "", ""),
    "add_wording": lambda e, _s, p: e.add_wording(p[0], "口语", "t0!"),
    "add_image": lambda e, _s, p: e.add_image(p[0], "i", PNG),
    "merge": lambda e, _s, p: e.merge([(p[0], p[1:3]), (p[3], p[4:5])]),
    "copy": lambda e, s, _p: e.copy_shared(TeamPhrase("A" * 22, "t", "b", "", ("x",)), s[2]),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_taken_back_and_done_again_as_one(name: str) -> None:
    profile, edits, sets, phrases = desk()
    before = seen(profile)
    done = ACTS[name](edits, sets, phrases)
    after = seen(profile)
    assert after != before
    undone = edits.undo()
    assert seen(profile) == before
    assert undone == Done(f"undo.{done.name}", done.count, ids=undone.ids)
    assert edits.undo().name == ""
    assert edits.redo().name == f"redo.{done.name}"
    assert seen(profile) == after
    assert edits.redo().name == ""


def test_an_undo_and_a_redo_name_the_phrases_that_they_brought_back_or_changed() -> None:
    profile, edits, sets, phrases = desk()
    edits.trash(phrases[:3])
    assert (set(edits.undo().ids), edits.redo().ids) == (set(phrases[:3]), ())
    edits.add_wording(phrases[4], "口语", "x")
    (variant,) = profile.variants(phrases[4])
    edits.write(variant.id, {"body": "x"}, {"body": "y"})
    assert edits.undo().ids == edits.redo().ids == (phrases[4],)
    made = edits.write("draft:1", {}, {"title": "new"}).id
    assert (edits.undo().ids, edits.redo().ids) == ((), (made,))
    edits.rename(sets[0], "z")
    assert edits.undo().ids == ()


def test_taking_back_what_was_made_takes_nothing_that_others_put_there() -> None:
    profile, edits, _sets, _phrases = desk()
    made = edits.add_set("d", "").id
    inside = profile.add("phrase", title="of another", body="x", parent=made)
    edits.undo()
    assert profile.get(inside) is not None
    assert profile.get(made) is not None
    phrase = edits.write("draft:1", {}, {"title": "new", "body": "x"}).id
    profile.change(phrase, body="rewritten elsewhere")
    edits.undo()
    assert profile.value(phrase, "body") == "rewritten elsewhere"


def test_only_a_merge_is_taken_back_as_one() -> None:
    _profile, edits, _sets, phrases = desk()
    edits.merge([(phrases[0], phrases[1:2])])
    edits.favourite(phrases[3:4], True)
    assert edits.undo_merge().name == ""
    edits.undo()
    assert edits.undo_merge().name == "undo.merge"


def test_a_field_that_was_never_written_is_no_conflict() -> None:
    profile, edits, _sets, _phrases = desk()
    made = edits.write("draft:1", {}, {"title": "new"}).id
    assert edits.write(made, {"abbr": "", "body": ""}, {"abbr": "gh", "body": "x"}).clashes == ()
    assert not profile.conflicts()


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=6, unique=True))
def test_many_acts_are_taken_back_one_by_one_and_done_again(names: list[str]) -> None:
    profile, edits, sets, phrases = desk()
    states = [seen(profile)]
    for name in names:
        ACTS[name](edits, sets, phrases)
        states.append(seen(profile))
    taken = 0
    while edits.undo().name:
        taken += 1
    assert seen(profile) == states[0]
    for _ in range(taken):
        edits.redo()
    assert seen(profile) == states[-1]


def test_what_another_desk_has_written_since_is_not_taken_back() -> None:
    profile, edits, _, phrases = desk()
    edits.write(phrases[0], {"title": "0", "tags": ()}, {"title": "here", "tags": ("a",)})
    other = Profile("p")
    exchange(profile, other)
    other.change(phrases[0], title="there")
    exchange(profile, other)
    edits.undo()
    found = profile.get(phrases[0])
    assert isinstance(found, Phrase)
    assert (found.title, found.tags) == ("there", ())


def test_only_so_many_acts_are_remembered() -> None:
    profile, edits, sets, _ = desk()
    for number in range(MOST_ACTS + 5):
        edits.rename(sets[0], f"n{number}")
    taken = 0
    while edits.undo().name:
        taken += 1
    assert taken == MOST_ACTS
    assert profile.sets()[0].title == "n4"


def test_merging_keeps_tags_code_star_uses_wordings_and_images() -> None:
    profile, edits, _, (keep, one, two, *_) = desk()
    profile.change(one, tags=("a", "b"), abbr="tk", favourite=True)
    profile.change(two, tags=("b", "c"), abbr="no")
    for id in (keep, one, one):
        profile.count_use(id)
    profile.add("variant", title="口语", body="anders", parent=one)
    profile.add("variant", title="again", body="t0", parent=two)
    profile.add("image", title="i", data=PNG, parent=two)
    profile.set_program(one, "wechat", keys="ctrl+v")
    edits.merge([(keep, [one, two])])
    found = details_of(profile, {}, keep)
    assert found is not None
    assert (found.tags, found.abbr, found.favourite) == (("a", "b", "c"), "tk", True)
    assert profile.uses()[keep][0] == 3
    assert [wording.body for wording in found.wordings] == ["t0", "anders"]
    assert [image.data for image in found.images] == [PNG]
    assert [(program.program, program.keys) for program in found.programs] == [("wechat", "ctrl+v")]
    assert {view.id for view in profile.trash_can()} == {one, two}


def test_a_draft_is_one_phrase_however_often_it_is_written() -> None:
    profile, edits, _, _ = desk()
    made = edits.write("draft:7", {}, {"body": "erste Zeile\nzweite", "title": ""})
    edits.write(**edits.named({"id": "draft:7", "seen": {"title": ""}, "fields": {"abbr": "x"}}))
    found = profile.get(made.id)
    assert isinstance(found, Phrase)
    assert (found.title, found.abbr) == ("erste Zeile", "x")
    assert edits.named({"ids": ["draft:7", "other"]}) == {"ids": [made.id, "other"]}


def test_the_shelf_lists_everything_by_place() -> None:
    profile, edits, sets, phrases = desk()
    profile.change(phrases[2], favourite=True)
    edits.trash([sets[0], phrases[5]])
    shelf = shelf_of(profile, {})

    def titles(place: str) -> list[str]:
        return [row.title for row in shelf.place(place)]

    assert titles(ALL) == titles(SET + sets[2]) == titles(FAVOURITES) == ["2"]
    assert sorted((row.title, row.count) for row in shelf.place(TRASH)) == [("5", 0), ("a", 4)]
    assert titles(CLASHES) == []
    assert shelf.place_of(phrases[2]) == SET + sets[2]
    assert shelf.place_of("nowhere") == ""


def test_conflicts_are_listed_by_what_they_are_part_of() -> None:
    profile, _, sets, phrases = desk()
    variant = profile.add("variant", title="口语", body="v", parent=phrases[0])
    other = Profile("p")
    exchange(profile, other)
    for one, text in ((profile, "here"), (other, "there")):
        one.change(variant, body=text)
        one.change(sets[0], title=text)
    exchange(profile, other)
    rows = shelf_of(profile, {}).place(CLASHES)
    assert {(row.kind, row.fields) for row in rows} == {("set", ("title",)), ("variant", ("body",))}
    assert any(row.title == "0 / 口语" for row in rows)
    found = details_of(profile, {}, phrases[0])
    assert found is not None and found.clash
