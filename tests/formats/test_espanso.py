"""espanso's matches: what is carried over, what is told, and the way back."""

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given

from companion.errors import FormatBroken
from companion.formats import espanso
from companion.formats.items import Parsed, PhraseItem, Problem
from companion.formats.reading import read_files, read_path
from tests.formats.tool_bodies import ITEMS, kinds
from tests.phrases.filled import filled

SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples/phrases/espanso"


def read(text: str, name: str = "match/售后.yml") -> Parsed:
    return espanso.read(text.encode(), name)


def one(entry: str, rest: str = "") -> PhraseItem:
    """The phrase of one match, whose further keys stand on lines of their own."""
    lines = "\n    ".join(entry.split("\n"))
    (item,) = read(f"{rest}\nmatches:\n  - {lines}\n").phrases
    return item


def told(entry: str, rest: str = "") -> list[str]:
    lines = "\n    ".join(entry.split("\n"))
    return kinds(read(f"{rest}\nmatches:\n  - {lines}\n").problems)


def test_a_match_is_a_phrase_in_a_set_of_the_files_name() -> None:
    item = one("trigger: ':tk'\nlabel: 退款\nreplace: 马上退\nsearch_terms: [钱, 退钱]\nword: true")
    assert item == PhraseItem("退款", "马上退", ":tk", "售后", ("钱", "退钱"))
    item = one("triggers: [a, b, c]\nreplace: |\n  1\n  2\n")
    assert item == PhraseItem("a", "1\n2\n", "a", "售后", ("b", "c"))
    assert one("replace: Dear all\n").title == "Dear all"
    assert one("trigger: 0123\nreplace: yes").body == "yes"


def test_a_package_and_a_file_of_version_1_say_their_own_name() -> None:
    said = "matches: [{trigger: a, replace: b}]"
    assert read(said, "match/packages/emoji/package.yml").phrases[0].set == "emoji"
    assert read(f"name: french\nparent: default\n{said}").phrases[0].set == "french"


def test_forms_ask_and_offer() -> None:
    fields = "form_fields:\n  b: {type: choice, values: [x, y], default: y}\n  c: {default: z}"
    item = one(f"trigger: t\nform: 'Hi [[a]] [[ b ]] [[c]] [[b]]'\n{fields}")
    assert item.body == "Hi {a} {b:y|x} {c:z} {b:y|x}"
    lines = "form_fields:\n  b:\n    type: list\n    values: |\n      x\n\n      y"
    assert one(f"trigger: t\nform: '[[b]]'\n{lines}").body == "{b:x|y}"
    # Up to version 2.1 the fields of a form stood in braces.
    assert one("trigger: t\nform: 'Hi {{who}}'").body == "Hi {who}"
    # A field that is named like a word of ours only asks.
    assert one("trigger: t\nform: '[[send]][[光标]]'").body == "{send:}{光标:}"


def vars(*lines: str) -> str:
    return "\n".join(("vars:", *(f"  - {line}" for line in lines)))


def test_variables_are_translated() -> None:
    own = vars(
        "{name: d, type: date, params: {format: '%Y-%m-%d', offset: 86400}}",
        "{name: clip, type: clipboard}",
        "{name: e, type: echo, params: {echo: '<{{clip}}>'}}",
        "{name: c, type: choice, params: {values: [{label: L, id: one}, {label: M, id: two}]}}",
        "{name: m, type: match, params: {trigger: ':sig'}}",
        "{name: f, type: form, params: {layout: '[[x]]', fields: {x: {default: 1}}}}",
    )
    item = one(
        f"trigger: t\nreplace: '{{{{d}}}} {{{{e}}}}$|$ {{{{c}}}} {{{{ m }}}} {{{{f.x}}}}'\n{own}"
    )
    assert (
        item.body
        == "{date:+1 day,ISO} <{clipboard}>{cursor} {c:one|two} {phrase::sig} {x:1}".replace(
            "+1 day", "+1 days"
        )
    )
    assert told(f"trigger: t\nreplace: '{{{{d}}}}'\n{own}") == []
    zh = vars("{name: d, type: date, params: {format: '%m/%d/%Y', locale: zh-CN}}")
    assert one(f"trigger: t\nreplace: '{{{{d}}}}'\n{zh}").body == "{日期:今天,年月日}"
    assert told(f"trigger: t\nreplace: '{{{{d}}}}'\n{zh}") == ["date_form_changed"]


def test_global_variables_are_known_to_all_matches() -> None:
    rest = "global_vars: [{name: me, type: echo, params: {echo: '王{x}'}}]"
    assert one("trigger: t\nreplace: '我是{{me}}'", rest).body == "我是王{{x}}"
    own = vars("{name: me, type: global}")
    assert one(f"trigger: t\nreplace: '我是{{{{me}}}}'\n{own}", rest).body == "我是王{{x}}"


