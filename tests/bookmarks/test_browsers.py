"""Finding browsers by the folders they are known to use, on every system."""

import json
from pathlib import Path

import pytest

from companion.bookmarks.browsers import Browser, Surroundings, browsers


def chromium(folder: Path, **names: str) -> None:
    about = {place.replace("_", " "): {"name": name} for place, name in names.items()}
    for place in about:
        (folder / place).mkdir(parents=True)
        (folder / place / "Preferences").write_text("{}")
    (folder / "Local State").write_text(json.dumps({"profile": {"info_cache": about}}))


@pytest.mark.parametrize(
    ("platform", "variables", "below"),
    [
        ("linux", {}, ".config/google-chrome"),
        ("darwin", {}, "Library/Application Support/Google/Chrome"),
        ("win32", {"LOCALAPPDATA": "Local"}, "Local/Google/Chrome/User Data"),
    ],
)
def test_chrome_names_its_profiles(
    platform: str, variables: dict[str, str], below: str, tmp_path: Path
) -> None:
    chromium(tmp_path / below, Default="小林", Profile_1="值班")
    there = {name: str(tmp_path / folder) for name, folder in variables.items()}
    assert browsers(Surroundings(platform, tmp_path, there)) == [
        Browser("Chrome", "小林", str(tmp_path / below / "Default")),
        Browser("Chrome", "值班", str(tmp_path / below / "Profile 1")),
    ]


def test_firefox_tells_where_its_profiles_are(tmp_path: Path) -> None:
    root = tmp_path / ".mozilla/firefox"
    elsewhere = tmp_path / "elsewhere"
    (root / "abc.default").mkdir(parents=True)
    elsewhere.mkdir()
    (root / "profiles.ini").write_text(
        "[Profile0]\nName=default\nIsRelative=1\nPath=abc.default\n"
        f"[Profile1]\nName=值班\nIsRelative=0\nPath={elsewhere}\n"
        "[Profile2]\nName=gone\nPath=gone\n[General]\nVersion=2\n",
        encoding="utf-8",
    )
    found = browsers(Surroundings("linux", tmp_path, {}))
    assert {one.engine for one in found} == {"firefox"}
    assert {(one.profile, one.folder) for one in found} == {
        ("default", str(root / "abc.default")),
        ("值班", str(elsewhere)),
    }


@pytest.mark.parametrize("said", [b"", b"{", b"[]", b'{"profile": {"info_cache": {"Default": 3}}}'])
def test_a_broken_list_of_profiles_leaves_the_usual_one(said: bytes, tmp_path: Path) -> None:
    folder = tmp_path / ".config/chromium"
    chromium(folder, Default="x")
    (folder / "Local State").write_bytes(said)
    (tmp_path / ".mozilla/firefox").mkdir(parents=True)
    (tmp_path / ".mozilla/firefox/profiles.ini").write_bytes(b"\xff[")
    assert browsers(Surroundings("linux", tmp_path, {})) == [
        Browser("Chromium", "Default", str(folder / "Default"))
    ]


def test_a_profile_that_cannot_be_looked_at_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / ".config/chromium"
    chromium(folder, Default="x")
    about = {"Default": {"name": "x"}, "y" * 300: {}}
    (folder / "Local State").write_text(json.dumps({"profile": {"info_cache": about}}))
    firefox = tmp_path / ".mozilla/firefox"
    firefox.mkdir(parents=True)
    (firefox / "profiles.ini").write_text(f"[Profile0]\nPath={'y' * 300}\n")
    assert [one.profile for one in browsers(Surroundings("linux", tmp_path, {}))] == ["x"]
    (folder / "Local State").write_text("[" * 100_000)
    assert [one.profile for one in browsers(Surroundings("linux", tmp_path, {}))] == ["Default"]


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32", "freebsd"])
def test_a_desk_without_browsers_has_none(platform: str, tmp_path: Path) -> None:
    assert browsers(Surroundings(platform, tmp_path, {})) == []


@pytest.mark.parametrize(
    ("browser", "variable", "below"),
    [
        ("360安全浏览器", "APPDATA", "360se6/User Data"),
        ("360极速浏览器", "LOCALAPPDATA", "360Chrome/Chrome/User Data"),
        ("360极速浏览器X", "LOCALAPPDATA", "360ChromeX/Chrome/User Data"),
        ("QQ浏览器", "LOCALAPPDATA", "Tencent/QQBrowser/User Data"),
        ("Brave", "LOCALAPPDATA", "BraveSoftware/Brave-Browser/User Data"),
        ("Vivaldi", "LOCALAPPDATA", "Vivaldi/User Data"),
    ],
)
def test_relatives_of_chromium_are_found(
    browser: str, variable: str, below: str, tmp_path: Path
) -> None:
    chromium(tmp_path / variable / below, Default="我")
    there = {name: str(tmp_path / name) for name in ("APPDATA", "LOCALAPPDATA")}
    (found,) = browsers(Surroundings("win32", tmp_path, there))
    assert (found.browser, found.profile, found.engine) == (browser, "我", "chromium")
