"""What a crash left lent is taken back at the start of the app, where nobody is signed in."""

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.app.tray_app import TrayApp
from companion.formats.items import BookmarkItem
from companion.session.desk_places import put, survey
from companion.session.remaining import TakenBack
from companion.session.session import Session
from companion.session.sitting import open_here
from companion.ui.words import Words
from tests.app.conftest import MakeApp
from tests.app.stores import PASSPHRASE, SlowServer, a_seat, new_session
from tests.session.lent_desk import RIME, LentDesk, make_lent_desk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the folders are those of Linux")
WORDS = Words("zh")


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LentDesk:
    return make_lent_desk(tmp_path / "user", monkeypatch)


@pytest.fixture
def crashed(tmp_path: Path, server: SlowServer, there: LentDesk) -> Session:
    """A session that has lent to everything here, and of which nobody hears any more."""
    session = new_session(tmp_path / "home", server)
    session.profile.add("phrase", title="退款", body="马上办")
    session.profile.add("bookmark", title="物流", url="https://a.test/")
    session.save()
    for place in survey(session.profile, session.loans).places:
        assert put(session, place, ()).count == 1
    assert "马上办" in there.rime()
    there.add_bookmark("https://new.test/")
    return session


def start(app: TrayApp) -> list[str]:
    """Start it as far as this goes; what the tray tells."""
    told: list[str] = []
    vars(app.reclaiming)["_tell"] = told.append
    app.reclaiming.begin(app.tasks)
    return told


def links(session: Session) -> set[str]:
    return {mark.url for mark in session.profile.bookmarks()}


def test_it_is_taken_back_and_the_agent_gets_what_he_had_added(
    qtbot: QtBot, make_app: MakeApp, tmp_path: Path, crashed: Session, there: LentDesk
) -> None:
    app = make_app(tmp_path / "home")
    told = start(app)
    qtbot.waitUntil(lambda: not app.seat.loans().any())
    assert there.rime() == RIME
    assert b"https://new.test/" not in there.bookmarks()
    session = open_here(a_seat(tmp_path / "home"), PASSPHRASE)
    app.seating.opened.emit(session)
    qtbot.waitUntil(lambda: links(session) == {"https://a.test/", "https://new.test/"})
    assert told == []
    app.reclaiming.take(session)
    assert len(session.profile.bookmarks()) == 2


