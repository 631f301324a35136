"""AutoKey's folders: what is carried over, what is told, and the way back."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from companion.errors import FormatBroken
from companion.formats import autokey
from companion.formats.items import Parsed, PhraseItem, Problem
from companion.formats.reading import read_files, read_path
from tests.formats.tool_bodies import ITEMS, kinds
from tests.phrases.filled import filled

AUTOKEY = Path("/usr/lib/python3/dist-packages/autokey")
# AutoKey's own classes read a folder; its modules import each other in a circle but for this one.
LOOK = """
import json, sys
import autokey.gtkapp
from autokey.model import Folder
folder = Folder("", path=sys.argv[1])
folder.load()
for one in folder.folders:
    for item in one.items:
        said = [one.title, item.description, item.abbreviations, item.phrase]
        print("SAID", json.dumps(said))
"""
SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples/phrases/autokey"


def settings(**fields: Any) -> bytes:
    said = {"type": "phrase", "description": "退款", "abbreviation": {"abbreviations": ["tk"]}}
    return json.dumps(said | fields, ensure_ascii=False).encode()


def read(files: dict[str, bytes]) -> Parsed:
    name, parsed = read_files(files, "data", "phrases")
    assert name == "autokey"
    return parsed


def one(text: str) -> PhraseItem:
    (item,) = read({"a.txt": text.encode(), "a.json": settings()}).phrases
    return item


def told(text: str) -> list[str]:
    return kinds(read({"a.txt": text.encode(), "a.json": settings()}).problems)


def test_a_text_and_its_settings_are_a_phrase() -> None:
    assert one("马上退\n{x}") == PhraseItem("退款", "马上退\n{{x}}", "tk", "data")
    hidden = read({"a.txt": b"A", ".a.json": settings(description="B")})
    assert hidden.phrases == [PhraseItem("B", "A", "tk", "data")]
    several = settings(abbreviation={"abbreviations": ["a", "b", "c"]})
    assert read({"a.txt": b"A", "a.json": several}).phrases[0].tags == ("b", "c")
    # Before version 0.80.4 there was one.
    old = settings(abbreviation={"abbreviation": "old"})
    assert read({"a.txt": b"A", "a.json": old}).phrases[0].abbr == "old"


def test_sets_are_the_titles_of_folders() -> None:
    folder = json.dumps({"type": "folder", "title": "售后"}).encode()
    files = {
        "folder.json": json.dumps({"type": "folder", "title": "全部"}).encode(),
        "top.txt": b"1",
        "a/.folder.json": folder,
        "a/x.txt": b"2",
        "a/b/y.txt": b"3",
        "a/b/y.json": settings(),
    }
    assert [(i.title, i.set) for i in read(files).phrases] == [
        ("top", "全部"),
        ("x", "售后"),
        ("退款", "售后/b"),
    ]


def test_macros_are_translated_and_keys_are_not_pressed() -> None:
    assert one("a<cursor>b").body == "a{cursor}b"
    assert one("<date format=%Y-%m-%d> <date format=%d/%m/%Y>").body == (
        "{date:today,ISO} {date:today,long}"
    )
    assert told("<date format=%d/%m/%Y>") == ["date_form_changed"]
    assert one("a<enter>b<tab>c <b>d</b> 1 < 2 > 0").body == "a\nb\tc <b>d</b> 1 < 2 > 0"
    assert told("a<enter>b <b>d</b>") == []
    for text, kind in (
        ("<script name=x args=>", "script_kept_as_text"),
        ("<file name=/etc/passwd>", "variable_kept_as_text"),
        ("x<left><left>", "variable_kept_as_text"),
        ("<ctrl>+<shift>+v", "variable_kept_as_text"),
        ("<date format=%V>", "variable_kept_as_text"),
    ):
        assert filled(one(text).body) == text
        assert told(text) == [kind]


def test_scripts_and_strange_files_are_left_out_by_name() -> None:
    files = {
        "a.txt": b"A",
        "a.json": settings(),
        "run.py": b"import os",
        "run.json": settings(type="script", description="Run it"),
        "empty.txt": b" \n",
        "empty.json": settings(description="Empty"),
        "x.png": bytes(64),
        "broken.json": b"{",
    }
    parsed = read(files)
    assert [item.title for item in parsed.phrases] == ["退款"]
    assert parsed.problems == [
        Problem("script_left_out", "Run it"),
        Problem("empty_skipped", "Empty"),
        Problem("file_not_read", "x.png"),
        Problem("file_not_read", "broken.json"),
    ]


def test_what_cannot_be_read_is_told_or_refused() -> None:
    bad = b"\x01\x02\x03\x04\x00" * 9
    parsed = read({"a.txt": bad, "a.json": settings(), "b.txt": b"B"})
    assert [item.title for item in parsed.phrases] == ["b"]
    assert kinds(parsed.problems) == ["entry_unreadable"]
    with pytest.raises(FormatBroken):
        read({"a.txt": bad, "a.json": settings()})
    odd = settings(abbreviation=[1], description=7)
    assert read({"a.txt": b"A", "a.json": odd}).phrases == [PhraseItem("a", "A", "", "data")]


def test_a_text_alone_is_not_claimed_and_one_beside_its_settings_is(tmp_path: Path) -> None:
    for name in ("退款.txt", "b.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert autokey.matches_folder({"a.txt": b"A", "a.json": b'{"type": "module"}'}) == 0
    (tmp_path / ".退款.json").write_bytes(settings())
    for chosen in ("退款.txt", ".退款.json"):
        name, parsed = read_path(tmp_path / chosen, "phrases")
        assert name == "autokey"
        assert parsed.phrases == [PhraseItem("退款", "退款.txt", "tk", tmp_path.name)]


def test_what_is_written_is_what_autokey_wants() -> None:
    items = [
        PhraseItem("退/款?", "a{cursor}b {date:iso}", "tk", "售后"),
        PhraseItem("退/款?", "{称呼:您}好", "", "售后", ("x",)),
        PhraseItem("folder", "C <left>", "f"),
        PhraseItem("none", ""),
    ]
    made = autokey.write_phrases(items)
    assert [path for path in made.files if "/." not in f"/{path}"] == [
        *("售后/folder.json", "售后/退款.txt", "售后/退款.json", "售后/退款 2.txt"),
        *("售后/退款 2.json", "folder 1.txt", "folder 1.json", "folder.json"),
    ]
    # AutoKey 0.95 looks for the hidden ones.
    assert made.files["售后/.退款.json"] == made.files["售后/退款.json"]
    assert made.files["售后/.folder.json"] == made.files["售后/folder.json"]
    assert made.problems == [
        Problem("not_sayable_there", "退/款?"),
        Problem("not_sayable_there", "folder"),
        Problem("empty_skipped", "none"),
    ]
    assert made.files["售后/退款.txt"].decode() == "a<cursor>b <date format=%Y-%m-%d>"
    assert made.files["售后/退款 2.txt"].decode() == "{称呼:您}好"
    first = json.loads(made.files["售后/退款.json"])
    second = json.loads(made.files["售后/退款 2.json"])
    assert (first["sendMode"], second["sendMode"]) == ("kb", "<ctrl>+v")
    assert (first["modes"], second["modes"]) == ([1], [])
    # AutoKey looks for every one of these.
    assert {"description", "prompt", "omitTrigger", "usageCount", "hotkey", "filter"} < first.keys()
    assert {"matchCase", "showInTrayMenu", "abbreviation"} < first.keys()
    assert {"backspace", "ignoreCase", "immediate", "triggerInside", "wordChars"} < (
        first["abbreviation"].keys()
    )


@pytest.mark.parametrize("edited", ["a.json", ".a.json"])
def test_settings_that_autokey_saved_win_over_ours(edited: str) -> None:
    files = dict(autokey.write_phrases([PhraseItem("a", "A", "x")]).files)
    said = json.loads(files[edited])
    del said["companion"]
    said["abbreviation"]["abbreviations"] = ["new"]
    files[edited] = json.dumps(said).encode()
    assert autokey.read_folder(files, "").phrases == [PhraseItem("a", "A", "new")]


@pytest.mark.skipif(
    not AUTOKEY.exists() or "DISPLAY" not in os.environ, reason="AutoKey or a screen is not here"
)
def test_autokey_itself_reads_what_is_written(tmp_path: Path) -> None:
    items = [
        PhraseItem("退款", "亲，马上退 {cursor}。\n{date:today,iso}", "tk", "售后"),
        PhraseItem("问候 🙂", "您好", "", "售后"),
    ]
    for name, data in autokey.write_phrases(items).files.items():
        path = tmp_path / "phrases" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        ["/usr/bin/python3", "-c", LOOK, str(tmp_path / "phrases")],
        env=environment | {"HOME": str(tmp_path), "NO_AT_BRIDGE": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    said = [json.loads(line[5:]) for line in done.stdout.splitlines() if line.startswith("SAID ")]
    assert sorted(said) == [
        ["售后", "退款", ["tk"], "亲，马上退 <cursor>。\n<date format=%Y-%m-%d>"],
        ["售后", "问候 🙂", [], "您好"],
    ]


@given(ITEMS)
def test_the_way_there_and_back_keeps_phrases(items: list[PhraseItem]) -> None:
    parsed = autokey.read_folder(autokey.write_phrases(items).files, "")
    assert parsed.phrases == items
    assert parsed.problems == []


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample files are not here")
def test_a_folder_as_autokey_has_it() -> None:
    name, parsed = read_path(SAMPLES, "phrases")
    assert name == "autokey"
    assert parsed.problems == []
    assert {item.title: item.abbr for item in parsed.phrases} == {
        **{"Home Address": "adr", "Third phrase": "", "email": "/em", "via hyp": "/via"}
    }
    assert {item.set for item in parsed.phrases} == {"phrases"}
    for path in SAMPLES.glob("*.txt"):
        name, alone = read_path(path, "phrases")
        assert (name, len(alone.phrases), alone.problems) == ("autokey", 1, [])
