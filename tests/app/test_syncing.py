"""When the app syncs by itself, with a WebDAV server that may be slow."""

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from companion.app.syncing import Pace, Syncing
from companion.sync.progress import SyncReport
from tests.app.looked_after import NEVER, Desk
from tests.app.stores import another_desk, on_disk


def test_an_edit_is_on_disk_at_once_and_soon_in_the_store(qtbot: QtBot, desk: Desk) -> None:
    before = on_disk(desk.session)
    desk.edit()
    qtbot.waitUntil(lambda: on_disk(desk.session) != before)
    qtbot.waitUntil(lambda: desk.rests(1))
    assert desk.server.packs() == on_disk(desk.session)
    assert desk.trouble == desk.asked == []


@pytest.mark.parametrize("pace", [Pace(after_edit=0.5, edits_at_most=0.8)])
def test_edits_without_end_do_not_put_it_off_for_ever(qtbot: QtBot, desk: Desk, pace: Pace) -> None:
    began, before = time.monotonic(), desk.server.packs()
    while desk.server.packs() == before:
        assert time.monotonic() - began < 4
        desk.edit()
        # Much shorter than what it waits for after an edit.
        qtbot.wait(15)
    assert time.monotonic() - began > pace.after_edit


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
    # One sync with the first edit, one for both others, and nothing behind them.
    qtbot.waitUntil(lambda: desk.server.methods().count("PROPFIND") == 2)
    qtbot.waitUntil(desk.rests)
    assert desk.server.most == 1
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
