"""Phrases that say the same: word for word after folding, or nearly; and never what does not."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_spec.bench import samples
from companion.errors import Stopped
from companion.phrases.duplicates import Alike, find_duplicates, fold
from companion.phrases.search import Entry

BODY = "您好,退款已经提交给银行,一般一到三个工作日到账,请您留意短信。"


def entry(id: str, body: str, uses: int = 0, favourite: bool = False) -> Entry:
    return Entry(id, "phrase", id, body, uses=uses, favourite=favourite)


def ids(found: list[Alike]) -> list[tuple[bool, set[str]]]:
    return [(group.same, {one.id for one in group.entries}) for group in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("退款,已提交", "退款，已提交。"),
        ("ＯＫ 好的", "ok好的"),
        ("Dear Sir, thanks", "dear sir thanks!"),
        ("第一行\n第二行", "第一行 第二行"),
        ("{称呼}，您好", "{称呼} 您好"),
    ],
)
def test_width_case_spaces_and_punctuation_do_not_count(one: str, other: str) -> None:
    assert ids(find_duplicates([entry("a", one), entry("b", other)])) == [(True, {"a", "b"})]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("好的", "好吧"),
        ("{称呼}，您好", "称呼，您好"),
        ("3天", "5天"),
        (BODY, "亲，您的快递已经到了本市，今天下午会送到，请保持电话畅通。"),
        ("", " ，"),
    ],
)
def test_what_says_something_else_is_left_alone(one: str, other: str) -> None:
    assert find_duplicates([entry("a", one), entry("b", other)]) == []


def test_near_texts_are_a_group_and_the_one_that_is_used_comes_first() -> None:
    near = [BODY.replace("一到三个", "两到三个"), BODY.replace("您好", "您好呀"), BODY + "谢谢"]
    entries = [entry("a", BODY), entry("x", "完全不同的另外一句话,和退款没有关系")]
    entries += [entry(str(at), text, uses=at) for at, text in enumerate(near)]
    (found,) = find_duplicates(entries)
    assert not found.same
    assert found.entries[0].id == "2"
    assert {one.id for one in found.entries} == {"a", "0", "1", "2"}


def test_a_favourite_is_kept_first_and_same_texts_stand_for_one_among_near_ones() -> None:
    near = BODY.replace("一到三个", "两到三个")
    entries = [entry("a", BODY, 9), entry("b", BODY), entry("c", near, favourite=True)]
    same, alike = find_duplicates(entries)
    assert [one.id for one in same.entries] == ["a", "b"]
    assert [one.id for one in alike.entries] == ["c", "a"]


def test_traditional_characters_count_as_simplified_ones() -> None:
    found = find_duplicates([entry("a", "请查退换货"), entry("b", "請查退換貨")])
    assert ids(found) == [(True, {"a", "b"})]


@given(st.text(st.sampled_from("退款您好éABabＡ１，。 !\n{}"), max_size=40))
def test_a_folded_text_folds_to_itself_and_a_text_is_like_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    found = find_duplicates([entry("a", text), entry("b", f" {text} ")])
    assert ids(found) == ([(True, {"a", "b"})] if fold(text) else [])


def test_what_differs_by_a_sign_in_twelve_is_found_among_thousands() -> None:
    draw = random.Random(1)
    bodies = [body for _, body, _, _ in samples.phrases(2_000)]
    near = {}
    for at in draw.sample(range(len(bodies)), 200):
        signs = list(bodies[at])
        for place in draw.sample(range(len(signs)), len(signs) // 12):
            signs[place] = draw.choice("甲乙丙丁戊己庚辛")
        near[f"n{at}"] = "".join(signs)
    entries = [entry(str(at), body) for at, body in enumerate(bodies)]
    found = find_duplicates([*entries, *(entry(id, body) for id, body in near.items())])
    together = [group for _, group in ids(found)]
    missed = [id for id in near if not any(id in group for group in together)]
    assert len(missed) <= 4


def test_it_can_be_stopped_and_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        told.append((done, of))

    entries = samples.entries(400)
    with pytest.raises(Stopped):
        find_duplicates(entries, progress, lambda: len(told) > 3)
    assert len(told) == 4
    told.clear()
    find_duplicates(entries, progress)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert all(done <= of for done, of in told)


@pytest.mark.parametrize("kind", ["usual", "one pattern"])
def test_five_thousand_take_less_than_two_seconds_of_work(kind: str) -> None:
    entries = samples.entries(5_000)
    if kind == "one pattern":
        entries = [
            entry(str(at), f"您好,订单{at}已发货,{at % 30}天内送达。") for at in range(5_000)
        ]
    begun = time.thread_time()
    find_duplicates(entries)
    assert time.thread_time() - begun < 2
