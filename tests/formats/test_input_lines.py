"""Sogou, fcitx5, Baidu, QQ and Rime: what is carried over, what is told, and the way back."""

import re
from itertools import product
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FormatBroken
from companion.formats import baidu, fcitx5, qq, rime, sogou
from companion.formats.items import PhraseItem, Problem
from companion.formats.reading import read_file
from companion.profile import template
from tests.phrases.filled import filled

SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples/ime"
ALL = (sogou, fcitx5, baidu, qq, rime)
SIGNS = st.sampled_from("\n\t{}\"'\\#$;,=🙂\ufeff一 ")
TEXTS = st.text(SIGNS | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
LIKE_LINES = st.sampled_from(["a,1=b", "#$year年", "; x", "a=1,b", "\n", "$$", "x\\n", '"q"', "##"])
BODIES = TEXTS | st.lists(TEXTS | LIKE_LINES, max_size=4).map("".join)
PAIRS = st.lists(st.tuples(st.from_regex("[A-Za-z]{1,12}", fullmatch=True), BODIES), max_size=12)


def wide(text: str) -> bytes:
    return b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le")


def said(format: ModuleType, items: list[PhraseItem]) -> str:
    data: bytes = format.write_phrases(items).data
    text = data.decode("utf-16" if data[:2] == b"\xff\xfe" else "utf-8")
    return text.replace("\r\n", "\n")


def bodies(format: ModuleType, text: str) -> list[tuple[str, str]]:
    return [(item.abbr, item.body) for item in format.read(text.encode(), "x.txt").phrases]


@pytest.mark.parametrize("format", ALL, ids=lambda format: str(format.NAME))
@given(PAIRS)
def test_ours_to_it_and_back(format: ModuleType, pairs: list[tuple[str, str]]) -> None:
    items = [PhraseItem(str(n), template.literal(t), c) for n, (c, t) in enumerate(pairs)]
    made = format.write_phrases(items)
    left = {problem.name for problem in made.problems}
    kept = [(item.abbr, item.body) for item in items if item.title not in left]
    back = [
        (code, body.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))
        for code, body in kept
    ]
    if kept:
        assert [(i.abbr, i.body) for i in format.read(made.data, "x").phrases] == back
        assert read_file(made.data, "x", "phrases")[0] == format.NAME
    for item, (_, text) in zip(items, pairs, strict=True):
        lines = len(re.split("\r\n|[\r\n]", text)) > 1
        blank = not text.replace("\0", "").strip()
        if format is fcitx5:
            assert (item.title in left) == blank
        elif format in (baidu, qq):
            assert (item.title in left) == (blank or lines)
        elif format is rime:
            assert (item.title in left) == (blank or lines or "\t" in text)


SOGOU = """;  搜狗输入法--自定义短语配置文件
;  ss,1=#$year年

dz,2=乙
dz,1=
第一行

; 第三行
sj,1=#$year年$month月$day_dd日 $fullhour:$minute
mm,1=#$year$month_mm$second
kg,1= a = 'b,1=2'
kong,1=
fin,1=完
"""


def test_sogou_s_lines_places_and_functions() -> None:
    parsed = sogou.read(wide(SOGOU), "PhraseEdit.txt")
    assert [(item.abbr, item.body) for item in parsed.phrases] == [
        ("dz", "第一行\n\n; 第三行"),
        ("dz", "乙"),
        ("sj", "{日期:今天,年月日} {时间:现在}"),
        ("mm", "#$year$month_mm$second"),
        ("kg", " a = 'b,1=2'"),
        ("fin", "完"),
    ]
    assert parsed.problems == [
        Problem("variable_kept_as_text", "#$year$month_mm$second", 10),
        Problem("empty_skipped", "kong", 12),
    ]
    assert sogou.matches(wide(SOGOU), "x.csv") > 0.9


def test_sogou_is_written_as_its_window_takes_it_in() -> None:
    items = [
        PhraseItem("一", "您好", "nh"),
        PhraseItem("二", "甲\n乙", "nh"),
        PhraseItem("三", "{日期:今天}发货", "fh"),
    ]
    made = sogou.write_phrases(items).data
    assert made == "\ufeffnh,1=您好\r\nnh,2=\r\n甲\r\n乙\r\nfh,1=#$month月$day日发货\r\n".encode(
        "utf-16-le"
    )


