"""Slips, like sounds and wrong characters find what was meant, and only where nothing else does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.phrases import pinyin, sounds
from companion.phrases.search import Entry, Index

TITLES = (
    "退款进度",
    "账号冻结",
    "收不到验证码",
    "牛奶保存",
    "上门维修预约",
    "物流停滞",
    "Refund status",
)
INDEX = Index(
    [Entry(title, "phrase", title, "", "", "售后") for title in TITLES]
    + [Entry("body", "phrase", "结束语", "祝您生活愉快，请稍后评价。")]
)


def found(query: str, index: Index = INDEX) -> list[str]:
    return [hit.entry.id for hit in index.find(query)]


@pytest.mark.parametrize(
    ("query", "id"),
    [
        ("tuikaun", "退款进度"),
        ("tuiukan", "退款进度"),
        ("tukuan", "退款进度"),
        ("tuikkuan", "退款进度"),
        ("tuikuanjnidu", "退款进度"),
        ("dongjei", "账号冻结"),
        ("zanghao", "账号冻结"),
        ("yanzengma", "收不到验证码"),
        ("yanzhenma", "收不到验证码"),
        ("liunai", "牛奶保存"),
        ("sangmen", "上门维修预约"),
        ("shangmenweixou", "上门维修预约"),
        ("wuliutinzi", "物流停滞"),
        ("tkdj", "退款进度"),
        ("refnud", "Refund status"),
        ("退宽", "退款进度"),
        ("帐号", "账号冻结"),
        ("张号冻结", "账号冻结"),
        ("上门维休", "上门维修预约"),
        ("退款的进度", "退款进度"),
        ("验证吗", "收不到验证码"),
        ("生活余快", "body"),
        ("shenghuoyukuia", "body"),
        ("tuikaun jindu", "退款进度"),
        ("售后 tuikaun", "退款进度"),
    ],
)
def test_what_was_meant_is_found(query: str, id: str) -> None:
    assert found(query)[:1] == [id]


@pytest.mark.parametrize("query", ["qqqq", "龘", "tx", "xx退", "zzzzzzzz", "?!", "龘龘"])
def test_what_is_too_far_off_finds_nothing(query: str) -> None:
    assert found(query) == []


def test_nothing_near_is_shown_beside_what_was_typed() -> None:
    index = Index(
        Entry(title, "phrase", title, "") for title in ("张号", "账号", "站好", "银行", "赢行")
    )
    assert found("银行", index) == ["银行"]
    # Both are read so; 站好 is only like it.
    assert found("zhanghao", index) == ["张号", "账号"]
    assert found("zanhao", index)[-1:] == ["站好"]


def test_nothing_is_guessed_before_the_bodies_are_read() -> None:
    index = Index(INDEX.entries, later=True)
    assert found("tuikaun", index) == found("shenghuo", index) == []
    index.read_bodies()
    assert found("tuikaun", index) == ["退款进度"]
    assert found("shenghuo", index) == ["body"]


def test_what_is_near_says_how_it_was_read_and_scores_below_everything_else() -> None:
    (hit,) = INDEX.find("tuikaun")
    assert hit.words == ("tuikuan",)
    assert hit.score < min(one.score for one in INDEX.find("t"))


@pytest.mark.parametrize(
    ("query", "id"),
    [
        ("退款状态 进度", None),
        ("物流停滞", "物流停滞"),
        ("维修预约", "上门维修预约"),
        ("上门预约", "上门维修预约"),
        ("shangmenyuyue", "上门维修预约"),
        ("账号dj", "账号冻结"),
        ("上门yuyue", "上门维修预约"),
        ("上门预约退款", None),
    ],
)
def test_words_written_together_come_apart(query: str, id: str | None) -> None:
    assert found(query) == ([id] if id else [])


@pytest.mark.parametrize(
    ("one", "other"),
    [("zhang", "zang"), ("chi", "ci"), ("shan", "sang"), ("niu", "liu"), ("jing", "jin")],
)
def test_sounds_that_many_do_not_tell_apart_are_alike(one: str, other: str) -> None:
    assert sounds.like(one) == sounds.like(other)


@pytest.mark.parametrize(("one", "other"), [("zhang", "jiang"), ("hui", "fei"), ("tui", "dui")])
def test_other_sounds_are_not(one: str, other: str) -> None:
    assert sounds.like(one) != sounds.like(other)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(TITLES[:6]), st.data())
def test_one_slip_within_the_pinyin_of_a_title_still_finds_it(
    title: str, data: st.DataObject
) -> None:
    typed = "".join(pinyin.readings(one)[0] for one in title)
    at = data.draw(st.integers(1, len(typed) - 2))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuwxyz"))
    slips = (
        typed[:at] + typed[at + 1 :],
        typed[:at] + letter + typed[at:],
        typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :],
    )
    for slip in slips:
        syllable = _begins(title, at) or _begins(title, at + 1)
        # The first letter of a syllable is what it is known by.
        if not syllable:
            assert title in found(slip), slip


def _begins(title: str, at: int) -> bool:
    begun = 0
    for one in title:
        if begun == at:
            return True
        begun += len(pinyin.readings(one)[0])
    return begun == at


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="tuikanjdzhgsbo退款进度'", max_size=20))
def test_any_slip_gives_known_entries_each_once(query: str) -> None:
    hits = found(query)
    assert len(hits) == len(set(hits))
