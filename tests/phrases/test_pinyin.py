"""Readings: every character has one, and typed letters are split into syllables of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.phrases import pinyin

TYPED = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=40)
HAN = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=20)


def initials(text: str) -> str:
    """The first letters of the usual readings."""
    return pinyin.initials(pinyin.coded(text))


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        ("行", {"xing", "hang"}),
        ("长", {"chang", "zhang"}),
        ("乐", {"le", "yue"}),
        ("重", {"zhong", "chong"}),
        ("退", {"tui"}),
    ],
)
def test_a_character_has_its_usual_readings(character: str, expected: set[str]) -> None:
    assert expected <= set(pinyin.readings(character))


def all_readings() -> list[str]:
    return [pinyin.syllable(chr(code)) for code in range(pinyin.FIRST_CODE, 0xE000 + COUNT)]


COUNT = len(pinyin._table().syllables)


def test_readings_are_plain_lower_case_letters() -> None:
    spelled = all_readings()
    assert len(spelled) > 400
    assert all(reading.isascii() and reading.isalpha() for reading in spelled)
    assert all(reading == reading.lower() for reading in spelled)
    assert pinyin.FIRST_CODE + COUNT - 1 <= pinyin.LAST_CODE


@pytest.mark.parametrize("text", ["", "x", "退款", "\ue000", "。", "\U0001f600"])
def test_what_is_no_chinese_character_has_no_reading(text: str) -> None:
    assert pinyin.readings(text) == ()


@settings(deadline=None)
@given(HAN)
def test_a_character_with_readings_has_one_initial_and_one_code(text: str) -> None:
    known = "".join(character for character in text if pinyin.readings(character))
    assert len(initials(known)) == len(pinyin.coded(known)) == len(known)
    for character, code in zip(known, pinyin.coded(known), strict=True):
        assert pinyin.syllable(code) == pinyin.readings(character)[0]


@pytest.mark.parametrize(
    ("text", "letters"),
    [("退款", "tk"), ("退款,进度!", "tkjd"), ("vip客户", "vipkh"), ("24小时", "24xs"), ("", "")],
)
def test_initials_keep_letters_and_digits_and_drop_punctuation(text: str, letters: str) -> None:
    assert initials(text) == letters


def test_every_reading_of_a_line_begins_with_the_usual_one() -> None:
    coded = pinyin.every_coded("音乐!").split(pinyin.OTHER)
    assert coded[0] == pinyin.coded("音乐")
    assert ["yin", "yue"] in [[pinyin.syllable(code) for code in one] for one in coded]
    spellings = pinyin.initials(pinyin.every_coded("音乐")).split(pinyin.OTHER)
    assert spellings[0] == initials("音乐")
    assert {"yl", "yy"} <= set(spellings)


def test_each_line_keeps_its_place() -> None:
    assert pinyin.initials(pinyin.every_coded("退款\n\n!\nvip 行")).split("\n")[:3] == [
        "tk",
        "",
        "",
    ]


def test_a_line_of_many_readings_keeps_a_few_spellings() -> None:
    assert 2 <= len(pinyin.every_coded("行长乐重" * 10).split(pinyin.OTHER)) <= 16


@settings(deadline=None)
@given(TYPED)
def test_every_segmentation_spells_what_was_typed(typed: str) -> None:
    found = pinyin.segmentations(typed)
    assert len(found) <= pinyin.MOST_SEGMENTATIONS
    for done, last in found:
        whole = "".join(map(pinyin.syllable, done))
        assert typed.startswith(whole)
        rest = typed.removeprefix(whole)
        assert rest
        assert last
        assert all(pinyin.syllable(code).startswith(rest) for code in last)


@pytest.mark.parametrize("typed", ["", "退款", "t2", "tui kuan", "vvv", "a" * 41])
def test_what_is_no_pinyin_has_no_segmentation(typed: str) -> None:
    assert pinyin.segmentations(typed) == ()


def test_ambiguous_letters_are_read_both_ways() -> None:
    found = [
        ("".join(map(pinyin.syllable, done)), [pinyin.syllable(code) for code in last])
        for done, last in pinyin.segmentations("xian")
    ]
    assert any(not done and "xian" in last for done, last in found)
    assert any(done == "xi" and "an" in last for done, last in found)


@pytest.mark.parametrize(
    ("text", "typed", "at"),
    [
        ("退款进度", "tuikuan", [0, 1]),
        ("退款进度", "tk", [0, 1]),
        ("退款进度", "jd", [2, 3]),
        ("退款进度", "jindu", [2, 3]),
        ("退款进度", "tkuan", [0, 1]),
        ("退款进度", "tui款", [0, 1]),
        ("退款进度", "tuik", [0, 1]),
        ("退款,进度", "tkjd", [0, 1, 3, 4]),
        ("银行", "yinhang", [0, 1]),
        ("银行", "yinxing", [0, 1]),
        ("VIP客户", "vipkh", [0, 1, 2, 3, 4]),
        ("退款进度", "xyz", []),
        ("", "t", []),
    ],
)
def test_typed_letters_are_aligned_with_the_characters_they_spell(
    text: str, typed: str, at: list[int]
) -> None:
    assert pinyin.align(text, typed) == at


@settings(deadline=None)
@given(HAN, st.data())
def test_initials_of_a_text_are_aligned_with_its_start(text: str, data: st.DataObject) -> None:
    known = "".join(character for character in text if pinyin.readings(character))
    if known:
        size = data.draw(st.integers(1, min(6, len(known))))
        assert pinyin.align(known, initials(known[:size]))
