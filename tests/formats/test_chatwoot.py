"""Chatwoot's canned responses, as its API gives them and as a table; Liquid in them."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FormatBroken
from companion.formats import chatwoot
from companion.formats.items import Parsed, PhraseItem, Problem
from companion.formats.reading import read_file
from tests.formats.test_delimited import ITEM

ENTRY = {"id": 1, "account_id": 1, "short_code": "tk", "content": "亲，\n马上退", "created_at": "x"}


def read(*entries: object) -> Parsed:
    return chatwoot.read(json.dumps(entries, ensure_ascii=False).encode(), "c.json")


def body(content: str) -> str:
    (item,) = read({"short_code": "a", "content": content}).phrases
    return item.body


@pytest.mark.parametrize("root", [[ENTRY], {"payload": [ENTRY]}, {"data": [ENTRY], "meta": {}}])
def test_an_answer_of_the_api_is_read(root: object) -> None:
    data = json.dumps(root).encode()
    assert read_file(data, "c.txt", "phrases") == (
        "chatwoot",
        Parsed([PhraseItem("tk", "亲，\n马上退", "tk")]),
    )


@pytest.mark.parametrize("header", ["short_code,content", "Short Code,Content"])
def test_a_table_is_read(header: str) -> None:
    text = f'{header}\ntk,"你好 {{{{ contact.name }}}}"\n'
    name, parsed = read_file(text.encode(), "c.csv", "phrases")
    assert (name, parsed.phrases) == ("chatwoot", [PhraseItem("tk", "你好 {contact.name}", "tk")])


def test_variables_are_gaps_and_what_decides_stays_text() -> None:
    assert body("{{contact.name}} {{ agent.first_name }}") == "{contact.name} {agent.first_name}"
    assert body('{{contact.name | default: "朋友"}}') == "{contact.name:朋友}"
    assert body("{{contact.custom_attribute.level}} {姓名}") == (
        "{contact.custom_attribute.level} {姓名}"
    )
    told = "{% if x %}{{ contact.name | upcase }}{% endif %} {{x}} {{ a.b | default: '{' }}"
    parsed = read({"short_code": "a", "content": told})
    assert parsed.problems == [Problem("variable_kept_as_text", "a")]
    back = json.loads(chatwoot.write_phrases(parsed.phrases).data)
    assert back[0]["content"] == told
    assert body("{send} {剪贴板}") == "{send:} {剪贴板:}"


def test_what_is_no_response_is_told() -> None:
    parsed = read("x", {"short_code": "a"}, {"short_code": "b", "content": " "}, {"content": "c"})
    assert parsed.phrases == [PhraseItem("c", "c")]
    assert [problem.kind for problem in parsed.problems] == [
        "entry_unreadable",
        "entry_unreadable",
        "empty_skipped",
    ]


@pytest.mark.parametrize(("text", "line"), [('[\n{"a": }]', 2), ('{"a": 1}', 0), ("[" * 99_999, 0)])
def test_a_broken_file_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(FormatBroken) as caught:
        chatwoot.read(text.encode(), "c.json")
    assert caught.value.facts == {"place": "c.json", "format": "chatwoot", "line": line}


def test_a_file_cut_short_gives_what_was_complete() -> None:
    parsed = chatwoot.read(b'[{"short_code": "a", "content": "A"},\n{"short_code": "b", "con', "c")
    assert parsed.phrases == [PhraseItem("a", "A", "a")]
    assert parsed.broken is not None
    assert parsed.broken.facts["line"] == 2


def test_each_response_has_a_code_of_its_own() -> None:
    items = [PhraseItem("退款", "1"), PhraseItem("x", "2", "退款"), PhraseItem("y", "3", "y")]
    written = chatwoot.write_phrases(items)
    codes = [entry["short_code"] for entry in json.loads(written.data)]
    assert codes == ["退款", "退款 (2)", "y"]
    assert written.problems == [Problem("title_numbered", "x")]


def test_what_chatwoot_fills_in_goes_both_ways() -> None:
    said = "{contact.name:朋友} {conversation.display_id} {订单号}"
    (entry,) = json.loads(chatwoot.write_phrases([PhraseItem("T", said)]).data)
    assert entry["content"] == (
        '{{contact.name | default: "朋友"}} {{conversation.display_id}} {订单号}'
    )
    assert body(entry["content"]) == said


@given(st.lists(ITEM, unique_by=lambda item: item.abbr.strip() or item.title.strip()))
def test_the_way_there_and_back_keeps_codes_and_texts(items: list[PhraseItem]) -> None:
    plain = [
        PhraseItem(item.title, re.sub("[{}]", "|", item.body), item.abbr.strip()) for item in items
    ]
    parsed = chatwoot.read(chatwoot.write_phrases(plain).data, "c.json")
    assert [(item.body, item.abbr) for item in parsed.phrases] == [
        (item.body, item.abbr or item.title.strip()) for item in plain
    ]
    assert parsed.problems == []
