"""What comes next in practice, what is kept of it, and the customers' lines."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_spec.empathy.messages import EVALUATION, TRAINING, messages
from companion.empathy import shipped
from companion.empathy.classifier import alarming
from companion.empathy.practice import EACH, Practice, line, lines
from companion.empathy.schedule import standing
from companion.empathy.shipped import LANGUAGES
from companion.empathy.situations import pack
from companion.errors import AppLocked, FormatBroken, InputInvalid, NothingFound
from companion.folding import fold
from companion.profile.profile import Profile
from companion.profile.records import JOINED

DAY = 24 * 3600
START = 1_700_000_000


class Clock:
    """A clock that stands still until it is moved on."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def practising(clock: Clock, profile: Profile | None = None, seed: str = "x") -> Practice:
    return Practice(profile, clock=clock, seed=seed)


def letters(text: str) -> str:
    return "".join(filter(str.isalpha, fold(text))) or text


@cache
def written(language: str) -> frozenset[str]:
    """Every message that the model was trained or measured on."""
    every = (messages(folder, language) for folder in (TRAINING, EVALUATION))
    return frozenset(letters(one.text) for found in every for one in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_situation_has_six_lines_and_none_is_there_twice(language: str) -> None:
    held = lines(language)
    assert list(held) == [one.id for one in pack(language).situations]
    every = [text for six in held.values() for text in six]
    assert len(set(map(letters, every))) == EACH * 30
    for text in every:
        assert text == text.strip()
        assert bool(re.search(r"[一-鿿]", text)) == (language == "zh"), text
        assert len(text) <= (60 if language == "zh" else 130), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_was_taken_from_the_messages_of_the_model(language: str) -> None:
    least = 8 if language == "zh" else 20
    long = [message for message in written(language) if len(message) >= least]
    for six in lines(language).values():
        for text in map(letters, six):
            assert text not in written(language)
            assert not [one for one in long if one in text or (len(text) >= least and text in one)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_do_not_begin_alike(language: str) -> None:
    begins = Counter(
        letters(text)[: 4 if language == "zh" else 14]
        for six in lines(language).values()
        for text in six
    )
    assert max(begins.values()) <= 2


def test_a_line_that_is_not_there_is_told() -> None:
    with pytest.raises(NothingFound):
        line("nonsense", "zh", 1)
    for number in (0, EACH + 1):
        with pytest.raises(InputInvalid):
            line("queue", "zh", number)
    with pytest.raises(InputInvalid):
        lines("fr")


@pytest.mark.parametrize("content", ['{"language": "zh"', '{"language": "zh", "lines": {"a": []}}'])
def test_a_damaged_pack_is_told(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "zh.json"
    place.write_text(content, encoding="utf-8")
    monkeypatch.setattr(shipped, "resource", lambda *parts: place)
    with pytest.raises(FormatBroken):
        lines.__wrapped__("zh")


def test_what_went_wrong_comes_back_in_the_same_sitting_with_another_line(clock: Clock) -> None:
    mine = practising(clock)
    first = mine.next()
    mine.rate(first.situation, 1)
    clock.now += 30
    second = mine.next()
    assert second.situation != first.situation
    mine.rate(second.situation, 3)
    clock.now += 40
    again = mine.next()
    assert again.situation == first.situation
    assert again.text != first.text


def test_the_weakest_of_what_is_due_comes_first(clock: Clock) -> None:
    mine = practising(clock)
    for situation, rating in (("queue", 4), ("trust", 2), ("jargon", 3), ("admin", 4)):
        mine.rate(situation, rating)
        clock.now += 1
    clock.now += 300 * DAY
    assert mine.next().situation == "trust"


def test_something_new_comes_where_nothing_is_due_and_what_is_due_soonest_at_the_end(
    clock: Clock,
) -> None:
    mine = practising(clock)
    met = []
    for _ in range(29):
        met.append(mine.next().situation)
        mine.rate(met[-1], 2 if len(met) == 7 else 4)
        clock.now += 1
    assert len(set(met)) == 29
    assert mine.next().situation == met[6]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 40 * DAY)), max_size=45), st.text())
def test_whatever_is_answered_crisis_comes_to_nobody_unasked_and_nothing_twice_running(
    answers: list[tuple[int, int]], seed: str
) -> None:
    clock = Clock()
    mine, before = practising(clock, seed=seed), ""
    for rating, later in answers:
        found = mine.next()
        assert found.situation not in ("crisis", before)
        before = found.situation
        assert mine.rate(before, rating) > clock.now
        clock.now += later


def test_who_has_asked_for_the_crisis_lines_once_meets_them_again(clock: Clock) -> None:
    mine = practising(clock)
    assert mine.of("crisis").situation == "crisis"
    mine.rate("crisis", 1)
    clock.now += 1
    mine.rate("queue", 4)
    clock.now += DAY
    assert mine.next().situation == "crisis"


def test_the_profile_keeps_it_and_two_desks_agree(clock: Clock) -> None:
    here, there = Profile("p"), Profile("p")
    practising(clock, here).rate("queue", 1)
    clock.now += 5 * DAY
    practising(clock, there).rate("queue", 3)
    clock.now += DAY
    practising(clock, there).rate("abuse", 4)
    for one, other in ((here, there), (there, here)):
        time, records = other.everything()
        one.absorb(records, time)
    assert [held.reviews for held in here.practice() if held.situation == "queue"] == [
        ((START, 1), (START + 5 * DAY, 3))
    ]
    clock.now += DAY
    assert Practice(here, clock=clock).next() == Practice(there, clock=clock).next()
    assert Practice(here).keeps and not Practice().keeps


def test_every_line_of_a_situation_has_its_turn_and_a_long_list_stays_short(clock: Clock) -> None:
    profile = Profile("p")
    mine = practising(clock, profile)
    numbers = []
    for _ in range(JOINED + 9):
        numbers.append(mine.of("queue").number)
        mine.rate("queue", 3)
        clock.now += DAY + 1
    assert set(numbers[:EACH]) == set(range(1, EACH + 1)) == set(numbers[JOINED:])
    (held,) = profile.practice()
    assert len(held.reviews) == JOINED
    assert held.reviews[-1] == (START + (JOINED + 8) * (DAY + 1), 3)


def test_what_a_newer_version_noted_besides_is_kept(clock: Clock) -> None:
    profile = Profile("p")
    profile.put("practice:queue", "practice", situation="queue", reviews=[[START, 3, 7]])
    clock.now += DAY
    due = practising(clock, profile).rate("queue", 3)
    assert profile.practice()[0].reviews == ((START, 3, 7), (START + DAY, 3))
    found = standing([(START, 3), (START + DAY, 3)])
    assert found is not None and found.due == due


def test_a_wrong_rating_or_situation_is_told_and_a_closed_profile_takes_nothing(
    clock: Clock,
) -> None:
    profile = Profile("p")
    mine = practising(clock, profile)
    for rating in (0, 5):
        with pytest.raises(InputInvalid):
            mine.rate("queue", rating)
    with pytest.raises(NothingFound):
        mine.rate("nonsense", 3)
    profile.forget()
    with pytest.raises(AppLocked):
        mine.rate("queue", 3)


def test_without_a_profile_every_sitting_begins_elsewhere() -> None:
    assert len({Practice().next().text for _ in range(20)}) > 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_other_line_speaks_of_a_lifes_end(language: str) -> None:
    others = [six for id, six in lines(language).items() if id != "crisis"]
    assert not [text for six in others for text in six if alarming(text)]
