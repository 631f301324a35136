"""The situations a message can be: what lies behind it and how to answer, as data packs."""

from functools import cache
from typing import Annotated

import msgspec

from companion.errors import FormatBroken, InputInvalid, NothingFound
from companion.resource_files import resource

LANGUAGES = ("zh", "en")

Words = Annotated[str, msgspec.Meta(min_length=1)]


class Situation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One situation in one language; every text but ``ask`` is there.

    ``ask`` is the question that finds out, where what is said and what is needed often differ.
    ``openings`` and ``ask`` may hold slots, ``{name}`` or ``{name:default}``. ``cues`` are pieces
    of wording and how much each speaks for this situation (below nought: against it); ``…`` in a
    cue stands for a few characters of the same clause, and an English cue begins at a word's
    start and may end inside a word unless it ends in a space.
    """

    id: Words
    name: Words
    need: Words
    emotion: Words
    openings: Annotated[tuple[Words, ...], msgspec.Meta(min_length=2)]
    next: Words
    avoid: Annotated[tuple[Words, ...], msgspec.Meta(min_length=1)]
    cues: Annotated[dict[Words, float], msgspec.Meta(min_length=1)]
    ask: str = ""


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The situations of one language, and ``none``: cues of messages that need no prompt."""

    language: Words
    situations: Annotated[tuple[Situation, ...], msgspec.Meta(min_length=1)]
    none: dict[Words, float]


@cache
def pack(language: str) -> Pack:
    """The pack of ``zh`` or ``en``, read once.

    Raises InputInvalid for another language and FormatBroken for a pack that does not hold.
    """
    if language not in LANGUAGES:
        raise InputInvalid(name="language", allowed=", ".join(LANGUAGES))
    place = resource("empathy", f"{language}.json")
    try:
        return msgspec.json.decode(place.read_bytes(), type=Pack)
    except (OSError, msgspec.DecodeError) as broken:
        raise FormatBroken(place=str(place), format="empathy pack", line=0) from broken


def packs() -> dict[str, Pack]:
    """Every pack by its language, Chinese first."""
    return {language: pack(language) for language in LANGUAGES}


@cache
def situation(id: str, language: str) -> Situation:
    """The situation of this id (``ship_urge``, …) in ``zh`` or ``en``.

    Raises NothingFound when no situation has the id, and what pack() raises.
    """
    for one in pack(language).situations:
        if one.id == id:
            return one
    raise NothingFound(kind="situation")
