"""What the tests of the phrase tools' formats share: texts that formats stumble over."""

from hypothesis import strategies as st

from companion.formats.items import PhraseItem, Problem

# Signs that one of the formats, or ours, takes for something else.
SIGNS = "a退{}[]<>|%$#:\\\"'\n\t\r\ufeff\u2028\x85🙂 ,;=-"
TEXT = st.text(
    st.sampled_from(SIGNS) | st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40
)
NAMED = TEXT.filter(lambda text: bool(text.strip()))
PIECES = [
    *("{姓名}", "{a:b}", "{称呼:先生|女士}", "{{", "}}", "{clipboard}", "{光标}", "{send}"),
    *("{date:today}", "{日期:+3天,年月日}", "{time:now}", "{date:+2 months,iso}", "{phrase:tk}"),
    *("{日期:+0工作日}", "{{{{x}}}}", "[[x]]", "$|$", "\\{{\\{{", "%|", "%filltext:name=a%", "%"),
    *("<cursor>", "<left>", "{{剪贴板}}", "{{date}}", "\n", "\n\n  ", "\\", " ", "亲", "%Y", "}}"),
    *("{date:weekday}", "{time:+2 hours,full}", "{姓 名:您}", "%snippet:x%", "{{a|b}}", "\r\n"),
]
BODY = NAMED | st.lists(st.sampled_from(PIECES), min_size=1).map("".join).filter(str.strip)
ITEMS = st.lists(
    st.builds(
        PhraseItem,
        NAMED,
        BODY,
        st.just("") | NAMED,
        st.just("") | NAMED,
        st.lists(NAMED, max_size=2, unique=True).map(tuple),
    ),
    max_size=6,
)


def kinds(problems: list[Problem]) -> list[str]:
    """What was told, without names and lines."""
    return [problem.kind for problem in problems]
