"""The commands, one by one, at a desk whose commands have the passphrase."""

import csv
import io
import json
import webbrowser
from pathlib import Path

import pytest

from tests.cli.conftest import Made
from tests.cli.desks import Desk

BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<DL><p>
<DT><H3>工作</H3>
<DL><p>
<DT><A HREF="https://orders.example/?a=1">订单后台</A>
<DT><A HREF="javascript:alert(1)">小脚本</A>
</DL><p>
</DL><p>
"""


def test_a_phrase_is_found_by_text_pinyin_and_initials(desk: Desk) -> None:
    added = desk.json("phrases", "add", "--title", "退款", "--body", "马上退", "--set", "售后")
    for query in ("退款", "tuikuan", "tk", "马上"):
        (hit,) = desk.json("phrases", "find", query)["hits"]
        assert 0 < hit.pop("score") <= 1
        assert hit == {"id": added["id"], "title": "退款", "body": "马上退", "set": "售后"}
    assert desk.json("phrases", "find", "天气") == {"hits": []}


def test_the_set_is_made_once(desk: Desk) -> None:
    for title in ("一", "二"):
        desk.json("phrases", "add", "--title", title, "--body", "x", "--set", "售后", "--abbr", "a")
    rows = desk.json("phrases", "list")["phrases"]
    assert [(row["title"], row["set"], row["abbr"]) for row in rows] == [
        ("一", "售后", "a"),
        ("二", "售后", "a"),
    ]


def test_the_limit_holds(desk: Desk) -> None:
    for number in range(4):
        desk.json("phrases", "add", "--title", f"标题{number}", "--body", "x")
    assert len(desk.json("phrases", "find", "标题", "--limit", "3")["hits"]) == 3


def test_lines_are_answered_in_order_one_document_each(desk: Desk) -> None:
    for title in ("退款", "换货", "发票"):
        desk.json("phrases", "add", "--title", title, "--body", f"{title}内容")
    said = desk.run("phrases", "find", "--each-line", stdin="hh\n没有的\n\nfp\r\n退款")
    found = [[hit["title"] for hit in json.loads(line)["hits"]] for line in said.out.splitlines()]
    assert found[0] == ["换货"]
    assert found[1] == []
    assert len(found[2]) == 3
    assert found[3:] == [["发票"], ["退款"]]


def test_phrases_go_out_and_come_in_by_every_ending(desk: Desk) -> None:
    desk.json("phrases", "add", "--title", "退款", "--body", "好的,{称呼:您}", "--set", "售后")
    for name in ("out.csv", "out.json", "out.btbackup"):
        assert desk.json("phrases", "export", name)["exported"] == 1
        again = desk.json("phrases", "import", name)
        assert (again["added"], again["updated"], again["skipped"]) == (0, 0, 1)
    assert desk.run("phrases", "export", "out.xyz").code == 1
    assert desk.run("phrases", "export", "out.xyz", "--format", "delimited").code == 0


def test_an_import_says_what_it_did(desk: Desk) -> None:
    file = desk.home.parent / "in.csv"
    file.write_text("title,body,abbr\n退款,旧,tk\n空,,k\n", encoding="utf-8")
    dry = desk.json("phrases", "import", "in.csv", "--into", "新", "--dry-run")
    assert desk.json("phrases", "list") == {"phrases": []}
    report = desk.json("phrases", "import", str(file), "--into", "新")
    assert dry == report
    assert report == {
        "added": 1,
        "updated": 0,
        "duplicates": 0,
        "too_long": 0,
        "untranslated": 0,
        "places": {"新": 1},
        "skipped": 0,
        "problems": [{"kind": "empty_skipped", "name": "空", "line": 3}],
    }
    file.write_text("title,body,abbr\n退款,新,tk\n", encoding="utf-8")
    assert "updated 1" in desk.run("phrases", "import", "in.csv", "--into", "新").out


def test_a_broken_file_changes_nothing(desk: Desk) -> None:
    for name, data, code in (
        ("broken.json", b'{"combos": [{"snippet": "a"', "format_broken"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "format_unknown"),
    ):
        (desk.home.parent / name).write_bytes(data)
        said = desk.run("phrases", "import", name, "--json")
        assert (said.code, said.out, said.error["error"]) == (1, "", code)
    assert desk.run("phrases", "import", "gone.csv", "--json").error["error"] == "file_unreadable"
    assert desk.json("phrases", "list") == {"phrases": []}


def test_bookmarks_come_in_are_found_and_go_out(desk: Desk) -> None:
    (desk.home.parent / "marks.html").write_text(BOOKMARKS, encoding="utf-8")
    report = desk.json("bookmarks", "import", "marks.html")
    assert (report["added"], report["problems"][0]["kind"]) == (2, "not_openable")
    (hit,) = desk.json("bookmarks", "find", "ddht")["hits"]
    assert (hit["title"], hit["url"]) == ("订单后台", "https://orders.example/?a=1")
    assert hit["folder"] == ["工作"]
    desk.json("bookmarks", "export", "out.html")
    assert desk.json("bookmarks", "import", "out.html")["skipped"] == 2
    assert len(desk.json("bookmarks", "list")["bookmarks"]) == 2


def test_a_bookmark_opens_and_a_script_does_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def browser(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", browser)
    (desk.home.parent / "marks.html").write_text(BOOKMARKS, encoding="utf-8")
    desk.json("bookmarks", "import", "marks.html")
    desk.json("bookmarks", "open", "dingdan")
    assert opened == ["https://orders.example/?a=1"]
    for name, code in (("小脚本", "input_invalid"), ("没有的", "nothing_found")):
        assert desk.run("bookmarks", "open", name, "--json").error["error"] == code
    assert len(opened) == 1


def test_the_log_is_written_masked_and_goes_out_on_purpose(desk: Desk) -> None:
    kept = desk.json(
        "log", "add", "--hard", "4", "--need", "催发货", "--lens", "process",
        "--next", "我给 13812345678 回电", "--helped", "先道歉", "--feeling", "累",
    )  # fmt: skip
    assert kept["masked"] == {"phone": 1}
    (entry,) = desk.json("log", "list")["entries"]
    assert (entry["hard"], entry["next_words"]) == (4, "我给 *** 回电")
    desk.json("log", "export", "log.csv")
    desk.json("log", "export", "log.md")
    rows = list(csv.reader(io.StringIO((desk.home.parent / "log.csv").read_text("utf-8-sig"))))
    assert len(rows) == 2
    assert "我给 *** 回电" in (desk.home.parent / "log.md").read_text("utf-8")
    assert desk.run("log", "export", "log.docx").code == 1


def test_insights_say_their_rule_and_wait_for_five(desk: Desk) -> None:
    for count in range(1, 6):
        desk.json("log", "add", "--lens", "system", "--hard", "2")
        found = desk.json("log", "insights")
        assert (found["entries"], found["lens"]) == (count, {"system": count})
        assert len(found["sentences"]) == (1 if count == 5 else 0)
        assert "5" in found["rule"]


def test_a_long_call_is_asked_about_once(desk: Desk) -> None:
    for _ in range(8):
        found = desk.json("call", "ended", "--seconds", "300", "--channel", "chat")
        assert (found["hard"], found["ask"]) == (False, False)
    asked = [
        desk.json("call", "ended", "--seconds", "3000", "--channel", "chat")["ask"]
        for _ in range(2)
    ]
    assert asked == [True, False]


def test_status_says_what_is_here(made: Made) -> None:
    status = made.desk.json("status")
    assert (status["signed_in"], status["agent"], status["phrases"]) == (True, "小林", 0)
    made.desk.knows.clear()
    sealed = made.desk.json("status")
    assert (sealed["signed_in"], sealed["phrases"]) == (True, None)
    nobody = Desk(made.desk.home.parent / "other").json("status")
    assert (nobody["signed_in"], nobody["agent"]) == (False, "")
    assert not (made.desk.home.parent / "other").exists()


def test_prompt_and_draft_need_no_profile(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "home")
    message = "都买了三天了还没发货,不要了,我要退货!"
    found = desk.json("prompt", message)["situations"]
    assert found[0]["id"] == "ship_urge"
    assert {"id", "score", "need", "emotion", "openings", "next", "avoid"} <= found[0].keys()
    assert desk.json("prompt", "-", stdin=message + "\n")["situations"] == found
    draft = desk.json("draft", "您自己点的退款")
    assert draft["tier"] == "red"
    assert draft["findings"][0].keys() == {"start", "end", "tier", "why", "rewrite"}
    lines = desk.run("prompt", "--each-line", stdin=f"您好\n{message}\n")
    assert [bool(json.loads(line)["situations"]) for line in lines.out.splitlines()] == [
        False,
        True,
    ]
    # That it is standard input may be said all the same.
    assert desk.run("prompt", "--each-line", "-", stdin=f"您好\n{message}\n").out == lines.out
    tiers = desk.run("draft", "--each-line", stdin="好的\n您自己点的退款\n\n")
    assert [json.loads(line)["tier"] for line in tiers.out.splitlines()] == ["ok", "red", "ok"]
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_people_get_words_in_their_language(language: str, desk: Desk) -> None:
    desk.language = language
    (desk.home.parent / "marks.html").write_text(BOOKMARKS, encoding="utf-8")
    said = [
        desk.run(*command.split(), stdin="x\n")
        for command in (
            "phrases add --title t --body b --set s", "phrases list", "phrases find t",
            "phrases find zzz", "phrases export a.csv", "phrases import a.csv",
            "bookmarks import marks.html", "bookmarks list", "bookmarks find x",
            "bookmarks browsers", "log add --hard 4 --lens self --need a@b.example", "log list",
            "log insights", "call ended --seconds 3", "profile card", "status", "sync", "prompt -",
            "draft -", "status --help", "--help", "sign-out", "status",
        )
    ]  # fmt: skip
    assert [one.code for one in said] == [0] * len(said)
    assert all(one.out.strip() for one in said)
    assert not any("{" in one.out for one in said)


def test_a_text_with_lone_surrogates_is_mended(desk: Desk) -> None:
    desk.json("phrases", "add", "--title", "a\udcffb", "--body", "c\x00d")
    (row,) = desk.json("phrases", "list")["phrases"]
    assert (row["title"], row["body"]) == ("ab", "cd")
