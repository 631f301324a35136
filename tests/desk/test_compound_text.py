"""COMPOUND_TEXT as libX11 writes it, as its specification allows it, and broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.desk.compound_text import decode

# Written by Xutf8TextListToTextProperty of libX11.
BY_XLIB = {
    "客户 — 退款": b"\x1b$(B5R\x1b$(A;'\x1b(B \x1b%G\xe2\x80\x94\x1b%@ \x1b$(BB`4>",
    "客戶服務": b"\x1b$(B5R\x1b$(C{B\x1b$(BI~L3",
    "日本語 かな ｱ": b"\x1b$(BF|K\\8l\x1b(B \x1b$(B$+$J\x1b(B \x1b)I\xb1",
    "한국어": b"\x1b$(CGQ19>n",
    "Привет": b"\x1b-L\xbf\xe0\xd8\xd2\xd5\xe2",
    "naïve €": b"na\xefve \x1b-b\xa4",
    "ščř": b"\x1b-B\xb9\xe8\xf8",
    "🔑 钥匙": b"\x1b%G\xf0\x9f\x94\x91\x1b%@ \x1b$(AT?\x1b$(B:|",
    "中a文é": b"\x1b$(BCf\x1b(Ba\x1b$(BJ8\xe9",
}
BY_THE_SPECIFICATION = {
    "plain chat": b"plain chat",
    "退款 abc": b"\x1b$)A" + "退款".encode("gb2312") + b" abc",
    "客服": b"\x1b$A" + bytes(byte & 0x7F for byte in "客服".encode("gb2312")),
    "客戶": b"\x1b%/2\x80\x8bBIG5-0\x02" + "客戶".encode("big5"),
    "镕 x": b"\x1b%/2\x80\x88gbk-0\x02" + "镕".encode("gbk") + b" x",
    "两 行\n二": b"\x1b$(A" + b"A= PP\n6~",
    "未完": b"\x1b%G" + "未完".encode(),
    "שלום": b"\x9b2]\x1b-H" + "שלום".encode("iso8859-8") + b"\x9b]",
}
BROKEN = {
    "a set nobody here knows": b"\x1b$(G!!",
    "an encoding nobody here knows": b"\x1b%/1\x80\x84xyz\x02",
    "half a character": b"\x1b$(A;",
    "a lone escape": b"chat\x1b",
    "a lone escape in the middle": b"\x1bchat",
    "no character of its set": b"\x1b$)A\xff\xff",
    "no UTF-8": b"\x1b%G\xff\x1b%@",
    "a cut length": b"\x1b%/1\x80",
}


@pytest.mark.parametrize("text", BY_XLIB)
def test_what_xlib_writes_is_read(text: str) -> None:
    assert decode(BY_XLIB[text]) == text


@pytest.mark.parametrize("text", BY_THE_SPECIFICATION)
def test_what_the_specification_allows_is_read(text: str) -> None:
    assert decode(BY_THE_SPECIFICATION[text]) == text


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_no_text(data: bytes) -> None:
    with pytest.raises(ValueError):
        decode(data)


@given(st.lists(st.sampled_from([*BY_XLIB.values(), b"\x1b", b"%", b"$", b"(", b"\x80"])))
def test_whatever_arrives_is_text_or_a_value_error(parts: list[bytes]) -> None:
    try:
        assert isinstance(decode(b"".join(parts)), str)
    except ValueError:
        return
