"""Phrase bodies: what is a slot, what is only a brace, and what goes out in the end."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.profile.template import (
    Clipboard,
    Cursor,
    Other,
    Part,
    Send,
    Slot,
    gap,
    literal,
    parse,
    render,
    slot_name,
    slots,
)
from companion.profile.template_dates import Moment
from tests.phrases.filled import filled

# Dense in what the syntax is made of, so that examples meet it.
TRICKY = st.text(alphabet="{}：:a \n款", max_size=30) | st.text(max_size=60)
NAMES = st.text(alphabet="称呼单号abc 9", min_size=1, max_size=40).filter(
    lambda name: any(map(str.isalpha, name))
)
DEFAULTS = st.text(alphabet="先生a:： 9", max_size=20)


@settings(deadline=None)
@given(TRICKY)
def test_literal_text_goes_out_as_it_is(text: str) -> None:
    assert filled(literal(text)) == text


@settings(deadline=None)
@given(TRICKY)
def test_literal_text_has_no_slots(text: str) -> None:
    assert slots(literal(text)) == []


@settings(deadline=None)
@given(TRICKY, TRICKY)
def test_values_change_nothing_in_literal_text(text: str, value: str) -> None:
    assert filled(literal(text), {"a": value, "": value}) == text


@settings(deadline=None)
@given(TRICKY)
def test_any_body_can_be_parsed_and_adjacent_text_is_joined(body: str) -> None:
    parts = parse(body)
    assert "" not in parts
    kinds = [isinstance(part, str) for part in parts]
    assert (True, True) not in list(itertools.pairwise(kinds))


@settings(deadline=None)
@given(TRICKY, NAMES, DEFAULTS, st.sampled_from([":", "："]), TRICKY)
def test_a_slot_between_literal_text_is_found_whatever_stands_around_it(
    before: str, name: str, default: str, colon: str, after: str
) -> None:
    body = f"{literal(before)}{{{name}{colon}{default}}}{literal(after)}"
    assert slots(body) == [Slot(name.strip(), default)]
    assert filled(body, {}) == before + default + after
    assert filled(body, {name.strip(): "{值}"}) == f"{before}{{值}}{after}"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("{称呼}您好", [Slot("称呼")]),
        ("{称呼:先生}您好", [Slot("称呼", "先生")]),
        ("{称呼：先生}您好", [Slot("称呼", "先生")]),
        ("{称呼:先生|女士|您}", [Slot("称呼", "先生", ("先生", "女士", "您"))]),
        ("{称呼：先生 ｜ 女士}", [Slot("称呼", "先生", ("先生", "女士"))]),
        ("{尾语:|谢谢}", [Slot("尾语", "", ("", "谢谢"))]),
        ("{a:x||y}", [Slot("a", "x|y")]),
        ("{a:x||y|z}", [Slot("a", "x|y", ("x|y", "z"))]),
        ("{a:x｜｜y}", [Slot("a", "x｜y")]),
        ("{时间:9:30}", [Slot("时间", "9:30")]),
        ("{时间：9：30}", [Slot("时间", "9：30")]),
        ("{ 称呼 }", [Slot("称呼")]),
        ("{称呼:}", [Slot("称呼")]),
        ("{{{称呼}}}", [Slot("称呼")]),
        ("{a}{b}{a}", [Slot("a"), Slot("b")]),
        ("{a:1}{a:2}", [Slot("a", "1")]),
        ("{a}{a:2}", [Slot("a", "2")]),
        ("{a}{a:2|3}", [Slot("a", "2", ("2", "3"))]),
        # A word of ours is an ordinary name where it says nothing that we do.
        ("{日期}{时间}{date}{time}", [Slot("日期"), Slot("时间"), Slot("date"), Slot("time")]),
        ("{时间：今天 18:00}", [Slot("时间", "今天 18:00")]),
        ("{日期:周三}", [Slot("日期", "周三")]),
        ("{日期:+3}", [Slot("日期", "+3")]),
        ("{短语}{短语:}", [Slot("短语")]),
        ("{发送:}{剪贴板:没有}", [Slot("发送"), Slot("剪贴板", "没有")]),
        ("{发送给}", [Slot("发送给")]),
    ],
)
def test_slots_are_found_each_name_once(body: str, found: list[Slot]) -> None:
    assert slots(body) == found


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "}",
        "a { b",
        "a } b",
        "{}",
        "{:x}",
        "{：x}",
        "}{",
        "p {\n  color: red;\n}",
        '{"a": {\n"b": 1}\n',
        '{"a": 1}',
        '{"a":{"b":{}}}',
        "{'a': 1}",
        "{ }",
        "{}}",
        "p {color: red;}",
        "a{color:red;margin:0}b{margin:0;}",
        "if (x) {return;}",
        "function(){a[0]={};}",
        r"^\d{3}-{1,2}$",
        "{0} {1}",
        "{a;b} {a=b} {a[0]} {<b>} {$x} {`x`} {@x}",
        "{" + "长" * 41 + "}",
        "{name:one\r\ntwo}",
        "{name:one\ntwo}",
    ],
)
def test_stray_braces_stay_what_they_are(body: str) -> None:
    assert parse(body) == [body]
    assert filled(body, {"name": "x", "": "y"}) == body


BALANCED = st.recursive(
    st.text(alphabet='":, 1款;\n', max_size=4),
    lambda inside: st.lists(inside, max_size=3).map(lambda ones: '{"a":' + "".join(ones) + "}"),
    max_leaves=12,
)


@settings(deadline=None)
@given(BALANCED, NAMES)
def test_braces_in_braces_stay_and_a_slot_in_them_is_filled(text: str, name: str) -> None:
    assert parse(text) == ([text] if text else [])
    body = f'{{"x":{text},"y":{{"z":"{{{name}}}"}}}}'
    assert filled(body, {name.strip(): "值"}) == f'{{"x":{text},"y":{{"z":"值"}}}}'


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("{剪贴板}", Clipboard()),
        ("{Clipboard}", Clipboard()),
        ("{光标}", Cursor()),
        ("{ cursor }", Cursor()),
        ("{发送}", Send()),
        ("{SEND}", Send()),
        ("{短语:退款}", Other("退款")),
        ("{phrase：tk }", Other("tk")),
        ("{日期:今天}", Moment(clock=False, english=False)),
        ("{date:+3d}", Moment(clock=False, english=True, count=3)),
    ],
)
def test_words_of_ours_are_known_in_both_languages(body: str, part: Part) -> None:
    assert parse(f"a{body}b") == ["a", part, "b"]
    assert slots(body) == []


CHOICES = st.text(alphabet="先生|｜a 9:", max_size=6).map(str.strip)
MOMENTS = st.builds(
    Moment,
    st.booleans(),
    st.booleans(),
    st.integers(-9999, 9999),
    st.sampled_from(("day", "week", "month", "hour", "minute", "workday")),
    st.sampled_from(("", "iso", "long", "short", "weekday", "full")),
)
PARTS = st.one_of(
    TRICKY.filter(bool),
    st.builds(Slot, NAMES.map(str.strip), DEFAULTS),
    st.builds(
        lambda name, said: Slot(name, said[0], tuple(said)),
        NAMES.map(str.strip),
        st.lists(CHOICES, min_size=2, max_size=4),
    ),
    MOMENTS,
    st.builds(Clipboard),
    st.builds(Cursor, st.sampled_from(("光标", "cursor"))),
    st.builds(Send),
    st.builds(Other, NAMES.map(str.strip)),
)


@settings(deadline=None)
@given(st.lists(PARTS, max_size=6))
def test_a_written_body_is_read_as_what_was_written(parts: list[Part]) -> None:
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    assert parse(render(joined)) == joined


@settings(deadline=None)
@given(TRICKY)
def test_what_was_read_and_written_is_read_alike(body: str) -> None:
    assert parse(render(parse(body))) == parse(body)


@pytest.mark.parametrize("part", [Slot("a", "}"), Slot("a:b"), Slot(""), Other("a\nb"), Slot("1")])
def test_what_no_body_can_say_is_refused(part: Part) -> None:
    with pytest.raises(ValueError, match="syntax"):
        render([part])


@settings(deadline=None)
@given(st.text(max_size=60) | TRICKY | st.sampled_from(("send", "剪贴板", "短语", "date", "'a'")))
def test_a_foreign_name_becomes_the_nearest_that_asks_for_it(said: str) -> None:
    name = slot_name(said)
    assert parse(gap(name)) == [Slot(name)] if name else not any(map(str.isalnum, said))


def test_a_stray_brace_does_not_swallow_the_slot_behind_it() -> None:
    assert filled("{ 见附件\n{称呼}好", {"称呼": "林女士"}) == "{ 见附件\n林女士好"


def test_doubled_braces_are_braces() -> None:
    assert parse("{{称呼}}") == ["{称呼}"]


def test_a_value_is_never_read_as_a_body() -> None:
    assert filled("{a} {b}", {"a": "{b}", "b": "{{a}}"}) == "{b} {{a}}"


def test_an_unknown_value_is_no_harm_and_a_missing_one_leaves_the_default() -> None:
    assert filled("{a}{b:默认}", {"c": "x"}) == "默认"


def test_an_empty_value_overrules_the_default() -> None:
    assert filled("{b:默认}", {"b": ""}) == ""
