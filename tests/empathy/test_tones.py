"""What the draft check promises, on replies that nobody trained on, written before and apart."""

import re
from functools import cache

import pytest

from build_spec.empathy.messages import Message, digest
from build_spec.empathy.replies import Reply, ours, replies, unseen
from companion.empathy.draft_rules import sentence
from companion.empathy.drafts import TONES, Draft, check, rewritten
from companion.empathy.kept import address, kept
from companion.empathy.scorer import scorer
from companion.empathy.shipped import LANGUAGES

RIGHT = {("zh", ""): 0.90, ("en", ""): 0.90, ("zh", "long"): 0.80, ("en", "long"): 0.75}
MENDED = 0.98


@cache
def checked(language: str, kind: str) -> list[tuple[Reply, Draft]]:
    return [(one, check(one.text)) for one in unseen(language, kind)]


def mended(text: str, draft: Draft) -> str:
    """The text with every rewrite taken, the last sentence first."""
    whole, before = text, None
    for finding in reversed(draft.findings):
        stands = sentence(text, finding.start)
        whole = whole if stands == before else rewritten(whole, finding)
        before = stands
    return whole


@pytest.mark.parametrize(("language", "kind"), RIGHT)
def test_tiers_are_as_a_quality_reader_gives_them(language: str, kind: str) -> None:
    found = checked(language, kind)
    right = [draft.tier == one.tier for one, draft in found]
    assert sum(right) / len(right) >= RIGHT[language, kind]
    for tier in TONES:
        of_it = [draft.tier == tier for one, draft in found if one.tier == tier]
        assert sum(of_it) / len(of_it) >= 0.6, tier


@pytest.mark.parametrize(("language", "kind"), RIGHT)
def test_what_is_offered_instead_is_fine_itself(language: str, kind: str) -> None:
    fine = [check(mended(one.text, draft)).tier == "ok" for one, draft in checked(language, kind)]
    assert sum(fine) / len(fine) >= MENDED


@pytest.mark.parametrize(("language", "kind"), RIGHT)
def test_a_rewrite_of_any_reply_keeps_its_numbers(language: str, kind: str) -> None:
    for one, draft in checked(language, kind):
        now = mended(one.text, draft)
        lost = [number for number in re.findall(r"\d+", one.text) if number not in now]
        assert not lost, (one.text, now)


@pytest.mark.parametrize(
    ("language", "clause", "facts"),
    [
        ("zh", "您3月5号在12号楼花39.90元买的", ["3月5号", "12号楼", "39.90元"]),
        ("zh", "李女士让张师傅明天下午来", ["李女士", "张师傅", "明天", "下午"]),
        ("zh", "订单20240315已经等了三天", ["订单20240315", "三天"]),
        ("zh", "这么简单都不会", []),
        ("zh", "一百零五元的运费", ["一百零五元"]),
        ("zh", "三万五千元不是我拿的", ["三万五千元"]),
        ("zh", "十二点一刻到", ["十二点一刻"]),
        ("en", "write to anna.lee@mail.com", ["anna.lee@mail.com"]),
        ("en", "go to shop.com/returns", ["shop.com/returns"]),
        ("en", "be there at half past three", ["half past three"]),
        ("en", "at gate b12 dial 0800 123 456", ["b12", "0800 123 456"]),
        ("en", "you bought it on 5 May for £39.90", ["5 May", "£39.90"]),
        (
            "en",
            "ask Anna Field about order 5501 tomorrow",
            ["Anna Field", "order 5501", "tomorrow"],
        ),
        ("en", "it has been two weeks, Mr Doyle", ["two weeks", "Mr Doyle"]),
        ("en", "are you blind", []),
    ],
)
def test_the_facts_of_a_clause_are_found(language: str, clause: str, facts: list[str]) -> None:
    assert kept(clause, language) == facts


@pytest.mark.parametrize(
    ("language", "sentence", "begins"),
    [
        ("zh", "王先生，您自己摔的吧", "王先生，"),
        ("zh", "亲，你瞎吗", "亲，"),
        ("zh", "你瞎吗", ""),
        ("en", "Mr Doyle, are you blind?", "Mr Doyle, "),
        ("en", "Are you blind?", ""),
    ],
)
def test_a_sentence_still_speaks_to_whom_it_spoke(
    language: str, sentence: str, begins: str
) -> None:
    assert address(sentence, language) == begins


def test_a_sentence_that_hurts_is_said_anew_with_its_facts() -> None:
    text = "王先生，您3月5号买的锅十有八九是自己摔的吧？今天18点前给您回电。"
    (finding,) = check(text).findings
    assert text[finding.start : finding.end] == "您3月5号买的锅十有八九是自己摔的吧"
    assert finding.tier == "red"
    assert finding.rewrite.startswith("王先生，我来") and "（3月5号）" in finding.rewrite
    assert rewritten(text, finding).endswith("。今天18点前给您回电。")


def test_one_bad_sentence_among_good_ones_is_found() -> None:
    text = "您好，地址改好了，湖滨路18号。看得人脑仁疼，别一遍遍发。今天17点出库，后天送达。"
    draft = check(text)
    assert draft.tier == "red"
    (finding,) = draft.findings
    assert text[finding.start : finding.end] in text[16:29]


@pytest.mark.parametrize("language", LANGUAGES)
def test_warm_replies_of_others_are_mostly_left_alone(language: str) -> None:
    fine = [draft.tier == "ok" for _, draft in checked(language, "warm")]
    assert sum(fine) / len(fine) >= 0.8


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_evaluated_was_not_trained_on(language: str) -> None:
    apart = {one.text for kind in ("", "long", "warm") for one in unseen(language, kind)}
    assert not apart & {one.text for one in replies(language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shipped_was_made_from_the_replies_that_are_here(language: str) -> None:
    given = [Message(one.tier, "", "", one.text) for one in replies(language)]
    assert scorer(language, "draft").model.made_from == digest(given)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_our_own_cards_say_is_not_marked_as_hurting_or_as_a_bare_no(language: str) -> None:
    marked = [text for text in ours(language) if check(text).tier in ("red", "amber")]
    assert len(marked) <= 0.02 * len(ours(language)), marked
