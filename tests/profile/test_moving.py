"""Moving and adding: where something was meant to stand, it stands on every desk."""

from collections.abc import Iterable

import pytest

from companion.errors import InputInvalid
from companion.profile import holding, placing
from companion.profile.profile import Profile
from companion.profile.records import Record, Stamp
from tests.profile.desks import exchange, two_desks


def sets(profile: Profile, *names: str) -> list[str]:
    return profile.add_many("set", [{"title": name} for name in names])


def test_moving_says_behind_whom() -> None:
    profile = Profile("p")
    a = profile.add("set", title="a")
    ids = profile.add_many("phrase", [{"title": str(number), "parent": a} for number in range(5)])

    def shown() -> str:
        return "".join(phrase.title for phrase in profile.phrases() if phrase.parent == a)

    profile.move(ids[4], a, "")
    assert shown() == "40123"
    profile.move(ids[0], a, ids[2])
    assert shown() == "41203"
    profile.move(ids[1], a, "not there")
    assert shown() == "42031"
    profile.move(ids[2], "", "")
    assert shown() == "4031" and profile.phrases()[0].id == ids[2]
    profile.move(ids[2], a, ids[1])
    assert shown() == "40312"


@pytest.mark.parametrize("first", ["here", "there"])
def test_a_place_wins_as_a_whole(first: str) -> None:
    here, there, phrase = two_desks()
    a, b = sets(here, "a", "b")
    here.move(phrase, a, "")
    inside = [here.add("phrase", title="1", parent=a), here.add("phrase", title="2", parent=b)]
    exchange(here, there)
    {"here": here, "there": there}[first].set_option("theme", "dark")
    # One moves it within its set, the other into another one.
    here.move(phrase, a, inside[0])
    there.move(phrase, b, inside[1])
    places = [
        tuple(desk.value(phrase, field) for field in ("parent", "position"))
        for desk in (here, there)
    ]
    exchange(here, there)
    for desk in (here, there):
        assert tuple(desk.value(phrase, f) for f in ("parent", "position")) in places


def test_a_place_that_cannot_be_is_refused() -> None:
    profile = Profile("p")
    a, b = sets(profile, "a", "b")
    phrase = profile.add("phrase", title="x")
    top, below = profile.add("folder", title="f"), profile.add("folder", title="g")
    profile.move(below, top, "")
    for id, parent in ((phrase, top), (a, phrase), (top, below), (top, top), (phrase, "unknown")):
        with pytest.raises(InputInvalid):
            profile.move(id, parent, "")
    profile.move(b, a, "")
    c = profile.add("set", title="c")
    profile.move(c, b, "")
    assert [(g.title, g.parent) for g in profile.sets()] == [("a", ""), ("c", a), ("b", a)]


def test_two_desks_that_insert_at_one_place_end_in_one_order_with_room_between() -> None:
    here, there = Profile("p"), Profile("p")
    ids = here.add_many("phrase", [{"title": str(number)} for number in range(3)])
    exchange(here, there)
    for desk in (here, there):
        for _ in range(20):
            desk.move(desk.add("phrase", title="new"), "", ids[0])
    exchange(here, there)
    orders = [[phrase.id for phrase in desk.phrases()] for desk in (here, there)]
    assert orders[0] == orders[1] and orders[0][0] == ids[0] and orders[0][-2:] == ids[1:]


@pytest.mark.parametrize("position", ["V", "", "zz0", "é", "x" * 10_000, 7])
def test_between_equal_and_strange_positions_there_is_room_all_the_same(position: object) -> None:
    profile = Profile("p")
    rows = [
        Record(f"r{number}", "phrase", Stamp(1, "w"), {"title": "t", "position": position})
        for number in range(4)
    ]
    profile.absorb(rows, 1)
    profile.move("r3", "", "r0")
    assert [phrase.id for phrase in profile.phrases()] == ["r0", "r3", "r1", "r2"]
    profile.add("phrase", title="another")
    profile.move("r3", "", "r2")
    order = [phrase.id for phrase in profile.phrases() if phrase.title == "t"]
    assert order == ["r0", "r1", "r2", "r3"]


def test_adding_one_at_a_time_looks_at_all_others_once(monkeypatch: pytest.MonkeyPatch) -> None:
    profile = Profile("p")
    profile.add_many("phrase", [{"title": "t"}] * 100)
    asked = 0

    def ends_of(records: Iterable[Record]) -> placing.Ends:
        nonlocal asked
        asked += 1
        return placing.ends_of(records)

    monkeypatch.setattr(holding, "ends_of", ends_of)
    added = [profile.add("phrase", title="one more") for _ in range(20)]
    assert [phrase.id for phrase in profile.phrases()][-20:] == added
    # Also where another desk has put something behind them meanwhile.
    late = Record("late", "phrase", Stamp(10**6, "w"), {"title": "late", "position": "zz"})
    profile.absorb([late], 10**6)
    added.append(profile.add("phrase", title="last"))
    assert [phrase.id for phrase in profile.phrases()][-1] == added[-1]
    assert asked <= 1
