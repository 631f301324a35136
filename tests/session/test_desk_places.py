"""What of this desk can be lent to, what is put there, and that one place is taken back alone."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from companion.desk.recording import RecordingSecrets
from companion.errors import StoreUnreachable
from companion.formats import netscape
from companion.formats.items import Problem
from companion.session.desk_places import (
    BOOKMARKS,
    PHRASES,
    Place,
    export,
    put,
    survey,
)
from companion.session.lending import Refusal
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create
from companion.wiring.seats import open_store
from tests.session.lent_desk import RIME, LentDesk, make_lent_desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the folders are those of Linux")


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LentDesk:
    return make_lent_desk(tmp_path / "user", monkeypatch)


@pytest.fixture
def session(tmp_path: Path, there: LentDesk) -> Session:
    (tmp_path / "share").mkdir()
    seat = Seat(tmp_path / "home", open_store, RecordingSecrets())
    session, _ = create(seat, f"folder:{tmp_path / 'share'}", "林", "correct horse battery")
    profile = session.profile
    parent = profile.add("set", title="售后")
    profile.add("phrase", title="退款", body="马上办", parent=parent)
    profile.add("phrase", title="换货", body="可以换", parent=parent)
    profile.add("phrase", title="别的", body="别的内容")
    early = profile.add("folder", title="早班")
    inner = profile.add("folder", title="内", parent=early)
    profile.add("bookmark", title="物流", url="https://a.test/", parent=inner)
    profile.add("bookmark", title="其他", url="https://c.test/")
    return session


def places(session: Session) -> list[Place]:
    return list(survey(session.profile, session.loans).places)


def test_this_desk_is_looked_at(session: Session, there: LentDesk) -> None:
    found = survey(session.profile, session.loans)
    assert [(place.holds, place.lent, place.format) for place in found.places] == [
        (PHRASES, 0, ""),
        (BOOKMARKS, 0, ""),
    ]
    assert not found.lent
    assert found.shares == {PHRASES: {"": 1, "售后": 2}, BOOKMARKS: {"": 1, "早班": 1}}


def test_each_place_is_counted_and_taken_back_alone(session: Session, there: LentDesk) -> None:
    rime, chromium = places(session)
    assert put(session, rime, {""}).count == 2
    assert put(session, chromium, ()).count == 2
    assert [place.lent for place in places(session)] == [2, 2]
    assert session.take_back_loans(rime.what) == ()
    assert there.rime() == RIME
    assert b"https://a.test/" in there.bookmarks()
    assert [place.lent for place in places(session)] == [0, 2]
    put(session, rime, ())
    assert session.take_back_loans(chromium.what) == ()
    assert there.bookmarks() == there.before
    assert "马上办" in there.rime()
    assert survey(session.profile, session.loans).lent
    assert session.take_back_loans(None) == ()
    assert there.rime() == RIME
    assert not survey(session.profile, session.loans).lent


def test_of_two_of_a_kind_only_one_is_taken_back(session: Session, there: LentDesk) -> None:
    fcitx = there.home / ".local/share/fcitx5/rime"
    fcitx.mkdir(parents=True)
    chrome = there.home / ".config/google-chrome/Default"
    chrome.mkdir(parents=True)
    (chrome / "Preferences").write_text("{}")
    found = places(session)
    assert [place.holds for place in found] == [PHRASES, PHRASES, BOOKMARKS, BOOKMARKS]
    for place in found:
        put(session, place, ())
    # Rime of IBus, and Chromium, in the order of their names.
    for one in (found[1], found[3]):
        assert session.take_back_loans(one.what) == ()
    assert [place.lent for place in places(session)] == [3, 0, 2, 0]
    assert there.rime() == RIME
    assert there.bookmarks() == there.before
    assert "马上办" in (fcitx / "custom_phrase.txt").read_text(encoding="utf-8")
    assert session.take_back_loans(None) == ()
    assert [place.lent for place in places(session)] == [0] * 4


def test_a_browser_that_opened_keeps_what_it_has_when_an_update_is_refused(
    session: Session, there: LentDesk
) -> None:
    chromium = places(session)[1]
    put(session, chromium, ())
    after = there.bookmarks()
    there.open_browser()
    assert put(session, chromium, {"早班"}).refused is Refusal.RUNNING
    assert there.bookmarks() == after
    assert places(session)[1].refused is Refusal.RUNNING


def test_an_update_never_asks_less_than_the_first_time(session: Session, there: LentDesk) -> None:
    chromium = places(session)[1]
    put(session, chromium, ())
    after = there.bookmarks()
    there.sign_in_browser()
    assert put(session, chromium, ()).refused is Refusal.SYNCED
    assert there.bookmarks() == after
    assert put(session, chromium, {"早班"}, even_synced=True).count == 1
    assert b"https://a.test/" not in there.bookmarks()


def test_a_file_that_is_not_known_is_for_the_agents_own_hands(
    session: Session, there: LentDesk, tmp_path: Path
) -> None:
    there.bookmarks_file.write_bytes(b"{not json")
    chromium = places(session)[1]
    assert (chromium.refused, chromium.format) == (Refusal.UNKNOWN, "netscape")
    assert put(session, chromium, ()).refused is Refusal.UNKNOWN
    file = tmp_path / "marks.html"
    assert export(session, chromium, {""}, file).count == 1
    read = netscape.read(file.read_bytes(), "marks.html").bookmarks
    assert [(item.folder, item.url) for item in read] == [(("早班", "内"), "https://a.test/")]
    assert file.stat().st_mode & 0o077 == 0


def test_a_browser_whose_file_cannot_be_read_hides_no_other(
    session: Session, there: LentDesk
) -> None:
    there.bookmarks_file.unlink()
    there.bookmarks_file.mkdir()
    rime, chromium = places(session)
    assert rime.refused is None
    assert chromium.refused is Refusal.UNKNOWN


def test_what_an_agent_added_in_the_browser_is_on_the_disk_before_the_store_is_met(
    session: Session, there: LentDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.save()
    put(session, places(session)[1], ())
    there.add_bookmark("https://new.test/")
    saved: list[bool] = []

    def unreachable(*_: object) -> None:
        saved.append(not session.profile.has_changes())
        raise StoreUnreachable(place="", reason="")

    monkeypatch.setattr(session, "_way", SimpleNamespace(taken=unreachable))
    session.send()
    assert "https://new.test/" in {mark.url for mark in session.profile.bookmarks()}
    assert saved == [True]


def test_what_is_left_out_is_named(session: Session, there: LentDesk) -> None:
    session.profile.add("phrase", title="……", body="没有字母")
    outcome = put(session, places(session)[0], ())
    assert (outcome.count, outcome.problems) == (3, [Problem("no_code", "……")])
