"""Taking lent bookmarks back: in every kind of end, wherever the browser has copied them to."""

import json
import time
import uuid
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FileUnreadable, FileUnwritable
from companion.formats import chromium
from companion.formats import chromium_tree as tree
from companion.formats.items import BookmarkItem
from companion.notes import Notes
from companion.session.lending import put
from companion.session.lent import Ledger
from companion.session.returning import Remains, take_out
from tests.session.lending_scene import ITEMS, browser, lent, sealed, state


def test_what_is_put_stands_beside_the_desks_own(profile: Path, ledger: Ledger) -> None:
    before = state(profile)
    titles = [
        (one.title, one.folder) for one in chromium.read(lent(profile, ledger), "b").bookmarks
    ]
    ours = [("查单", ("随席", "售后")), ("家", ("随席",))]
    assert titles == [("柜台", ("台",)), ("网", ()), *ours]
    (noted,) = (file.read_bytes() for file in ledger.folder.glob("*.note"))
    assert not any(word.encode() in noted for word in ("随席", "查单", "order.test", "柜台"))
    assert [one.remains for one in take_out(Ledger(ledger.folder))] == [None]
    assert state(profile) == before
    assert not ledger.folder.exists()
    assert take_out(ledger) == []


def test_backups_drafts_and_snapshots_are_cleaned_too(profile: Path, ledger: Ledger) -> None:
    data = lent(profile, ledger)
    snapshot = profile.parent / "Snapshots" / "155.0" / "Default" / "Bookmarks"
    snapshot.parent.mkdir(parents=True)
    copies = [profile / "Bookmarks.bak", profile / "Bookmarks.msbak", snapshot]
    drafts = [profile / name for name in ("a.tmp", ".org.chromium.Chromium.aB", ".companion-1.tmp")]
    for file in (*copies, *drafts):
        file.write_bytes(data)
    (profile / "other.tmp").write_bytes(b"not ours")
    assert [one.remains for one in take_out(ledger)] == [None]
    assert not any(draft.exists() for draft in drafts)
    assert (profile / "other.tmp").exists()
    for file in copies:
        assert [one.title for one in chromium.read(file.read_bytes(), "b").bookmarks] == [
            "柜台",
            "网",
        ]


def test_encrypted_twins_of_ours_go_and_untouched_ones_stay(profile: Path, ledger: Ledger) -> None:
    twin, older = profile / "EncryptedBookmarks2", profile / "EncryptedBookmarks2.bak"
    twin.write_bytes(sealed(profile))
    older.write_bytes(b"of last week")
    before = state(profile)
    data = lent(profile, ledger)
    assert not twin.exists()
    twin.write_bytes(sealed(profile))
    assert [one.remains for one in take_out(ledger)] == [None]
    assert state(profile) == before
    # Where the browser has saved since, its old twin is no twin any more.
    data = lent(profile, ledger)
    (profile / "Bookmarks").write_bytes(data + b"\n")
    twin.write_bytes(sealed(profile))
    older.write_bytes(sealed(profile))
    assert [one.remains for one in take_out(ledger)] == [None]
    assert not twin.exists()
    assert not older.exists()


def test_what_only_the_encrypted_file_has_is_not_thrown_away(profile: Path, ledger: Ledger) -> None:
    data = lent(profile, ledger)
    newer = profile / "EncryptedBookmarks2"
    newer.write_bytes(b"v10" + b"\x01" * (len(data) + 500))
    assert [one.remains for one in take_out(ledger)] == [Remains.SEALED]
    assert newer.exists()
    assert len(ledger.notes()) == 1
    # The person has deleted the folder in the browser, which has saved both files since.
    newer.write_bytes(sealed(profile))
    assert [one.remains for one in take_out(ledger)] == [None]


def test_a_profile_that_is_gone_owes_nothing(profile: Path, ledger: Ledger) -> None:
    lent(profile, ledger)
    (profile / "Bookmarks").unlink()
    profile.rmdir()
    assert [one.remains for one in take_out(ledger)] == [None]
    assert not ledger.folder.exists()


def test_a_file_that_nobody_can_read_any_more_is_told(profile: Path, ledger: Ledger) -> None:
    data = lent(profile, ledger)
    (profile / "Bookmarks").write_bytes(data[:-20])
    assert [one.remains for one in take_out(ledger)] == [Remains.UNKNOWN]
    (profile / "Bookmarks").write_bytes(data)
    assert [one.remains for one in take_out(ledger)] == [None]


def test_a_lost_copy_or_a_changed_one_is_not_put_in_its_place(
    profile: Path, ledger: Ledger
) -> None:
    before = state(profile)
    lent(profile, ledger)
    for copy in ledger.folder.glob("*.copy"):
        copy.write_bytes(b"somebody else's")
    assert [one.remains for one in take_out(ledger)] == [None]
    # Our own dumps are as Chromium's, so that even this is the same.
    assert state(profile) == before


def test_a_ledger_that_cannot_be_read_is_told(ledger: Ledger) -> None:
    ledger.folder.mkdir()
    (ledger.folder / "1.note").write_bytes(b"{")
    with pytest.raises(FileUnreadable):
        take_out(ledger)


