"""How a desk stands, in words: when it last synced, what waits here, why not, and when next."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from companion.ui.words import Words

if TYPE_CHECKING:
    from companion.session.standing import Status

# Where no key is its own: whatever stands between this desk and the store is not there.
_ABSENT = {"store_answer_strange": "store_unreachable"}
_NIGHT_SHIFT_S = 12 * 3600


def moment(words: Words, at: float, now: float) -> str:
    """A moment of the past: how long ago, and the time of day; the date where that is not today."""
    clock = clock_of(words, at, now)
    passed = now - at
    if -60 < passed < 60:
        return words.say("standing.ago", ago=words.say("standing.now"), clock=clock)
    same_day = time.localtime(at)[:3] == time.localtime(now)[:3]
    if passed < 0 or (not same_day and _days(at, now) == 1 and passed >= _NIGHT_SHIFT_S):
        # A clock that was set back, or a word that says it already.
        return clock
    if passed < 3600:
        ago = words.say("standing.minutes", count=round(passed // 60))
    elif same_day or passed < _NIGHT_SHIFT_S:
        ago = words.say("standing.hours", count=round(passed // 3600))
    else:
        ago = words.say("standing.days", count=_days(at, now))
    return words.say("standing.ago", ago=ago, clock=clock)


def clock_of(words: Words, at: float, now: float) -> str:
    """The time of day, behind its day where that is another one than now's."""
    clock, days = time.strftime("%H:%M", time.localtime(at)), _days(at, now)
    if days == 0:
        return clock
    if abs(days) == 1:
        return words.say(f"standing.{'yesterday' if days > 0 else 'tomorrow'}", clock=clock)
    return f"{time.strftime('%Y-%m-%d', time.localtime(at))} {clock}"


def _days(at: float, now: float) -> int:
    """How many midnights lie between two moments."""
    noons = [time.mktime((*time.localtime(one)[:3], 12, 0, 0, 0, 0, -1)) for one in (at, now)]
    return round((noons[1] - noons[0]) / 86_400)


def state(words: Words, status: Status, now: float) -> str:
    """Whether everything is in the store, and if not: what waits, why, and what happens next."""
    if status.problem:
        return _problem(words, status, now)
    if status.waiting:
        return counted(words, "standing.to_send", status.waiting)
    if status.waiting_packs and status.waiting is None:
        return counted(words, "standing.packs_to_send", status.waiting_packs)
    if not status.synced_at:
        return words.say("standing.never")
    return words.say("standing.all_sent")


def lines(words: Words, status: Status, now: float) -> list[str]:
    """For the tray: who sits here, how it stands, and what else there is to say."""
    who = words.say(
        "tray.status.open",
        agent=status.agent,
        phrases=status.phrases,
        bookmarks=status.bookmarks,
    )
    more = []
    if status.synced_at and (status.problem or status.waiting):
        more.append(words.say("standing.last", when=moment(words, status.synced_at, now)))
    if status.unreadable:
        more.append(counted(words, "standing.unreadable", len(status.unreadable)))
    said = state(words, status, now)
    if status.synced_at and not status.problem and not status.waiting:
        said = words.say("tray.synced", when=moment(words, status.synced_at, now))
        if status.next_at > now:
            clock = clock_of(words, status.next_at, now)
            said = _joined(words, said, words.say("standing.then.next", clock=clock))
    return [who, said, *([" · ".join(more)] if more else [])]


def sentences(words: Words, status: Status, now: float) -> list[str]:
    """For the shell: the same and how the last sync went, a line each."""
    said = []
    if status.synced_at:
        facts = {"pulled": status.pulled, "pushed": status.pushed}
        when = moment(words, status.synced_at, now)
        said.append(words.say("standing.last_sync", when=when, **facts))
    said.append(_sentence(words, state(words, status, now)))
    if status.syncing:
        said.append(_sentence(words, words.say("tray.syncing")))
    elif status.next_at > now:
        said.append(words.say("standing.next", clock=clock_of(words, status.next_at, now)))
    if status.unreadable:
        said.append(_sentence(words, counted(words, "standing.unreadable", len(status.unreadable))))
    return said


def counted(words: Words, key: str, count: int) -> str:
    """A text with a count; some languages say one thing otherwise than many."""
    return words.say(f"{key}.one" if count == 1 else key, count=count)


def _problem(words: Words, status: Status, now: float) -> str:
    kind = _ABSENT.get(status.problem, status.problem)
    if words.knows(f"standing.{kind}"):
        why = words.say(f"standing.{kind}")
    else:
        try:
            what = words.say(f"error.{status.problem}.what", **status.facts)
        except KeyError:
            # Noted by another version of Companion.
            what = words.say("error.unexpected.what", name=status.problem)
        why = words.say("standing.failed", why=what.rstrip("。."))
    parts = [why]
    if status.waiting:
        parts.append(counted(words, "standing.here", status.waiting))
    elif status.waiting_packs and status.waiting is None:
        parts.append(counted(words, "standing.packs_here", status.waiting_packs))
    if not status.next_at:
        parts.append(words.say("standing.then.by_hand"))
    elif words.knows(f"standing.then.{kind}"):
        parts.append(words.say(f"standing.then.{kind}"))
    else:
        parts.append(words.say("standing.then.at", clock=clock_of(words, status.next_at, now)))
    return _joined(words, *parts)


def _joined(words: Words, *parts: str) -> str:
    return words.say("standing.comma").join(parts)


def _sentence(words: Words, text: str) -> str:
    return text if text.endswith("…") else text + words.say("standing.stop")
