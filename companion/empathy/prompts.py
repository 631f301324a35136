"""The cards for a message: who the customer may be, how to open, and what to keep away from."""

from collections.abc import Mapping, Sequence

import msgspec

from companion.empathy.classifier import classify
from companion.empathy.features import language_of
from companion.empathy.situations import situation
from companion.empathy.slots import facts, fill


class Prompt(msgspec.Struct, frozen=True):
    """One card: a situation with its score (0..1) and texts, slots filled where they could be."""

    id: str
    name: str
    score: float
    need: str
    emotion: str
    ask: str
    openings: tuple[str, ...]
    next: str
    avoid: tuple[str, ...]


_NONE: Mapping[str, Sequence[str]] = {}


def card(
    id: str,
    language: str,
    text: str = "",
    score: float = 1.0,
    *,
    more: Mapping[str, Sequence[str]] = _NONE,
) -> Prompt:
    """The card of a situation, its slots filled from text.

    ``more`` are openings by language and situation (``zh ship_urge``); they stand first.

    Raises NothingFound for an id that is not known, InputInvalid for an unknown language.
    """
    found = situation(id, language)
    values = facts(text, language)
    return Prompt(
        id=found.id,
        name=found.name,
        score=score,
        need=found.need,
        emotion=found.emotion,
        ask=fill(found.ask, values),
        openings=tuple(
            fill(opening, values)
            for opening in (*more.get(f"{language} {id}", ()), *found.openings.all())
        ),
        next=found.next,
        avoid=found.avoid,
    )


def prompt(
    text: str, language: str | None = None, *, more: Mapping[str, Sequence[str]] = _NONE
) -> list[Prompt]:
    """Up to three cards for a message, best first, in ``zh`` or ``en`` (its own by default).

    Raises InputInvalid for another language.
    """
    tongue = language or language_of(text)
    return [card(found.id, tongue, text, found.score, more=more) for found in classify(text)]