def test_a_random_wording_is_chosen_by_the_agent() -> None:
    own = vars("{name: r, type: random, params: {choices: [好的, 没问题]}}")
    assert one(f"trigger: t\nreplace: '{{{{r}}}}。'\n{own}").body == "{r:好的|没问题}。"
    assert told(f"trigger: t\nreplace: '{{{{r}}}}。'\n{own}") == ["random_now_asked"]


@pytest.mark.parametrize(
    ("variable", "kind"),
    [
        ("{name: v, type: shell, params: {cmd: 'touch /tmp/x'}}", "script_kept_as_text"),
        ("{name: v, type: script, params: {args: [python, x.py]}}", "script_kept_as_text"),
        ("{name: v, type: nonsense}", "variable_kept_as_text"),
        ("{name: w, type: clipboard}", "variable_kept_as_text"),
        ("{name: v, type: date, params: {format: '%Y W%V'}}", "variable_kept_as_text"),
        ("{name: v, type: date, params: {format: '%F', offset: 1}}", "variable_kept_as_text"),
        ("{name: v, type: echo, params: {echo: '{{v}}'}}", "variable_kept_as_text"),
        ("{name: v, type: form, params: {layout: '[[x]]'}}", "variable_kept_as_text"),
        ("{name: v, type: choice, params: {values: []}}", "variable_kept_as_text"),
    ],
)
def test_what_is_not_translated_stays_as_text_and_is_told(variable: str, kind: str) -> None:
    entry = f"trigger: t\nreplace: 'a {{{{v}}}} b'\n{vars(variable)}"
    assert filled(one(entry).body) == "a {{v}} b"
    assert told(entry) == [kind]


def test_a_pattern_is_no_code_and_its_groups_are_asked_for() -> None:
    entry = "regex: ':hi\\((?P<who>.*)\\)'\nreplace: 'Hi {{who}}'"
    assert one(entry) == PhraseItem(":hi\\((?P<who>.*)\\)", "Hi {who}", "", "售后")
    assert told(entry) == ["pattern_not_used"]


def test_html_is_kept_with_its_text_and_markdown_as_text() -> None:
    item = one("trigger: t\nhtml: '<p>A &amp; <b>{{c}}</b></p><p>B</p>'", _CLIP)
    assert (item.body, item.rich) == (
        "A & {clipboard}\nB",
        "<p>A &amp; <b>{clipboard}</b></p><p>B</p>",
    )
    page = "<p>Hello\\nworld?a=1&copy=2</p><p><br></p>\\n<p>B</p><!-- c -->"
    assert one(f'trigger: t\nhtml: "{page}"').body == "Hello world?a=1&copy=2\n\nB"
    assert one("trigger: t\nmarkdown: '**b** {x}'").body == "**b** {{x}}"
    assert told("trigger: t\nmarkdown: '**b**'") == ["formatting_dropped"]


_CLIP = "global_vars: [{name: c, type: clipboard}]"


def test_what_is_no_phrase_is_told_with_its_line() -> None:
    parsed = read("matches:\n  - trigger: a\n  - trigger: b\n    image_path: x.png\n  - c\n")
    assert parsed.problems == [
        Problem("entry_unreadable"),
        Problem("empty_skipped", "a", 2),
        Problem("image_not_carried", "b", 3),
    ]
    assert kinds(read("imports: [../x.yml]\nmatches: []").problems) == ["import_not_followed"]


def test_a_file_cut_short_gives_what_was_complete() -> None:
    parsed = read("matches:\n  - trigger: a\n    replace: A\n  - trigger: b\n    replace: 'B\n")
    assert [item.body for item in parsed.phrases] == ["A"]
    assert parsed.broken is not None
    assert parsed.broken.facts["line"] == 6
    for data in (b"a: b", b"text", b"\x00\xff"):
        with pytest.raises(FormatBroken):
            espanso.read(data, "x.yml")


def test_it_knows_its_own() -> None:
    for text in (
        "matches:\n  - trigger: a\n    replace: b",
        '{"matches": [{"trigger": "a",\n"replace": 1}]}',
    ):
        assert espanso.matches(text.encode(), "x") > 0.5
    for other in (b"", b"a,b\nmatches,c", b"say matches: trigger: and replace:", b"\x00\xff"):
        assert espanso.matches(other, "x.yml") == 0


def test_a_folder_is_read_as_one() -> None:
    files = {
        "config/default.yml": b"backend: Clipboard",
        "match/base.yml": "global_vars: [{name: me, type: echo, params: {echo: 王}}]".encode(),
        "match/a.yml": b"matches: [{trigger: a, replace: '{{me}}'}]",
        "match/bad.yml": b"matches: [{trigger: '",
        "match/packages/p/package.yml": b"matches: [{trigger: p, replace: P}]",
        "match/packages/p/_manifest.yml": b"name: p",
        "match/packages/p/run.py": b"print(1)",
        "match/packages/p/README.md": b"# p",
    }
    name, parsed = read_files(files, "espanso", "phrases")
    assert name == "espanso"
    assert [(i.set, i.body) for i in parsed.phrases] == [("a", "王"), ("p", "P")]
    assert parsed.problems == [Problem("file_not_read", "match/packages/p/run.py")]
    assert parsed.broken is not None
    assert parsed.broken.facts["place"] == "match/bad.yml"


