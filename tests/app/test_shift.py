"""The end of a shift in the app, by a clock that the test sets: notice, more time, signing out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.app.shift import EndOfShift
from companion.app.tray_app import TrayApp
from companion.policy import Policy
from companion.session.session import Session
from companion.ui.words import Words
from tests.app.conftest import MakeApp
from tests.app.stores import SlowServer, new_session

WORDS = Words("zh")


class Clock:
    """The clock on the wall."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 9, 0)

    def __call__(self) -> datetime:
        return self.now

    def shows(self, text: str, day: int = 24) -> None:
        self.now = datetime.fromisoformat(f"2026-11-{day} {text}")


class Desk:
    """An open session whose shift may end."""

    def __init__(self, app: TrayApp, session: Session, policy: Policy) -> None:
        self.app, self.session, self.clock = app, session, Clock()
        app.seat = replace(app.seat, policy=policy)
        self.shift = EndOfShift(app, self.clock)
        self.over: list[None] = []
        self.shift.over.connect(lambda: self.over.append(None))
        self.take(session)

    def take(self, session: Session | None) -> None:
        """Somebody's session is open, or nobody's any more."""
        self.app.session = session
        self.shift.take(session)

    def look(self, text: str, day: int = 24) -> bool:
        """What time it is now; whether the notice is there."""
        self.clock.shows(text, day)
        self.shift.look()
        return self.shift.window.isVisible()


@pytest.fixture(params=["option", "policy"])
def desk(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    make_app: MakeApp,
    server: SlowServer,
    tmp_path: Path,
) -> Iterator[Desk]:
    by_policy = request.param == "policy"
    session = new_session(tmp_path / "home", server)
    desk = Desk(make_app(tmp_path / "app"), session, Policy(shift_end="18:30" if by_policy else ""))
    qtbot.addWidget(desk.shift.window)
    if not by_policy:
        session.profile.set_option("shift_end", "18:30")
    desk.clock.shows("18:26")

    def told() -> bool:
        desk.shift.look()
        return desk.shift.window.isVisible()

    qtbot.waitUntil(told)
    desk.look("09:00")
    yield desk
    desk.take(None)


def test_five_minutes_before_it_says_so(desk: Desk) -> None:
    assert not desk.look("18:24:59")
    assert desk.look("18:25")
    said = desk.shift.window.heading.text()
    assert said == WORDS.say("shift.heading", at="18:30", minutes=5)
    assert desk.look("18:28:40")
    assert desk.shift.window.heading.text() == WORDS.say("shift.heading", at="18:30", minutes=1)
    assert desk.over == []


def test_half_an_hour_more(desk: Desk) -> None:
    desk.look("18:27")
    desk.shift.window.more.click()
    assert not desk.shift.window.isVisible()
    assert not desk.look("18:40")
    assert desk.look("18:56")
    assert desk.over == []


def test_it_ends_by_itself_or_at_once(desk: Desk) -> None:
    desk.look("18:26")
    assert not desk.look("18:30")
    assert len(desk.over) == 1


def test_the_agent_need_not_wait(desk: Desk) -> None:
    desk.look("18:26")
    desk.shift.window.end.click()
    assert len(desk.over) == 1


def test_a_machine_that_slept_over_it_signs_out_on_waking(desk: Desk) -> None:
    assert not desk.look("07:50", 25)
    assert len(desk.over) == 1


def test_nothing_ends_where_nobody_sits(desk: Desk) -> None:
    desk.look("18:26")
    desk.take(None)
    assert not desk.look("18:31")
    assert desk.over == []


def test_a_locked_desk_is_signed_out_at_the_end_and_told_of_nothing_before(desk: Desk) -> None:
    locked: list[None] = []
    desk.shift.over_locked.connect(lambda: locked.append(None))
    desk.take(None)
    desk.shift.lock()
    assert not desk.look("18:26")
    assert (desk.over, locked) == ([], [])
    desk.look("18:30")
    desk.look("18:31")
    assert (desk.over, locked) == ([], [None])


def test_where_no_time_is_set_nothing_wakes_the_app(
    qtbot: QtBot, make_app: MakeApp, server: SlowServer, tmp_path: Path
) -> None:
    desk = Desk(make_app(tmp_path / "app"), new_session(tmp_path / "home", server), Policy())
    assert desk.app.tasks.finish(5_000)
    qtbot.wait(50)
    desk.look("23:00", 26)
    assert (desk.over, desk.shift.findChildren(type(desk.shift._timer))[0].isActive()) == (
        [],
        False,
    )
    desk.take(None)


def test_only_a_change_of_its_time_is_looked_at(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, option = list[str](), desk.session.option

    def heard(name: str) -> str | int | bool:
        read.append(name)
        return option(name)

    monkeypatch.setattr(desk.session, "option", heard)
    desk.session.profile.add("phrase", title="退款", body="x")
    QApplication.processEvents()
    assert desk.app.tasks.finish(5_000) and read == []
    desk.session.profile.set_option("shift_end", "17:30")
    QApplication.processEvents()
    assert desk.app.tasks.finish(5_000) and read == ["shift_end"]


def test_unattended_the_store_is_not_waited_for_for_ever(
    qtbot: QtBot, make_app: MakeApp, server: SlowServer, tmp_path: Path
) -> None:
    app: TrayApp = make_app(tmp_path / "home")
    session = new_session(tmp_path / "home", server)
    app.seating.opened.emit(session)
    qtbot.waitUntil(lambda: not app.syncing.running)
    with server.shut():
        session.profile.add("phrase", title="退款", body="x")
        app.sign_out(patience_s=0.3)
        window = app.leaving.window
        qtbot.waitUntil(window.close_it.isVisible)
        assert window.heading.text() == WORDS.say("left.sealed")
    assert not app.seat.settings.read()["profile"]
    # The report stays on the screen.
    assert window.isVisible()
