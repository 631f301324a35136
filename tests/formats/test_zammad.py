"""Zammad's text modules: HTML in cells of a table, and what its import would refuse."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.formats import zammad
from companion.formats.html_text import is_formatted
from companion.formats.items import Parsed, PhraseItem, Problem
from companion.formats.reading import read_file
from tests.formats.test_delimited import ITEM

HEADER = "id,name,keywords,content,note,active,groups"


def read(row: str, header: str = HEADER) -> Parsed:
    return zammad.read(f"{header}\n{row}\n".encode(), "t.csv")


def one(content: str) -> PhraseItem:
    (item,) = read(content, "name,keywords,content,active").phrases
    return item


def test_a_table_as_zammads_own_tests_have_it() -> None:
    text = 'name;keywords;content;note;active;\nA;k1;"some\ncontent1";-;\nB;k2;some <br>test123'
    name, parsed = read_file(text.encode(), "simple.csv", "phrases")
    assert name == "zammad"
    assert parsed.phrases == [
        PhraseItem("A", "some\ncontent1", "k1"),
        PhraseItem("B", "some\ntest123", "k2"),
    ]


def test_each_column_is_what_zammad_means_by_it() -> None:
    parsed = read('7,退款,"tk, 钱,售后",<div>亲，<br>马上退</div>,备注,false,一线~~~二线')
    assert parsed.phrases == [
        PhraseItem("退款", "亲，\n马上退", "tk", "一线~~~二线", ("钱", "售后"))
    ]
    assert parsed.problems == [
        Problem("column_skipped", "id", 1),
        Problem("column_skipped", "note", 1),
        Problem("was_disabled", "退款", 2),
    ]


def test_formatting_is_kept_beside_the_text() -> None:
    item = one('T,k,"<p>Hi <b>#{ticket.customer.firstname}</b> {x:1} &amp;</p><p>{name}</p>",true')
    assert item.body == "Hi {ticket.customer.firstname} {{x:1}} &\n{name}"
    assert item.rich == ("<p>Hi <b>{ticket.customer.firstname}</b> {{x:1}} &amp;</p><p>{name}</p>")
    (back,) = zammad.read(zammad.write_phrases([item]).data, "t.csv").phrases
    assert (back.body, back.rich) == (item.body, item.rich)


def test_html_that_says_something_else_than_the_text_is_not_written() -> None:
    item = PhraseItem("T", "the text", rich="<b>another text</b>")
    (back,) = zammad.read(zammad.write_phrases([item]).data, "t.csv").phrases
    assert (back.body, back.rich) == ("the text", "")


def test_its_variables_go_both_ways_and_no_word_of_ours_acts() -> None:
    item = one("T,k,#{user.firstname} #{ticket.id} {send} #{x} {clipboard},true")
    assert item.body == "{user.firstname} {ticket.id} {send:} #{{x}} {clipboard:}"
    data = zammad.write_phrases([PhraseItem("T", item.body)]).data.decode()
    assert "#{user.firstname} #{ticket.id} {send} #{x} {clipboard}" in data


def test_what_would_make_zammad_refuse_the_whole_file_is_put_right() -> None:
    items = [PhraseItem("a", "1"), PhraseItem("a", "2"), PhraseItem("b" * 300, "x~~~y~~~~")]
    written = zammad.write_phrases(items)
    assert written.problems == [
        Problem("title_shortened", "b" * 300),
        Problem("title_numbered", "a"),
    ]
    text = written.data.decode()
    assert text.startswith("name,keywords,content,active\r\na,,<div>1</div>,true\r\na (2),")
    assert "~~~" not in text
    back = zammad.read(written.data, "t.csv").phrases
    assert [item.body for item in back] == ["1", "2", "x~~~y~~~~"]
    assert back[2].title == "b" * 250


@pytest.mark.parametrize("header", ["name,content", "name,content,active", "title,body"])
def test_other_tables_are_none_of_zammads(header: str) -> None:
    assert zammad.matches(f"{header}\na,b,c\n".encode(), "t.csv") == 0


def test_a_table_without_its_columns_holds_no_phrases() -> None:
    assert zammad.read(b"a,b\nc,d\n", "t.csv").phrases == []
    assert zammad.read(b"", "t.csv").phrases == []


# Zammad reads three of these as the bounds of a list; they are written wide.
@given(
    st.lists(
        ITEM.filter(lambda item: "~~~" not in "".join((item.title, item.abbr, *item.tags))),
        unique_by=lambda item: item.title.strip(),
        min_size=1,
    )
)
def test_the_way_there_and_back_loses_sets_and_empty_lines_around(items: list[PhraseItem]) -> None:
    plain = [
        PhraseItem(
            item.title.strip() or "T",
            re.sub("[{}]", "|", item.body).strip("\n") or "x",
            item.abbr.strip(),
            "",
            item.tags,
        )
        for item in items
    ]
    parsed = zammad.read(zammad.write_phrases(plain).data, "t.csv")
    assert [
        (item.title, item.body, item.abbr, item.tags, item.rich) for item in parsed.phrases
    ] == [(item.title, item.body, item.abbr, item.tags, "") for item in plain]
    assert not any(is_formatted(item.rich) for item in parsed.phrases)


def test_openings_without_an_end_take_no_time() -> None:
    began = time.monotonic()
    content = "<" * 200_000
    parsed = zammad.read(f"name,content,keywords,active\na,{content},,\n".encode(), "a.csv")
    assert parsed.phrases[0].body == content
    for said, body in (("<>a>", "<>a>"), ("a<\n>b", "a<\n>b"), ("<p>a</p>", "a")):
        table = f'name,content,keywords,active\na,"{said}",,\n'.encode()
        assert zammad.read(table, "a.csv").phrases[0].body == body
    assert time.monotonic() - began < 10
