"""Tables of phrases: headers in two languages, other tools' habits, and the way back."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FormatBroken
from companion.formats import delimited
from companion.formats.items import Parsed, PhraseItem, Problem
from companion.profile import template

SAMPLE = Path(__file__).resolve().parents[3] / "shared/samples/phrases/textexpander/links.csv"


def read(text: str, name: str = "t.csv", encoding: str = "utf-8") -> Parsed:
    return delimited.read(text.encode(encoding), name)


def phrases(text: str, name: str = "t.csv") -> list[PhraseItem]:
    return read(text, name).phrases


@pytest.mark.parametrize(
    ("header", "row", "item"),
    [
        ("title,body,abbr,set,tags", "T,B,a,S,x", PhraseItem("T", "B", "a", "S", ("x",))),
        ("标题,话术,缩写,分组,标签", "T,B,a,S,x", PhraseItem("T", "B", "a", "S", ("x",))),
        ("Group Name,Short Code,Content", "S,a,B", PhraseItem("a", "B", "a")),
        ("分组,快捷编码,快捷短语,是否加入团队", "S,a,B,是", PhraseItem("a", "B", "a", "S")),
        ("快捷短语,内容", "T,B", PhraseItem("T", "B")),
        ("分类,所属问题,细分,话术", "S,补发,单号,B", PhraseItem("补发 · 单号", "B", "", "S")),
        ("分类,所属问题,细分,话术", "S,补发,,B", PhraseItem("补发", "B", "", "S")),
        ("id,name,keywords,content,note", "1,T,a,B,n", PhraseItem("T", "B", "a")),
        ("short_code,content", "a,B", PhraseItem("a", "B", "a")),
        (
            "shortcut,text,scope,tags",
            'a,B,g,"x,y；z"',
            PhraseItem("a", "B", "a", "", ("x", "y", "z")),
        ),
        ("TITLE *,回复（必填）", "T,B", PhraseItem("T", "B")),
        ("话术", "B", PhraseItem("B", "B")),
        ("trigger,replace", ":a,B", PhraseItem(":a", "B", ":a")),
        ("abbreviation;label;snippet", "a;T;B,c", PhraseItem("T", "B,c", "a")),
        ("name\tcategory\tmessage", "T\tS\tB,c;d", PhraseItem("T", "B,c;d", "", "S")),
    ],
)
def test_columns_are_found_by_their_headers(header: str, row: str, item: PhraseItem) -> None:
    assert phrases(f"{header}\r\n{row}\r\n") == [item]
    assert delimited.matches(f"{header}\n{row}".encode(), "t.csv") >= 0.8


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_encodings_are_found(encoding: str) -> None:
    text = "标题,话术\r\n退款,亲，这边已经给您退款。\r\n"
    assert delimited.read(text.encode(encoding), "t.csv").phrases == [
        PhraseItem("退款", "亲，这边已经给您退款。")
    ]


@pytest.mark.parametrize("codec", ["gbk", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["亲马上给您退款的", "禄娶芒", "一丁一", "退款,一一一一"])
def test_one_short_row_is_read_in_any_encoding(text: str, codec: str) -> None:
    (item,) = delimited.read(f"{text}\r\n".encode(codec), "t.csv").phrases
    assert item.body == text.rpartition(",")[2]


def test_cells_may_hold_lines_quotes_and_delimiters() -> None:
    text = 'title;body\r\n"a;""b""";"x\r\ny\n\nz"\r\n c; "q" \r\n5" pipe;say "hi" to; extra\r\n'
    assert [(item.title, item.body) for item in phrases(text)] == [
        ('a;"b"', "x\ny\n\nz"),
        (" c", "q"),
        ('5" pipe', 'say "hi" to; extra'),
    ]


def test_text_after_a_closing_quote_leaves_the_quotes_alone() -> None:
    assert phrases('title,body\nT,"hi" he said\nU,B')[0].body == '"hi" he said'


def test_quotes_escaped_with_a_backslash_are_understood() -> None:
    text = r'"a","<b x=\"1\">","A"' + "\n" + r'"b","c:\\d, \"e\", f","B"' + "\n"
    assert [item.body for item in phrases(text)] == ['<b x="1">', 'c:\\d, "e", f']
    assert phrases('"a","c:\\"\n"b","d"\n')[0].body == "c:\\"


