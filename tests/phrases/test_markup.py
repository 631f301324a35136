"""HTML taken apart: what is harmless stays and is balanced, what acts or fetches is gone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.phrases.markup import Shown, Tag, tokens

PIECES: tuple[str, ...] = (
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<br>",
    "<script>",
    "</script>",
    "<img src=x>",
    "a<b",
    "&lt;",
)
PIECES += (
    "<td colspan=2>",
    "<style>",
    "</style>",
    "<svg onload=x>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<a",
)


def written(markup: str, *images: str) -> str:
    shown = []
    for token in tokens(markup, images):
        if isinstance(token, Shown):
            shown.append(f"[{token.image}]")
        else:
            shown.append(token.text if isinstance(token, Tag) else token)
    return "".join(shown)


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        ("<p>您好 <b>{称呼}</b></p>", "<p>您好 <b>{称呼}</b></p>"),
        ("<P CLASS=x onclick='a()'>A", "<p>A</p>"),
        ("<b><i>x</b>y", "<b><i>x</i></b>y"),
        ("a</b>b<br/>c", "ab<br>c"),
        ("<script>alert(1)</script>x<style>p{}</style>", "x"),
        ("<head><title>t</title></head><body>x</body>", "x"),
        ('<a href="https://x.cn/?a=1&amp;b=2">x</a>', '<a href="https://x.cn/?a=1&amp;b=2">x</a>'),
        ('<a href="javascript:a()">x</a>', "<a>x</a>"),
        ('<a href="file:///etc/passwd">x</a>', "<a>x</a>"),
        (
            '<span style="color:#f00; background:url(http://x)">x</span>',
            '<span style="color:#f00">x</span>',
        ),
        (
            '<span style="color:red;font-weight:bold">x</span>',
            '<span style="color:red;font-weight:bold">x</span>',
        ),
        ('<p style="font-size:1px;width:expression(1)">x</p>', '<p style="font-size:1px">x</p>'),
        ('<p style="color:url(http://x);text-align:\\6c eft">x</p>', "<p>x</p>"),
        ("<svg><a xlink:href=x></a></svg>y", "<a></a>y"),
        ("<iframe src=x>z</iframe>y", "y"),
        ("<object data=x></object><embed src=x>y", "y"),
        ("A &amp; B &#169; &nbsp;", "A & B © \xa0"),
        ("<td colspan=2 rowspan=x>y</td>", '<td colspan="2">y</td>'),
    ],
)
def test_only_harmless_markup_is_left(markup: str, left: str) -> None:
    assert written(markup) == left


@pytest.mark.parametrize(
    "source",
    ["http://x/a.png", "//x/a.png", "file:///a.png", "data:image/png;base64,AA", "cid:1", "B"],
)
def test_only_the_phrases_own_images_are_shown(source: str) -> None:
    assert written(f'a<img src="{source}" onerror="x()">b<img src="A">', "A") == "ab[A]"


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join))
def test_whatever_is_read_is_balanced_and_within_the_list(markup: str) -> None:
    open_ones: list[str] = []
    for token in tokens(markup, ()):
        if isinstance(token, Tag):
            assert re.fullmatch(r'</?[a-z0-9]+(?: [a-z]+="[^"<>]*")*>', token.text)
            if token.opening:
                open_ones.append(token.name)
            elif token.closing:
                assert open_ones.pop() == token.name
    assert open_ones == []
