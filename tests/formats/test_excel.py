"""Spreadsheets as other programs write them, and what other programs make of ours."""

import time
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.errors import FileTooLarge, FormatBroken
from companion.formats import excel
from companion.formats.cell_text import number_text
from companion.formats.items import Parsed, PhraseItem, Problem
from companion.formats.reading import read_file
from companion.formats.worksheets import MOST_CELLS
from tests.formats.test_delimited import ITEM
from tests.formats.workbooks import by_hand, by_openpyxl, by_xlwt, row, saved

SAMPLE = Path(__file__).resolve().parents[3] / "shared/samples/phrases/huashu-table.xlsx"
ROWS = [["分类", "标题", "话术"], ["售后", "退款", "亲，马上退。"], ["", "补发", "亲，补发了。"]]
ITEMS = [
    PhraseItem("退款", "亲，马上退。", "", "售后"),
    PhraseItem("补发", "亲，补发了。", "", "售后"),
]


def read(data: bytes, name: str = "表.xlsx") -> Parsed:
    return read_file(data, name, "phrases")[1]


def bodies(data: bytes) -> list[str]:
    return [item.body for item in read(data).phrases]


@pytest.mark.parametrize("name", ["表.xlsx", "表.xls", "表", "表.csv"])
def test_old_and_new_workbooks_are_known_whatever_they_are_called(name: str) -> None:
    for data in (saved(by_openpyxl(("Sheet1", ROWS))), saved(by_xlwt("Sheet1", ROWS))):
        assert read_file(data, name, "phrases") == ("excel", Parsed(ITEMS))


def test_sheets_are_sets_and_hidden_ones_are_left_out() -> None:
    new = by_openpyxl(("售后", [["标题", "话术"], ["甲", "一"]]), ("藏", ROWS), ("工作表2", ROWS))
    new["藏"].sheet_state = "veryHidden"
    old = by_xlwt("售后", [["标题", "话术"], ["甲", "一"]])
    hidden = old.add_sheet("藏")
    hidden.write(0, 0, "秘密")
    hidden.visibility = 1
    assert read(saved(old)).phrases == [PhraseItem("甲", "一", "", "售后")]
    parsed = read(saved(new))
    assert parsed.phrases == [PhraseItem("甲", "一", "", "售后"), *ITEMS]
    for data in (saved(new), saved(old)):
        assert Problem("sheet_hidden", "藏") in read(data).problems


def test_what_is_merged_downwards_stands_in_each_row() -> None:
    rows = [["分类", "问题", "细分", "话术"], ["售后", "退款", "仅退款", "一"]]
    rows += [["", "", "", text] for text in ("二", "三", "四")]
    new, old = by_openpyxl(("Sheet1", rows)), by_xlwt("Sheet1", rows)
    new.active.merge_cells("C2:C3")
    sheet = xlwt.Workbook()
    old = sheet.add_sheet("Sheet1")
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell and (at, column) != (1, 2):
                old.write(at, column, cell)
    old.write_merge(1, 2, 2, 2, "仅退款")
    for data in (saved(new), saved(sheet)):
        assert [(item.set, item.title) for item in read(data).phrases] == [
            ("售后", "退款 · 仅退款"),
            ("售后", "退款 · 仅退款"),
            ("售后", "退款"),
            ("售后", "退款"),
        ]


CELLS: list[tuple[Any, str, str]] = [
    (13800138000, "General", "13800138000"),
    (1, "0.0", "1.0"),
    (1.10, "0.00", "1.10"),
    (0.95, "0%", "95%"),
    (12345.678, "#,##0.00", "12,345.68"),
    (42, "00000", "00042"),
    (0.1 + 0.2, "General", "0.3"),
    (-5, "General", "-5"),
    (date(2026, 11, 27), "yyyy-mm-dd", "2026-11-27"),
    (date(2026, 11, 27), 'yyyy"年"m"月"d"日"', "2026-11-27"),
    (datetime(2026, 11, 27, 14, 30), "yyyy-mm-dd hh:mm", "2026-11-27 14:30"),
    (0.5, "h:mm", "12:00"),
    ("1.0", "@", "1.0"),
    ("+8613800138000", "@", "+8613800138000"),
    (True, "General", "TRUE"),
]


