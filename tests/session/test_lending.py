"""Lending bookmarks to a browser: what is refused, and what a crash or a full disk costs."""

import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from companion.errors import FileUnreadable, FileUnwritable
from companion.formats import chromium, firefox_places
from companion.formats import chromium_tree as tree
from companion.formats.items import BookmarkItem, Parsed, Problem
from companion.session import lending
from companion.session.browser_reading import read_from
from companion.session.lending import Lent, Refusal, put
from companion.session.lent import Ledger
from companion.session.returning import Remains, take_out
from companion.ui.words import LANGUAGES, Words
from tests.session.lending_scene import ITEMS, OWN, browser, sealed, state


def test_scripts_are_left_out_and_named(profile: Path, ledger: Ledger) -> None:
    items = [BookmarkItem("脚本", "javascript:alert(1)"), *ITEMS]
    told = [Problem("address_left_out", "脚本")]
    assert put(browser(profile), items, "随席", ledger) == Lent(2, told)
    assert b"javascript" not in (profile / "Bookmarks").read_bytes()


@pytest.mark.parametrize("name", ["Firefox", "360安全浏览器", "QQ浏览器", "Vivaldi"])
def test_browsers_that_are_not_known_well_enough_are_not_written(
    name: str, profile: Path, ledger: Ledger
) -> None:
    before = state(profile)
    engine = "firefox" if name == "Firefox" else "chromium"
    refused = put(browser(profile, name, engine), ITEMS, "随席", ledger)
    assert (refused.refused, state(profile)) == (Refusal.NOT_WRITABLE, before)


@pytest.mark.parametrize(
    "said", [{"account_info": [{"email": "x"}]}, {"google": {"services": {"account_id": "1"}}}]
)
def test_an_account_would_carry_them_away(
    said: dict[str, Any], profile: Path, ledger: Ledger
) -> None:
    (profile / "Preferences").write_text(json.dumps(said))
    assert put(browser(profile), ITEMS, "随席", ledger).refused is Refusal.SYNCED
    assert put(browser(profile), ITEMS, "随席", ledger, even_synced=True).refused is None


def test_a_file_that_is_synced_says_so_itself(profile: Path, ledger: Ledger) -> None:
    (profile / "Preferences").write_text('{"account_info": []}')
    root = tree.loads((profile / "Bookmarks").read_bytes())
    (profile / "Bookmarks").write_bytes(tree.dumps({**root, "sync_metadata": "AA=="}))
    assert put(browser(profile), ITEMS, "随席", ledger).refused is Refusal.SYNCED


def test_a_file_that_is_summed_up_otherwise_is_left_alone(profile: Path, ledger: Ledger) -> None:
    good = (profile / "Bookmarks").read_bytes()
    root = tree.loads(good)
    other = good.replace(root["checksum"].encode(), b"0" * 32)
    listless = tree.dumps({**root, "roots": {**root["roots"], "bookmark_bar": {"children": 1}}})
    for data in (
        other,
        b"{",
        b"\xff",
        b'{"roots": {}}',
        listless,
        b'{"roots": {"bookmark_bar": 1}}',
    ):
        (profile / "Bookmarks").write_bytes(data)
        assert put(browser(profile), ITEMS, "随席", ledger).refused is Refusal.UNKNOWN
        assert (profile / "Bookmarks").read_bytes() == data
    assert not ledger.folder.exists()


def test_a_file_beside_a_different_encrypted_one_is_not_what_is_read(
    profile: Path, ledger: Ledger
) -> None:
    (profile / "EncryptedBookmarks2").write_bytes(b"v10" + b"x" * 5_000)
    assert put(browser(profile), ITEMS, "随席", ledger).refused is Refusal.SEALED
    (profile / "Bookmarks").unlink()
    assert put(browser(profile), ITEMS, "随席", ledger).refused is Refusal.SEALED
    with pytest.raises(FileUnreadable):
        read_from(browser(profile))


@pytest.mark.skipif(os.name == "nt", reason="Windows locks otherwise")
@pytest.mark.parametrize(
    ("lock", "runs"),
    [
        ("elsewhere-1", True),
        (f"{socket.gethostname()}-{os.getpid()}", True),
        (f"{socket.gethostname()}-{2**22 + 1}", False),
        ("strange", True),
    ],
)
def test_a_lock_tells_whether_it_runs(lock: str, runs: bool, profile: Path, ledger: Ledger) -> None:
    (profile.parent / "SingletonLock").symlink_to(lock)
    expected = Refusal.RUNNING if runs else None
    assert put(browser(profile), ITEMS, "随席", ledger).refused is expected


def test_a_crash_after_the_note_costs_nothing(
    profile: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    (profile / "EncryptedBookmarks2").write_bytes(sealed(profile))
    before = state(profile)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    for step in ("rewrite", "is_running"):
        with monkeypatch.context() as patched:
            patched.setattr(lending, step, crash)
            with pytest.raises(KeyboardInterrupt):
                put(browser(profile), ITEMS, "随席", ledger)
        assert [one.remains for one in take_out(ledger)] in ([None], [])
        assert state(profile) == before


def test_a_browser_that_was_opened_and_closed_meanwhile_keeps_what_it_wrote(
    profile: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = chromium.write_bookmarks(OWN[:1]).data
    dumps = tree.dumps

    def slow(root: tree.Node) -> bytes:
        made = dumps(root)
        (profile / "Bookmarks").write_bytes(newer)
        return made

    monkeypatch.setattr(tree, "dumps", slow)
    assert put(browser(profile), ITEMS, "随席", ledger).refused is Refusal.RUNNING
    assert (profile / "Bookmarks").read_bytes() == newer
    assert not ledger.folder.exists()


def test_a_file_that_cannot_be_written_is_as_before(
    profile: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(profile)

    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(lending, "rewrite", full)
    with pytest.raises(FileUnwritable):
        put(browser(profile), ITEMS, "随席", ledger)
    assert state(profile) == before
    assert not ledger.folder.exists()


def test_every_answer_has_its_words() -> None:
    for language in LANGUAGES:
        words = Words(language)
        for refusal in Refusal:
            assert words.say(f"browser.refused.{refusal.value}")
        for remains in Remains:
            assert words.say(f"browser.remains.{remains.value}", title="随席")


def test_reading_takes_all_files_of_a_profile(profile: Path) -> None:
    account = chromium.write_bookmarks([BookmarkItem("账号", "https://a.test/", ("台",))])
    (profile / "AccountBookmarks").write_bytes(account.data)
    parsed = read_from(browser(profile))
    assert [one.title for one in parsed.bookmarks] == ["柜台", "网", "账号"]
    assert parsed.folders == [("台",)]


def test_reading_of_relatives_and_of_new_profiles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_from(browser(tmp_path)) == Parsed()
    (tmp_path / "360Bookmarks").write_bytes(chromium.write_bookmarks(OWN).data)
    assert len(read_from(browser(tmp_path)).bookmarks) == 2
    (tmp_path / "360Bookmarks").write_bytes(b"\x9f\x00 something of its own")
    with pytest.raises(FileUnreadable):
        read_from(browser(tmp_path))
    seen: list[Path] = []
    monkeypatch.setattr(firefox_places, "read_database", lambda path, _: seen.append(path))
    read_from(browser(tmp_path, "Firefox", "firefox"))
    assert seen == [tmp_path / "places.sqlite"]
