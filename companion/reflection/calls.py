"""Whether a call that ended was long for this agent, and whether to ask about it now."""

import time
from collections.abc import Callable
from statistics import median

import msgspec

from companion.errors import InputInvalid
from companion.profile.profile import Profile

CHANNELS = ("phone", "chat")
LEAST_CALLS = 8
# Enough for some days, so that the measure follows the agent from job to job.
MOST_CALLS = 100
BETWEEN_QUESTIONS_S = 600
_ASKED = "calls_asked"


class Ended(msgspec.Struct, frozen=True):
    """What was found: ``limit`` is in seconds, None while there are too few calls to compare."""

    hard: bool
    ask: bool
    seconds: int
    channel: str
    limit: int | None


def ended(
    profile: Profile, seconds: int, channel: str, clock: Callable[[], float] = time.time
) -> Ended:
    """Note a call's length and compare it with the agent's own calls before it on this channel.

    It was hard where it is above their median by more than three times their median distance
    from it; that distance counts as at least a tenth of the median, since calls that are all
    alike would make a second's difference hard. ``ask`` is true for a hard call when nothing was
    asked in the last ten minutes. Raises InputInvalid (channel, seconds).
    """
    if channel not in CHANNELS:
        raise InputInvalid(name="channel", allowed=" ".join(CHANNELS))
    if seconds < 0:
        raise InputInvalid(name="seconds", allowed="0-")
    now = int(clock())
    with profile.together():
        options = profile.options()
        before = [int(said) for said in options.get(f"calls_{channel}", [])]
        limit = _limit(before)
        hard = limit is not None and seconds > limit
        # A clock that was set back must not silence the question for a day.
        ask = hard and not 0 <= now - int(options.get(_ASKED, 0)) < BETWEEN_QUESTIONS_S
        kept = [*before, seconds][-MOST_CALLS:]
        profile.set_option(f"calls_{channel}", [str(length) for length in kept])
        if ask:
            profile.set_option(_ASKED, now)
    return Ended(hard, ask, seconds, channel, limit)


def _limit(calls: list[int]) -> int | None:
    """The length in seconds above which a call is hard; None below LEAST_CALLS calls."""
    if len(calls) < LEAST_CALLS:
        return None
    middle = median(calls)
    spread = median(abs(length - middle) for length in calls)
    return round(middle + 3 * max(spread, middle / 10))
