"""Bringing files in from the shell: decided by options, told in numbers, taken back."""

import zipfile
from pathlib import Path

import pytest

from tests.cli.desks import Desk

TABLE = "title,body,abbr,set\n退款,新的,tk,售后\n换货,可以换,hh,售后\n退,旧的,,别处\n"
BROKEN = 'title,body\n一,1\n二,"没有结束\n'


@pytest.fixture
def file(desk: Desk) -> Path:
    desk.json(
        "phrases", "add", "--title", "退款", "--body", "旧的", "--set", "售后", "--abbr", "tk"
    )
    file = desk.home.parent / "话术.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def bodies(desk: Desk) -> list[str]:
    return sorted(row["body"] for row in desk.json("phrases", "list")["phrases"])


def test_an_import_is_counted_before_and_taken_back_after(desk: Desk, file: Path) -> None:
    dry = desk.json("phrases", "import", str(file), "--dry-run")
    assert (dry["added"], dry["updated"], dry["duplicates"]) == (2, 1, 1)
    assert dry["places"] == {"售后": 2, "别处": 1}
    assert bodies(desk) == ["旧的"]
    assert desk.json("phrases", "import", str(file)) == dry
    assert bodies(desk) == ["可以换", "新的", "旧的"]
    taken = desk.json("phrases", "undo-import")
    assert taken == {"file": "话术.csv", "undone": 3, "kept": 0}
    assert bodies(desk) == ["旧的"]
    assert desk.run("phrases", "undo-import").code == 1


def test_options_leave_out_duplicates_and_changes(desk: Desk, file: Path) -> None:
    report = desk.json("phrases", "import", str(file), "--no-duplicates", "--no-changes")
    assert (report["added"], report["updated"], report["skipped"]) == (1, 0, 2)
    assert bodies(desk) == ["可以换", "旧的"]


def test_what_was_changed_since_is_said(desk: Desk, file: Path) -> None:
    desk.json("phrases", "import", str(file))
    desk.json("phrases", "import", str(file), "--into", "另外")
    said = desk.run("phrases", "undo-import")
    assert said.code == 0
    assert "话术.csv" in said.out
    assert bodies(desk) == ["可以换", "新的", "旧的"]


def test_a_broken_file_brings_nothing_unless_what_is_good_will_do(desk: Desk, file: Path) -> None:
    folder = file.parent / "all"
    folder.mkdir()
    (folder / "a.csv").write_text(TABLE, encoding="utf-8")
    (folder / "b.csv").write_text(BROKEN, encoding="utf-8")
    refused = desk.run("phrases", "import", str(folder), "--json")
    assert refused.code == 1
    assert bodies(desk) == ["旧的"]
    report = desk.json("phrases", "import", str(folder), "--keep-good")
    assert report["added"] >= 2
    assert "可以换" in bodies(desk)


def test_an_archive_is_brought_in_whole(desk: Desk, file: Path) -> None:
    with zipfile.ZipFile(file.with_suffix(".zip"), "w") as archive:
        archive.write(file, "sub/话术.csv")
    assert desk.json("phrases", "import", str(file.with_suffix(".zip")))["added"] == 2


def test_bookmarks_are_taken_back_apart_from_phrases(desk: Desk, file: Path) -> None:
    marks = file.with_suffix(".html")
    marks.write_text(
        '<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><A HREF="https://a.test/">物流</A></DL>',
        encoding="utf-8",
    )
    desk.json("phrases", "import", str(file))
    desk.json("bookmarks", "import", str(marks))
    assert desk.json("bookmarks", "undo-import")["undone"] == 1
    assert desk.json("bookmarks", "list") == {"bookmarks": []}
    assert len(bodies(desk)) == 3


def test_signing_out_takes_the_note_of_the_import_along(desk: Desk, file: Path) -> None:
    desk.json("phrases", "import", str(file))
    assert list(desk.home.rglob("imports/*.sealed"))
    said = desk.json("sign-out")
    assert said["traces"] == []
    assert not list(desk.home.rglob("imports/*.sealed"))
