"""Phrase bodies: what is a slot, what is only a brace, and what goes out in the end."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.profile.template import Slot, fill, literal, parse, slots

# Dense in what the syntax is made of, so that examples meet it.
TRICKY = st.text(alphabet="{}：:a \n款", max_size=30) | st.text(max_size=60)
NAMES = st.text(alphabet="称呼单号abc 9", min_size=1, max_size=40).filter(str.strip)
DEFAULTS = st.text(alphabet="先生a:： 9", max_size=20)


@settings(deadline=None)
@given(TRICKY)
def test_literal_text_goes_out_as_it_is(text: str) -> None:
    assert fill(literal(text), {}) == text


@settings(deadline=None)
@given(TRICKY)
def test_literal_text_has_no_slots(text: str) -> None:
    assert slots(literal(text)) == []


@settings(deadline=None)
@given(TRICKY, TRICKY)
def test_values_change_nothing_in_literal_text(text: str, value: str) -> None:
    assert fill(literal(text), {"a": value, "": value}) == text


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
    assert fill(body, {}) == before + default + after
    assert fill(body, {name.strip(): "{值}"}) == f"{before}{{值}}{after}"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("{称呼}您好", [Slot("称呼")]),
        ("{称呼:先生}您好", [Slot("称呼", "先生")]),
        ("{称呼：先生}您好", [Slot("称呼", "先生")]),
        ("{时间:9:30}", [Slot("时间", "9:30")]),
        ("{时间：9：30}", [Slot("时间", "9：30")]),
        ("{ 称呼 }", [Slot("称呼")]),
        ("{称呼:}", [Slot("称呼")]),
        ("{{{称呼}}}", [Slot("称呼")]),
        ("{a}{b}{a}", [Slot("a"), Slot("b")]),
        ("{a:1}{a:2}", [Slot("a", "1")]),
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
        "{" + "长" * 41 + "}",
        "{name:one\ntwo}",
    ],
)
def test_stray_braces_stay_what_they_are(body: str) -> None:
    assert parse(body) == [body]
    assert fill(body, {"name": "x", "": "y"}) == body


def test_a_stray_brace_does_not_swallow_the_slot_behind_it() -> None:
    assert fill("{ 见附件\n{称呼}好", {"称呼": "林女士"}) == "{ 见附件\n林女士好"


def test_doubled_braces_are_braces() -> None:
    assert parse("{{称呼}}") == ["{称呼}"]


def test_a_value_is_never_read_as_a_body() -> None:
    assert fill("{a} {b}", {"a": "{b}", "b": "{{a}}"}) == "{b} {{a}}"


def test_an_unknown_value_is_no_harm_and_a_missing_one_leaves_the_default() -> None:
    assert fill("{a}{b:默认}", {"c": "x"}) == "默认"


def test_an_empty_value_overrules_the_default() -> None:
    assert fill("{b:默认}", {"b": ""}) == ""
