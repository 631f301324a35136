"""Find as you type: by text, pinyin, initials or code, the best and most used first."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from companion.folding import fold
from companion.phrases.reasons import matched
from companion.phrases.search import Entry, Index

REFUND = Entry(
    "refund", "phrase", "退款进度安抚", "钱没到账肯定惦记，我来查", set="售后", tags=("退款",)
)
BANK = Entry("bank", "phrase", "银行账号说明", "请核对开户行", abbr="yhzh")
LENGTH = Entry("length", "phrase", "长度换算", "一米等于三尺", set="知识")
MUSIC = Entry("music", "phrase", "音乐会员", "会员每月续费", set="会员")
VIP = Entry("vip", "phrase", "VIP 客户问候", "{称呼}您好", abbr="vip")
MARK = Entry("mark", "bookmark", "工单系统", "https://tickets.example/new?id=7", set="常用网址")
ENTRIES = (REFUND, BANK, LENGTH, MUSIC, VIP, MARK)
TYPED = st.text(alphabet="退款银行长音乐abtkuianyhg' ＡＫ{\n", max_size=12) | st.text(max_size=12)


SYLLABLES = ("tui", "kuan", "yin", "hang", "xing", "yue", "le", "chang", "zhang", "xi", "an", "'")
LETTERS = ("t", "k", "y", "h", "x", "z", "a", "vip", "退", "款", "银", "乐", " ", "Ｔ")
MIXED = ("tk", "yhang", "tui款", "ganx", "kuanx", "退k")
TITLES = (
    "退款",
    "银行",
    "音乐",
    "长安银行",
    "快乐的行长",
    "西安",
    "先退款",
    "银行退款",
    "tk 退款",
    "VIP 行",
    "公安行",
    "甘肃西安",
)
MANY = [
    Entry(f"{title}|{body}", "phrase", title, body, set=group, uses=len(title + body))
    for title in TITLES
    for body, group in (("退款", "乐"), ("西安行", "退款"), ("", "yin"), ("tuikuan yh", ""))
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(ENTRIES)


def found(index: Index, query: str, limit: int = 50) -> list[str]:
    return [hit.entry.id for hit in index.find(query, limit)]


@pytest.mark.parametrize(
    ("query", "id"),
    [
        ("退款进度安抚", "refund"),
        ("进度", "refund"),
        ("惦记", "refund"),
        ("tuikuan", "refund"),
        ("tuikuanjindu", "refund"),
        ("tuikuanj", "refund"),
        ("tui'kuan", "refund"),
        ("jindu", "refund"),
        ("tk", "refund"),
        ("tkjdaf", "refund"),
        ("jdaf", "refund"),
        ("dianji", "refund"),
        ("sh tk", "refund"),
        ("售后", "refund"),
        ("gongdan", "mark"),
        ("tickets.example", "mark"),
        ("cywz", "mark"),
        ("常用", "mark"),
    ],
)
def test_found_by_text_pinyin_initials_set_and_body(index: Index, query: str, id: str) -> None:
    assert found(index, query)[:1] == [id]


@pytest.mark.parametrize("query", ["TK", "Tk", "ｔｋ", "ＴＫ", "  tk ", "\ttk\n", "　ｔｋ　"])
def test_case_width_and_space_around_make_no_difference(index: Index, query: str) -> None:
    assert found(index, query) == found(index, "tk")


@pytest.mark.parametrize(
    "query",
    ["tui款", "tkuan", "t款", "退k", "退kuan", "退kuanj", "tuikjd", "tkjindu", "jdanfu", "jinduaf"],
)
def test_a_mixture_of_text_syllables_and_initials_finds_a_title(index: Index, query: str) -> None:
    assert found(index, query)[:1] == ["refund"]


@pytest.mark.parametrize("query", ["vipkhu", "vipkehu", "vip客hu", "vkhu", "vip客h", "pkehu"])
def test_letters_of_the_title_mix_with_pinyin(index: Index, query: str) -> None:
    assert ("vip" in found(index, query)) == (query != "vkhu")


@pytest.mark.parametrize("query", ["tui银", "tyin", "退y", "tui款k", "款tui", "k退"])
def test_a_mixture_that_does_not_fit_finds_nothing(index: Index, query: str) -> None:
    assert "refund" not in found(index, query)


@pytest.mark.parametrize("query", ["dianji", "wolaicha", "wlc", "lai", "hedui", "qhdkh"])
def test_a_body_is_found_by_its_usual_reading(index: Index, query: str) -> None:
    assert found(index, query)


@pytest.mark.parametrize("query", ["vip", "VIP", "Ｖｉｐ", "vip 客户", "客户问候", "vip kehu"])
def test_letters_in_a_title_are_found_in_any_case_and_width(index: Index, query: str) -> None:
    assert "vip" in found(index, query)


@pytest.mark.parametrize(
    ("query", "id"),
    [
        ("yinhang", "bank"),
        ("yinxing", "bank"),
        ("yx", "bank"),
        ("changdu", "length"),
        ("zhangdu", "length"),
        ("cd", "length"),
        ("zd", "length"),
        ("yinyue", "music"),
        ("yinle", "music"),
        ("yy", "music"),
        ("yl", "music"),
    ],
)
def test_a_title_is_found_by_each_reading(index: Index, query: str, id: str) -> None:
    assert id in found(index, query)


def test_every_prefix_of_the_pinyin_finds_the_title(index: Index) -> None:
    whole = "tuikuanjinduanfu"
    for size in range(1, len(whole) + 1):
        assert "refund" in found(index, whole[:size]), whole[:size]


@pytest.mark.parametrize(
    "query", ["进度 退款", "退款 进度", "jindu tuikuan", "jin'du tui'kuan", "jd tk", "安抚 tk 售后"]
)
def test_several_words_in_any_order_must_all_match(index: Index, query: str) -> None:
    assert found(index, query) == ["refund"]
    assert found(index, query + " 银行") == []


def test_syllables_do_not_match_across_their_borders(index: Index) -> None:
    # In 退款 the letters "uik" stand in a row, and "anj" in 款进; nobody means them.
    assert "refund" not in found(index, "uik")
    assert "refund" not in found(index, "uanj")


def test_a_code_comes_before_everything_else() -> None:
    entries = [
        Entry("title", "phrase", "tk", "", favourite=True, uses=99),
        Entry("initials", "phrase", "退款", "", uses=50),
        Entry("longer", "phrase", "其他", "", abbr="tkx", uses=40),
        Entry("code", "phrase", "完全不同", "", abbr="TK"),
        Entry("body", "phrase", "其他", "tk", uses=1000),
    ]
    assert found(Index(entries), "tk") == ["code", "title", "longer", "initials", "body"]


def test_scores_lie_between_0_and_1_and_never_rise(index: Index) -> None:
    for query in ("y", "yh", "退款", "h", "hui"):
        scores = [hit.score for hit in index.find(query)]
        assert scores == sorted(scores, reverse=True)
        assert all(0.0 <= score <= 1.0 for score in scores)


def used(id: str, uses: int, used_at: int = 0, favourite: bool = False) -> Entry:
    return Entry(id, "phrase", "退款", "", uses=uses, used_at=used_at, favourite=favourite)


@pytest.mark.parametrize("query", ["", "   ", "退款", "tk", "tuikuan"])
def test_favourites_then_the_most_then_the_latest_used_come_first(query: str) -> None:
    entries = [
        used("never", 0),
        used("seldom", 2, used_at=9),
        used("often", 5, used_at=1),
        used("often and later", 5, used_at=2),
        used("favourite", 0, favourite=True),
    ]
    expected = ["favourite", "often and later", "often", "seldom", "never"]
    assert found(Index(entries), query) == expected
    assert found(Index(reversed(entries)), query) == expected


@pytest.mark.parametrize("query", ["", "退款", "tk", "tuikuan", "t"])
def test_no_more_hits_than_the_limit_and_the_best_of_them(query: str) -> None:
    index = Index([used(str(number), number) for number in range(120)])
    assert len(found(index, query)) == 50
    assert found(index, query, 3) == ["119", "118", "117"]


@settings(deadline=None)
@given(TYPED)
def test_nothing_is_found_among_nothing(query: str) -> None:
    assert Index().find(query) == []
    assert Index([]).find(query) == []


@settings(deadline=None)
@given(TYPED)
def test_any_query_gives_known_entries_each_once(query: str) -> None:
    hits = found(Index(ENTRIES), query)
    assert len(hits) == len(set(hits))
    assert set(hits) <= {entry.id for entry in ENTRIES}


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=5), st.data())
def test_an_entry_is_found_by_any_piece_of_its_folded_title(
    titles: list[str], data: st.DataObject
) -> None:
    index = Index(Entry(str(at), "phrase", title, "") for at, title in enumerate(titles))
    at = data.draw(st.integers(0, len(titles) - 1))
    for word in fold(titles[at]).split():
        begin = data.draw(st.integers(0, len(word) - 1))
        assert str(at) in found(index, word[begin:])


def test_nothing_matches_gives_no_hits(index: Index) -> None:
    assert found(index, "qqqq") == []
    assert found(index, "龘") == []


@settings(deadline=None)
@example(["xi", "an"])
@example(["ganx", "h"])
@example(["tk", " ", "yhang"])
@example(["tui", "kuan"])
@example(["chang", "an", "yin", "hang"])
@given(st.lists(st.sampled_from([*SYLLABLES, *LETTERS, *MIXED]), max_size=5))
def test_typing_on_finds_what_a_first_search_finds(parts: list[str]) -> None:
    typed, query = Index(MANY), "".join(parts).lstrip("'")
    for size in range(1, len(query) + 1):
        assert found(typed, query[:size]) == found(Index(MANY), query[:size]), query[:size]


def slow(entries: list[Entry], query: str) -> set[str]:
    """What a word must find, told without any index."""

    def stands(title: str, word: str) -> bool:
        plain = "".join(character for character in title.lower() if character.isalnum())
        return word in title.lower() or word in plain or bool(matched(title, word))

    return {entry.id for entry in entries if stands(entry.title, query)}


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from([*SYLLABLES[:-1], *LETTERS[:-2], *MIXED]), min_size=1, max_size=3))
def test_whatever_spells_a_title_finds_it(parts: list[str]) -> None:
    query = "".join(parts)
    assert slow(MANY, query) <= set(found(Index(MANY), query)), query


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from([*SYLLABLES[:-1], *LETTERS[:-2]]), min_size=2, max_size=3))
def test_several_words_find_what_each_of_them_finds(parts: list[str]) -> None:
    index, query = Index(MANY), " ".join(parts)
    each = [set(found(Index(MANY), part, 99)) for part in parts]
    assert set(found(index, query, 99)) == set.intersection(*each)


def test_two_words_that_seldom_meet_are_found_among_very_many() -> None:
    entries = [Entry(str(at), "phrase", "退款", "售后") for at in range(3000)]
    entries += [Entry("both", "phrase", "退款", "长安"), Entry("one", "phrase", "音乐", "长安")]
    index = Index(entries)
    assert found(index, "tk changan") == ["both"]
    assert found(index, "tuikuan ca") == ["both"]
    assert found(index, "tk shouhou") == [str(at) for at in range(50)]
    assert found(index, "changan shouhou") == []
