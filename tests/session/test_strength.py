"""What is said of a passphrase: never that an easy one is hard to guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.profile.slots import new_recovery_code
from companion.session.strength import bits, falls_at_once, level

WEAK = (
    *("woaini1314", "mima123456", "wodemima2024", "xiaolin520", "nihaoshijie", "kefu8888"),
    *("zhangwei1990", "Zhangwei@1990", "P@ssw0rd2024", "qwertyuiop", "mnbvcxz1234"),
    *("aaaaaaaaaaaa", "123123123123", "13812345678", "19900214", "woxihuanchifan"),
    *("我爱你一生一世", "密码密码密码", "password1234", "1qaz2wsx", "Companion2026"),
    # Few syllables, however many letters they are written with.
    *("zhuangchuangshuang", "xiangzhuang"),
)
GOOD = (
    *("correct horse battery staple", "table river candle monday"),
    *("tianqi juzi qianbi shuangyue", "huojian gaoshan niunai xiaomao"),
    *("下班以后先去买菜再接女儿", "8J#kq2!vLp", "kqvxzjwtpbnm"),
)


@pytest.mark.parametrize("passphrase", WEAK)
def test_what_people_choose_is_guessed_in_hours(passphrase: str) -> None:
    assert level(passphrase) == 0


@pytest.mark.parametrize(
    "passphrase", ["12345678", "password", "88888888", "qwertyuiop", "woaini1314", "mima123456"]
)
def test_what_everybody_chooses_falls_at_once(passphrase: str) -> None:
    assert falls_at_once(passphrase)


@pytest.mark.parametrize("passphrase", [*GOOD, "woxihuanchifan", "zhangwei hua 88"])
def test_what_takes_longer_does_not(passphrase: str) -> None:
    assert not falls_at_once(passphrase)


@pytest.mark.parametrize("passphrase", GOOD)
def test_what_has_nothing_usual_in_it_withstands_for_years(passphrase: str) -> None:
    assert level(passphrase) >= 2


def test_a_recovery_code_is_as_hard_as_it_gets() -> None:
    assert level(new_recovery_code()) == 3


@given(st.text(max_size=24), st.text(max_size=4))
def test_what_is_added_never_makes_it_weaker(passphrase: str, more: str) -> None:
    longer = bits(passphrase + more)
    # A word that goes on may turn out to be one, so a letter may cost a little.
    assert longer >= bits(passphrase) - 6


@given(st.text(max_size=80))
def test_every_text_has_a_level(passphrase: str) -> None:
    assert 0 <= bits(passphrase) <= 64 * 5 + 8
    assert level(passphrase) in range(4)


@given(st.text(alphabet="bdgk7", min_size=1, max_size=12))
def test_saying_it_again_adds_next_to_nothing(word: str) -> None:
    assert bits(word * 3) <= bits(word) + 2
