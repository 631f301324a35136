"""Role play: which customer's line comes next, and how the last ones went."""

import random
import secrets
import time
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Annotated

import msgspec

from companion.empathy.schedule import RATINGS, Review, Standing, chance, standing
from companion.empathy.scorer import CRISIS
from companion.empathy.shipped import LANGUAGES, check_language, shipped
from companion.empathy.situations import Words
from companion.errors import InputInvalid, NothingFound
from companion.profile.merge import joined
from companion.profile.profile import Profile
from companion.profile.records import JOINED

SITTING_S = 5 * 60
"""How long one practises; then it is enough for today."""
EACH = 6
"""How many lines there are for each situation."""

Reviews = tuple[tuple[int, ...], ...]
"""Reviews as they are kept: a newer Companion may note more of one behind its two numbers."""
Six = Annotated[tuple[Words, ...], msgspec.Meta(min_length=EACH, max_length=EACH)]


class LinePack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The customers' lines of one language, by situation."""

    language: Words
    lines: dict[str, Six]


class Line(msgspec.Struct, frozen=True):
    """What a customer says: line ``number`` (1 to EACH) of a situation."""

    situation: str
    language: str
    number: int
    text: str


@cache
def lines(language: str) -> Mapping[str, tuple[str, ...]]:
    """The lines of ``zh`` or ``en`` by situation, read once.

    Raises InputInvalid for another language and FormatBroken for a pack that does not hold.
    """
    check_language(language)
    with shipped(f"practice-{language}.json", "practice pack") as data:
        return msgspec.json.decode(data, type=LinePack).lines


def line(situation: str, language: str, number: int) -> Line:
    """One line. Raises NothingFound for an unknown situation, InputInvalid for another number."""
    held = lines(language).get(situation)
    if held is None:
        raise NothingFound(kind="situation")
    if not 1 <= number <= EACH:
        raise InputInvalid(name="line", allowed=f"1-{EACH}")
    return Line(situation, language, number, held[number - 1])


def sound(reviews: Reviews) -> list[Review]:
    """Of reviews as they are kept, what the schedule takes."""
    return [(one[0], one[1]) for one in reviews if len(one) > 1]


class Practice:
    """What one agent practises, kept in the profile; without one, only as long as this lives.

    ``seed`` decides the order in which new situations come.
    """

    def __init__(
        self,
        profile: Profile | None = None,
        language: str = LANGUAGES[0],
        *,
        clock: Callable[[], float] = time.time,
        seed: str = "",
    ) -> None:
        self._profile, self._language, self._clock = profile, language, clock
        self._seed = seed or (profile.id if profile else secrets.token_hex(8))
        self._own: dict[str, Reviews] = {}

    @property
    def keeps(self) -> bool:
        """Whether what is practised is kept."""
        return self._profile is not None

    def next(self, without: Collection[str] = ()) -> Line:
        """The line to practise now: of what is due the weakest, else of something new, else of
        what is due soonest; not what was practised last, where there is anything else.

        ``without`` are situations that are not wanted now. Words of self-harm come to nobody who
        has not asked for them once. Raises NothingFound where nothing is left.
        """
        known, now = self._standings(), int(self._clock())
        last = max(known, key=lambda id: known[id].last, default="")
        others = known.keys() - {last, *without}
        due = [id for id in others if known[id].due <= now]
        new = [id for id in self._order() if id not in {*known, *without, CRISIS}]
        if due:
            return self.of(min(due, key=lambda id: self._strength(id, known[id], now)))
        if new:
            return self.of(new[0])
        left = others or known.keys() - set(without)
        if not left:
            raise NothingFound(kind="situation")
        return self.of(min(left, key=lambda id: (known[id].due, id)))

    def of(self, situation: str) -> Line:
        """The line of a situation whose turn it is. Raises NothingFound."""
        reviews = self._reviews().get(situation, ())
        # A full list gets no longer: from then on the last moment does as well as any number.
        turn = len(reviews) if len(reviews) < JOINED else max(reviews)[0]
        start = random.Random(f"{self._seed} {situation}").randrange(EACH)
        return line(situation, self._language, (start + turn) % EACH + 1)

    def rate(self, situation: str, rating: int) -> int:
        """Note how it went, 1 (again) to 4 (easy); when it is due again (Unix seconds).

        Raises NothingFound, InputInvalid, and AppLocked once the profile is closed.
        """
        if situation not in lines(self._language):
            raise NothingFound(kind="situation")
        if not 1 <= rating <= len(RATINGS):
            raise InputInvalid(name="rating", allowed=f"1-{len(RATINGS)}")
        review = (int(self._clock()), rating)
        reviews = self._add(self._profile, situation, review)
        held = standing(sound(reviews))
        return held.due if held else review[0]

    def _add(self, profile: Profile | None, situation: str, review: Review) -> Reviews:
        if profile is None:
            self._own[situation] = (*self._own.get(situation, ()), review)[-JOINED:]
            return self._own[situation]
        with profile.together():
            # Between what was read and what is written, nobody else writes.
            held = [list(one) for one in self._reviews().get(situation, ())]
            every = joined(held, [list(review)])
            profile.put(f"practice:{situation}", "practice", situation=situation, reviews=every)
        return tuple(tuple(one) for one in every)

    def _reviews(self) -> dict[str, Reviews]:
        if self._profile is None:
            return self._own
        return {held.situation: held.reviews for held in self._profile.practice()}

    def _standings(self) -> dict[str, Standing]:
        """Of every situation that was practised and that there are lines for."""
        found = {id: standing(sound(held)) for id, held in self._reviews().items()}
        known = lines(self._language)
        return {id: held for id, held in found.items() if held is not None and id in known}

    def _order(self) -> list[str]:
        """The situations in the order in which new ones come."""
        ids = list(lines(self._language))
        random.Random(self._seed).shuffle(ids)
        return ids

    @staticmethod
    def _strength(id: str, held: Standing, now: int) -> tuple[float, float, str]:
        return chance(held, now), -held.difficulty, id
