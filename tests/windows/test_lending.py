"""This desk's input methods and browsers on Windows: found, lent to, started, and as they were."""

import ctypes
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from companion.desk.win32_browsers import Win32Browsers
from companion.formats import chromium_tree, mspinyin
from companion.formats.items import PhraseItem
from tests.formats.mspinyin_reader import entries
from tests.windows.companion_desk import Desk
from tests.windows.desktop import wait_until
from tests.windows.registry import Registry

# For mypy on other platforms, which need look no further.
if sys.platform != "win32":
    raise ImportError("these tests need Windows: use tests/windows/run.sh")

THEIRS = mspinyin.write_phrases([PhraseItem("", "这台电脑自己的短语", abbr="zjd")]).data
RIME = "# Rime table\n\n有\tu\t3\n"
APP_PATHS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\chrome.exe"
CHOICE = r"SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice"


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folders with a Chrome, a Microsoft Pinyin and a Rime that have things of their own,
    a Sogou and a Firefox.
    """
    user = tmp_path / "用户"
    local, roaming = user / "AppData/Local", user / "AppData/Roaming"
    chrome = local / "Google/Chrome/User Data/Default"
    firefox = roaming / "Mozilla/Firefox"
    microsoft = roaming / "Microsoft/InputMethod/Chs"
    for folder in (chrome, firefox / "a.default", microsoft, roaming / "Rime"):
        folder.mkdir(parents=True)
    (user / "AppData/LocalLow/SogouPY").mkdir(parents=True)
    (chrome / "Preferences").write_text("{}")
    (chrome / "Bookmarks").write_bytes(chromium_tree.dumps(chromium_tree.empty()))
    (firefox / "profiles.ini").write_text("[Profile0]\nName=default\nPath=a.default\n")
    (microsoft / "ChsPinyinEUDPv1.lex").write_bytes(THEIRS)
    (roaming / "Rime/custom_phrase.txt").write_text(RIME, "utf-8", newline="")
    monkeypatch.setenv("USERPROFILE", str(user))
    monkeypatch.setenv("LOCALAPPDATA", str(local))
    monkeypatch.setenv("APPDATA", str(roaming))
    return user


@pytest.fixture
def desk(tmp_path: Path, user: Path) -> Desk:
    """A desk with a phrase and a bookmark."""
    desk = Desk(tmp_path)
    desk.make_profile()
    # One line: Microsoft Pinyin has no others.
    desk.add("退款已提交", "您好，退款已提交。")
    marks = tmp_path / "marks.html"
    page = '<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><A HREF="https://a.test/">物流</A></DL>'
    marks.write_text(page, encoding="utf-8")
    desk.run("bookmarks", "import", str(marks), *desk.secret)
    return desk


def pinyin(user: Path) -> Path:
    return user / "AppData/Roaming/Microsoft/InputMethod/Chs/ChsPinyinEUDPv1.lex"


def chrome(user: Path) -> Path:
    return user / "AppData/Local/Google/Chrome/User Data/Default/Bookmarks"


def custom(user: Path) -> Path:
    return user / "AppData/Roaming/Rime/custom_phrase.txt"


def test_what_is_here_is_found(desk: Desk) -> None:
    said = json.loads(desk.run("desk", "list", "--json"))
    assert [one["name"] for one in said["input_methods"]] == ["mspinyin", "sogou", "weasel"]
    assert [(one["name"], one["running"]) for one in said["browsers"]] == [
        ("Chrome", False),
        ("Firefox", False),
    ]


def test_what_is_lent_is_there_and_signing_out_leaves_each_file_as_it_was(
    desk: Desk, user: Path
) -> None:
    before = chrome(user).read_bytes()
    for place in (("--input-method", "mspinyin"), ("--input-method", "weasel")):
        desk.run("desk", "lend", *place, *desk.secret)
    desk.run("desk", "lend", "--browser", "chrome", *desk.secret)
    texts = [text for _, _, text in entries(pinyin(user).read_bytes())]
    assert sorted(texts) == ["您好，退款已提交。", "这台电脑自己的短语"]
    assert custom(user).read_text("utf-8").startswith(RIME.rstrip("\n"))
    assert "\ttkytj" in custom(user).read_text("utf-8")
    assert b"https://a.test/" in chrome(user).read_bytes()

    left = json.loads(desk.run("sign-out", "--json", *desk.secret))
    assert (left["remains"], left["traces"]) == ([], [])
    assert pinyin(user).read_bytes() == THEIRS
    assert custom(user).read_text("utf-8") == RIME
    assert chrome(user).read_bytes() == before


def test_a_browser_that_has_its_lock_is_not_written(desk: Desk, user: Path) -> None:
    before = chrome(user).read_bytes()
    lock = chrome(user).parents[1] / "lockfile"
    # One that only lies there, of a browser that was ended, holds nobody up.
    lock.touch()
    assert lends(desk) == ""
    with held(lock):
        assert lends(desk) == "running"
        left = json.loads(desk.run("sign-out", "--json", *desk.secret))
    assert [one["why"] for one in left["remains"]] == ["browser.remains.running"]
    # The next start has nobody signed in, and takes it back all the same.
    desk.start()
    try:
        assert wait_until(lambda: chrome(user).read_bytes() == before, 30)
    finally:
        desk.close()


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """A file as a Chromium holds its lock: open for writing, and nobody else may write."""
    write, shared_for_reading, always = 0x40000000, 1, 2
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateFileW.restype = ctypes.c_void_p
    handle = kernel.CreateFileW(str(lock), write, shared_for_reading, None, always, 0, None)
    assert handle != ctypes.c_void_p(-1).value
    try:
        yield
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))


def lends(desk: Desk) -> str:
    """Why the browser would not take the bookmarks; empty where it did."""
    said = desk.run("desk", "lend", "--browser", "chrome", "--json", *desk.secret)
    return str(json.loads(said)["refused"])


def test_a_browser_is_found_by_the_registry_the_users_own_first() -> None:
    with Registry() as registry:
        assert Win32Browsers().executable("Chrome") == ""
        registry.machine(APP_PATHS, "", r"C:\Program Files\Chrome\chrome.exe")
        assert Win32Browsers().executable("Chrome") == r"C:\Program Files\Chrome\chrome.exe"
        registry.user(APP_PATHS, "", r'"C:\用户\chrome.exe"')
        assert Win32Browsers().executable("Chrome") == r"C:\用户\chrome.exe"
        assert Win32Browsers().executable("of another system") == ""


@pytest.mark.parametrize(
    ("command", "program"),
    [
        (r'"C:\Program Files\B\b.exe" -osint -url "%1"', r"C:\Program Files\B\b.exe"),
        (r"C:\B\b.exe %1", r"C:\B\b.exe"),
        ("winebrowser %1", ""),
        ("", ""),
    ],
)
def test_the_usual_browser_is_what_the_user_chose_for_https(command: str, program: str) -> None:
    with Registry() as registry:
        registry.user(CHOICE, "ProgId", "CompanionTestURL")
        registry.machine(r"SOFTWARE\Classes\CompanionTestURL\shell\open\command", "", command)
        assert Win32Browsers().usual() == program


def test_a_browser_is_started_apart_from_us(tmp_path: Path) -> None:
    sign = tmp_path / "started 了"
    write = f"import pathlib; pathlib.Path({str(sign)!r}).write_text('x')"
    assert Win32Browsers().start([sys.executable, "-c", write])
    assert wait_until(sign.exists, 20)
    assert not Win32Browsers().start([str(tmp_path / "nowhere.exe")])
