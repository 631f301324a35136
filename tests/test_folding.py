"""Width, case, traditional and simplified make no difference; indexes stay those of the text."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from companion import folding
from companion.phrases.search import Entry, Index

TEXT = st.text(max_size=12) | st.text(
    alphabet="退款銀行ＡｂÉe\u0301㎡가\u1100\u1161 \n。", max_size=12
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("退款進度", "退款进度"),
        ("銀行帳號", "银行账号"),
        ("銀行帐号", "银行账号"),
        ("ＶＩＰ　客戶", "vip 客户"),
        ("裡面 裏面", "里面 里面"),
        ("㎡ ①", "m2 1"),
    ],
)
def test_what_counts_as_the_same(text: str, folded: str) -> None:
    assert folding.fold(text) == folding.fold(folded)


@settings(deadline=None)
@given(TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    # Lower case of some letters is composed of others only when folded again.
    once = folding.fold(unicodedata.normalize("NFKC", text.lower()))
    assert folding.fold(folding.fold(once)) == folding.fold(once)


@settings(deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=5))
@example(["0  0", " a   ", "", "  "])
def test_lines_are_folded_as_texts_are(texts: list[str]) -> None:
    lines = "\n".join(map(folding.folded, folding.plain_lines(texts))).split("\n")
    assert lines == [folding.fold(text) for text in texts]


@settings(deadline=None)
@given(TEXT)
def test_pieces_cover_a_text_in_order(text: str) -> None:
    cells = folding.cells(text)
    assert "".join(text[begin:end] for begin, end, _ in cells) == text
    assert [begin for begin, _, _ in cells] == sorted({begin for begin, _, _ in cells})


@settings(deadline=None)
@given(TEXT)
def test_pieces_are_the_folded_text_but_for_blanks(text: str) -> None:
    folded = "".join(piece for _, _, piece in folding.cells(text))
    assert folded.replace(" ", "") == folding.fold(text).replace(" ", "")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("退款進度", "退款进度"),
        ("退款进度", "退款進度"),
        ("tuikuanjindu", "退款進度"),
        ("tkjd", "退款進度"),
        ("退款jindu", "退款進度"),
        ("tui款進", "退款进度"),
        ("發票", "发票"),
        ("fa票", "發票"),
        ("髮", "发票"),
        ("ｆａｐｉａｏ", "發票"),
    ],
)
def test_a_query_finds_the_other_script(query: str, title: str) -> None:
    hits = Index([Entry("", "phrase", title, "")]).find(query)
    assert [hit.near for hit in hits] == [False]
