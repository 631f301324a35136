"""The table of quick phrases that shop tools export: read, and written as they take it back."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.formats import qianniu
from companion.formats.items import Parsed, PhraseItem, Problem
from companion.formats.reading import read_file
from tests.formats.test_delimited import ITEM
from tests.formats.workbooks import by_openpyxl, saved

HEADER = "分组,快捷编码,快捷短语,是否加入团队"
TABLE = f'{HEADER}\r\n售后,tk,"亲，\n马上退",否\r\n,,在的,是\r\n'
ITEMS = [PhraseItem("tk", "亲，\n马上退", "tk", "售后"), PhraseItem("在的", "在的")]


@pytest.mark.parametrize("codec", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_a_shops_table_is_read(codec: str) -> None:
    assert read_file(TABLE.encode(codec), "a.csv", "phrases") == ("qianniu", Parsed(ITEMS))


def test_its_columns_may_stand_elsewhere_and_others_between() -> None:
    text = "登记日期\t分组\t快捷短语\t快捷编码\n2026-08-23\t活动\t满减\tMJ-1\n"
    name, parsed = read_file(text.encode(), "a.txt", "phrases")
    assert (name, parsed.phrases) == ("qianniu", [PhraseItem("MJ-1", "满减", "MJ-1", "活动")])
    assert parsed.problems == [Problem("column_skipped", "登记日期", 1)]
    bare = qianniu.read("售后,tk,亲\n".encode(), "a.csv")
    assert bare.phrases == [PhraseItem("tk", "亲", "tk", "售后")]


def test_the_same_table_in_a_workbook() -> None:
    rows = [line.split(",") for line in (HEADER, "售后,tk,马上退,否", ",zd,在的,否")]
    name, parsed = read_file(saved(by_openpyxl(("Sheet1", rows))), "a.xlsx", "phrases")
    assert name == "excel"
    assert parsed.phrases == [
        PhraseItem("tk", "马上退", "tk", "售后"),
        PhraseItem("zd", "在的", "zd", "售后"),
    ]


def test_it_is_written_in_the_encoding_of_chinese_windows() -> None:
    written = qianniu.write_phrases([PhraseItem("退款", "好的，{称呼:亲}", "tk", "售后")])
    assert written.data.decode("gbk") == f"{HEADER}\r\n售后,tk,好的，{{称呼}},否\r\n"
    assert written.problems == []
    emoji = qianniu.write_phrases([PhraseItem("笑", "🙂")])
    assert emoji.problems == [Problem("not_in_gbk", "笑")]
    assert qianniu.read(emoji.data, "a.csv").phrases == [PhraseItem("🙂", "🙂")]


@given(st.lists(ITEM, min_size=1))
def test_the_way_there_and_back_loses_titles_and_tags(items: list[PhraseItem]) -> None:
    plain = [replace(item, body=re.sub("[{}]", "|", item.body)) for item in items]
    parsed = qianniu.read(qianniu.write_phrases(plain).data, "a.csv")
    assert [(item.body, item.abbr, item.set) for item in parsed.phrases] == [
        (item.body, item.abbr, item.set) for item in plain
    ]
    assert (parsed.problems, parsed.broken) == ([], None)


def test_gaps_come_back_and_defaults_do_not() -> None:
    body = "{称呼:亲}，{{x}} {日期:+3天} {发送} {{"
    (back,) = qianniu.read(qianniu.write_phrases([PhraseItem("T", body)]).data, "a").phrases
    assert back.body == "{称呼}，{x} {{日期:+3天}} {发送:} {{"
