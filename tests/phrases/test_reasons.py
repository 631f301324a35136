"""A hit says why it was found: its characters, in the text as it was written, and their reading."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.phrases import pinyin
from companion.phrases.reasons import Spelled, Why, matched, why
from companion.phrases.search import Entry, Hit, Index
from companion.profile.template_dates import Moment

BODY = "您好，钱没到账肯定惦记。" + "我刚查到退款已经提交银行，一般一到三个工作日到账。" * 3


def told(query: str, title: str, body: str = "", group: str = "", abbr: str = "") -> Why:
    (hit,) = Index([Entry("", "phrase", title, body, abbr, group, ("标签",))]).find(query)
    return why(hit)


@pytest.mark.parametrize(
    ("title", "query", "at"),
    [
        ("退款进度", "进度", {2, 3}),
        ("退款进度", "tk", {0, 1}),
        ("退款进度", "tkjd", {0, 1, 2, 3}),
        ("退款进度", "tuikuanj", {0, 1, 2}),
        ("退款进度", "tui款", {0, 1}),
        ("退款进度", "tui'kuan", {0, 1}),
        ("退款进度", "jindu tk", {0, 1, 2, 3}),
        ("退款,进度", "tkjd", {0, 1, 3, 4}),
        ("退 款", "tuikuan", {0, 2}),
        ("ＶＩＰ客户", "vip", {0, 1, 2}),
        ("ＶＩＰ客户", "vipkehu", {0, 1, 2, 3, 4}),
        ("㎡单价", "m2", {0}),
        ("㎡单价", "dj", {1, 2}),
        ("cafe\u0301 退款", "café", {0, 1, 2, 3, 4}),
        ("cafe\u0301 退款", "tk", {6, 7}),
        ("退款進度", "进度", {2, 3}),
        ("退款进度", "進度", {2, 3}),
        ("音乐", "yinyue", {0, 1}),
        ("银行", "yh", {0, 1}),
        ("银行", "yx", {0, 1}),
        ("退款进度", "tuikaun", {0, 1}),
        ("账号冻结", "张号", {0, 1}),
        ("上门维修预约", "shangmenyuyue", {0, 1, 4, 5}),
    ],
)
def test_what_matches_is_marked_in_the_title(title: str, query: str, at: set[int]) -> None:
    assert told(query, title).title == at


@pytest.mark.parametrize(
    ("query", "spelled"),
    [
        ("tk", [("tui", 1), ("kuan", 1)]),
        ("tuikua", [("tui", 3), ("kuan", 3)]),
        ("tui款", [("tui", 3)]),
        ("退款", []),
        ("jindu 退款", [("jin", 3), ("du", 2)]),
    ],
)
def test_how_it_is_read_is_told_where_letters_were_typed(
    query: str, spelled: list[tuple[str, int]]
) -> None:
    assert told(query, "退款进度").spelled == tuple(Spelled(*one) for one in spelled)


def marks(reason: Why) -> str:
    return "".join(reason.snippet[at] for at in sorted(reason.marks))


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("惦记", "惦记"),
        ("dianji", "惦记"),
        ("yinhang", "银行"),
        ("提交", "提交"),
        ("结 惦记", "惦记"),
    ],
)
def test_where_only_the_body_matches_a_piece_of_it_is_shown(query: str, marked: str) -> None:
    reason = told(query, "结束语", BODY)
    assert marked in reason.snippet
    assert marks(reason) == marked


def test_a_snippet_is_one_short_line_and_says_where_it_was_cut() -> None:
    reason = told("工作日", "结束语", "开头\n" + BODY)
    assert len(reason.snippet) <= 52
    assert "\n" not in reason.snippet
    assert reason.snippet[0] == reason.snippet[-1] == "…"
    assert told("您好", "结束语", "您好。").snippet == "您好。"


def test_a_snippet_begins_with_a_whole_word() -> None:
    reason = told("refund", "Bye", "I see that your refund went to the bank.")
    assert reason.snippet.startswith("…refund")


@pytest.mark.parametrize("query", ["tk", "结束 退款", "shouhou", "标签", "zz1"])
def test_no_snippet_where_title_code_set_or_tag_are_reason_enough(query: str) -> None:
    title = "退款结束" if query != "shouhou" else "别的"
    assert told(query, title, f"{BODY}售后标签zz1", "售后", "zz1").snippet == ""


def test_nothing_is_marked_where_nothing_was_typed() -> None:
    assert why(Index([Entry("", "phrase", "退款", BODY)]).find("")[0]) == Why()


TEXT = st.text(alphabet="退款銀行音乐ＶiP㎡。 e\u0301x", max_size=14)


@settings(deadline=None)
@given(TEXT, TEXT, st.sampled_from(("退款", "tk", "tuikuan", "yh", "vip", "m2", "x", "银", "退k")))
def test_every_hit_can_say_why_and_indexes_are_within(title: str, body: str, query: str) -> None:
    for hit in Index([Entry("", "phrase", title, body)]).find(query):
        reason = why(hit)
        assert reason.title or reason.marks
        assert all(0 <= at < len(title) for at in reason.title)
        assert all(0 <= at < len(reason.snippet) for at in reason.marks)


HAN = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=20)


@settings(deadline=None)
@given(HAN, st.data())
def test_initials_of_a_text_are_aligned_with_its_start(text: str, data: st.DataObject) -> None:
    known = "".join(character for character in text if pinyin.readings(character))
    if known:
        size = data.draw(st.integers(1, min(6, len(known))))
        typed = pinyin.initials(pinyin.coded(known[:size]))
        found = [at for at, _ in matched(known, typed)]
        # The last two letters may also begin one syllable (ch).
        assert found == list(range(len(found)))
        assert len(found) in (size - 1, size)


def test_a_long_body_is_read_in_no_time() -> None:
    hit = Hit(Entry("", "phrase", "结束语", "慢" * 20_000 + "惦记"), 0.1, ("dianji",))
    assert marks(why(hit)) == "惦记"


def test_any_number_of_signs_may_stand_between_what_is_spelled() -> None:
    assert told("xk", f"谢{'=' * 2_000}款").title == {0, 2_001}


def test_only_how_shown_characters_are_read_is_told() -> None:
    body = f"退{'的' * 60}款"
    found = why(Hit(Entry("1", "phrase", "一", body), 1.0, ("tui", "kuan")))
    assert [one.syllable for one in found.spelled] == ["tui"]


def test_a_snippet_is_what_goes_out_unless_what_is_written_matched() -> None:
    body = "{日期：今天} 到账，{称呼}{尾:放心}{短语:甲}。"
    today = Moment(clock=False, english=False).said(datetime.now())
    assert told("到账", "结束语", body).snippet == f"{today} 到账，称呼放心甲。"
    assert marks(told("今天", "结束语", body)) == "今天"


def test_braces_that_are_text_stay_in_a_snippet() -> None:
    assert told("到账", "结束语", '到账{0} {} {"a":1}').snippet == '到账{0} {} {"a":1}'