def test_variables_that_repeat_each_other_end() -> None:
    lines = ["global_vars:", "  - {name: v0, type: echo, params: {echo: ''}}"]
    for n in range(1, 12):
        text = f"{{{{v{n - 1}}}}}" * 60
        lines.append(f"  - {{name: v{n}, type: echo, params: {{echo: '{text}'}}}}")
    lines += ["matches: [{trigger: a, replace: 'x{{v11}}'}]"]
    assert kinds(read("\n".join(lines)).problems) == ["variable_kept_as_text"]
    big = "global_vars: [{name: g, type: echo, params: {echo: %s}}]\n" % ("x" * 1_000_000)
    parsed = read(big + "matches:\n" + "  - {trigger: a, replace: 'x{{g}}'}\n" * 300)
    assert sum(len(item.body) for item in parsed.phrases) < 80_000_000
    named = "  - {trigger: a, replace: 'x{{g}}', vars: [{name: g, type: global}]}\n" * 300
    parsed = read(f"{big}matches:\n{named}")
    assert sum(len(item.body) for item in parsed.phrases) < 80_000_000


def test_variables_that_say_nothing_often_end() -> None:
    began = time.monotonic()
    lines = ["global_vars:", "  - {name: v0, type: echo, params: {echo: ''}}"]
    for n in range(1, 5):
        lines.append(
            f"  - {{name: v{n}, type: echo, params: {{echo: '{f'{{{{v{n - 1}}}}}' * 30}'}}}}"
        )
    parsed = read("\n".join([*lines, "matches:"]) + "\n  - {trigger: a, replace: 'x{{v4}}'}" * 200)
    assert len(parsed.phrases) == 200
    assert time.monotonic() - began < 30


def test_what_is_written_is_what_espanso_wants() -> None:
    items = [
        PhraseItem("退款", "{称呼:先生|女士}，{姓 名:您}好", ":tk", "售后", ("钱",)),
        PhraseItem(
            "b", "{date:+1 week} {clipboard}{cursor} {phrase:退款} {{{{x}}}} [[y]] {a}", "b"
        ),
        PhraseItem("c", "{send}"),
    ]
    made = espanso.write_phrases(items)
    assert made.data == espanso.write_phrases(items).data
    assert made.problems == [Problem("not_sayable_there", "c")]
    first, second, third = yaml.safe_load(made.data)["matches"]
    assert first["form"] == "[[称呼]]，[[姓_名]]好"
    assert first["form_fields"]["称呼"]["values"] == ["先生", "女士"]
    assert second["replace"] == (
        "{{date}} {{clipboard}}$|$ {{match}} \\{\\{x\\}\\} [[y]] {{form1.a}}"
    )
    assert [(v["name"], v["type"]) for v in second["vars"]] == [
        *(("date", "date"), ("clipboard", "clipboard"), ("match", "match"), ("form1", "form"))
    ]
    assert second["vars"][0]["params"]["offset"] == 604_800
    assert second["vars"][2]["params"]["trigger"] == ":tk"
    assert "trigger" not in third


def test_a_match_that_was_edited_there_wins_over_our_own_body() -> None:
    made = espanso.write_phrases([PhraseItem("t", "Hi {my name:you}", "t")]).data
    assert espanso.read(made, "x").phrases[0].body == "Hi {my name:you}"
    edited = made.replace(b"Hi [[", b"Hello [[")
    assert edited != made
    assert espanso.read(edited, "x").phrases[0].body == "Hello {my_name:you}"


def test_a_phrase_that_names_another_by_its_title_comes_back_so() -> None:
    items = [PhraseItem("退款", "A", ":tk"), PhraseItem("b", "{短语:退款}{发送}")]
    parsed = espanso.read(espanso.write_phrases(items).data, "x.yml")
    assert [item.body for item in parsed.phrases] == ["A", "{短语:退款}{发送}"]


@given(ITEMS)
def test_the_way_there_and_back_keeps_phrases(items: list[PhraseItem]) -> None:
    made = espanso.write_phrases(items)
    parsed = espanso.read(made.data, "x.yml")
    assert parsed.phrases == items
    assert parsed.problems == []
    others = yaml.safe_load(made.data)["matches"]
    assert [entry["label"] for entry in others] == [item.title for item in items]


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample files are not here")
def test_packages_as_espanso_has_them() -> None:
    for path in sorted(SAMPLES.glob("*.yml")):
        name, parsed = read_path(path, "phrases")
        assert name == "espanso"
        assert parsed.broken is None
        assert parsed.phrases
        again = espanso.read(espanso.write_phrases(parsed.phrases).data, "x.yml")
        assert again.phrases == parsed.phrases
    assert set(kinds(read_path(SAMPLES, "phrases")[1].problems)) == {
        *("image_not_carried", "script_kept_as_text")
    }
