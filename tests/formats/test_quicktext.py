"""QuickText's library: what is carried over, what is told, and the way back."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from companion.errors import FormatBroken
from companion.formats import json_values, quicktext, quicktext_bodies
from companion.formats.items import Parsed, PhraseItem, Problem
from companion.formats.reading import read_file, read_files, read_path
from tests.formats.tool_bodies import ITEMS, kinds


def snippet(**fields: Any) -> dict[str, Any]:
    return {
        "Id": "1",
        "Name": "退款",
        "Abbr": "tk",
        "Body": "马上退",
        "UseVariables": True,
    } | fields


def listed(*snippets: Any) -> bytes:
    return json.dumps(snippets, ensure_ascii=False, indent=2).encode()


def index(**files: str) -> bytes:
    entries = [{"Name": name, "File": file, "Color": ""} for name, file in files.items()]
    return json.dumps({"SchemaVersion": 1, "Categories": entries}).encode()


def read(*snippets: Any) -> Parsed:
    return quicktext.read(listed(*snippets), "客服.json")


def test_a_category_is_a_set() -> None:
    assert read(snippet()).phrases == [PhraseItem("退款", "马上退", "tk", "客服")]
    files = {
        "b.json": listed(snippet(Name="b")),
        "index.json": index(售后="a.json", 其他="b.json", 没有="gone.json"),
        "a.json": listed(snippet(Name="a")),
        "trash.json": b"[]",
        "images/x.png": b"x",
        "a (1).json": listed(snippet(Name="conflict")),
    }
    name, parsed = read_files(files, "library", "phrases")
    assert name == "quicktext"
    assert [(i.title, i.set) for i in parsed.phrases] == [("a", "售后"), ("b", "其他")]
    assert parsed.problems == [Problem("file_not_read", "a (1).json")]


def test_one_category_beside_its_index_knows_its_name(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_bytes(index(售后="a.json"))
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_bytes(listed(snippet()))
    assert read_path(tmp_path / "a.json", "phrases")[1].phrases[0].set == "售后"
    assert read_path(tmp_path / "b.json", "phrases")[1].phrases[0].set == "b"
    name, parsed = read_path(tmp_path / "index.json", "phrases")
    assert (name, parsed.problems) == ("quicktext", [Problem("choose_the_folder", "index.json")])
    assert read_path(tmp_path, "phrases")[0] == "quicktext"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("{姓名} {姓名:张三} {环境|dev|test}", "{姓名} {姓名:张三} {环境:dev|test}"),
        ("{a|b}", "{a:b}"),
        ("{剪贴板}{clipboard}{光标}{cursor}", "{剪贴板}{剪贴板}{光标}{光标}"),
        (
            "{date} {日期+7} {time} {now}",
            "{date:today,ISO} {日期:+7天,ISO} {time:now} {time:now,ISO}",
        ),
        ("{日期=yyyy年M月d日} {date=dddd}", "{日期:今天,年月日} {date:today,weekday}"),
        ("{snippet:sig} {片段: 落款 }", "{短语:sig} {短语:落款}"),
        ("{日期:2026-01-01}", "{日期:2026-01-01}"),
        ("{发送} {send:x}", "{发送:} {send:x}"),
        ("{:x} {|a} {} {a\nb} { {{b}}", "{{:x}} {{|a}} {{}} {{a\nb}} {{ {{{b}}}"),
    ],
)
def test_words_in_braces_are_translated(text: str, body: str) -> None:
    assert read(snippet(Body=text)).phrases[0].body == body
    assert read(snippet(Body=text)).problems == []


def test_a_body_that_uses_no_variables_is_only_text() -> None:
    assert read(snippet(Body="{x}", UseVariables=False)).phrases[0].body == "{{x}}"
    # Older versions had no such switch, and other programs spell the keys otherwise.
    assert read({"name": "a", "body": "{x}"}).phrases[0].body == "{x}"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"Body": "{uuid} {random}"}, "variable_kept_as_text"),
        ({"Body": "{date=QQ}{date=yyyy}"}, "variable_kept_as_text"),
        ({"Body": "{date+7=MMM d, yyyy}"}, "date_form_changed"),
        ({"Body": "{a;b}"}, "slot_renamed"),
        ({"OutputMode": "paste-enter"}, "enter_not_kept"),
        ({"ImagePath": "images/1.png"}, "image_not_carried"),
        ({"Body": "", "ImagePath": "images/1.png"}, "image_not_carried"),
        ({"Body": " "}, "empty_skipped"),
    ],
)
def test_what_is_not_carried_over_is_told(fields: dict[str, Any], kind: str) -> None:
    assert read(snippet(**fields)).problems == [Problem(kind, "退款")]


def test_a_file_cut_short_gives_what_was_complete() -> None:
    data = listed(snippet(Name="a"), 7, snippet(Name="b", Body='{"[x'), snippet(Name="c"))
    parsed = quicktext.read(data[: data.index(b'"c"') + 1], "x.json")
    assert [item.title for item in parsed.phrases] == ["a", "b"]
    assert kinds(parsed.problems) == ["entry_unreadable"]
    assert parsed.broken is not None
    assert parsed.broken.facts["line"] == data.count(b"\n", 0, data.index(b'"c"')) + 1
    for bad in (b"[", b"{}", b"[" * 100_000, b'[{"a": ', b"[1, 2", b"7"):
        with pytest.raises(FormatBroken):
            quicktext.read(bad, "x.json")
    files = {"index.json": index(a="a.json", b="b.json"), "a.json": b"[", "b.json": data}
    parsed = read_files(files, "x", "phrases")[1]
    assert len(parsed.phrases) == 3
    assert parsed.broken is not None
    with pytest.raises(FormatBroken):
        read_files({"index.json": index(a="a.json"), "a.json": b"["}, "x", "phrases")


def test_deep_and_odd_json_gives_nothing_by_accident() -> None:
    assert json_values.load('{"a": [{"b": 1}, {"c": [1, {"d": 2}, {"e"', "x", "y")[0] == {
        "a": [{"b": 1}, {"c": [1, {"d": 2}]}]
    }
    for odd in ('[{"a": 1}}', '[{"a": "x}, {"', "[{} {", '{"a": {"b": 1}, "c'):
        try:
            value, broken = json_values.load(odd, "x", "y")
        except FormatBroken:
            continue
        assert broken is not None
        assert isinstance(value, list)


def test_it_knows_its_own() -> None:
    assert quicktext.matches(listed(snippet()), "x") > 0.8
    assert read_file(listed(snippet()), "x.json", "phrases")[0] == "quicktext"
    for other in (b"", b"[]", b'[{"body": 1}]', b'{"Categories": []}', b"\x00\xff"):
        assert quicktext.matches(other, "index.json") == 0


def test_what_is_written_is_what_quicktext_wants() -> None:
    items = [
        PhraseItem(
            "a", "{称呼:先生|女士} {n:x} {日期:+1周,年月日} {time:now}{cursor}", "a", "售/后"
        ),
        PhraseItem("b", "{{x}} {日期} {日期:+2月}", "", "index", ("t",)),
        PhraseItem("c", "{{code}}"),
    ]
    made = quicktext.write_phrases(items)
    assert made.files == quicktext.write_phrases(items).files
    assert made.problems == [Problem("not_sayable_there", "b")]
    root = json.loads(made.files["index.json"])
    assert [(c["Name"], c["File"]) for c in root["Categories"]] == [
        *(("售/后", "售_后.json"), ("index", "index_2.json"), ("Companion", "Companion.json"))
    ]
    (first,) = json.loads(made.files["售_后.json"])
    assert first["Body"] == "{称呼|先生|女士} {n:x} {日期+7=yyyy年M月d日} {time}{cursor}"
    assert (first["UseVariables"], len(first["Id"])) == (True, 32)
    (second,) = json.loads(made.files["index_2.json"])
    assert second["Body"].startswith("{x} {日期:} ")
    (third,) = json.loads(made.files["Companion.json"])
    assert (third["Body"], third["UseVariables"]) == ("{code}", False)


def test_a_snippet_that_was_edited_there_wins_over_our_own_body() -> None:
    files = dict(quicktext.write_phrases([PhraseItem("t", "Hi {send}")]).files)
    assert quicktext.read_folder(files, "").phrases[0].body == "Hi {send}"
    files["Companion.json"] = files["Companion.json"].replace(
        b'"Hi {send}",\n', b'"Yo {send}",\n', 1
    )
    assert quicktext.read_folder(files, "").phrases[0].body == "Yo {send:}"


@given(ITEMS)
def test_the_way_there_and_back_keeps_phrases(items: list[PhraseItem]) -> None:
    parsed = quicktext.read_folder(quicktext.write_phrases(items).files, "")
    ordered = [i for name in dict.fromkeys(i.set for i in items) for i in items if i.set == name]
    assert parsed.phrases == ordered
    assert parsed.problems == []


def test_a_name_with_more_braces_than_sense_takes_no_time() -> None:
    assert quicktext_bodies.read("{" * 200_000 + "}" * 200_000).text
    assert quicktext_bodies.read("{date" + " " * 100_000 + "}").text
