"""The values that are offered again: the newest first, a few, and none after they were wiped."""

from companion.phrases.last_values import LastValues
from companion.profile.template import Slot
from tests.phrases.filled import NOW

NAME = Slot("称呼", "您")


def taken(*values: str, slot: Slot = NAME) -> LastValues:
    last = LastValues()
    for value in values:
        last.take([slot], {slot.name: value, "别的": "x"})
    return last


def test_the_newest_come_first_each_once_and_five_at_most() -> None:
    last = taken("甲", "乙", "甲", " 丙 ")
    assert last.offers(NAME, NOW) == ["丙", "甲", "乙"]
    assert last.offers(Slot("单号"), NOW) == last.offers(Slot("别的"), NOW) == []
    assert taken(*"1234567").offers(NAME, NOW) == ["7", "6", "5", "4", "3"]


def test_what_the_phrase_offers_by_itself_is_not_remembered() -> None:
    assert taken("您", "", "  ").offers(NAME, NOW) == []
    assert taken("女士", slot=Slot("称呼", "先生", ("先生", "女士"))).offers(NAME, NOW) == []


def test_nothing_is_left_after_wiping() -> None:
    last = taken("甲")
    last.wipe()
    assert last.offers(NAME, NOW) == []


def test_a_slot_called_date_or_time_offers_the_next_ones_behind_what_was_used() -> None:
    assert LastValues().offers(Slot("日期"), NOW) == ["11月27日", "11月28日", "11月29日"]
    assert LastValues().offers(Slot("Time"), NOW) == ["14:30", "15:30", "16:30"]
    assert taken("周三", slot=Slot("日期")).offers(Slot("日期"), NOW)[:2] == ["周三", "11月27日"]
