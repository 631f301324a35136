"""Which column of a table holds what: by its header, by its contents, or as the agent says."""

import pytest

from companion.errors import InputInvalid, Stopped
from companion.formats.headers import by_header, given, given_for, guess
from companion.formats.items import Parsed, PhraseItem, Problem, Sheet
from companion.formats.tables import Mapping, numbered, phrases, read_tags, together, write_tags

SELLER = [
    ["分类", "图片名称", "所属问题", "细分", "最终输出"],
    ["话术", "a.jpg", "补发", "单号", "这是您的补发单号。"],
    ["", "", "催件", "不更新", "催下物流公司可以吗？"],
    ["", "", "", "自动退回", "和物流公司核实一下情况。"],
    ["", "", "", "", "请您再等一等。"],
    ["玩具", "", "", "轮子", "轮子有货的。"],
]


def sheet(*rows: list[str], ditto: bool = False) -> Sheet:
    return Sheet("", list(enumerate(map(list, rows), 1)), "" if ditto else ",", ditto)


def read(*rows: list[str], ditto: bool = False, columns: str = "") -> Parsed:
    table = sheet(*rows, ditto=ditto)
    return phrases(table, given(columns, table) if columns else guess(table), "文件")


def test_a_sellers_table_comes_out_as_its_author_meant_it() -> None:
    parsed = read(*SELLER, ditto=True)
    assert parsed.phrases == [
        PhraseItem("补发 · 单号", "这是您的补发单号。", "", "话术"),
        PhraseItem("催件 · 不更新", "催下物流公司可以吗？", "", "话术"),
        PhraseItem("催件 · 自动退回", "和物流公司核实一下情况。", "", "话术"),
        # The narrowest title is not the one above, where it is empty.
        PhraseItem("催件", "请您再等一等。", "", "话术"),
        # Nor is a wider one, where what is wider still has changed.
        PhraseItem("轮子", "轮子有货的。", "", "玩具"),
    ]
    assert parsed.problems == [Problem("column_skipped", "图片名称", 1)]


def test_only_spreadsheets_leave_out_what_is_as_above() -> None:
    assert [item.set for item in read(*SELLER).phrases] == ["话术", "", "", "", "玩具"]
    own = read(["title", "body", "set"], ["甲", "一", "组"], ["乙", "二", ""], ditto=True)
    assert [item.set for item in own.phrases] == ["组", ""]