def test_two_browsers_are_settled_apart(profile: Path, ledger: Ledger, tmp_path: Path) -> None:
    other = tmp_path / "edge" / "Default"
    other.mkdir(parents=True)
    before = state(profile)
    lent(profile, ledger)
    put(browser(other, "Edge"), ITEMS, "随席", ledger)
    (other.parent / "SingletonLock").symlink_to("elsewhere-1")
    remains = [(one.browser, one.remains) for one in take_out(ledger)]
    assert remains == [("Chromium", None), ("Edge", Remains.RUNNING)]
    assert state(profile) == before
    (other.parent / "SingletonLock").unlink()
    assert [one.remains for one in take_out(ledger)] == [None]
    assert state(other) == {}


def test_what_an_agent_added_is_told_also_where_the_ledger_cannot_be_written(
    profile: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tree.loads(lent(profile, ledger))
    mine = {"type": "url", "guid": "mine", "name": "新", "url": "https://new.test/"}
    tree.children(root["roots"]["bookmark_bar"])[-1]["children"].append(mine)
    (profile / "Bookmarks").write_bytes(tree.dumps(root))

    def full(*_: object) -> None:
        raise FileUnwritable(place="", reason="")

    with monkeypatch.context() as patched:
        patched.setattr(Notes, "drop", full)
        (returned,) = take_out(ledger)
    assert [one.url for one in returned.added] == ["https://new.test/"]
    assert [one.remains for one in take_out(ledger)] == [None]
    assert ledger.notes() == []


@pytest.mark.parametrize(
    "strange",
    [{"guid": ["GUID"]}, {"guid": {"GUID": 1}}, {"guid": "GUID", "children": [{"guid": [1]}, [1]]}],
)
def test_a_file_of_another_shape_ends_no_sign_out(
    strange: dict[str, Any], profile: Path, ledger: Ledger
) -> None:
    lent(profile, ledger)
    (loan,) = ledger.notes()
    told = json.dumps({"roots": {"bookmark_bar": {"children": [strange]}}})
    (profile / "Bookmarks").write_text(told.replace("GUID", loan.guids[0]))
    (returned,) = take_out(ledger)
    there = loan.guids[0] in (profile / "Bookmarks").read_text()
    assert returned.remains is (Remains.UNKNOWN if there else None)


def test_many_bookmarks_are_looked_for_at_once(
    profile: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    lent(profile, ledger)
    (loan,) = ledger.notes()
    guids = tuple(str(uuid.UUID(int=number)) for number in range(30_000))
    ledger.drop(loan)
    ledger.add(msgspec.structs.replace(loan, guids=(*loan.guids, *guids)))
    (profile / "Bookmarks.bak").write_bytes(b" " * 3_000_000)
    began = time.monotonic()
    assert [one.remains for one in take_out(ledger)] == [None]
    assert time.monotonic() - began < 5


def test_what_was_dragged_out_one_by_one_costs_one_look_at_the_copy(
    profile: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [BookmarkItem(str(number), f"https://{number}.test/") for number in range(9)]
    put(browser(profile), items, "随席", ledger)
    root = tree.loads((profile / "Bookmarks").read_bytes())
    bar = tree.children(root["roots"]["bookmark_bar"])
    bar += bar[-1].pop("children")
    (profile / "Bookmarks").write_bytes(tree.dumps(root))
    reads: list[str] = []
    kept = Ledger.kept

    def counted(self: Ledger, name: str, before: str) -> bytes | None:
        reads.append(name)
        return kept(self, name, before)

    monkeypatch.setattr(Ledger, "kept", counted)
    assert [one.remains for one in take_out(ledger)] == [None]
    assert len(reads) == 1


def test_a_browser_that_starts_meanwhile_may_write_ours_again(
    profile: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, before = lent(profile, ledger), ledger.notes()
    lock = profile.parent / "SingletonLock"
    kept = Ledger.kept

    def slow(self: Ledger, name: str, hashed: str) -> bytes | None:
        lock.symlink_to("elsewhere-1")
        return kept(self, name, hashed)

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "kept", slow)
        assert [one.remains for one in take_out(ledger)] == [Remains.RUNNING]
    assert ledger.notes() == before
    # It saves what it had read, and is closed.
    (profile / "Bookmarks").write_bytes(data)
    lock.unlink()
    assert [one.remains for one in take_out(ledger)] == [None]
    assert b"order.test" not in (profile / "Bookmarks").read_bytes()


NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
MARKS = st.builds(
    BookmarkItem,
    NAMES,
    st.sampled_from(["http://a/", "https://b/退", "file:///c.txt"]),
    st.lists(NAMES.filter(bool), max_size=2).map(tuple),
)


@given(own=st.lists(MARKS, max_size=5), ours=st.lists(MARKS, max_size=5), title=NAMES)
def test_taking_out_what_was_put_in_leaves_what_was_there(
    own: list[BookmarkItem],
    ours: list[BookmarkItem],
    title: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    profile = tmp_path_factory.mktemp("p") / "Default"
    profile.mkdir()
    before = chromium.write_bookmarks(own).data
    (profile / "Bookmarks").write_bytes(before)
    ledger = Ledger(profile.parent / "lent")
    assert put(browser(profile), ours, title, ledger).count == len(ours)
    after = (profile / "Bookmarks").read_bytes()
    # As after a save of the browser: the same bookmarks in other bytes.
    (profile / "Bookmarks").write_bytes(after + b"\n")
    assert [one.remains for one in take_out(ledger)] == [None]
    assert (profile / "Bookmarks").read_bytes() == before
