"""Beeftext's combo lists: what is carried over, what is told, and the way back."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FormatBroken
from companion.formats import beeftext
from companion.formats.items import PhraseItem, Problem
from companion.profile import template
from tests.phrases.filled import filled

SAMPLE = Path(__file__).resolve().parents[3] / "shared/samples/phrases/beeftext-comboList.json"
SHIPPING = "{0a3f6a52-2f0b-4a7e-9d55-6f1f3a1f0001}"
RETIRED = "{0a3f6a52-2f0b-4a7e-9d55-6f1f3a1f0002}"


def combo(**fields: Any) -> dict[str, Any]:
    return {"name": "查件", "keyword": "cj", "snippet": "马上为您查。", "enabled": True} | fields


def listing(*combos: object) -> bytes:
    groups = [
        {"uuid": SHIPPING, "name": "物流", "enabled": True},
        {"uuid": RETIRED, "name": "旧的", "enabled": False},
    ]
    root = {"combos": combos, "fileFormatVersion": 10, "groups": groups}
    return json.dumps(root, ensure_ascii=False).encode()


def one(**fields: Any) -> PhraseItem:
    (item,) = beeftext.read(listing(combo(**fields)), "c.json").phrases
    return item


def kinds(**fields: Any) -> list[str]:
    parsed = beeftext.read(listing(combo(**fields)), "c.json")
    return [problem.kind for problem in parsed.problems]


def test_a_combo_is_a_phrase_and_its_group_a_set() -> None:
    assert one(group=SHIPPING, description="不要") == PhraseItem(
        "查件", "马上为您查。", "cj", "物流"
    )
    assert one().set == ""
    assert kinds(group=SHIPPING) == []


def test_version_1_names_its_fields_otherwise() -> None:
    old = {"combos": [{"comboText": "ty", "substitutionText": "thank you"}], "fileFormatVersion": 1}
    parsed = beeftext.read(json.dumps(old).encode(), "old.json")
    assert parsed.phrases == [PhraseItem("ty", "thank you", "ty")]


def test_a_combo_without_a_name_is_named_by_keyword_or_first_line() -> None:
    assert one(name="").title == "cj"
    assert one(name=" ", keyword="", snippet=f"\n  {'长' * 60}\n第二行").title == "长" * 40


def test_an_input_is_a_slot_and_braces_are_text() -> None:
    item = one(snippet='您好 #{input:客户 姓名},{"a":1} {x} ##{input:单号}}')
    assert item.body == '您好 {客户 姓名},{{"a":1}} {{x}} #{单号}}}'
    assert [slot.name for slot in template.slots(item.body)] == ["客户 姓名", "单号"]
    assert filled(item.body, {"客户 姓名": "王", "单号": "7"}) == '您好 王,{"a":1} {x} #7}'


VARIABLES = """clipboard|cursor|dateTime:+1d:yyyy|combo:x|powershell:C:\\a.ps1|envVar:PATH
|upper:x|lower:x|trim:x|date|time|nonsense|input:|input: """.replace("\n", "").split("|")


@pytest.mark.parametrize("variable", VARIABLES)
def test_other_variables_stay_as_text_and_are_told_once(variable: str) -> None:
    snippet = f"a #{{{variable}}} b #{{{variable}}}"
    assert filled(one(snippet=snippet).body, {}) == snippet
    parsed = beeftext.read(listing(combo(snippet=snippet)), "c.json")
    assert parsed.problems == [Problem("variable_kept_as_text", "查件")]


def test_a_variable_ends_at_the_first_brace_without_a_backslash_on_its_line() -> None:
    assert one(snippet=r"#{input:a\}b}").body == "{a)b}"
    assert kinds(snippet=r"#{input:a\}b}") == ["slot_renamed"]
    assert one(snippet="#{input:a\nb}").body == "#{{input:a\nb}}"
    assert one(snippet=f"#{{input:{'n' * 50}}}").body == f"{{{'n' * 40}}}"
    assert one(snippet="#{input:Time: now}").body == "{Time- now}"


def test_a_slot_named_like_a_word_of_ours_is_an_ordinary_slot() -> None:
    item = one(snippet="#{input:发送}#{input:Clipboard}#{input:日期}#{input:1}#{input:{\\}}")
    slots = [template.Slot(name) for name in ("发送", "Clipboard", "日期", "_1")]
    assert template.parse(item.body) == [*slots, "#{input:{\\}}"]
    assert kinds(snippet="#{input:1}#{input:?}") == ["slot_renamed", "variable_kept_as_text"]


def test_a_combo_that_is_off_is_carried_over_and_told() -> None:
    assert kinds(enabled=False) == ["was_disabled"]
    assert kinds(group=RETIRED) == ["was_disabled"]
    assert one(enabled=False).body == "马上为您查。"


def test_rich_text_becomes_plain() -> None:
    page = "<html><head><style>p { }</style></head><body><p>A &amp; B</p>\n<p>C<br/>D</p></body>"
    assert one(snippet=page, useHtml=True).body == "A & B\nC\nD"
    assert kinds(snippet=page, useHtml=True) == ["formatting_dropped"]
    empty = '<p style="-qt-paragraph-type:empty;"><br /></p>'
    page = (
        f"<html><head><style>p {{ }}</style></head><body>\n<p> A  B&amp;lt;</p>\n{empty}\n<p>C</p>"
    )
    assert one(snippet=page, useHtml=True).body == " A  B&lt;\n\nC"
    assert one(snippet="<p>x</p>").body == "<p>x</p>"


def test_what_cannot_be_a_phrase_is_told() -> None:
    parsed = beeftext.read(listing(combo(snippet=""), 7, combo(snippet=["x"])), "c.json")
    assert parsed.phrases == []
    assert parsed.problems == [
        Problem("empty_skipped", "查件"),
        Problem("entry_unreadable"),
        Problem("empty_skipped", "查件"),
    ]


def test_escaped_surrogates_and_nuls_never_get_in() -> None:
    data = listing(combo()).replace("马上".encode(), rb"a\ud800b\u0000c")
    assert beeftext.read(data, "c.json").phrases[0].body == "abc为您查。"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'{"combos": [\n{"name": }]}', 2),
        (b"[" * 200_000, 0),
        (b'{"combos": 5}', 0),
        (b"[1]", 0),
        (b'{"combos": [' + b"9" * 5000 + b"]}", 0),
        (b"\x89PNG\x00\x01\xff\xfe\x00", 1),
    ],
)
def test_a_broken_file_is_refused_with_its_line(data: bytes, line: int) -> None:
    with pytest.raises(FormatBroken) as caught:
        beeftext.read(data, "c.json")
    assert caught.value.facts == {"place": "c.json", "format": "beeftext", "line": line}


def test_a_file_cut_short_gives_what_was_complete() -> None:
    data = listing(combo(name="a"), combo(name="b"), combo(name="c"))
    parsed = beeftext.read(data[: data.index(b'"c"')], "c.json")
    assert [item.title for item in parsed.phrases] == ["a", "b"]
    assert parsed.broken is not None
    assert parsed.broken.facts == {"place": "c.json", "format": "beeftext", "line": 1}


def test_it_knows_its_own() -> None:
    assert beeftext.matches(listing(combo()), "x.btbackup") > 0.9
    assert beeftext.matches(b"\xef\xbb\xbf" + listing(combo()), "x") > 0.9
    for other in (b"", b"[]", b'{"phrases": []}', b"\x00\xff", b'say "combos" and "snippet"'):
        assert beeftext.matches(other, "x.json") == 0


def test_openings_without_an_end_take_no_time() -> None:
    began = time.monotonic()
    body = one(snippet="#{" * 2_000_000).body
    assert len(body) == 6_000_000
    assert one(snippet="#{a" * 1_000_000 + "}").body.endswith("#{{a}}")
    assert time.monotonic() - began < 20


def test_what_is_written_is_what_beeftext_wants() -> None:
    items = [PhraseItem("T", "Hi {name:you}", "t", "S"), PhraseItem("T", "Hi {name:you}", "t", "S")]
    items += [PhraseItem("U", "#{{clipboard}} {{ {a\\}"), PhraseItem("V", "")]
    written = beeftext.write_phrases(items).data
    assert written == beeftext.write_phrases(items).data
    root = json.loads(written)
    assert root["fileFormatVersion"] == 10
    assert [entry["name"] for entry in root["groups"]] == ["S"]
    first, second, third = root["combos"]
    assert first["snippet"] == "Hi #{input:name}"
    assert first["group"] == root["groups"][0]["uuid"]
    assert first["uuid"] != second["uuid"]
    assert (third["snippet"], "group" in third) == ("#{clipboard} { {a\\}", False)
    assert {"uuid", "creationDateTime", "modificationDateTime", "matchingMode"} <= third.keys()


def test_an_edit_made_in_beeftext_wins_over_our_own_body() -> None:
    written = beeftext.write_phrases([PhraseItem("T", "Hi {name:you}")]).data
    assert beeftext.read(written, "c.json").phrases[0].body == "Hi {name:you}"
    edited = written.replace(b"Hi #{input:name}", b"Hello #{input:name}")
    assert edited != written
    assert beeftext.read(edited, "c.json").phrases[0].body == "Hello {name}"


TEXT = st.text(
    st.sampled_from("a退{}#:\\\"'\n\t\r\ufeff\u2028🙂 ,")
    | st.characters(exclude_categories=["Cs"]),
    min_size=1,
).map(lambda text: text.replace("\0", ""))
NAMED = TEXT.filter(lambda text: bool(text.strip()))
BODY = NAMED | st.lists(
    st.sampled_from(["{姓名}", "{a:b}", "#{", "{{x}}", "#{{input:y}}", "\\", "{a\\}", "}", "\n"]),
    min_size=1,
).map("".join).filter(str.strip)


@given(st.lists(st.builds(PhraseItem, NAMED, BODY, st.just("") | TEXT, st.just("") | TEXT)))
def test_the_way_there_and_back_keeps_phrases(items: list[PhraseItem]) -> None:
    parsed = beeftext.read(beeftext.write_phrases(items).data, "c.json")
    assert parsed.phrases == items


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample files are not here")
def test_a_list_as_beeftext_wrote_it() -> None:
    parsed = beeftext.read(SAMPLE.read_bytes(), SAMPLE.name)
    assert len(parsed.phrases) == len(json.loads(SAMPLE.read_bytes())["combos"]) == 405
    assert parsed.problems == []
    assert all(item.set and item.title and item.body for item in parsed.phrases)
    again = beeftext.read(beeftext.write_phrases(parsed.phrases).data, "again.json")
    assert again.phrases == parsed.phrases