def test_sogou_s_limits_are_told() -> None:
    items = [PhraseItem(str(n), text, "a") for n, text in enumerate(["x\nb,1=y", "字" * 30_001])]
    items.append(PhraseItem("2", "x", "a,b"))
    items += [PhraseItem("3", "#$year", "a"), PhraseItem("4", "{时间:现在} $day", "a")]
    kinds = ["text_unfit", "too_long", "code_unfit", "text_unfit", "filled_as_text"]
    made = sogou.write_phrases(items)
    assert made.problems == [Problem(kind, str(n)) for n, kind in enumerate(kinds)]
    assert said(sogou, items) == "a,1={时间:现在} $day\n"
    many = sogou.write_phrases([PhraseItem("t", f"第{n}", "a") for n in range(100_001)])
    assert many.problems == [Problem("too_many", "第100000")]
    assert len(many.data.decode("utf-16").splitlines()) == 100_000


FCITX = """# a comment
; another
sj,1=#$year-$month_mm-$day_dd $fullhour:$minute
dz,2="a\\nb \\"c\\" \\\\"
dz,1=plain \\n
yc,-1=隐藏
ml,1=
甲
# 乙
jg,1=#$$5 $year年$month月$day日
wz,1=#$second 秒
ling,0=x
"""


def test_fcitx5_s_quotes_hidden_phrases_and_functions() -> None:
    parsed = fcitx5.read(FCITX.encode(), "customphrase")
    assert [(item.abbr, item.body) for item in parsed.phrases] == [
        ("sj", "{日期:今天,ISO} {时间:现在}"),
        ("dz", "plain \\n"),
        ("dz", 'a\nb "c" \\'),
        ("yc", "隐藏"),
        ("ml", "甲\n# 乙"),
        ("jg", "$5 {日期:今天,年月日}"),
        ("wz", "#$second 秒"),
    ]
    assert parsed.problems == [
        Problem("was_disabled", "隐藏", 6),
        Problem("variable_kept_as_text", "#$second 秒", 11),
        Problem("entry_unreadable", "x", 12),
    ]
    assert read_file(FCITX.encode(), "x.txt", "phrases")[0] == "fcitx5"


def test_fcitx5_is_written_as_its_own_window_writes_it() -> None:
    items = [
        PhraseItem("", "甲\n“乙”", "a"),
        PhraseItem("", "#1 $5", "a"),
        PhraseItem("", "{日期:今天} $5", "b"),
        PhraseItem("", "x", "a1"),
    ]
    assert said(fcitx5, items) == 'a,1="甲\\n“乙”"\na,2="##1 $$5"\nb,1="#$month月$day日 $$5"\n'


def test_baidu_s_sections_are_sets_and_its_lines_qq_s_too() -> None:
    text = "[客服]\ntk=2,乙\ntk=1,甲=1,2\n[Mac]\ncmd=1,⌘\n"
    parsed = baidu.read(wide(text), "x.ini")
    assert [(item.set, item.abbr, item.body) for item in parsed.phrases] == [
        ("客服", "tk", "甲=1,2"),
        ("客服", "tk", "乙"),
        ("Mac", "cmd", "⌘"),
    ]
    plain = "tk=1,甲\r\ndz=1,{x}\r\n"
    assert read_file(plain.encode(), "x.txt", "phrases")[0] == "qq"
    assert read_file(plain.encode("gb18030"), "x.txt", "phrases")[0] == "qq"
    assert read_file(text.encode(), "x.txt", "phrases")[0] == "baidu"
    assert read_file(plain.encode("utf-16"), "x.txt", "phrases")[0] == "baidu"
    assert bodies(qq, plain) == [("tk", "甲"), ("dz", "{{x}}")]
    items = [PhraseItem("", "甲", "tk"), PhraseItem("", "a\nb", "x"), PhraseItem("", "乙", "tk")]
    assert said(baidu, items) == said(qq, items) == "tk=1,甲\ntk=2,乙\n"
    assert said(qq, [PhraseItem("t", "x", "词")]) == ""


