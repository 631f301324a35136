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


def test_readings_are_plain_lower_case_letters() -> None:
    table = pinyin._table()
    assert len(table.syllables) > 400
    assert all(reading.isascii() and reading.isalpha() for reading in table.syllables)
    assert all(reading == reading.lower() for reading in table.syllables)
    assert pinyin.FIRST_CODE + len(table.groups) - 1 <= pinyin.LAST_CODE
    assert len(table.characters) == len(table.codes)


@pytest.mark.parametrize("text", ["", "x", "退款", "\ue000", "。", "\U0001f600"])
def test_what_is_no_chinese_character_has_no_reading(text: str) -> None:
    assert pinyin.readings(text) == ()


@settings(deadline=None)
@given(HAN)
def test_a_character_with_readings_has_one_initial_and_one_code(text: str) -> None:
    known = "".join(character for character in text if pinyin.readings(character))
    assert len(initials(known)) == len(pinyin.coded(known)) == len(known)
    for character, code in zip(known, pinyin.coded(known), strict=True):
        assert pinyin.syllables_of(code) == pinyin.readings(character)


@pytest.mark.parametrize(
    ("text", "letters"),
    [("退款", "tk"), ("退款,进度!", "tkjd"), ("vip客户", "vipkh"), ("24小时", "24xs"), ("", "")],
)
def test_initials_keep_letters_and_digits_and_drop_punctuation(text: str, letters: str) -> None:
    assert initials(text) == letters


def every_initials(text: str) -> list[str]:
    return pinyin.every_initials(pinyin.coded(text)).split("\n")


def test_initials_of_every_reading_of_a_line_begin_with_the_usual_one() -> None:
    spellings = every_initials("音乐!")[0].split(pinyin.OTHER)
    assert spellings[0] == initials("音乐")
    assert {"yl", "yy"} <= set(spellings)


def test_each_line_keeps_its_place() -> None:
    assert every_initials("退款\n\n!\nvip 行")[:3] == ["tk", "", ""]


def test_a_line_of_many_readings_keeps_a_few_spellings() -> None:
    spelled = every_initials("行长乐重" * 10)[0].split(pinyin.OTHER)
    assert 2 <= len(spelled) <= 16 + 40
    # Each of its characters is there in each of its readings.
    usual = initials("行长乐重" * 10)
    for at, one in enumerate("行长乐重" * 10):
        for other in {reading[0] for reading in pinyin.readings(one)}:
            piece = usual[max(0, at - 3) : at] + other + usual[at + 1 : at + 4]
            assert any(piece in spelling for spelling in spelled)


@settings(deadline=None)
@given(TYPED)
def test_every_segmentation_spells_what_was_typed(typed: str) -> None:
    found = pinyin.segmentations(typed)
    assert len(found) <= pinyin.MOST_SEGMENTATIONS
    for done, rest in found:
        assert "".join(done) + rest == typed
        assert rest
        assert set(done) <= pinyin.syllables()
        assert any(one.startswith(rest) for one in pinyin.syllables())


@pytest.mark.parametrize("typed", ["", "退款", "t2", "tui kuan", "vvv", "a" * 41])
def test_what_is_no_pinyin_has_no_segmentation(typed: str) -> None:
    assert pinyin.segmentations(typed) == ()


def test_ambiguous_letters_are_read_both_ways() -> None:
    assert {((), "xian"), (("xi",), "an")} <= set(pinyin.segmentations("xian"))
