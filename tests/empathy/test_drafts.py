"""What the draft check marks in a reply, what it leaves alone, and that rewrites keep the facts."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.empathy.draft_rules import rule_set
from companion.empathy.drafts import check, rewritten

RED = [
    "这是您自己操作不当造成的。",
    "你听不懂吗?我刚才说得很清楚了。",
    "你骂谁呢",
    "那是银行的事,您自己去问。",
    "请您冷静一点。",
    "不要再打来了。",
    "系统不会错。",
    "That's your own fault.",
    "Please calm down.",
    "You must send us the receipt first.",
    "Don't you understand? It's not that hard.",
    "THAT’S NOT MY PROBLEM",
]
AMBER = [
    "这个退不了。",
    "不好意思,公司规定拆封后不退。",
    "没办法,超过七天了",
    "给您带来不便很抱歉,这个换不了。",
    "您可以退,但是运费没办法退。",
    "I'm afraid we can't refund this.",
    "It's our policy.",
    "I can understand how you feel, but there's nothing I can do.",
]
GREY = [
    "我们会尽快处理。",
    "您好,请稍等。",
    "这个应该能到。",
    "过一会给您回复",
    "We'll look into it as soon as possible.",
    "It should arrive.",
    "Please hold on.",
]
OK = [
    "",
    "您好,我马上帮您查。",
    "您的肯定是我前进的动力,我们会尽快改进!",
    "您的问题我已经记录,会尽快反馈。",
    "您说没办法等了,我明白,我现在去催。",
    "您说这个订单没办法再等。",
    "You mentioned the app was unable to load.",
    "您没办法上网,我先帮您查线路。",
    "看到您写“没办法,不退就算了”,我来办。",
    "我们尽快处理,今天18:00前给您答复。",
    "请稍等2分钟,我查一下。",
    "这个退不了,不过我可以帮您换一件新的。",
    "应该的,不客气。",
    "这都是我应该做的。",
    "I'll check it now and call you by 5pm.",
    "We can't refund this, but I can send you a new one today.",
    "I'll reply as soon as possible, by 18:00 today.",
    "You said you can't log in, so I've just sent you a new link.",
    "Thank you for your patience, we will update you soon.",
]
LANGUAGES = ["zh", "en"]


@pytest.mark.parametrize(
    ("tier", "text"),
    [
        (tier, text)
        for tier, texts in (("red", RED), ("amber", AMBER), ("grey", GREY), ("ok", OK))
        for text in texts
    ],
)
def test_each_reply_gets_its_tier(tier: str, text: str) -> None:
    assert check(text).tier == tier
    assert bool(check(text).findings) == (tier != "ok")


def test_the_shape_is_what_the_shell_prints() -> None:
    draft = msgspec.json.decode(msgspec.json.encode(check("订单1234我们会尽快处理。")))
    assert draft == {
        "tier": "grey",
        "findings": [
            {
                "start": 8,
                "end": 11,
                "tier": "grey",
                "why": "没说到什么时候，客户心里还是没底。",
                "rewrite": "订单1234我们在{时间}前处理。",
            }
        ],
    }


def test_offsets_are_code_points_and_the_worst_tier_leads() -> None:
    text = "😀好的。我尽快處理。你聽不懂嗎?"
    draft = check(text)
    assert draft.tier == "red"
    marked = [(text[one.start : one.end], one.tier) for one in draft.findings]
    assert marked == [("尽快", "grey"), ("你聽不懂嗎", "red")]


def test_an_unhelpful_no_gains_an_alternative_to_fill_in() -> None:
    text = "张女士,订单88231退不了。祝好"
    (finding,) = check(text).findings
    assert finding.rewrite == "张女士,订单88231退不了。不过我可以{能做的}，您看行吗？"
    assert rewritten(text, finding) == finding.rewrite + "祝好"


def test_english_rewrites_keep_the_capital_and_the_end() -> None:
    (finding,) = check("Mia, the parcel 7781 should arrive").findings
    assert finding.rewrite == "Mia, the parcel 7781 may arrive. I'll confirm it by {time}."
    (finding,) = check("You must send photo 3.").findings
    assert finding.rewrite == "Could you please send photo 3."


def test_findings_of_one_sentence_share_a_rewrite_that_mends_both() -> None:
    text = "请稍等,我们会尽快处理。"
    draft = check(text)
    assert len(draft.findings) == 2
    assert len({one.rewrite for one in draft.findings}) == 1
    assert check(rewritten(text, draft.findings[0])).tier == "ok"


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_are_short_and_in_the_language_of_the_text(language: str) -> None:
    for rule in rule_set(language).rules:
        assert 0 < len(rule.why) <= 80
        assert bool(re.search(r"[一-鿿]", rule.why)) == (language == "zh")
        assert rule.replace is not None or rule.append


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_marks_its_words_and_its_own_rewrite_passes(language: str) -> None:
    before, after = ("王先生,", "。") if language == "zh" else ("Mr Li, ", ".")
    for rule in rule_set(language).rules:
        for words in rule.words:
            text = before + words + after
            draft = check(text)
            assert draft.tier == rule.tier, text
            assert check(rewritten(text, draft.findings[0])).tier == "ok", text


FACTS = {
    "zh": st.sampled_from(
        ["3月15日", "2024-05-06", "¥39.90", "128元", "订单202403150098", "张伟", "李女士", "12层"]
    ),
    "en": st.sampled_from(
        ["May 6", "$39.90", "order 55012345", "Anna Field", "Mr. Smith", "2024-05-06", "No. 12"]
    ),
}
WORDS = {
    language: [w for rule in rule_set(language).rules for w in rule.words] for language in FACTS
}


@given(st.data(), st.sampled_from(LANGUAGES))
def test_a_rewrite_keeps_every_number_date_name_and_amount(
    data: st.DataObject, tongue: str
) -> None:
    pieces = data.draw(
        st.lists(st.one_of(FACTS[tongue], st.sampled_from(WORDS[tongue])), min_size=2, max_size=6)
    )
    gaps = data.draw(st.lists(st.sampled_from([",", " ", "。"]), min_size=6, max_size=6))
    text = "".join(piece + gap for piece, gap in zip(pieces, gaps, strict=False))
    facts = [piece for piece in pieces if piece not in WORDS[tongue]]
    for finding in check(text).findings:
        now = rewritten(text, finding)
        assert all(now.count(fact) >= text.count(fact) for fact in facts)
        assert re.findall(r"\d+", now) == re.findall(r"\d+", text)


def test_a_letter_that_only_looks_like_another_is_no_error() -> None:
    for text in ("ı can't refund this", "İ can't", "aſap"):
        check(text)


@given(st.text(max_size=120))
def test_any_text_can_be_checked_and_offsets_lie_inside_it(text: str) -> None:
    for finding in check(text).findings:
        assert 0 <= finding.start < finding.end <= len(text)


def test_what_was_asked_is_said_without_the_particle_that_asked_it() -> None:
    for asked in ("您自己弄坏的吧？", "您没看清楚吗?"):
        (finding,) = check(asked).findings
        assert rewritten(asked, finding) == "我来查原因。"
