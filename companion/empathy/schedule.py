"""When a practised situation is due again: FSRS-6, as the library fsrs has it (docs/adr/0024)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

RATINGS = ("again", "hard", "good", "easy")
"""How it went; a review holds the place in this row, from 1."""
AGAIN_S = 60
"""What went wrong may come once more in the same sitting, after so long."""
LONGEST_DAYS = 180

Review = tuple[int, int]
"""A moment (Unix seconds) and how it went."""
# A moment beyond is no clock's; datetime ends not far behind it.
_MOST = 2**33


class Standing(msgspec.Struct, frozen=True):
    """What is known of a situation that was practised; moments in Unix seconds.

    ``stability`` is the days until the chance that it goes well has fallen to nine in ten,
    ``difficulty`` is 1 to 10.
    """

    due: int
    last: int
    stability: float
    difficulty: float


def standing(reviews: Iterable[Review]) -> Standing | None:
    """Where reviews, in any order, lead to; None without any that could be one."""
    card: Card | None = None
    for at, rating in sorted(set(reviews)):
        if 0 < at < _MOST and 1 <= rating <= len(RATINGS):
            card = _reviewed(card, at, rating)
    if card is None or card.last_review is None:
        return None
    last, due = (int(moment.timestamp()) for moment in (card.last_review, card.due))
    return Standing(due, last, card.stability or 0.0, card.difficulty or 0.0)


def chance(held: Standing, now: int) -> float:
    """How likely it goes well now, 0..1: one on the day itself, and less from day to day."""
    from fsrs import Card, State

    card = Card(
        card_id=1,
        state=State.Review,
        stability=held.stability,
        last_review=_moment(held.last),
    )
    return float(_scheduler().get_card_retrievability(card, _moment(min(now, _MOST))))


def _reviewed(card: "Card | None", at: int, rating: int) -> "Card":
    from fsrs import Card, Rating

    # With an id of its own the library would wait a millisecond for one.
    card = card or Card(card_id=1, due=_moment(at))
    return _scheduler().review_card(card, Rating(rating), _moment(at))[0]


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


@cache
def _scheduler() -> "Scheduler":
    """The library's own numbers, and no chance in it: every desk works out the same."""
    from fsrs import Scheduler

    step = (timedelta(seconds=AGAIN_S),)
    return Scheduler(
        learning_steps=step,
        relearning_steps=step,
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )
