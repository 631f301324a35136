"""This desk's input methods and browsers from the shell: lent to, and empty again at sign-out."""

import json
import socket
import sys
from pathlib import Path

import pytest

from companion.formats import chromium_tree as tree
from companion.session.sitting import create
from companion.ui.words import Words
from tests.cli.desks import PASSPHRASE, Desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the folders are those of Linux")
RIME = "# Rime table\n\n有\tu\t3\n"
CANARY = "金丝雀退款马上办好请您稍等一下"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's home with a Rime and a Chromium that has a bookmark of the desk's own."""
    home = tmp_path / "user"
    rime = home / ".config/ibus/rime"
    rime.mkdir(parents=True)
    (rime / "custom_phrase.txt").write_text(RIME, encoding="utf-8")
    profile = home / ".config/chromium/Default"
    profile.mkdir(parents=True)
    (profile / "Preferences").write_text("{}")
    (profile / "Bookmarks").write_bytes(tree.dumps(tree.empty()))
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def filled(desk: Desk, home: Path) -> Desk:
    desk.json("phrases", "add", "--title", "退款", "--body", CANARY, "--set", "售后")
    desk.json("phrases", "add", "--title", "别的", "--body", "别的内容", "--set", "其他")
    marks = desk.home.parent / "marks.html"
    marks.write_text(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><H3>早班</H3><DL><p>"
        '<DT><A HREF="https://a.test/">物流</A><DT><A HREF="https://b.test/">工单</A>'
        '</DL><DT><A HREF="https://c.test/">其他</A></DL>',
        encoding="utf-8",
    )
    desk.json("bookmarks", "import", str(marks))
    return desk


def rime(home: Path) -> str:
    return (home / ".config/ibus/rime/custom_phrase.txt").read_text(encoding="utf-8")


def bookmarks(home: Path) -> bytes:
    return (home / ".config/chromium/Default/Bookmarks").read_bytes()


def test_what_is_here_is_listed(filled: Desk, home: Path) -> None:
    said = filled.json("desk", "list")
    assert [one["name"] for one in said["input_methods"]] == ["ibus_rime"]
    assert [(one["name"], one["lent"]) for one in said["browsers"]] == [("Chromium", False)]


def test_phrases_are_lent_by_set_with_initials_for_codes_and_taken_back(
    filled: Desk, home: Path
) -> None:
    lent = filled.json("desk", "lend", "--input-method", "ibus_rime", "--set", "售后")
    assert lent["count"] == 1
    assert f"{CANARY}\ttk" in rime(home)
    assert "别的内容" not in rime(home)
    assert rime(home).startswith(RIME.rstrip("\n"))
    assert filled.json("desk", "list")["input_methods"][0]["lent"]
    assert filled.json("desk", "take-back") == {"gone": 1, "remains": []}
    assert rime(home) == RIME


def test_bookmarks_are_lent_by_folder_and_signing_out_takes_them_back(
    filled: Desk, home: Path
) -> None:
    before = bookmarks(home)
    lent = filled.json("desk", "lend", "--browser", "chromium", "--folder", "早班")
    assert (lent["count"], lent["refused"]) == (2, "")
    assert b"https://a.test/" in bookmarks(home)
    assert b"https://c.test/" not in bookmarks(home)
    filled.json("desk", "lend", "--input-method", "ibus_rime")
    left = filled.json("sign-out")
    assert left["remains"] == []
    assert left["traces"] == []
    assert bookmarks(home) == before
    assert rime(home) == RIME
    assert not list(filled.home.rglob("lent/**/*.*"))


def test_what_is_lent_again_takes_the_place_of_what_was(filled: Desk, home: Path) -> None:
    before = bookmarks(home)
    filled.json("desk", "lend", "--browser", "chromium", "--folder", "早班")
    again = filled.json("desk", "lend", "--browser", "chromium")
    assert (again["count"], again["refused"], again["remains"]) == (3, "", [])
    assert bookmarks(home).count(b"https://a.test/") == 1
    assert filled.json("desk", "take-back") == {"gone": 1, "remains": []}
    assert bookmarks(home) == before


def test_the_ledger_holds_no_word(filled: Desk, home: Path) -> None:
    filled.json("desk", "lend", "--input-method", "ibus_rime")
    filled.json("desk", "lend", "--browser", "chromium")
    held = b"".join(path.read_bytes() for path in filled.home.rglob("lent/**/*") if path.is_file())
    for word in (CANARY, "物流", "https://a.test/", "退款"):
        assert word.encode() not in held


def test_what_an_agent_added_in_the_browser_is_kept(filled: Desk, home: Path) -> None:
    filled.json("desk", "lend", "--browser", "chromium", "--folder", "早班")
    root = json.loads(bookmarks(home))
    ours = root["roots"]["bookmark_bar"]["children"][-1]
    mine = dict(
        ours["children"][0]["children"][0],
        guid="0" * 36,
        id="99",
        name="新的",
        url="https://new.test/",
    )
    ours["children"].append(mine)
    (home / ".config/chromium/Default/Bookmarks").write_bytes(tree.dumps(root))
    filled.json("desk", "take-back")
    urls = [one["url"] for one in filled.json("bookmarks", "list")["bookmarks"]]
    assert urls.count("https://new.test/") == 1
    assert b"https://new.test/" not in bookmarks(home)


def test_a_browser_that_is_open_is_left_alone_and_said(filled: Desk, home: Path) -> None:
    filled.json("desk", "lend", "--browser", "chromium")
    # As Chromium marks it while it runs.
    (home / ".config/chromium/SingletonLock").symlink_to(f"{socket.gethostname()}-1")
    refused = filled.json("desk", "lend", "--browser", "chromium")
    assert refused["refused"] == "running"
    left = filled.json("sign-out")
    assert [(one["where"], one["why"]) for one in left["remains"]] == [
        ("Chromium", "browser.remains.running")
    ]
    assert b"https://a.test/" in bookmarks(home)


def test_bookmarks_come_in_from_a_browser(filled: Desk, home: Path) -> None:
    root = tree.empty()
    node = {
        "type": "url",
        "name": "桌面的",
        "url": "https://own.test/",
        "id": "7",
        "guid": "9" * 36,
    }
    tree.children(root["roots"]["bookmark_bar"]).append(node)
    (home / ".config/chromium/Default/Bookmarks").write_bytes(tree.dumps(root))
    report = filled.json("bookmarks", "import-from", "chromium", "--into", "带来的")
    assert (report["added"], report["places"]) == (1, {"带来的": 1})


def test_unknown_names_are_said(filled: Desk, home: Path) -> None:
    assert filled.run("desk", "lend", "--input-method", "nothing").code == 1
    assert filled.run("desk", "lend", "--browser", "nothing").code == 1
    assert filled.run("bookmarks", "open-set", "没有").code == 1


def test_what_one_agent_added_never_goes_to_another(
    filled: Desk, home: Path, tmp_path: Path
) -> None:
    filled.json("desk", "lend", "--browser", "chromium", "--folder", "早班")
    root = json.loads(bookmarks(home))
    ours = root["roots"]["bookmark_bar"]["children"][-1]
    mine = dict(ours["children"][0]["children"][0], guid="0" * 36, id="99", url="https://new.test/")
    ours["children"].append(mine)
    (home / ".config/chromium/Default/Bookmarks").write_bytes(tree.dumps(root))
    lock = home / ".config/chromium/SingletonLock"
    lock.symlink_to(f"{socket.gethostname()}-1")
    assert filled.json("sign-out")["remains"]
    lock.unlink()
    # Somebody else sits down at the same desk.
    store = (tmp_path / "other").as_uri().replace("file", "folder", 1)
    create(filled.seat(), store, "另一位", PASSPHRASE)
    assert filled.json("desk", "take-back")["remains"] == []
    assert filled.json("bookmarks", "list") == {"bookmarks": []}
    assert b"https://new.test/" not in bookmarks(home)


def test_an_input_method_goes_by_the_name_that_is_listed_and_a_set_must_be_there(
    filled: Desk, home: Path
) -> None:
    name = Words(filled.language).say("input_method.ibus_rime")
    assert filled.json("desk", "lend", "--input-method", name)["count"] == 2
    refused = filled.run(
        "desk", "lend", "--input-method", "ibus_rime", "--set", "没有这组", "--json"
    ).error
    assert refused["error"] == "input_invalid"
    # What was there before stays.
    assert CANARY in rime(home)


def test_a_file_that_everybody_may_read_stays_so(filled: Desk, home: Path) -> None:
    file = home / ".config/chromium/Default/Bookmarks"
    file.chmod(0o644)
    filled.json("desk", "lend", "--browser", "chromium")
    assert file.stat().st_mode & 0o777 == 0o644
    filled.json("desk", "take-back")
    assert file.stat().st_mode & 0o777 == 0o644
