"""The cards as one agent sees them: own words first, hidden ones away, a crisis always there."""

from datetime import datetime

import pytest

from companion.empathy.scorer import CRISIS
from companion.phrases.expanding import Surroundings
from companion.profile.profile import Profile
from companion.session.prompting import (
    MANNERS,
    Card,
    Own,
    card,
    cards,
    hide,
    keep_opening,
    own_of,
    refuse,
)
from companion.ui.words import LANGUAGES, Words
from tests.profile.desks import exchange

LATE = "都买了三天了还没发货,不要了,我要退货!"
DARK = "我不想活了"
AROUND = Surroundings(datetime(2026, 11, 27, 14, 30))


def shown(text: str, profile: Profile) -> list[Card]:
    return cards(text, own_of(profile, {}), AROUND)


def ids(found: list[Card]) -> list[str]:
    return [one.id for one in found]


@pytest.fixture
def profile() -> Profile:
    return Profile("p")


def test_the_articles_case_leads_with_shipping_and_asks_first(profile: Profile) -> None:
    first = shown(LATE, profile)[0]
    assert first.id == "ship_urge"
    assert first.lines[0] is first.ask
    assert {line.manner for line in first.openings} == {"written", "brief", "spoken"}


def test_what_the_message_says_is_filled_in_and_the_rest_stays_to_be_asked() -> None:
    own = Own({"ship_urge": [("o", "等了{天数:几}天，{称呼:先生|女士}，{时间}前回您。")]})
    line = card("ship_urge", "zh", LATE, own, AROUND).openings[0]
    assert line.body == "等了3天，{称呼:先生|女士}，{时间}前回您。"
    assert line.raw.startswith("等了{天数:几}天")
    assert line.filled.open == ("时间",)
    assert card("ship_urge", "zh", "", own, AROUND).openings[0].body.startswith("等了几天")


def test_braces_that_mean_nothing_come_out_as_they_are() -> None:
    own = Own({"ship_urge": [("o", "}}{天数} {{x} {")]})
    line = card("ship_urge", "zh", LATE, own, AROUND).openings[0]
    assert "3" in "".join(piece.text for draft in line.filled.drafts for piece in draft.pieces)
    assert line.body


def test_own_openings_stand_first_then_the_teams_and_only_in_their_language(
    profile: Profile,
) -> None:
    keep_opening(profile, "ship_urge", "我这就去问仓库。")
    keep_opening(profile, "ship_urge", "I am asking the warehouse now.")
    keep_opening(profile, "ship_urge", "{时间}")
    shared = {"zh ship_urge": ["队里这么说。"], "en ship_urge": ["Team words."]}
    found = card("ship_urge", "zh", LATE, own_of(profile, shared), AROUND).openings
    assert [line.raw for line in found[:3]] == ["我这就去问仓库。", "{时间}", "队里这么说。"]
    assert [line.manner for line in found[:4]] == ["own", "own", "team", "written"]
    assert found[0].id and not found[2].id


def test_an_own_opening_is_changed_and_ended_and_each_can_be_undone(profile: Profile) -> None:
    undo_new = keep_opening(profile, "defect", "一")
    (one,) = profile.openings("defect")
    undo_change = keep_opening(profile, "defect", "二", one.id)
    undo_end = keep_opening(profile, "defect", "", one.id)
    assert profile.openings() == []
    undo_end()
    assert [held.text for held in profile.openings()] == ["二"]
    undo_change()
    assert [held.text for held in profile.openings()] == ["一"]
    undo_new()
    assert profile.openings() == []


def test_a_hidden_situation_is_prompted_no_more_on_any_desk_until_it_is_shown_again(
    profile: Profile,
) -> None:
    other = Profile("p")
    before = ids(shown(LATE, profile))
    undo = hide(profile, "ship_urge")
    exchange(profile, other)
    assert ids(shown(LATE, other)) == [id for id in before if id != "ship_urge"]
    assert card("ship_urge", "zh", LATE, own_of(other, {}), AROUND).hidden
    undo()
    exchange(profile, other)
    assert ids(shown(LATE, other)) == before


def test_a_crisis_is_never_hidden_nor_refused_away(profile: Profile) -> None:
    hide(profile, CRISIS)
    for _ in range(50):
        refuse(profile, CRISIS)
    assert ids(shown(DARK, profile))[0] == CRISIS
    own = own_of(profile, {})
    assert ids(cards(DARK, own, AROUND, without={CRISIS}))[0] == CRISIS
    assert not own.hidden


def test_not_this_of_one_message_leaves_it_out(profile: Profile) -> None:
    found = cards(LATE, own_of(profile, {}), AROUND, without={"ship_urge"})
    assert found and "ship_urge" not in ids(found)


@pytest.mark.parametrize("text", ["", "谢谢", "hello"])
def test_small_talk_has_no_card(profile: Profile, text: str) -> None:
    assert shown(text, profile) == []


def test_a_message_in_english_has_english_cards(profile: Profile) -> None:
    first = shown("Where is my parcel? It should have been here on Monday", profile)[0]
    assert first.language == "en" and first.name.isascii()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_manner_has_a_word(language: str) -> None:
    assert all(Words(language).knows(f"prompt.manner.{manner}") for manner in MANNERS)