def test_a_body_that_stands_last_keeps_its_unquoted_commas() -> None:
    assert read("title,body\nT,Hello, dear, you\n") == Parsed([PhraseItem("T", "Hello, dear, you")])
    parsed = read("body,title\nHello,T,dear\n")
    assert parsed.phrases == [PhraseItem("T", "Hello")]
    assert parsed.problems == [Problem("cells_dropped", "T", 2)]


def test_without_a_header_columns_are_abbreviation_text_and_title() -> None:
    name = "C:\\files\\replies.csv"
    assert phrases("ty,Thank you!,Thanks\nhi,Hello there,\n", name) == [
        PhraseItem("Thanks", "Thank you!", "ty", "replies"),
        PhraseItem("hi", "Hello there", "hi", "replies"),
    ]
    assert phrases("ty,Thank you!\n退款,马上退\nno way,Sorry\n", name) == [
        PhraseItem("ty", "Thank you!", "ty", "replies"),
        PhraseItem("退款", "马上退", "", "replies"),
        PhraseItem("no way", "Sorry", "", "replies"),
    ]
    assert read("a,B,T,more\nb,C,U,\n").problems == [Problem("cells_dropped", "T", 1)]
    assert phrases("just one line of text")[0].body == "just one line of text"


def test_a_table_as_beeftext_writes_it() -> None:
    text = '"tk","亲，\n""马上""退","退款"\n"zd","在的",""\n'
    assert phrases(text, "beeftext.csv") == [
        PhraseItem("退款", '亲，\n"马上"退', "tk", "beeftext"),
        PhraseItem("zd", "在的", "zd", "beeftext"),
    ]


def test_a_phrase_is_not_taken_for_a_header() -> None:
    assert phrases("reply,Thanks for writing to us today\nhi,Hello\n")[0].abbr == "reply"


def test_rows_without_text_are_told_with_their_line() -> None:
    parsed = read('title,body\n"a\nb",x\n\n,,\nT,\n,  \nU,y\n')
    assert [item.title for item in parsed.phrases] == ["a\nb", "U"]
    assert parsed.problems == [Problem("empty_skipped", "T", 6)]


def test_what_is_not_carried_over_is_told() -> None:
    parsed = read("id,name,content,active\n1,T,B,false\n2,U,C,true\n")
    assert parsed.problems == [Problem("column_skipped", "id", 1), Problem("was_disabled", "T", 2)]
    assert read("title,body\nT,a\0b\n").problems == [Problem("characters_dropped", "", 2)]
    assert phrases("title,body\nT,a\0b\n")[0].body == "ab"


def test_excels_hint_of_the_delimiter_is_no_row() -> None:
    assert phrases("sep=;\ntitle;body\nT;B\n") == [PhraseItem("T", "B")]


def test_gaps_stay_gaps_in_foreign_tables_and_other_braces_are_text() -> None:
    row = '标题,话术\nT,"{姓名}您好 {order no} {0} {""a"":1} {{n}} ${x} #{y} {c:red}"\n'
    assert phrases(row)[0].body == (
        '{姓名}您好 {order no} {{0}} {{"a":1}} {{{{n}}}} ${{x}} #{{y}} {{c:red}}'
    )
    assert phrases('title,body\nT,"{0} {n:d} {{x}}"\n')[0].body == "{0} {n:d} {{x}}"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'title,body\n\n"open\nd,e\n', 3),
        (b'"a\n', 1),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xff\xfe\x80", 1),
        (b"\x00" * 4000, 1),
        (b"title,body\nT,caf\xe9,\n", 2),
    ],
)
def test_a_broken_file_is_refused_with_its_line(data: bytes, line: int) -> None:
    with pytest.raises(FormatBroken) as caught:
        delimited.read(data, "t.csv")
    assert caught.value.facts == {"place": "t.csv", "format": "delimited", "line": line}
    assert 0 < delimited.matches(data, "t.csv") < 0.9


def test_what_stands_before_a_quote_without_an_end_is_given() -> None:
    parsed = read('title,body\na,b\nc,"open\nd,e\n')
    assert parsed.phrases == [PhraseItem("a", "b")]
    assert parsed.broken is not None
    assert parsed.broken.facts == {"place": "t.csv", "format": "delimited", "line": 3}


