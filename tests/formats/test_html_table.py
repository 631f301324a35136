"""What is called .xls and is a web page, Excel's XML or a text; and text in HTML in general."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FileTooLarge, FormatBroken, FormatUnknown
from companion.formats import excel
from companion.formats.html_text import is_formatted, markup_of, rewritten, text_of
from companion.formats.items import Parsed, PhraseItem
from companion.formats.reading import read_file

ITEMS = [
    PhraseItem("退款", "亲，马上退。", "", "售后"),
    PhraseItem("补发", "亲，\n补发了 <单号>", "", "售后"),
]
PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><style>td {color: red}</style>
</head><body><table border=1><tr><th>分类</th><th>标题</th><th>话术</th></tr>
<tr><td rowspan=2 style='x:"a>b"'>售后<td>退款</td><td>亲，马上<b>退</b>。</td></tr>
<tr><td>补发</td><td>亲，<br style="mso-data-placement:same-cell">补发了 &lt;单号&gt;</td></tr>
</table></body></html>"""
BOOK = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Worksheet ss:Name="Sheet1"><Table>
  <Row><Cell><Data ss:Type="String">分类</Data></Cell>
   <Cell><Data ss:Type="String">标题</Data></Cell>
   <Cell ss:Index="4"><Data ss:Type="String">话术</Data></Cell></Row>
  <Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="String">售后</Data></Cell>
   <Cell><Data ss:Type="String">退款</Data></Cell>
   <Cell ss:Index="4"><Data ss:Type="String">亲，马上退。</Data></Cell></Row>
  <Row><Cell ss:Index="2"><Data ss:Type="String">补发</Data></Cell>
   <Cell ss:Index="4"><Data ss:Type="String">亲，&#10;补发了 &lt;单号&gt;</Data></Cell></Row>
 </Table></Worksheet>
 <Worksheet ss:Name="常用"><Table>
  <Row><Cell><Data>标题</Data></Cell><Cell><Data>话术</Data></Cell></Row>
  <Row><Cell><Data>甲</Data></Cell><Cell ss:MergeDown="1"><Data>在的</Data></Cell></Row>
  <Row><Cell><Data>乙</Data></Cell></Row></Table></Worksheet>
</Workbook>"""


@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_web_page_may_be_called_a_workbook(codec: str) -> None:
    assert read_file(PAGE.encode(codec), "导出.xls", "phrases") == ("excel", Parsed(ITEMS))


def test_excels_own_xml_is_a_workbook() -> None:
    name, parsed = read_file(BOOK.encode(), "导出.xls", "phrases")
    merged = [PhraseItem(title, "在的", set="常用") for title in ("甲", "乙")]
    assert (name, parsed.phrases) == ("excel", [*ITEMS, *merged])
    assert parsed.problems == []


@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "utf-16"])
@pytest.mark.parametrize("joint", ["\t", ","])
def test_a_text_may_be_called_a_workbook(codec: str, joint: str) -> None:
    text = f"分类{joint}标题{joint}话术\r\n售后{joint}退款{joint}亲，马上退。\r\n"
    found = read_file(text.encode(codec), "导出.xls", "phrases")
    assert found == ("excel", Parsed(ITEMS[:1]))


def test_a_page_that_does_not_say_so_is_no_workbook() -> None:
    page = b"<table><tr><td>title<td>body<tr><td>T<td>B</table>"
    assert read_file(page, "a.xls", "phrases")[1].phrases == [PhraseItem("T", "B")]
    with pytest.raises(FormatUnknown):
        read_file(page, "a.html", "phrases")
    for data in (b"", b"Hello there.", b"<p>no table</p>"):
        with pytest.raises(FormatBroken):
            excel.read(data, "a.xls")


def test_tables_in_tables_and_cells_without_an_end_are_read() -> None:
    page = "<table><td>话术<tr><td><table><tr><td>里面</table><tr><td colspan=99999 rowspan=9>外面"
    assert "外面" in [item.body for item in excel.read(page.encode(), "a.xls").phrases]
    empty = "<table>" * 1_000 + "<td>" * 1_000
    assert excel.read(empty.encode(), "a.xls").phrases == []


def test_hostile_pages_take_bounded_time() -> None:
    began = time.monotonic()
    for piece in (
        "<a ",
        '<a "',
        "<!--",
        "<",
        "<td rowspan=9999 colspan=9999>x",
        "<tr><td>x",
        "<table>",
    ):
        data = b"<table>" + piece.encode() * (2_000_000 // len(piece) // 8)
        with suppress(FileTooLarge):
            excel.read(data, "a.xls")
        text_of(data.decode())
    wide = "<tr>" + "<td rowspan=60000 colspan=250>x" * 60
    with pytest.raises(FileTooLarge):
        excel.read(f"<table>{wide}{'<tr><td>' * 20_000}".encode(), "a.xls")
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<div>a<br></div><div><br></div><div>b</div>", "a\n\nb"),
        ("<p>Hi <b>you</b>,</p>\n<p>x&nbsp; y</p>", "Hi you,\nx  y"),
        ("a <!-- x > --> b<script>c</script><style>d</style>", "a b"),
        ("<ul><li>1</li><li>2</li></ul>end", "1\n2\nend"),
        ("1 < 2 <b>x</b> &amp;&copy;&#20320;&nothing; &copy", "1 < 2 x &©你&nothing; &copy"),
        ("a\r\n  b<br/>c", "a b\nc"),
        ("<title>open", ""),
    ],
)
def test_html_says_what_a_reader_would_see(markup: str, text: str) -> None:
    assert text_of(markup) == text


def test_only_more_than_lines_is_formatting() -> None:
    assert not is_formatted("<div>a<br>b</div> 1 < 2")
    assert is_formatted("<div>a <b>b</b></div>")
    assert rewritten("<b>a&amp;b</b>&nbsp;c<", str.upper) == "<b>A&amp;B</b>\xa0C&lt;"


TEXT = st.text(
    st.sampled_from("a退<>&;\"' \t\n\f{}#~\u00a0🙂\u2028")
    | st.characters(exclude_categories=["Cs"])
).map(lambda text: text.replace("\0", "").strip("\n"))


@given(TEXT)
def test_any_text_can_be_said_in_html(text: str) -> None:
    markup = markup_of(text)
    assert text_of(markup) == text
    assert not is_formatted(markup)
