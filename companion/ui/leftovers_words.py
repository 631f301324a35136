"""The words for what others left sealed on a desk: how much and since when, never whose."""

import time

from companion.session.leftovers import Leftover
from companion.ui.words import Words

_DAY_S = 86_400


def described(one: Leftover, words: Words, now: float) -> str:
    """One line: how much there is, and when it was last written, as seen at ``now``."""
    days = int((now - one.since) // _DAY_S)
    if days < 1:
        when = words.say("leftovers.today")
    elif days < 30:
        when = words.say("leftovers.days", count=days)
    else:
        when = time.strftime("%Y-%m-%d", time.localtime(one.since))
    size = f"{max(1, round(one.bytes / 1024)):,} KB"
    if one.bytes >= 1 << 20:
        size = f"{one.bytes / (1 << 20):,.1f} MB"
    return words.say("leftovers.one", size=size, when=when)