def test_numbers_and_dates_are_as_they_are_shown() -> None:
    book = by_openpyxl(("Sheet1", [["话术"], *([value] for value, _, _ in CELLS)]))
    old = xlwt.Workbook()
    sheet = old.add_sheet("Sheet1")
    sheet.write(0, 0, "话术")
    for at, (value, shown, _) in enumerate(CELLS, 1):
        book.active.cell(at + 1, 1).number_format = shown
        sheet.write(at, 0, value, xlwt.easyxf(num_format_str=shown))
    for data in (saved(book), saved(old)):
        assert bodies(data) == [said for _, _, said in CELLS]


@pytest.mark.parametrize(
    ("value", "shown", "said"),
    [
        (float("nan"), "0", "nan"),
        (float("inf"), "General", "inf"),
        (1e300, "0.00", "1e+300"),
        (1e300, "yyyy", "1e+300"),
        (-3, "yyyy", "-3"),
        (1, "yyyy-m-d", "1900-01-01"),
        (61, "yyyy-m-d", "1900-03-01"),
        (1e6, '"共"0"个"', "1000000"),
        (3, "0;[Red]-0", "3"),
    ],
)
def test_strange_numbers_are_said_all_the_same(value: float, shown: str, said: str) -> None:
    assert number_text(value, shown) == said
    assert number_text(0, "yyyy-m-d", from_1904=True) == "1904-01-01"