RIME = (
    "# Rime table\n#@/db_type\ttabledb\n# comment\n有\tu\t1\n又\tu\t3\n一个\ti g\n# 甲\tjia\n坏\n"
)


def test_rime_s_weights_order_and_comments() -> None:
    parsed = rime.read(RIME.encode(), "custom_phrase.txt")
    assert [(i.abbr, i.body) for i in parsed.phrases] == [("u", "又"), ("u", "有"), ("ig", "一个")]
    assert parsed.problems == [Problem("entry_unreadable", "坏", 8)]
    open_ended = RIME.replace("# comment", "# no comment")
    assert ("jia", "# 甲") in bodies(rime, open_ended)
    headless = "有\tu\t3\n您好\tnh\n".encode()
    assert read_file(headless, "x.txt", "phrases")[0] == "rime"
    assert read_file("短语\t编码\n您好\tnh\n".encode(), "x.tsv", "phrases")[0] == "delimited"


def test_rime_writes_the_first_of_a_code_with_the_greatest_weight() -> None:
    items = [PhraseItem("", text, "u") for text in ("#又", "有", "{称呼:您}好")]
    assert said(rime, items).partition("# no comment\n")[2] == "#又\tu\t3\n有\tu\t2\n您好\tu\t1\n"


@pytest.mark.parametrize("format", ALL, ids=lambda format: str(format.NAME))
def test_what_is_none_of_theirs_is_refused(format: ModuleType) -> None:
    for data in ("您好，这里是客服。\n".encode(), b"", b"title,body\nT,B\n"):
        assert format.matches(data, "x.txt") == 0
        with pytest.raises(FormatBroken):
            format.read(data, "x.txt")


@pytest.mark.parametrize("format", ALL, ids=lambda format: str(format.NAME))
def test_slots_have_no_meaning_there_and_that_is_told(format: ModuleType) -> None:
    body = "{称呼:先生|女士}您好，{姓名}{光标}，{剪贴板}{短语:退款}{日期:+3天}"
    made = format.write_phrases([PhraseItem("t", body, "nh"), PhraseItem("u", "", "nh")])
    assert made.problems == [Problem("filled_as_text", "t"), Problem("empty_skipped", "u")]
    (item,) = format.read(made.data, "x").phrases
    text = "先生您好，{姓名}，{剪贴板}{短语:退款}{日期:+3天}"
    assert (filled(item.body), item.title) == (text, text[:40])


CHINESE_END = ("今天", "年月日", "月日星期")


@pytest.mark.parametrize("format", [sogou, fcitx5], ids=lambda format: str(format.NAME))
def test_every_moment_that_can_be_said_comes_back_as_the_same(format: ModuleType) -> None:
    forms = [
        "日期:今天",
        "日期:今天,年月日",
        "日期:今天,ISO",
        "日期:今天,星期",
        "日期:今天,月日星期",
    ]
    forms += ["时间:现在", "date:today,iso", "time:now"]
    for form, after in product(forms, (" 回复", "2号楼", "a")):
        body = f"$ {{{form}}}{after}"
        made = format.write_phrases([PhraseItem("t", body, "a")])
        (item,) = format.read(made.data, "x").phrases
        assert filled(item.body) == filled(body) or made.problems == [
            Problem("filled_as_text", "t")
        ]
        # A time and an ISO date end in a name, which goes on in letters and digits.
        assert bool(made.problems) == (after != " 回复" and not form.endswith(CHINESE_END))
        assert "$month月" not in filled(item.body)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample files are not here")
def test_real_files_are_read() -> None:
    name, parsed = read_file((SAMPLES / "sogou-PhraseEdit.txt").read_bytes(), "x", "phrases")
    assert name == "sogou"
    assert len(parsed.phrases) == 11
    assert [problem.kind for problem in parsed.problems] == ["variable_kept_as_text"]
    assert sum("\n" in item.body for item in parsed.phrases) == 3
    name, parsed = read_file((SAMPLES / "rime-custom_phrase.txt").read_bytes(), "x", "phrases")
    assert name == "rime"
    assert parsed.problems == []
    assert [item.body for item in parsed.phrases if item.abbr == "u"] == ["有", "又", "由"]
