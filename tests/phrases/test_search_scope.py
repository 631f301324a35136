"""Scopes: a name behind @ leaves only what is in that set, or of that kind."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.phrases.scope import SET
from companion.phrases.search import Entry, Index

NAMES = {"bookmark": ("网址", "书签"), "opening": ("共情", "openings"), "favourite": ("收藏",)}
ENTRIES = [
    Entry("账", "phrase", "退款到账", "一到三天", set="退款"),
    Entry("审", "phrase", "退款审核", "加急", set="退款", favourite=True),
    Entry("换", "phrase", "退款改换货", "也可以换", set="售后 服务"),
    Entry("深", "phrase", "定金退款", "不退", set="大促", above=("售后 服务",)),
    Entry("队", "phrase", "退款话术", "统一口径", set="一组 · 退款", team="一组"),
    Entry("单", "bookmark", "退款后台", "https://x.example/refund", set="常用"),
    Entry("开", "opening", "催退款 — 钱没到账", "钱没到账肯定惦记", set="共情"),
    Entry("无", "phrase", "退款 a@b 说明", "无", ""),
]
INDEX = Index(ENTRIES, 0, NAMES)


def found(query: str, index: Index = INDEX) -> list[str]:
    return [hit.entry.id for hit in index.find(query)]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("@退款 到账", "账"),
        ("到账 @退款", "账"),
        ("＠退款　到账", "账"),
        ("@退款", "审账队"),
        ("@tk", "审账队"),
        ("@tuik", "审账队"),
        ("@退款 tk", "审账队"),
        ("@退款 shenhe", "审"),
        ("@售后服务 退款", "换深"),
        ("@shfw 退款", "换深"),
        ("@shouhou 退款", "换深"),
        ("@一组 退款", "队"),
        ("@一组", "队"),
        ("@网址 退款", "单"),
        ("@wz", "单"),
        ("@书签 tk", "单"),
        ("@openings", "开"),
        ("@共情 退款", "开"),
        ("@收藏", "审"),
        ("@收藏 @退款", "审"),
        ("@退款 @网址", ""),
        ("@退款 tuikaun", "审账队"),
        ("@退款 龘", ""),
        ("@b", "无"),
    ],
)
def test_a_scope_leaves_what_is_in_it(query: str, ids: str) -> None:
    assert "".join(found(query)) == ids


def test_a_name_typed_whole_is_not_the_beginning_of_another() -> None:
    index = Index([Entry(name, "phrase", "问", "", set=name) for name in ("退款售后", "退款")])
    assert found("@退款", index) == ["退款"]
    assert set(found("@退", index)) == {"退款", "退款售后"}


@pytest.mark.parametrize("query", ["@", "＠", "@ ", "@  "])
def test_the_sign_alone_leaves_everything(query: str) -> None:
    assert found(query) == found("")


@settings(deadline=None)
@given(st.lists(st.sampled_from(["@退款", "@", "tk", "退款", "@网址", "到", "@zzz"]), max_size=4))
def test_a_scope_never_adds_and_the_index_forgets_none(parts: list[str]) -> None:
    query = " ".join(parts)
    assert found(query) == found(query, Index(ENTRIES, 0, NAMES))
    assert len(found(query)) == len(set(found(query)))


def titles(query: str) -> list[tuple[str, str]]:
    return [(one.title, one.kind) for one in INDEX.completions(query)]


def test_the_sign_alone_offers_every_scope() -> None:
    assert titles("@") == [
        ("退款", SET),
        ("售后服务", SET),
        ("一组", SET),
        ("大促", SET),
        ("常用", SET),
        ("网址", "bookmark"),
        ("收藏", "favourite"),
        ("共情", "opening"),
    ]


def test_a_completion_is_what_is_typed_then() -> None:
    (one,) = INDEX.completions("到账 @tui")
    assert (one.title, one.query, one.count) == ("退款", "到账 @退款 ", 3)
    assert found(one.query) == ["账"]


@pytest.mark.parametrize("query", ["", "退款", "@退款 ", "@退款 到", "a@退", "@zzz"])
def test_nothing_is_offered_where_no_scope_is_being_typed(query: str) -> None:
    assert INDEX.completions(query) == []


def test_openings_that_were_never_used_wait_in_their_scope() -> None:
    assert "开" not in found("")
    assert "开" in found("@共情")
    assert "开" in found("催退款")
