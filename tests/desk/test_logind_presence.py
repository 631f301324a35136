"""Sleep, the end and the lock as logind says them, on a real bus with a stand-in for logind."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, message_bus, new_signal
from jeepney.io.blocking import open_dbus_connection

from companion.desk.bus_thread import Pace
from companion.desk.linux_presence import LinuxPresence
from companion.desk.logind import MANAGER, PATH
from companion.desk.ports import Going
from tests.desk.listeners import Listener
from tests.desk.logind import OTHERS, OURS, Lock, Rules, StandInLogind
from tests.desk.private_bus import PrivateBus
from tests.e2e.desktop import wait_for

FAST = Pace(pause=0.02, tries=6, steady=60.0)


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    bus = PrivateBus(tmp_path)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    monkeypatch.delenv("XDG_SESSION_ID", raising=False)
    yield bus
    bus.end()


MakeLogind = Callable[[Rules], StandInLogind]


@pytest.fixture
def logind(system: PrivateBus) -> Iterator[MakeLogind]:
    made: list[StandInLogind] = []

    def one(rules: Rules) -> StandInLogind:
        made.append(StandInLogind(system.address, rules))
        return made[-1]

    yield one
    for each in made:
        each.end()


@pytest.fixture
def agent(system: PrivateBus) -> Iterator[Listener]:
    listener = Listener(LinuxPresence(pace=FAST))
    yield listener
    listener.presence.close()
    assert "presence" not in [thread.name for thread in threading.enumerate()]


@pytest.fixture
def there(logind: MakeLogind) -> StandInLogind:
    return logind(Rules())


@pytest.mark.parametrize(
    ("member", "going"),
    [("PrepareForSleep", Going.SLEEPS), ("PrepareForShutdown", Going.ENDS)],
)
def test_sleep_and_the_end_wait_until_all_is_safe(
    member: str, going: Going, there: StandInLogind, agent: Listener
) -> None:
    wait_for(there.held)
    assert there.locks[0].asked[:2] == ("sleep:shutdown", "Companion")
    assert there.locks[0].asked[3] == "delay"
    there.says(member, True)
    agent.hears(going)
    assert there.held()
    agent.is_safe()
    wait_for(lambda: not there.held())


def test_what_is_over_is_nobody_going_and_the_next_sleep_waits_again(
    there: StandInLogind, agent: Listener
) -> None:
    wait_for(there.held)
    there.says("PrepareForSleep", True)
    agent.hears(Going.SLEEPS)
    agent.is_safe()
    there.says("PrepareForSleep", False)
    wait_for(lambda: len(there.locks) == 2 and there.held())
    there.says("PrepareForSleep", True)
    agent.hears(Going.SLEEPS, Going.SLEEPS)
    assert there.held()


def test_who_answers_late_does_not_free_the_next_sleep(
    there: StandInLogind, agent: Listener
) -> None:
    wait_for(there.held)
    there.says("PrepareForSleep", True)
    agent.hears(Going.SLEEPS)
    there.says("PrepareForSleep", False)
    wait_for(lambda: len(there.locks) == 2 and there.held())
    assert not there.locks[0].held()
    agent.is_safe()
    agent.is_safe()
    assert there.held()


def test_nothing_waits_for_one_who_listens_no_more(there: StandInLogind, agent: Listener) -> None:
    wait_for(there.held)
    there.says("PrepareForSleep", True)
    agent.hears(Going.SLEEPS)
    agent.presence.close()
    assert not there.held()
    agent.presence.close()


def test_a_program_that_is_started_meanwhile_does_not_keep_the_machine_awake(
    there: StandInLogind, agent: Listener
) -> None:
    wait_for(there.held)
    child = os.fork()
    if not child:
        # As a program that is started without closing what it was handed.
        os.execvp("sleep", ["sleep", "30"])
    try:
        agent.presence.close()
        wait_for(lambda: not there.held())
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


def test_the_lock_of_our_session_is_heard_and_no_other(
    there: StandInLogind, agent: Listener
) -> None:
    wait_for(there.held)
    there.locks_session(OTHERS)
    there.changes(OTHERS, LockedHint=True)
    there.changes(LockedHint=False)
    there.changes(Active=True)
    there.locks_session()
    agent.hears(Going.LOCKED)
    there.changes(LockedHint=True, IdleHint=True)
    agent.hears(*[Going.LOCKED] * 2)
    # The screen shows another user.
    there.changes(Active=False)
    agent.hears(*[Going.LOCKED] * 3)
    agent.is_safe()
    assert there.held()


@pytest.mark.parametrize("shows", [OURS, ""])
def test_without_a_session_of_its_own_it_is_the_one_that_shows_the_desktop(
    shows: str, logind: MakeLogind, agent: Listener
) -> None:
    there = logind(Rules(knows_process=False, shows=shows))
    wait_for(there.held)
    there.says("PrepareForSleep", True)
    agent.hears(Going.SLEEPS)
    there.locks_session()
    there.says("PrepareForShutdown", True)
    agent.hears(*[Going.SLEEPS, *([Going.LOCKED] if shows else []), Going.ENDS])


def test_the_session_that_the_desktop_names_is_ours(
    logind: MakeLogind, system: PrivateBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_SESSION_ID", "c2")
    there = logind(Rules(named="c2", knows_process=False, shows=OTHERS))
    listener = Listener(LinuxPresence(pace=FAST))
    wait_for(there.held)
    there.locks_session(OTHERS)
    there.locks_session()
    there.says("PrepareForShutdown", True)
    listener.hears(Going.LOCKED, Going.ENDS)
    listener.presence.close()


def test_where_no_lock_is_given_it_is_heard_all_the_same(
    logind: MakeLogind, agent: Listener
) -> None:
    there = logind(Rules(gives_locks=False))
    wait_for(lambda: "Inhibit" in there.asked)
    there.says("PrepareForSleep", True)
    agent.hears(Going.SLEEPS)
    agent.is_safe()


def test_another_program_on_the_bus_is_not_believed(
    there: StandInLogind, agent: Listener, system: PrivateBus
) -> None:
    wait_for(there.held)
    with open_dbus_connection(system.address) as liar:
        lie = new_signal(DBusAddress(PATH, interface=MANAGER), "PrepareForShutdown", "b", (True,))
        for number in range(1, 9):
            lie.header.fields[HeaderFields.destination] = f":1.{number}"
            liar.send(lie)
        # The bus hands on in order, so the truth comes after the lies.
        liar.send_and_get_reply(message_bus.GetId())
    there.says("PrepareForSleep", True)
    agent.hears(Going.SLEEPS)


def test_a_logind_that_begins_anew_is_asked_anew(
    there: StandInLogind, logind: MakeLogind, agent: Listener
) -> None:
    wait_for(there.held)
    # The real one remembers the locks that its predecessor gave.
    first = Lock((), os.dup(there.locks[-1].read))
    there.end()
    again = logind(Rules())
    wait_for(again.held)
    assert not first.held()
    os.close(first.read)
    again.says("PrepareForSleep", True)
    agent.hears(Going.SLEEPS)


def test_one_who_fails_when_told_holds_nothing_up_and_hears_the_next(
    there: StandInLogind, agent: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_going: Going, _safe: Callable[[], None]) -> None:
        agent.heard.append(_going)
        raise ValueError

    agent.presence.listen(fail)
    wait_for(there.held)
    there.says("PrepareForSleep", True)
    wait_for(lambda: not there.held())
    assert "ValueError" in caplog.text
    there.locks_session()
    agent.hears(Going.SLEEPS, Going.LOCKED)


def test_a_bus_that_goes_and_comes_is_found_again(
    there: StandInLogind, agent: Listener, system: PrivateBus, logind: MakeLogind
) -> None:
    wait_for(there.held)
    there.says("PrepareForSleep", True)
    agent.hears(Going.SLEEPS)
    system.end()
    # A lock that nobody asks about any more is let go of.
    wait_for(lambda: not there.held())
    system.begin()
    again = logind(Rules())
    wait_for(again.held)
    again.says("PrepareForShutdown", True)
    agent.hears(Going.SLEEPS, Going.ENDS)


def test_where_there_is_no_bus_nothing_is_said_and_the_looking_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for bus in ("SESSION", "SYSTEM"):
        monkeypatch.setenv(f"DBUS_{bus}_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    listener = Listener(LinuxPresence(pace=Pace(pause=0.01, tries=4)))
    wait_for(lambda: "presence" not in [thread.name for thread in threading.enumerate()])
    assert listener.heard == []
    assert listener.presence.idle_s() is None
    listener.presence.close()
