"""What is put on the desk and opened each time an agent sits down."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.desk.recording import RecordingSecrets
from companion.policy import Policy
from companion.seat_errors import PolicyForbids
from companion.session.desk_places import BOOKMARKS, PHRASES, export, put, survey
from companion.session.each_time import MORNING, OPTIONS, lend, morning, names_in, wanted
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create
from companion.settings import lines_of
from companion.wiring.seats import open_store
from tests.session.lent_desk import LentDesk, make_lent_desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the folders are those of Linux")
ALLOWED, FORBIDDEN = Policy(), Policy(input_methods=False, browsers=False)


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LentDesk:
    return make_lent_desk(tmp_path / "user", monkeypatch)


def a_session(tmp_path: Path, policy: Policy) -> Session:
    (tmp_path / "share").mkdir()
    seat = Seat(tmp_path / "home", open_store, RecordingSecrets())
    seat = replace(seat, policy=policy)
    session, _ = create(seat, f"folder:{tmp_path / 'share'}", "林", "correct horse battery")
    profile = session.profile
    parent = profile.add("set", title="售后")
    profile.add("phrase", title="退款", body="马上办", parent=parent)
    profile.add("phrase", title="别的", body="别的内容")
    early = profile.add("folder", title="早班")
    inner = profile.add("folder", title="内", parent=early)
    profile.add("bookmark", title="工单", url="https://b.test/", parent=early)
    profile.add("bookmark", title="脚本", url="javascript:1", parent=early)
    profile.add("bookmark", title="物流", url="https://a.test/", parent=inner)
    profile.add("bookmark", title="其他", url="https://c.test/")
    return session


@pytest.fixture
def session(tmp_path: Path, there: LentDesk) -> Session:
    return a_session(tmp_path, ALLOWED)


@given(st.lists(st.text(st.characters(exclude_characters="\n")), max_size=5))
def test_names_come_back_as_they_were_written(names: list[str]) -> None:
    assert names_in(lines_of(names)) == tuple(names)


def test_an_option_that_a_person_wrote_needs_no_line_end() -> None:
    assert names_in("售后\n物流") == ("售后", "物流")
    assert names_in("") == ()


def test_nothing_is_put_or_opened_unless_it_is_wanted(session: Session) -> None:
    assert (lend(session), morning(session)) == ([], [])
    assert wanted(session).names == {}


def test_what_was_chosen_is_put_wherever_it_fits(session: Session, there: LentDesk) -> None:
    session.profile.set_option(OPTIONS[PHRASES], lines_of(["售后", "no such set"]))
    session.profile.set_option(OPTIONS[BOOKMARKS], lines_of(["早班"]))
    done = lend(session)
    assert {one.place.holds for one in done} == {PHRASES, BOOKMARKS}
    put_there = there.rime()
    assert "马上办" in put_there and "别的内容" not in put_there
    # Once more is the same: what was there is taken back before.
    again = lend(session)
    assert [one.outcome for one in again] == [one.outcome for one in done]
    assert session.take_back_loans() == ()


def test_what_stands_in_no_set_can_be_chosen_too(session: Session, there: LentDesk) -> None:
    session.profile.set_option(OPTIONS[PHRASES], lines_of([""]))
    lend(session)
    put_there = there.rime()
    assert "马上办" not in put_there and "别的内容" in put_there


def test_the_morning_set_is_opened_in_order_with_what_is_in_its_folders(session: Session) -> None:
    session.profile.set_option(MORNING, "早班")
    assert morning(session) == ["https://b.test/", "https://a.test/"]
    session.profile.set_option(MORNING, "gone")
    assert morning(session) == []


def test_what_is_forbidden_at_this_desk_is_not_put_anywhere(
    tmp_path: Path, there: LentDesk
) -> None:
    session = a_session(tmp_path, FORBIDDEN)
    for holds, name in ((PHRASES, "售后"), (BOOKMARKS, "早班")):
        session.profile.set_option(OPTIONS[holds], lines_of([name]))
    assert lend(session) == []
    found = survey(session.profile, session.loans, session.seat.policy)
    assert found.forbidden == {PHRASES, BOOKMARKS}
    for place in found.places:
        with pytest.raises(PolicyForbids):
            put(session, place, [])
        with pytest.raises(PolicyForbids):
            export(session, place, [], tmp_path / "out")
    assert not session.loans.any()
    assert not (tmp_path / "out").exists()
