"""What the background sync does with a WebDAV server that is busy, absent, full, and back again."""

import time
from itertools import pairwise
from pathlib import Path

from pytestqt.qtbot import QtBot

from companion.app.syncing import Pace, Syncing
from companion.errors import CompanionError
from tests.app.looked_after import BROKEN, NEVER, PACE, Desk
from tests.app.stores import another_desk
from tests.sync.fault_server import Answer


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
    desk.edit()
    qtbot.waitUntil(lambda: desk.requests() >= 5, timeout=10_000)
    pauses = [b.at - a.at for a, b in pairwise(desk.server.heard)]
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
