"""Masking: what names a customer goes, what does not stays."""

import pytest

from companion.reflection.masking import is_bank_card, is_chinese_id, mask

ONE_OF = [
    ("phone", "回 13812345678 的电话", "回 *** 的电话"),
    ("phone", "138-1234-5678", "***"),
    ("phone", "+86 138 1234 5678。", "***。"),
    ("phone", "座机010-62345678转", "座机***转"),
    ("phone", "400-820-8820", "***"),
    ("phone", "call (212) 555-0123 back", "call *** back"),
    ("phone", "+44 20 7946 0958", "***"),
    ("phone", "电话138１２３４5678", "电话***"),
    ("card", "卡号6222 0212 3456 7890 128", "卡号***"),
    ("card", "4111-1111-1111-1111", "***"),
    ("id", "身份证11010519491231002X。", "身份证***。"),
    ("id", "110105 19491231 002x", "***"),
    ("order", "单号 SF1234567890123 没到", "单号 *** 没到"),
    ("order", "订单202401151030778890", "订单***"),
    ("email", "写信到 lin.x+1@mail.example.com 吧", "写信到 *** 吧"),
]
KEPT = [
    "退款 1280.50 元,3 天内",
    "2024-01-15 10:30 回电",
    "20240115 那单",
    "100000000 分之一",
    "订单尾号 5678",
    "等了20分钟,第 3 次",
    "@小林 看一下",
    "12356 和 110/120",
    "",
]


@pytest.mark.parametrize(("kind", "text", "masked"), ONE_OF)
def test_what_names_a_customer_is_masked(kind: str, text: str, masked: str) -> None:
    found = mask(text)
    assert found.text == masked
    assert found.kinds == {kind: 1}


@pytest.mark.parametrize("text", KEPT)
def test_what_names_nobody_is_kept(text: str) -> None:
    assert mask(text).text == text
    assert mask(text).kinds == {}


def test_several_are_counted_by_kind() -> None:
    found = mask("13812345678、13912345678,a@b.example,4111111111111111")
    assert found.text == "***、***,***,***"
    assert found.kinds == {"email": 1, "card": 1, "phone": 2}


def test_masking_twice_changes_nothing_more() -> None:
    once = mask("回 13812345678,单号 SF1234567890123").text
    assert mask(once).text == once


def test_the_checks_of_card_and_id() -> None:
    assert is_bank_card("4111 1111 1111 1111")
    assert not is_bank_card("4111 1111 1111 1112")
    assert is_chinese_id("11010519491231002X")
    assert not is_chinese_id("110105194912310021")
