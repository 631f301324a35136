"""When the app syncs by itself, with a WebDAV server that is slow, busy, absent, and back again."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.app.syncing import Pace, Syncing
from companion.errors import CompanionError
from companion.runtime.tasks import Tasks
from companion.session.session import Session
from companion.sync.engine import SyncReport
from tests.app.stores import SlowServer, another_desk, new_session, on_disk
from tests.sync.fault_server import Answer

NEVER = 3600.0
PACE = Pace(
    after_edit=0.05,
    edits_at_most=0.4,
    count_saved=0.05,
    count_sent=NEVER,
    retry=0.1,
    retry_at_most=0.4,
    minute=NEVER,
    long=0.05,
)
BROKEN = Answer(500)


@dataclass
class Desk:
    """A session that is looked after, and what was said about it."""

    session: Session
    server: SlowServer
    syncing: Syncing
    here: Tasks
    away: Tasks
    asked: list[object] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)

    def edit(self, title: str = "退款") -> None:
        """As every window does it: off the GUI thread."""
        self.here.run(
            lambda: self.session.profile.add("phrase", title=title, body="x"),
            lambda _: None,
            self.trouble.append,
        )

    def rests(self, phrases: int | None = None) -> bool:
        """Whether everything is in the store, and nothing is under way."""
        status = self.session.status()
        done = not (status.unsaved or status.waiting_packs or self.syncing.running)
        return done and phrases in (None, status.phrases)

    def failed(self, code: str) -> bool:
        """Whether the last sync has ended so."""
        return self.session.status().problem == code and not self.syncing.running

    def requests(self) -> int:
        return len(self.server.heard)


@pytest.fixture
def pace() -> Pace:
    return PACE


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, server: SlowServer, pace: Pace) -> Iterator[Desk]:
    session = new_session(tmp_path / "home", server)
    here, away = Tasks(), Tasks()
    syncing = Syncing(here, away, pace)
    desk = Desk(session, server, syncing, here, away)
    syncing.asked.connect(desk.asked.append)
    syncing.trouble.connect(desk.trouble.append)
    syncing.begin(session)
    qtbot.waitUntil(lambda: not syncing.running)
    server.heard.clear()
    yield desk
    syncing.end()
    server.gate.set()
    for tasks in (here, away):
        assert tasks.finish(5_000)


def test_an_edit_is_on_disk_at_once_and_soon_in_the_store(qtbot: QtBot, desk: Desk) -> None:
    desk.edit()
    qtbot.waitUntil(lambda: len(on_disk(desk.session)) == 1)
    qtbot.waitUntil(lambda: desk.rests(1))
    assert desk.server.packs() == on_disk(desk.session)
    assert desk.trouble == desk.asked == []


def test_edits_without_end_do_not_put_it_off_for_ever(qtbot: QtBot, desk: Desk) -> None:
    began = time.monotonic()
    while not desk.server.packs():
        assert time.monotonic() - began < 5
        desk.edit()
        # Shorter than what it waits for after an edit.
        qtbot.wait(15)
    assert time.monotonic() - began > PACE.after_edit


def test_an_edit_while_the_store_hangs_is_on_disk_and_brings_one_more_sync(
    qtbot: QtBot, desk: Desk
) -> None:
    with desk.server.shut():
        desk.edit("one")
        qtbot.waitUntil(lambda: desk.server.inside == 1)
        began = time.monotonic()
        desk.edit("two")
        desk.edit("three")
        qtbot.waitUntil(lambda: desk.session.status().waiting == 3, timeout=1_000)
        assert time.monotonic() - began < 1
        assert len(on_disk(desk.session)) >= 2
        assert desk.session.status().syncing
    qtbot.waitUntil(desk.rests)
    assert desk.server.most == 1
    # One sync with the first edit, one with both others, and nothing behind them.
    before = desk.requests()
    qtbot.wait(200)
    assert desk.requests() == before
    assert desk.server.methods().count("PROPFIND") == 2


def test_with_nothing_new_a_sync_by_hand_is_one_request(qtbot: QtBot, desk: Desk) -> None:
    desk.syncing.now()
    desk.syncing.now()
    qtbot.waitUntil(lambda: bool(desk.asked))
    (report,) = desk.asked
    assert isinstance(report, SyncReport) and report.requests == 1
    assert desk.requests() == 1


def test_what_another_desk_wrote_comes_with_the_quiet_timer(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    desk.syncing = Syncing(desk.here, desk.away, Pace(minute=0.02, after_edit=0.02))
    desk.session.profile.set_option("sync_minutes", 3)
    desk.syncing.begin(desk.session)
    other = another_desk(tmp_path / "other", desk.server)
    other.profile.add("phrase", title="别处写的", body="x")
    other.sync()
    qtbot.waitUntil(lambda: len(desk.session.profile.phrases()) == 1)
    desk.syncing.end()


def test_no_minutes_mean_only_on_change_and_by_hand(qtbot: QtBot, desk: Desk) -> None:
    desk.session.profile.set_option("sync_minutes", 0)
    qtbot.waitUntil(lambda: bool(desk.server.packs()) and desk.rests())
    assert desk.session.next_at == 0
    desk.edit()
    qtbot.waitUntil(lambda: desk.rests(1))


@pytest.mark.parametrize("said", ["a lot", -5, True, 10**12])
def test_minutes_that_are_none_harm_nothing(qtbot: QtBot, desk: Desk, said: object) -> None:
    desk.session.profile.set_option("sync_minutes", said)
    qtbot.waitUntil(lambda: bool(desk.server.packs()) and desk.rests())
    assert desk.trouble == []


def test_offline_it_tries_again_by_itself_and_says_nothing(qtbot: QtBot, desk: Desk) -> None:
    desk.server.answer(BROKEN)
    for title in ("one", "two", "three"):
        desk.edit(title)
    qtbot.waitUntil(lambda: desk.failed("store_unreachable"))
    status = desk.session.status()
    assert status.waiting == 3
    assert status.next_at > 0
    desk.server.answer(None)
    qtbot.waitUntil(desk.rests)
    assert desk.session.status().problem == ""
    assert desk.trouble == desk.asked == []


def test_failures_make_the_pauses_longer(qtbot: QtBot, desk: Desk) -> None:
    desk.server.answer(BROKEN)
    tries: list[float] = []

    def tried() -> bool:
        if len(tries) < desk.requests():
            tries.append(time.monotonic())
        return len(tries) >= 5

    desk.edit()
    qtbot.waitUntil(tried, timeout=10_000)
    pauses = [b - a for a, b in pairwise(tries)]
    assert pauses[0] < pauses[2]
    # Twice the one before, up to the most, give or take a tenth.
    assert all(pause >= PACE.retry * 0.85 for pause in pauses)
    assert pauses[3] >= PACE.retry_at_most * 0.85


def test_the_time_a_server_asks_for_is_kept_whatever_happens(qtbot: QtBot, desk: Desk) -> None:
    desk.server.answer(Answer(503, (("Retry-After", "300"),)))
    desk.edit()
    qtbot.waitUntil(lambda: desk.failed("store_busy"))
    heard = desk.requests()
    assert 295 <= desk.session.next_at - time.time() <= 340
    desk.edit()
    desk.syncing.wake()
    qtbot.wait(300)
    assert desk.requests() == heard
    assert desk.session.status().waiting == 2
    desk.server.answer(None)
    # By hand it is the agent's own decision.
    desk.syncing.now()
    qtbot.waitUntil(desk.rests)
    assert desk.trouble == []


def test_a_login_that_is_refused_is_said_once_and_never_tried_again(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.server.answer(Answer(401))
    desk.edit()
    qtbot.waitUntil(lambda: bool(desk.trouble))
    heard = desk.requests()
    desk.edit()
    desk.syncing.wake()
    qtbot.wait(300)
    assert desk.requests() == heard
    assert [error.code for error in desk.trouble if isinstance(error, CompanionError)] == [
        "store_login_refused"
    ]
    assert desk.session.status().next_at == 0
    desk.server.answer(None)
    desk.syncing.now()
    qtbot.waitUntil(desk.rests)


def test_a_full_store_is_said_once_though_it_is_tried_again(qtbot: QtBot, desk: Desk) -> None:
    desk.server.plan = {"PUT": [Answer(507)]}
    desk.edit()
    qtbot.waitUntil(lambda: desk.server.methods().count("PUT") >= 3)
    assert [error.code for error in desk.trouble if isinstance(error, CompanionError)] == [
        "store_full"
    ]
    desk.server.plan = {}
    qtbot.waitUntil(desk.rests)


def test_when_the_network_is_back_it_does_not_wait_for_the_timer(qtbot: QtBot, desk: Desk) -> None:
    desk.syncing.end()
    desk.syncing = Syncing(desk.here, desk.away, Pace(after_edit=0.02, retry=NEVER))
    desk.syncing.begin(desk.session)
    qtbot.waitUntil(lambda: not desk.syncing.running)
    desk.server.answer(BROKEN)
    desk.edit()
    qtbot.waitUntil(lambda: desk.failed("store_unreachable"))
    desk.server.answer(None)
    qtbot.wait(50)
    assert desk.session.status().waiting == 1
    desk.syncing.wake()
    qtbot.waitUntil(desk.rests)
    desk.syncing.end()


def test_uses_are_saved_and_sent_together(qtbot: QtBot, desk: Desk) -> None:
    desk.edit()
    qtbot.waitUntil(lambda: desk.rests(1))
    packs, heard = on_disk(desk.session), desk.requests()
    (phrase,) = desk.session.profile.phrases()
    for _ in range(7):
        desk.here.run(
            lambda: desk.session.profile.count_use(phrase.id), lambda _: None, desk.trouble.append
        )
    qtbot.waitUntil(lambda: len(on_disk(desk.session) - packs) == 1)
    qtbot.wait(150)
    assert len(on_disk(desk.session) - packs) == 1
    assert desk.requests() == heard
    status = desk.session.status()
    assert (status.waiting, status.waiting_packs, status.unsaved) == (0, 1, False)
    desk.syncing.now()
    qtbot.waitUntil(lambda: desk.session.status().waiting_packs == 0)
    assert desk.session.profile.uses()[phrase.id][0] == 7


@pytest.mark.parametrize("pace", [Pace(after_edit=0.05, count_saved=NEVER, count_sent=0.2)])
def test_uses_reach_the_store_though_nothing_else_calls_for_a_sync(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.session.profile.set_option("sync_minutes", 0)
    id = desk.session.profile.add("phrase", title="退款", body="x")
    qtbot.waitUntil(desk.rests)
    desk.session.profile.count_use(id)
    assert desk.session.status().unsaved
    qtbot.waitUntil(lambda: not desk.session.status().unsaved and not desk.syncing.running)
    assert desk.session.status().waiting_packs == 0


def test_what_takes_long_can_be_stopped_and_the_next_one_goes_on(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    other = another_desk(tmp_path / "other", desk.server)
    for title in ("one", "two", "three"):
        other.profile.add("phrase", title=title, body="x")
        other.sync()
    heard: list[object] = []
    desk.syncing.progressed.connect(lambda: heard.append(desk.syncing.progress))
    with desk.server.shut():
        desk.syncing.now()
        assert desk.syncing.progress is None
        qtbot.waitUntil(lambda: desk.syncing.progress is not None)
        desk.syncing.stop()
        assert desk.syncing.stopping
    qtbot.waitUntil(lambda: not desk.syncing.running)
    assert heard[0] == (0, 0) and desk.syncing.progress is None
    assert len(desk.session.profile.phrases()) < 3
    # Who stopped it hears nothing more of it, is told no problem, and is left alone for a while.
    assert (desk.asked, desk.session.status().problem) == ([], "")
    assert desk.session.next_at > time.time()
    desk.syncing.now()
    qtbot.waitUntil(lambda: len(desk.session.profile.phrases()) == 3)
