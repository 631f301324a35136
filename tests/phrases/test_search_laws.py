"""The index finds what a plain, slow search finds, whatever is typed, in whatever order."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from companion.folding import fold
from companion.phrases.search import Entry, Hit, Index
from tests.phrases.reference import stands

SYLLABLES = ("tui", "kuan", "yin", "hang", "xing", "yue", "le", "chang", "zhang", "xi", "an")
LETTERS = ("t", "k", "y", "h", "x", "z", "a", "vip", "tk", "yh")
CHINESE = ("退", "款", "银", "行", "乐", "长", "重", "退款", "銀行", "樂")
WORDS = st.lists(st.sampled_from((*SYLLABLES, *LETTERS, *CHINESE)), min_size=1, max_size=3)
TEXTS = st.lists(
    st.sampled_from(
        ("退款", "银行", "音乐", "长安", "重行", "西安", "VIP", "ａｂ", "。", " ", "tk", "銀", "㎡")
    ),
    max_size=4,
).map("".join)
ENTRIES = st.lists(
    st.builds(
        Entry,
        st.just(""),
        st.just("phrase"),
        TEXTS,
        TEXTS,
        st.sampled_from(("", "tk", "YH")),
        st.sampled_from(("", "售后", "银行")),
        st.sampled_from(((), ("西安",), ("退款", "a"))),
        uses=st.integers(0, 2),
    ),
    max_size=12,
)


def numbered(entries: list[Entry]) -> list[Entry]:
    made = [(entry.title, entry.body, entry.abbr, entry.set, entry.tags) for entry in entries]
    return [
        Entry(str(at), "phrase", title, body, abbr, group, tags)
        for at, (title, body, abbr, group, tags) in enumerate(made)
    ]


def exact(hits: list[Hit]) -> set[str]:
    """The ids of the hits that are what the query says, not what it may have meant."""
    return {hit.entry.id for hit in hits if not hit.near}


@settings(deadline=None, max_examples=300)
@given(ENTRIES, WORDS)
@example(numbered([Entry("", "phrase", "", "银行音乐")]), ["h", "y", "y"])
def test_a_word_finds_what_a_slow_search_finds(entries: list[Entry], parts: list[str]) -> None:
    entries, word = numbered(entries), fold("".join(parts))
    found = exact(Index(entries).find(word, 99))
    assert {entry.id for entry in entries if stands(entry, word)} <= found


@settings(deadline=None, max_examples=300)
@given(ENTRIES, WORDS)
def test_nothing_is_said_to_match_that_does_not(entries: list[Entry], parts: list[str]) -> None:
    entries, word = numbered(entries), parts[0]
    found = exact(Index(entries).find(word, 99))
    expected = {entry.id for entry in entries if stands(entry, fold(word))}
    # What stands nowhere may be a mixture (chang: 重行), which the slow search does not know.
    assert found == expected or not expected


@settings(deadline=None, max_examples=300)
@given(ENTRIES, st.lists(st.sampled_from((*SYLLABLES, *LETTERS, *CHINESE)), min_size=2, max_size=3))
def test_several_words_find_what_each_finds(entries: list[Entry], words: list[str]) -> None:
    entries, query = numbered(entries), " ".join(words)
    expected = {entry.id for entry in entries if all(stands(entry, fold(word)) for word in words)}
    assert exact(Index(entries).find(query, 99)) == expected


@settings(deadline=None, max_examples=200)
@given(ENTRIES, st.lists(st.sampled_from((*SYLLABLES, *LETTERS, *CHINESE, " ", "'")), max_size=6))
@example(
    numbered([Entry("", "phrase", "", "西安"), Entry("", "phrase", "安", "")]), ["'", "x", "i"]
)
def test_typing_on_finds_what_a_first_search_finds(entries: list[Entry], parts: list[str]) -> None:
    entries, query = numbered(entries), "".join(parts)
    typed = Index(entries)
    for size in range(1, len(query) + 1):
        assert typed.find(query[:size]) == Index(entries).find(query[:size]), query[:size]


@settings(deadline=None, max_examples=100)
@given(ENTRIES, WORDS)
def test_bodies_read_later_are_found_as_if_read_at_once(
    entries: list[Entry], parts: list[str]
) -> None:
    entries, query = numbered(entries), " ".join(parts)
    later = Index(entries, later=True)
    early = later.find(query, 99)
    assert exact(early) <= exact(Index(entries).find(query, 99))
    later.read_bodies()
    assert later.find(query, 99) == Index(entries).find(query, 99)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from((*SYLLABLES, *LETTERS, *CHINESE)), min_size=1, max_size=3))
def test_among_very_many_as_among_few(words: list[str]) -> None:
    query = " ".join(words)
    found = exact(MANY.find(query, 2_000))
    expected = {one.id for one in MANY.entries if all(stands(one, fold(word)) for word in words)}
    assert found == expected


def _many() -> Index:
    titles = ("退款", "银行", "音乐", "长安", "重行", "西安", "VIP")
    bodies = ("退款退银行", "音乐重行", "长安西安", "VIP 银行", "", "", "")
    return Index(
        Entry(str(at), "phrase", titles[at % 7] + titles[at * at % 5], bodies[at * 3 % 7])
        for at in range(900)
    )


MANY = _many()