@pytest.mark.usefixtures("crashed")
def test_another_agent_gets_nothing_of_it(qtbot: QtBot, make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(tmp_path / "home")
    start(app)
    qtbot.waitUntil(lambda: not app.seat.loans().any())
    with SlowServer() as other:
        session = new_session(tmp_path / "another", other)
        app.reclaiming.take(session)
        qtbot.waitUntil(lambda: vars(app.reclaiming)["_taken"] is not None)
        app.reclaiming.take(session)
        vars(app.reclaiming)["_own"].finish()
        assert links(session) == set()
    own = open_here(a_seat(tmp_path / "home"), PASSPHRASE)
    app.reclaiming.take(own)
    qtbot.waitUntil(lambda: "https://new.test/" in links(own))


def test_what_cannot_be_taken_back_is_told_by_the_tray(
    qtbot: QtBot, make_app: MakeApp, tmp_path: Path, crashed: Session, there: LentDesk
) -> None:
    there.open_browser()
    app = make_app(tmp_path / "home")
    told = start(app)
    qtbot.waitUntil(lambda: bool(told))
    assert there.rime() == RIME
    (text,) = told
    assert text.startswith(WORDS.say("this_desk.left_behind"))
    assert WORDS.say("browser.remains.running") in text


def test_after_a_sign_out_it_tries_again_until_the_browser_is_closed_and_says_so(
    qtbot: QtBot, make_app: MakeApp, tmp_path: Path, crashed: Session, there: LentDesk
) -> None:
    app = make_app(tmp_path / "home")
    told: list[str] = []
    vars(app.reclaiming)["_tell"] = told.append
    app.seating.opened.emit(crashed)
    lock = there.open_browser()
    app.sign_out()
    qtbot.waitUntil(app.reclaiming.again.isActive)
    # The sign-out has said what remains: trying again in vain says nothing.
    app.reclaiming.again.setInterval(20)
    app.reclaiming.again.start()
    qtbot.wait(300)
    assert (told, app.seat.loans().any()) == ([], True)
    lock.unlink()
    qtbot.waitUntil(lambda: told == [WORDS.say("this_desk.came_back")])
    assert not app.reclaiming.again.isActive()
    assert not app.seat.loans().any()


def test_starting_it_once_more_tries_at_once(
    qtbot: QtBot, make_app: MakeApp, tmp_path: Path, crashed: Session, there: LentDesk
) -> None:
    app = make_app(tmp_path / "home")
    app.seating.opened.emit(crashed)
    lock = there.open_browser()
    app.sign_out()
    qtbot.waitUntil(app.reclaiming.again.isActive)
    lock.unlink()
    app.hotkey()
    qtbot.waitUntil(lambda: not app.seat.loans().any())
    app.seating.window.close()


def test_what_an_agent_has_while_he_is_signed_in_is_not_tried(
    qtbot: QtBot, make_app: MakeApp, tmp_path: Path, crashed: Session, there: LentDesk
) -> None:
    app = make_app(tmp_path / "home")
    app.seating.opened.emit(crashed)
    app.reclaiming.take(None)
    vars(app.reclaiming)["_own"].finish()
    app.reclaiming.try_now()
    qtbot.wait(50)
    assert not app.reclaiming.again.isActive()
    assert app.seat.loans().any()


def test_a_session_that_is_open_keeps_what_it_has_lent(
    qtbot: QtBot, make_app: MakeApp, tmp_path: Path, crashed: Session, there: LentDesk
) -> None:
    app = make_app(tmp_path / "home")
    app.seating.opened.emit(crashed)
    start(app)
    done: list[int] = []
    # Behind what the start has asked of the same worker.
    app.tasks.run(lambda: 1, done.append, app.fail)
    qtbot.waitUntil(lambda: bool(done))
    assert "马上办" in there.rime()
    assert crashed.loans.any()


def test_the_start_of_the_app_begins_it(
    qtbot: QtBot, make_app: MakeApp, tmp_path: Path, crashed: Session, there: LentDesk
) -> None:
    app = make_app(tmp_path / "home")
    assert app.start()
    qtbot.waitUntil(lambda: there.rime() == RIME)
    app.seating.window.close()
    app.instance.release()


def test_each_agent_gets_what_is_his(make_app: MakeApp, tmp_path: Path, server: SlowServer) -> None:
    app = make_app(tmp_path / "home")
    with SlowServer() as another:
        sessions = [new_session(tmp_path / "a", server), new_session(tmp_path / "b", another)]
        added = tuple(
            (one.profile.id, BookmarkItem(title=f"{at}", url=f"https://{at}.test/"))
            for at, one in enumerate(sessions)
        )
        vars(app.reclaiming)["_taken"] = TakenBack(2, (), added)
        for session in sessions:
            app.reclaiming.take(session)
            assert vars(app.reclaiming)["_own"].finish()
        assert [links(one) for one in sessions] == [{"https://0.test/"}, {"https://1.test/"}]


def test_locked_before_it_was_taken_in_it_waits_for_the_next_time(
    qtbot: QtBot, make_app: MakeApp, tmp_path: Path, server: SlowServer
) -> None:
    app, told = make_app(tmp_path / "home"), list[Exception]()
    session = new_session(tmp_path / "home", server)
    vars(app.reclaiming)["_fail"] = told.append
    item = BookmarkItem(title="新", url="https://new.test/")
    session.close()
    app.reclaiming.take(session)
    app.reclaiming.keep(TakenBack(1, (), ((session.profile.id, item),)))
    assert vars(app.reclaiming)["_own"].finish()
    qtbot.wait(20)
    assert told == []
    app.reclaiming.take(None)
    app.reclaiming.take(open_here(a_seat(tmp_path / "home"), PASSPHRASE))
    session = vars(app.reclaiming)["_session"]
    qtbot.waitUntil(lambda: links(session) == {"https://new.test/"})
