"""That the packs are whole in both languages, and that openings take facts from the message."""

import re
from pathlib import Path

import pytest

from companion.empathy import shipped
from companion.empathy.shipped import LANGUAGES
from companion.empathy.situations import pack, packs, situation
from companion.empathy.slots import facts, fill
from companion.errors import FormatBroken, InputInvalid, NothingFound

IDS = [
    "ship_urge",
    "deliv_urge",
    "deadline",
    "refund_real",
    "cancel_regret",
    "refund_where",
    "defect",
    "wrong_missing",
    "signed_not_got",
    "price_drop",
    "compensate",
    "free_ship",
    "no_progress",
    "queue",
    "repeat",
    "jargon",
    "newbie",
    "manager",
    "attitude",
    "abuse",
    "wont_hang",
    "unclear",
    "elder",
    "wrong_firm",
    "human",
    "trust",
    "charge",
    "admin",
    "presale",
    "crisis",
]
BOTH = [(id, language) for language in LANGUAGES for id in IDS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_holds_the_thirty_situations_in_order(language: str) -> None:
    assert [one.id for one in pack(language).situations] == IDS
    assert len(IDS) == 30
    assert pack(language).language == language
    assert packs()[language] is pack(language)


@pytest.mark.parametrize(("id", "language"), BOTH)
def test_a_situation_is_complete_and_in_its_language(id: str, language: str) -> None:
    one = situation(id, language)
    texts = [one.name, one.need, one.emotion, one.next, *one.openings.all(), *one.avoid]
    assert len(one.openings.all()) == len(set(one.openings.all())) >= 3
    texts += [one.ask] if one.ask else []
    for text in texts:
        assert text.strip() == text != ""
        assert bool(re.search(r"[一-鿿]", text)) == (language == "zh"), text


@pytest.mark.parametrize(("id", "language"), BOTH)
def test_openings_speak_in_the_first_person_and_briefly(id: str, language: str) -> None:
    openings = situation(id, language).openings.all()
    assert all(len(opening) <= (64 if language == "zh" else 190) for opening in openings)
    brief = situation(id, language).openings.brief
    assert all(len(opening) <= (24 if language == "zh" else 70) for opening in brief)
    own = r"我|咱" if language == "zh" else r"\b(I|me|my|our|let's)\b"
    assert re.search(own, " ".join(openings), re.IGNORECASE) or id in ("unclear", "admin")


@pytest.mark.parametrize(("id", "language"), BOTH)
def test_openings_keep_clear_of_what_is_to_be_avoided(id: str, language: str) -> None:
    one = situation(id, language)
    assert not [word for word in one.avoid for text in one.openings.all() if word in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_situations_ask_in_both_languages(language: str) -> None:
    asking = [one.id for one in pack(language).situations if one.ask]
    assert asking == [one.id for one in pack("zh").situations if one.ask]
    assert {"ship_urge", "refund_real", "crisis"} <= set(asking)
    assert "admin" not in asking


def test_unknown_names_are_told() -> None:
    with pytest.raises(NothingFound):
        situation("nonsense", "zh")
    with pytest.raises(InputInvalid):
        pack("fr")


@pytest.mark.parametrize(
    "content",
    ['{"language": "zh"', '{"language": "zh", "situations": []}', None],
    ids=["cut short", "empty", "absent"],
)
def test_a_damaged_pack_is_told(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "zh.json"
    if content is not None:
        place.write_text(content, encoding="utf-8")
    monkeypatch.setattr(shipped, "resource", lambda *parts: place)
    with pytest.raises(FormatBroken):
        pack.__wrapped__("zh")


@pytest.mark.parametrize(
    ("text", "language", "name", "value"),
    [
        ("都买了三天了", "zh", "天数", "3"),
        ("等了15天", "zh", "天数", "15"),
        ("二十一天了", "zh", "天数", "21"),
        ("快一个星期了", "zh", "天数", "7"),
        ("拖了两个月", "zh", "天数", "60"),
        ("半个月过去了", "zh", "天数", "15"),
        ("I ordered three days ago", "en", "days", "3"),
        ("two weeks now", "en", "days", "14"),
        ("等了20分钟", "zh", "分钟数", "20"),
        ("等了半小时", "zh", "分钟数", "30"),
        ("on hold for an hour", "en", "minutes", "60"),
        ("多扣了¥39.90", "zh", "金额", "¥39.90"),
        ("多扣我99块钱", "zh", "金额", "99块钱"),
        ("charged $1,200.50", "en", "amount", "$1,200.50"),
        ("单号:SF1234567890123", "zh", "单号", "SF1234567890123"),
        ("order number 55012", "en", "order", "55012"),
        ("202403150098还没发", "zh", "单号", "202403150098"),
        ("明天下午3点要用", "zh", "何时", "明天下午3点"),
        ("I need it by Friday", "en", "when", "Friday"),
        ("18:00要用", "zh", "何时", "18:00"),
        ("预计3分钟,我听了三十分钟音乐", "zh", "分钟数", "30"),
        ("拖了三个多月", "zh", "天数", "90"),
        ("I paid £540, and nothing", "en", "amount", "£540"),
        ("18：00要用", "zh", "何时", "18：00"),
        ("多扣了￥39.90", "zh", "金额", "￥39.90"),
        ("单号：SF1234567890123", "zh", "单号", "SF1234567890123"),
    ],
)
def test_facts_of_the_message(text: str, language: str, name: str, value: str) -> None:
    assert facts(text, language)[name] == value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("支持7天无理由吗", "天数"),
        ("三天内能到吗", "天数"),
        ("等了五六天", "天数"),
        ("周五要用", "天数"),
        ("within 3 days please", "days"),
        ("说好三天,同一天下的单都到了,3月买的,第二天就坏", "天数"),
        ("three working days is what you wrote, it takes 2 weeks", "days"),
        ("30天价保", "天数"),
        ("预计3分钟", "分钟数"),
        ("said 3 minutes", "minutes"),
        ("打我电话13812345678", "单号"),
        ("你好", "何时"),
    ],
)
def test_what_is_not_said_is_not_made_up(text: str, name: str) -> None:
    assert name not in facts(text, "zh") and name not in facts(text, "en")


def test_fill_puts_in_facts_and_defaults_and_leaves_the_agents_slots() -> None:
    opening = "等了{天数:好几}天,{时间}前回您"
    assert fill(opening, {"天数": "3"}) == "等了3天,{时间}前回您"
    assert fill(opening, {}) == "等了好几天,{时间}前回您"
