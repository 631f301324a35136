"""The cards of a message, in the shape the shell prints."""

import msgspec
import pytest

from companion.empathy.prompts import card, prompt
from companion.errors import InputInvalid, NothingFound

ARTICLE = "都买了三天了还没发货,不要了,我要退货!"


def test_the_misread_refund_asks_first() -> None:
    first = prompt(ARTICLE)[0]
    assert first.id == "ship_urge"
    assert first.name == "催发货"
    # Whether it is still wanted comes before any refund.
    assert "您定" in first.ask
    assert any("3天" in opening for opening in first.openings)


def test_the_shape_is_what_the_shell_prints() -> None:
    printed = msgspec.to_builtins({"situations": prompt(ARTICLE)})
    for one in printed["situations"]:
        assert list(one) == [
            "id",
            "name",
            "score",
            "need",
            "emotion",
            "ask",
            "openings",
            "next",
            "avoid",
        ]
        assert 0 < one["score"] <= 1
        assert len(one["openings"]) >= 2
        assert one["avoid"]
    assert msgspec.json.decode(msgspec.json.encode(printed))["situations"][0]["id"] == "ship_urge"


def test_small_talk_has_no_card() -> None:
    assert prompt("你好,在吗") == []
    assert prompt("Thanks, bye!") == []


def test_the_cards_speak_the_language_asked_for_or_the_messages_own() -> None:
    assert prompt("Where is my parcel?")[0].name == "Delivery chase"
    assert prompt("Where is my parcel?", "zh")[0].name == "催物流"
    assert any("3 and" in opening for opening in prompt(ARTICLE, "en")[0].openings)


def test_a_time_the_agent_is_to_promise_is_not_taken_from_the_message() -> None:
    openings = prompt("昨天18:00下的单,三天了还没发货")[0].openings
    assert any("{时间}" in opening for opening in openings)


def test_the_customers_own_deadline_is() -> None:
    assert any("后天" in opening for opening in prompt("后天要用,来得及吗")[0].openings)


def test_crisis_leads_with_safety_and_names_the_lines() -> None:
    first = prompt("我不想活了,你们退不退款都一样")[0]
    assert first.id == "crisis"
    assert "安全" in first.openings[0]
    assert all(line in first.next for line in ("12356", "110", "120"))


def test_a_card_can_be_picked_without_a_message() -> None:
    picked = card("queue", "zh")
    assert picked.score == 1.0
    assert any("这么多" in opening for opening in picked.openings)


def test_unknown_names_are_told() -> None:
    with pytest.raises(NothingFound):
        card("nonsense", "zh")
    with pytest.raises(InputInvalid):
        prompt(ARTICLE, "fr")
