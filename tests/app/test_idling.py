"""A desk that nobody touches is noticed in time, and the process sleeps until that can be."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from companion.app.idling import MOST_MINUTES, Idling, minutes_allowed
from companion.desk.recording_presence import RecordingPresence

MINUTE_S = 0.2


@pytest.mark.parametrize(
    ("chosen", "most", "allowed"),
    [(15, 0, 15), (0, 0, 0), (15, 10, 10), (5, 10, 5), (0, 10, 10), (-3, 0, 0), (-3, 10, 10)],
)
def test_the_policy_caps_what_the_agent_chooses(chosen: int, most: int, allowed: int) -> None:
    assert minutes_allowed(chosen, most) == allowed


@given(st.integers(), st.integers(0, MOST_MINUTES))
def test_a_policy_is_never_outdone(chosen: int, most: int) -> None:
    allowed = minutes_allowed(chosen, most)
    assert 0 <= allowed <= MOST_MINUTES
    assert not most or 0 < allowed <= most


def idling(presence: RecordingPresence) -> tuple[Idling, list[float]]:
    heard: list[float] = []
    made = Idling(presence.idle_s, minute_s=MINUTE_S)
    made.idle.connect(lambda: heard.append(time.monotonic()))
    return made, heard


def test_it_sleeps_for_what_is_left(qtbot: QtBot) -> None:
    presence = RecordingPresence(idle=0.0)
    made, heard = idling(presence)
    began = time.monotonic()
    made.begin(2)
    assert presence.asked == 1
    # Somebody moved the mouse in between: then what is left since that.
    presence.idle = MINUTE_S
    qtbot.waitUntil(lambda: presence.asked == 2)
    assert time.monotonic() - began >= 2 * MINUTE_S * 0.9
    presence.idle = 2 * MINUTE_S
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert time.monotonic() - began >= 3 * MINUTE_S * 0.9
    # Nobody is asked any more until it begins anew.
    qtbot.wait(round(2_000 * MINUTE_S))
    assert (presence.asked, len(heard)) == (3, 1)


@pytest.mark.parametrize(("idle", "sleeps_s"), [(0.0, 900), (300.0, 600), (899.9, 1), (None, 900)])
def test_it_wakes_up_no_sooner_than_it_can_be_time(
    qtbot: QtBot, idle: float | None, sleeps_s: int
) -> None:
    made = Idling(RecordingPresence(idle).idle_s)
    made.begin(15)
    timer = made.findChild(QTimer)
    assert isinstance(timer, QTimer)
    assert (timer.isActive(), timer.interval()) == (True, sleeps_s * 1_000)
    made.end()
    assert not timer.isActive()


def test_never_is_never(qtbot: QtBot) -> None:
    presence = RecordingPresence(idle=1e9)
    made, heard = idling(presence)
    made.begin(1)
    assert len(heard) == 1
    made.begin(0)
    qtbot.wait(round(2_000 * MINUTE_S))
    assert (presence.asked, len(heard)) == (1, 1)


def test_what_cannot_be_known_locks_nothing_and_is_asked_again(qtbot: QtBot) -> None:
    presence = RecordingPresence(idle=None)
    made, heard = idling(presence)
    made.begin(1)
    qtbot.waitUntil(lambda: presence.asked >= 2)
    assert heard == []
    presence.idle = 1e9
    qtbot.waitUntil(lambda: len(heard) == 1)


def test_once_it_ended_nothing_is_said(qtbot: QtBot) -> None:
    presence = RecordingPresence(idle=0.0)
    made, heard = idling(presence)
    made.begin(1)
    presence.idle = 1e9
    made.end()
    qtbot.wait(round(2_000 * MINUTE_S))
    assert heard == []