@pytest.mark.parametrize(
    "text",
    ["", "Hello, world.\nThis is prose\nof a letter, is it not, dear?", '{"a": 1}', "matches:\n"],
)
def test_other_texts_are_none_of_ours(text: str) -> None:
    assert delimited.matches(text.encode(), "t.txt") == 0
    assert delimited.matches(text.encode(), "t.yml") == 0


def test_a_spreadsheet_runs_nothing() -> None:
    starts = ["=1+1", "+1", "-1", "@x", "\t=1", "'=1", "''+", "＝1", "'plain", "a=b"]
    items = [PhraseItem(start, start, start, start, (start,)) for start in starts]
    written = delimited.write_phrases(items).data
    lines = written.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "title,body,abbr,set,tags"
    assert lines[1] == "'=1+1,'=1+1,'=1+1,'=1+1,'=1+1"
    assert lines[6].startswith("''=1,")
    assert delimited.read(written, "t.csv").phrases[:4] == items[:4]
    assert [item.body for item in delimited.read(written, "t.csv").phrases] == starts


def test_what_no_text_may_hold_is_not_written() -> None:
    written = delimited.write_phrases([PhraseItem("T", "a\0b\ud800c")]).data
    assert delimited.read(written, "t.csv").phrases == [PhraseItem("T", "abc")]


TEXT = st.text(
    st.sampled_from("a退,;\t\"'=+-@{}#\\\n\ufeff\u2028🙂 |、")
    | st.characters(exclude_categories=["Cs"])
).map(lambda text: text.replace("\0", "").replace("\r", "\n"))
NAMED = TEXT.filter(lambda text: bool(text.strip()))
MAYBE = st.just("") | NAMED
TAG = TEXT.map(str.strip).filter(bool)
ITEM = st.builds(PhraseItem, NAMED, NAMED, MAYBE, MAYBE, st.lists(TAG).map(tuple))


@given(st.lists(ITEM))
def test_the_way_there_and_back_keeps_phrases(items: list[PhraseItem]) -> None:
    written = delimited.write_phrases(items).data
    assert written.startswith(b"\xef\xbb\xbf")
    assert delimited.read(written, "t.csv") == Parsed(items)


@given(st.binary(max_size=300) | st.text('a",;\t\n\\=', max_size=60).map(str.encode))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    assert 0 <= delimited.matches(data, "t.csv") <= 1
    try:
        parsed = delimited.read(data, "t.csv")
    except FormatBroken:
        return
    for item in parsed.phrases:
        assert item.title
        item.body.encode()
        assert "\0" not in item.title + item.body + item.abbr + item.set


def test_huge_files_take_bounded_time() -> None:
    began = time.monotonic()
    line = "x" * 20_000_000
    assert len(phrases(f"title,body\nT,{line}\n")[0].body) == 20_000_000
    assert len(phrases(f'title,body\nT,"{line}"\n')[0].body) == 20_000_000
    assert len(phrases('title,body\nT,"' + '""' * 5_000_000 + '"')[0].body) == 5_000_000
    with pytest.raises(FormatBroken):
        read('title,body\nT,"' + "x\n" * 5_000_000)
    read(",".join(['"a"b'] * 200_000))
    assert time.monotonic() - began < 20


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample files are not here")
def test_a_table_as_textexpander_wrote_it() -> None:
    parsed = delimited.read(SAMPLE.read_bytes(), SAMPLE.name)
    assert (len(parsed.phrases), parsed.problems) == (104, [])
    assert {item.set for item in parsed.phrases} == {"links"}
    assert not any("\\" in item.body for item in parsed.phrases)
    again = delimited.read(delimited.write_phrases(parsed.phrases).data, "again.csv")
    assert again.phrases == parsed.phrases


def test_no_word_of_a_foreign_table_acts() -> None:
    parsed = delimited.read("标题,内容\n甲,好{send}的{剪贴板}{日期}\n".encode(), "x.csv")
    (item,) = parsed.phrases
    slots = [template.Slot(name) for name in ("send", "剪贴板", "日期")]
    assert template.parse(item.body) == ["好", slots[0], "的", *slots[1:]]
