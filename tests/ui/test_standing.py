"""How a desk stands, in words: true for every time, every failure, in both languages."""

import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import CompanionError
from companion.session.standing import Status
from companion.ui.standing import lines, moment, sentences, state
from companion.ui.words import LANGUAGES, Words
from tests.test_house import errors, facts

ZH, EN = Words("zh"), Words("en")
NOW = time.mktime((2026, 11, 24, 14, 30, 0, 0, 0, -1))
HOUR, DAY = 3600, 86_400


def status(**said: object) -> Status:
    usual = {"signed_in": True, "agent": "林", "phrases": 3, "bookmarks": 1, "synced_at": int(NOW)}
    return msgspec.convert(usual | said, Status)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (0, "刚刚（14:30）"),
        (59, "刚刚（14:29）"),
        (5 * 60, "5 分钟前（14:25）"),
        (3 * HOUR, "3 小时前（11:30）"),
        (DAY, "昨天 14:30"),
        (4 * DAY, "4 天前（2026-11-20 14:30）"),
        # A clock that was set back.
        (-2 * HOUR, "16:30"),
    ],
)
def test_a_moment_is_said_by_distance_and_clock(ago: int, words: str) -> None:
    assert moment(ZH, NOW - ago, NOW) == words


def test_on_a_night_shift_yesterday_is_hours_ago() -> None:
    night = NOW - 13 * HOUR
    assert moment(ZH, night - 2 * HOUR, night) == "2 小时前（昨天 23:30）"
    assert moment(EN, night - 2 * HOUR, night) == "2 h ago (yesterday 23:30)"


@pytest.mark.parametrize("words", [ZH, EN])
@given(at=st.integers(0, 2_000_000_000), now=st.integers(0, 2_000_000_000))
def test_every_moment_has_words(words: Words, at: int, now: int) -> None:
    said = moment(words, at, now)
    assert time.strftime("%H:%M", time.localtime(at)) in said


def test_offline_is_said_calmly() -> None:
    offline = status(problem="store_unreachable", waiting=3, next_at=int(NOW) + 60)
    assert state(ZH, offline, NOW) == "离线，3 处改动在本机，联网后自动同步"
    offline.waiting = 0
    assert state(ZH, offline, NOW) == "离线，联网后自动同步"
    offline.waiting, offline.next_at = 1, 0
    assert state(EN, offline, NOW) == (
        "Offline, 1 change kept here, sync by hand when you are ready"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", errors(), ids=lambda error: str(error.code))
def test_every_failure_has_words(error: type[CompanionError], language: str) -> None:
    failed = status(problem=error.code, facts=facts(error), waiting=2)
    words = Words(language)
    assert "2" in state(words, failed, NOW)
    assert all(lines(words, failed, NOW)) and all(sentences(words, failed, NOW))


def test_a_failure_of_another_version_has_words_too() -> None:
    for unknown in (status(problem="of_tomorrow"), status(problem="store_kind_unknown")):
        assert state(ZH, unknown, NOW)


def test_a_sealed_desk_counts_packs() -> None:
    assert state(ZH, status(phrases=None, waiting_packs=2), NOW) == "2 个密封包待送出"
    assert state(ZH, status(phrases=None, waiting_packs=0), NOW) == "改动都已送到存放位置"


def test_the_tray_says_when_and_when_next_and_what_is_missing() -> None:
    well = status(waiting=0, next_at=int(NOW) + 300, unreadable=["a"])
    assert lines(ZH, well, NOW) == [
        "林 · 3 条短语，1 个书签",
        "已同步，刚刚（14:30），下次 14:35",
        "1 个密封包读不了，其余都在",
    ]


def test_the_shell_says_what_the_last_sync_brought() -> None:
    said = sentences(EN, status(waiting=0, pulled=2, pushed=1, next_at=int(NOW) + 300), NOW)
    assert said == [
        "Last sync: just now (14:30), 2 packs in, 1 out.",
        "Every change is in the store.",
        "Next sync: 14:35.",
    ]
    assert sentences(EN, status(synced_at=0), NOW)[0] == "Not synced yet."
    assert "Syncing…" in sentences(EN, status(syncing=True), NOW)
