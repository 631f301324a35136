"""Orders the situations of a message a little by what one agent has said of them before."""

from collections.abc import Mapping, Sequence

import msgspec

from companion.empathy.classifier import Scored
from companion.empathy.scorer import CRISIS

LEAST = 0.5
"""No situation loses more than this share of its score, however often it was not the right one."""
# So many refusals take away half of what can be lost.
_STEADY = 3


class Counts(msgspec.Struct, frozen=True):
    """How often an agent has said "not this" to a situation, and how often its words were used.

    Sums over all desks, so they are the same in whichever order those are merged.
    """

    refused: int = 0
    taken: int = 0


_NEVER = Counts()


def leaning(counts: Counts) -> float:
    """What a situation's score is multiplied by: 1 where nothing was refused, never below LEAST.

    It falls with each refusal, and rises again with each use.
    """
    refused, taken = max(0, counts.refused), max(0, counts.taken)
    return 1.0 - (1.0 - LEAST) * refused / (refused + taken + _STEADY)


def leant(found: Sequence[Scored], counts: Mapping[str, Counts]) -> list[Scored]:
    """The same situations, best first for this agent; the scores stay as they were.

    A crisis keeps its place, whatever was said of it.
    """
    others = [one for one in found if one.id != CRISIS]
    others.sort(key=lambda one: -one.score * leaning(counts.get(one.id, _NEVER)))
    ordered = iter(others)
    return [one if one.id == CRISIS else next(ordered) for one in found]
