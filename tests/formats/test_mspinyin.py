"""Microsoft Pinyin's files: both layouts, exact bytes, its limits, the way there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FormatBroken
from companion.formats import mspinyin
from companion.formats.input_entries import Entry
from companion.formats.items import PhraseItem, Problem
from companion.profile import template
from tests.formats.mspinyin_reader import entries

# What Windows 10 1703 writes for tk → 退款 at the first place and tk → 🙂 at the second.
NEW = bytes.fromhex(
    "6d73636878756470 02006000 01000000 40000000 48000000 80000000 02000000"
    "00e10b5e 00000000 00000000 00000000 00000000 00000000 00000000 00000000"
    "00000000 1c000000"
    "10001000 1600 01 06 00000000 809d9e25 74006b000000 00903e6b 0000"
    "10001000 1600 02 06 00000000 809d9e25 74006b000000 3dd842de 0000"
)
# The same as 1607 writes it.
OLD = bytes.fromhex(
    "6d73636878756470 01000000 40000000 48000000 70000000 02000000 00000000"
    "29b8cc58 00000000 00000000 00000000 00000000 00000000 00000000 00000000"
    "00000000 14000000"
    "08000800 0e00 01 06 74006b000000 00903e6b 0000"
    "08000800 0e00 02 06 74006b000000 3dd842de 0000"
)
ITEMS = [PhraseItem("退款", "退款", "tk"), PhraseItem("🙂", "🙂", "tk")]


def test_it_writes_what_windows_writes_byte_for_byte() -> None:
    assert mspinyin.write_phrases(ITEMS).data == NEW


@pytest.mark.parametrize("data", [NEW, OLD], ids=["1703", "1607"])
def test_both_layouts_are_read(data: bytes) -> None:
    parsed = mspinyin.read(data, "x.lex")
    assert (parsed.phrases, parsed.problems, parsed.broken) == (ITEMS, [], None)
    assert mspinyin.matches(data, "x") == 1
    assert mspinyin.matches(b"mschxud", "x.lex") == 0


def test_no_phrases_are_a_file_too() -> None:
    data = mspinyin.write_phrases([]).data
    assert entries(data) == []
    assert mspinyin.read(data, "x.dat").phrases == []


def test_places_count_for_each_code_and_order_what_is_read() -> None:
    items = [PhraseItem(text, text, code) for text, code in zip("甲乙丙丁", "abaa", strict=True)]
    data = mspinyin.write_phrases(items).data
    assert entries(data) == [("a", 1, "甲"), ("b", 1, "乙"), ("a", 2, "丙"), ("a", 3, "丁")]
    turned = bytearray(data)
    turned[data.index("a\0甲".encode("utf-16-le")) - 10] = 9
    assert [item.body for item in mspinyin.read(bytes(turned), "x").phrases] == list("丙乙丁甲")


def test_no_place_is_beyond_the_ninth() -> None:
    items = [PhraseItem(str(n), f"第{n}", "a") for n in range(300)]
    made = mspinyin.write_phrases(items).data
    assert [place for _, place, _ in entries(made)] == [*range(1, 9), *[9] * 292]
    assert [item.body for item in mspinyin.read(made, "x").phrases] == [i.body for i in items]


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        (PhraseItem("t", "x", ""), "no_code"),
        (PhraseItem("t", "x", "a1"), "code_unfit"),
        (PhraseItem("t", "x", "a" * 33), "code_unfit"),
        (PhraseItem("t", "x" * 65, "a"), "too_long"),
        (PhraseItem("t", "🙂" * 33, "a"), "too_long"),
        (PhraseItem("t", "a\nb", "a"), "text_unfit"),
        (PhraseItem("t", "a\tb", "a"), "text_unfit"),
        (PhraseItem("t", "100%MM%", "a"), "text_unfit"),
        (PhraseItem("t", " \n", "a"), "empty_skipped"),
    ],
)
def test_what_does_not_fit_is_left_out_and_told(item: PhraseItem, kind: str) -> None:
    made = mspinyin.write_phrases([item])
    assert (entries(made.data), made.problems) == ([], [Problem(kind, "t")])


def test_what_just_fits_is_kept() -> None:
    items = [PhraseItem("t", "🙂" * 32, "z" * 32), PhraseItem("t", "字" * 64, "A")]
    made = mspinyin.write_phrases(items)
    assert made.problems == []
    assert entries(made.data) == [("z" * 32, 1, "🙂" * 32), ("a", 1, "字" * 64)]


def test_moments_are_its_functions_and_slots_their_defaults() -> None:
    items = [
        PhraseItem("a", "{日期:今天,年月日}寄出", "a"),
        PhraseItem("b", "{date:today,iso} {time:now}", "b"),
        PhraseItem("c", "{称呼:您}好，{姓名}。{日期:+3天}", "c"),
    ]
    made = mspinyin.write_phrases(items)
    assert [text for _, _, text in entries(made.data)] == [
        "%yyyy%年%MM%月%dd%日寄出",
        "%yyyy%-%MM%-%dd% %HH%:%mm%",
        "您好，{姓名}。{日期:+3天}",
    ]
    assert made.problems == [Problem("filled_as_text", "c")]
    assert [item.body for item in mspinyin.read(made.data, "x").phrases] == [
        "{日期:今天,年月日}寄出",
        "{日期:今天,ISO} {时间:现在}",
        "您好，{{姓名}}。{{日期:+3天}}",
    ]


def test_a_function_that_we_have_no_moment_for_stays_text_and_is_told() -> None:
    data = mspinyin.packed([Entry("a", 1, "%HH%:%mm%:%ss%")])
    parsed = mspinyin.read(data, "x")
    assert [item.body for item in parsed.phrases] == ["%HH%:%mm%:%ss%"]
    assert parsed.problems == [Problem("variable_kept_as_text", "%HH%:%mm%:%ss%")]


def test_a_stray_mark_before_a_code_is_dropped() -> None:
    data = mspinyin.packed([Entry("\ufefftk", 1, "退款")])
    assert mspinyin.read(data, "x").phrases == ITEMS[:1]


@pytest.mark.parametrize("cut", [7, 20, 0x3F, 0x47])
def test_a_broken_head_is_refused(cut: int) -> None:
    with pytest.raises(FormatBroken) as caught:
        mspinyin.read(NEW[:cut], "x.lex")
    assert caught.value.facts == {"place": "x.lex", "format": "mspinyin", "line": 0}


def test_what_stands_before_a_break_is_given() -> None:
    parsed = mspinyin.read(NEW[:-4], "x.lex")
    assert parsed.phrases[0] == ITEMS[0]
    assert mspinyin.read(NEW[:0x6A], "x.lex").broken is not None
    far = NEW[:0x44] + b"\xff\xff\xff\x7f" + NEW[0x48:]
    with pytest.raises(FormatBroken):
        mspinyin.read(far, "x.lex")


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("{}\"'🙂%\ufeff"), min_size=1
)


@given(st.lists(st.tuples(st.from_regex("[a-z]{1,32}", fullmatch=True), TEXTS), max_size=20))
def test_ours_to_it_and_back(pairs: list[tuple[str, str]]) -> None:
    items = [PhraseItem(str(n), template.literal(t), c) for n, (c, t) in enumerate(pairs)]
    made = mspinyin.write_phrases(items)
    left = {problem.name for problem in made.problems}
    kept = [item for item in items if item.title not in left]
    bodies = [(item.abbr, item.body) for item in kept]
    assert [(i.abbr, i.body) for i in mspinyin.read(made.data, "x").phrases] == bodies
    assert [(code, template.literal(text)) for code, _, text in entries(made.data)] == bodies
    for item, (_, text) in zip(items, pairs, strict=True):
        fits = text.strip() and len(text.encode("utf-16-le")) <= 128
        assert (item.title in left) == (not fits)