def test_cells_are_read_as_other_programs_write_them() -> None:
    texts = (
        "<si><r><t>话</t></r><r><t>术</t></r><rPh><t>huashu</t></rPh></si>"
        "<si><t> a_x000D_b_x4E00_ </t></si>"
    )
    rows = (
        '<row><c t="s"><v>0</v></c></row><row r="5"><c r="A5" t="s"><v>1</v></c></row>'
        '<row><c t="str"><f>"x"</f><v>算的</v></c></row><row><c t="e"><v>#N/A</v></c></row>'
        '<row><c t="s"><v>99</v></c></row><row><c><v>坏</v></c><c r="?"/></row>'
    )
    assert bodies(by_hand(rows, texts)) == [" a\nb一 ", "算的", "#N/A", "坏"]
    sheet = (
        '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>话术</x:t>'
        "</x:is></x:c></x:row><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert bodies(by_hand("", **{"xl/worksheets/sheet1.xml": sheet})) == ["7"]


def test_looks_that_other_libraries_stumble_over_do_not_matter() -> None:
    styles = '<fills><fill/></fills><cellXfs count="1"><xf numFmtId="x" fillId="9"/></cellXfs>'
    assert bodies(by_hand(row(1, "话术") + row(2, "好"), styles=styles)) == ["好"]


def test_what_stands_before_a_break_is_given() -> None:
    whole = row(1, "话术") + row(2, "好") + row(3, "再")
    parsed = read(by_hand(whole + "<row><c></row>"))
    assert [item.body for item in parsed.phrases] == ["好", "再"]
    assert parsed.broken is not None
    assert parsed.broken.facts == {"place": "表.xlsx", "format": "excel", "line": 4}


@pytest.mark.parametrize(
    "data",
    [
        by_hand(row(1, "话术"))[:-200],
        by_hand("", sheets="<sheet/>"),
        by_hand("", **{"xl/workbook.xml": "<workbook>"}),
        saved(by_xlwt("Sheet1", ROWS))[:1500],
    ],
)
def test_a_damaged_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(FormatBroken) as caught:
        excel.read(data, "表.xlsx")
    assert caught.value.facts == {"place": "表.xlsx", "format": "excel", "line": 0}


def test_the_last_corner_of_a_sheet_is_no_table_of_billions() -> None:
    far = row(1, "话术") + '<row r="1048576"><c r="XFD1048576" t="str"><v>远</v></c></row>'
    assert bodies(by_hand(far)) == []
    wide = "".join(f'<row><c r="XFD{n}" t="str"><v>远</v></c></row>' for n in range(300))
    with pytest.raises(FileTooLarge):
        read(by_hand(wide))


def test_a_small_file_that_would_fill_the_memory_is_refused() -> None:
    began = time.monotonic()
    text = f"<si><t>{'x' * 5_000_000}</t></si>"
    with pytest.raises(FileTooLarge):
        read(by_hand("<row><c t='s'><v>0</v></c></row>" * 100_000, text))
    laughs = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    cell = "<worksheet><row><c t='str'><v>&m;</v></c></row></worksheet>"
    for entities in (laughs, '<!ENTITY m "ha">', ""):
        sheet = f'<!DOCTYPE s [<!ENTITY a "ha">{entities}]>{cell}'
        with pytest.raises(FormatBroken):
            excel.read(by_hand("", **{"xl/worksheets/sheet1.xml": sheet}), "表.xlsx")
    merged = '<mergeCell ref="A1:XFD1048576"/>' * 1_000
    rows = "".join(row(n, "话术") for n in range(1, 3_000))
    assert len(bodies(by_hand(rows, after=f"<mergeCells>{merged}</mergeCells>"))) == 2_998
    far = '<row r="1"><c r="XFD1" t="str"><v>远</v></c></row>' + rows.partition("</row>")[2]
    (joined,) = excel.sheets(
        by_hand(far, after='<mergeCells><mergeCell ref="XFD1:XFD3000"/></mergeCells>'), "表.xlsx"
    )
    assert sum(len(cells) for _, cells in joined.rows) <= MOST_CELLS
    code = f'<numFmts><numFmt numFmtId="200" formatCode="{"[x" * 20_000}"/></numFmts>'
    styles = f'{code}<cellXfs><xf numFmtId="200"/></cellXfs>'
    numbers = "<row><c s='0'><v>1</v></c></row>" * 3_000
    assert bodies(by_hand(numbers, styles=styles))[0] == "1"
    with pytest.raises(FormatBroken):
        excel.read(by_hand("<a>" * 300_000), "表.xlsx")
    assert time.monotonic() - began < 20


@settings(max_examples=60, deadline=None)
@given(st.lists(ITEM, max_size=20))
def test_the_way_there_and_back_keeps_phrases(items: list[PhraseItem]) -> None:
    written = excel.write_phrases(items)
    assert written.problems == []
    assert excel.read(written.data, "t.xlsx") == Parsed(items)


def test_other_programs_find_text_in_every_cell_we_write() -> None:
    cells = ["=cmd|' /C calc'!A0", "+86 138", "1.0", "2026-11-27", "_x0041_", " a\n\tb ", "🙂\x07"]
    items = [PhraseItem(cell.strip() or "T", cell, tags=(cell.strip(),)) for cell in cells]
    data = excel.write_phrases(items).data
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    assert [cell.value for cell in sheet[1]] == ["title", "body", "abbr", "set", "tags"]
    found = [sheet.cell(number, 2) for number in range(2, len(cells) + 2)]
    assert {cell.data_type for cell in found} == {"s"}
    assert {cell.number_format for cell in found} == {"@"}
    assert [
        cell.value.replace("_x005F_", "_").replace("_x0007_", "\x07") for cell in found
    ] == cells
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["B"].width == 80
    assert excel.read(data, "t.xlsx") == Parsed(items)
    assert data == excel.write_phrases(items).data


def test_a_phrase_longer_than_a_cell_is_told_and_left_out() -> None:
    fits, too_long = PhraseItem("甲", "x" * 32_767), PhraseItem("乙", "🙂" * 16_384)
    written = excel.write_phrases([fits, too_long])
    assert written.problems == [Problem("too_long", "乙")]
    assert excel.read(written.data, "t.xlsx").phrases == [fits]


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample files are not here")
def test_a_sellers_workbook() -> None:
    name, parsed = read_file(SAMPLE.read_bytes(), SAMPLE.name, "phrases")
    assert (name, len(parsed.phrases)) == ("excel", 42)
    assert parsed.problems == [Problem("column_skipped", "图片名称", 1)]
    assert {item.set for item in parsed.phrases} == {"话术", "玩具问题", ""}
    titles = [item.title for item in parsed.phrases]
    assert titles[:4] == ["拦截", "补发 · 单号", "补发 · 是否还会出问题", "催件 · 不更新"]
    assert parsed.phrases[0].body.startswith("亲，这边已经通知快递拦截退了")
    again = excel.read(excel.write_phrases(parsed.phrases).data, "again.xlsx")
    assert again == Parsed(parsed.phrases)
