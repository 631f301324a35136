"""The agent's private log: adds an entry, masked, and lists what was written."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from companion.errors import InputInvalid, NothingFound
from companion.profile.profile import Profile
from companion.profile.records import Reflection
from companion.reflection.masking import mask

# Where a hard call may have come from. None is preset, and "self" stands last.
LENSES = ("process", "training", "support", "system", "customer", "self")
HARDEST = 5


@dataclass(frozen=True)
class Kept:
    """An entry that was kept, and how many things of each kind were masked in it."""

    id: str
    masked: dict[str, int]


def add(
    profile: Profile,
    *,
    hard: int = 0,
    need: str = "",
    helped: str = "",
    lens: str = "",
    next_words: str = "",
    follow_up: str = "",
    feeling: str = "",
    clock: Callable[[], float] = time.time,
) -> Kept:
    """Write an entry; every field may be left out, but not all of them.

    ``hard`` is 1 to 5, 0 not said. Raises InputInvalid for a number or lens outside what is
    allowed, NothingFound where nothing at all was said.
    """
    if not 0 <= hard <= HARDEST:
        raise InputInvalid(name="hard", allowed=f"1-{HARDEST}")
    if lens and lens not in LENSES:
        raise InputInvalid(name="lens", allowed=" ".join(LENSES))
    said = {
        "need": need,
        "helped": helped,
        "next_words": next_words,
        "follow_up": follow_up,
        "feeling": feeling,
    }
    masked = {name: mask(text.strip()) for name, text in said.items()}
    texts = {name: found.text for name, found in masked.items()}
    if not hard and not lens and not any(texts.values()):
        raise NothingFound(kind="entry")
    id = profile.add("reflection", at=int(clock()), hard=hard, lens=lens, **texts)
    kinds = sum((Counter(found.kinds) for found in masked.values()), Counter[str]())
    return Kept(id, dict(kinds))


def entries(profile: Profile) -> list[Reflection]:
    """Every entry, newest first."""
    return profile.reflections()[::-1]
