"""The situations a message can be: what lies behind it and how to answer, as data packs."""

from functools import cache
from typing import Annotated

import msgspec

from companion.empathy.shipped import LANGUAGES, check_language, shipped
from companion.errors import NothingFound

Words = Annotated[str, msgspec.Meta(min_length=1)]
Some = Annotated[tuple[Words, ...], msgspec.Meta(min_length=1)]


class Openings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to begin: ``written`` in a chat, ``spoken`` on the phone, ``brief`` where it is busy."""

    written: Some
    brief: Some
    spoken: Some

    def all(self) -> tuple[str, ...]:
        """Every one of them; what goes into a chat window comes first."""
        return (*self.written, *self.brief, *self.spoken)


class Situation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One situation in one language; every text but ``ask`` is there.

    ``ask`` is the question that finds out, where what is said and what is needed often differ.
    Openings and ``ask`` may hold slots, ``{name}`` or ``{name:default}``. ``avoid`` are words that
    agents say and that make it worse.
    """

    id: Words
    name: Words
    need: Words
    emotion: Words
    openings: Openings
    next: Words
    avoid: Some
    ask: str = ""


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The situations of one language."""

    language: Words
    situations: Annotated[tuple[Situation, ...], msgspec.Meta(min_length=1)]


@cache
def pack(language: str) -> Pack:
    """The pack of ``zh`` or ``en``, read once.

    Raises InputInvalid for another language and FormatBroken for a pack that does not hold.
    """
    check_language(language)
    with shipped(f"{language}.json", "empathy pack") as data:
        return msgspec.json.decode(data, type=Pack)


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