@pytest.mark.parametrize(
    ("rows", "item", "line"),
    [
        ([["2026 版话术"], ["分类", "话术"], ["售后", "亲亲"]], ("亲亲", "亲亲", "", "售后"), 3),
        ([["一级分类", "二级分类", "回复"], ["售后", "退款", "好"]], ("退款", "好", "", "售后"), 2),
        ([["玩具名", "链接"], ["旋风轮", "https://x.test/"]], ("旋风轮", "https://x.test/"), 2),
        ([["编号", "标题", "分组", "怎么说"], ["1", "甲", "组", "你好你好你好"]],
         ("甲", "你好你好你好", "", "组"), 2),
        ([["标题", "怎么说呢"], ["甲", "你好你好"]], ("甲", "你好你好"), 2),
        ([["售后", "怎么退", "亲，这边给您退"], ["售后", "多久到", "三天内到账的哦"]],
         ("怎么退", "亲，这边给您退", "", "售后"), 1),
        ([["hi", "您好，很高兴为您服务", "开头"], ["bye", "祝您生活愉快，再见", "结尾"]],
         ("开头", "您好，很高兴为您服务", "hi", "文件"), 1),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_shows_tells_its_columns(
    rows: list[list[str]], item: tuple[str, ...], line: int
) -> None:
    table = sheet(*rows, ditto=True)
    found = phrases(table, guess(table), "文件").phrases[0]
    assert (found.title, found.body, found.abbr, found.set)[: len(item)] == item
    assert guess(table).heading == line - 1


def test_what_stands_above_a_header_is_told() -> None:
    parsed = read(["店铺话术大全"], ["标题", "话术", "图"], ["甲", "一", "x"])
    assert parsed.problems == [
        Problem("heading_skipped", "店铺话术大全", 1),
        Problem("column_skipped", "图", 2),
    ]


@pytest.mark.parametrize(
    ("columns", "item"),
    [
        ("title=1,body=2", PhraseItem("甲", "乙", set="丙")),
        ("body=备注", PhraseItem("乙", "丁", set="丙")),
        ("正文＝备注；标题=话术+2，分组=", PhraseItem("甲 · 乙", "丁")),
        ("tags=3", PhraseItem("乙", "甲", tags=("丙",))),
        ("abbr=备注", PhraseItem("乙", "甲", "丁", "丙")),
    ],
)
def test_the_agent_can_say_what_the_columns_are(columns: str, item: PhraseItem) -> None:
    rows = [["话术", "标题", "分组", "备注"], ["甲", "乙", "丙", "丁"]]
    assert read(*rows, columns=columns).phrases == [item]


def test_the_agent_can_name_a_header_that_nobody_knows() -> None:
    rows = [["甲列", "乙列"], ["一", "二"]]
    assert read(*rows, columns="body=甲列,title=乙列").phrases == [PhraseItem("二", "一")]
    assert read(*rows, columns="body=1,title=2").phrases == [
        PhraseItem("乙列", "甲列", set="文件"),
        PhraseItem("二", "一", set="文件"),
    ]


@pytest.mark.parametrize(
    ("columns", "allowed"),
    [
        ("body", "title=…, body=…, abbr=…, set=…, tags=…, active=…"),
        ("text=1", "title=…, body=…, abbr=…, set=…, tags=…, active=…"),
        ("body=3", "1 标题, 2 话术"),
        ("body=0", "1 标题, 2 话术"),
        ("title=内容", "1 标题, 2 话术"),
        ("title=2", "body=1 标题, 2 话术"),
        ("body=1+2", "body=1 标题, 2 话术"),
        (f"body={'9' * 5000}", "1 标题, 2 话术"),
    ],
)
def test_columns_that_are_not_there_are_refused(columns: str, allowed: str) -> None:
    with pytest.raises(InputInvalid) as caught:
        given(columns, sheet(["标题", "话术"], ["甲", "一"]))
    assert caught.value.facts == {"name": "columns", "allowed": allowed}


def test_columns_are_given_for_all_sheets_of_a_file() -> None:
    one = sheet(["甲列", "乙列"], ["一", "二"], ditto=True)
    other = sheet(["标题", "话术"], ["退款", "好"], ditto=True)
    for sheets in ([one, other], [other, one]):
        parsed = together(sheets, given_for("body=甲列,title=乙列", sheets), "文件")
        assert sorted(item.title for item in parsed.phrases) == ["二", "退款"]
    with pytest.raises(InputInvalid) as caught:
        given_for("body=丙列", [other, one])
    assert caught.value.facts["allowed"] == "1 标题, 2 话术"
    assert given_for("body=1", []) == []


def test_bodies_are_ours_only_where_our_header_says_so() -> None:
    row = ["T", "{date:today} {{x}}"]
    assert read(["title", "body"], row).phrases[0].body == row[1]
    foreign = read(["title", "text"], row).phrases[0].body
    assert foreign == "{{date:today}} {{{{x}}}}"
    # Another column than that of our header holds a text of somebody else.
    assert read(["body", "title"], row, columns="body=2").phrases[0].body == foreign


def test_a_row_may_be_shorter_or_longer_than_its_header() -> None:
    parsed = read(["title", "body", "set"], ["甲"], ["乙", "一"], ["丙", "二", "组", "多"])
    assert [item.title for item in parsed.phrases] == ["乙", "丙"]
    assert parsed.problems == [Problem("empty_skipped", "甲", 2), Problem("cells_dropped", "丙", 4)]


def test_the_name_of_a_sheet_is_the_set_of_its_phrases() -> None:
    named = Sheet("售后", [(1, ["标题", "话术"]), (2, ["甲", "一"])], ditto=True)
    assert phrases(named, guess(named), "文件").phrases == [PhraseItem("甲", "一", set="售后")]


def test_tags_survive_one_cell() -> None:
    tags = ["a", "b,c", 'd"e', "f；g", "甲、乙", " h "]
    assert read_tags(write_tags(tags)) == tags
    assert read_tags("a, b；c|,d、") == ["a", "b", "c", "d"]


def test_names_that_must_differ_are_numbered() -> None:
    names = ["a", "b", "a", "a (2)", "a", "b"]
    said = list(numbered(names))
    assert said == ["a", "b", "a (3)", "a (2)", "a (4)", "b (2)"]
    assert len(set(said)) == len(names)


def test_a_header_is_known_in_any_dress() -> None:
    assert by_header([" 标题：", "话术*", "Short_Code"]) == Mapping((0,), (1,), (2,), heading=1)
    assert by_header(["body", "Thanks for writing to us today"]) is None
    assert by_header([]) is None
    assert guess(sheet()) == Mapping(body=(0,))


def test_a_table_says_how_far_it_is() -> None:
    said: list[tuple[int, int]] = []
    table = sheet(["话术"], *([f"第{n}句"] for n in range(600)))
    phrases(table, guess(table), "", lambda done, of: said.append((done, of)))
    assert said == [(0, 600), (256, 600), (512, 600)]

    def stop(done: int, of: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        phrases(table, guess(table), "", stop)
