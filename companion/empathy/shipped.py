"""Reads what came with the program for the prompts, and says by name what is damaged of it."""

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from companion.errors import FormatBroken, InputInvalid
from companion.resource_files import resource

LANGUAGES = ("zh", "en")
_DAMAGED = (OSError, ValueError, KeyError, re.error, zlib.error, msgspec.DecodeError)


@contextmanager
def shipped(name: str, format: str) -> Iterator[bytes]:
    """The bytes of a file of resources/empathy; whoever cannot read them raises FormatBroken.

    ``format`` is what the file is called in that error.
    """
    place = resource("empathy", name)
    try:
        yield place.read_bytes()
    except _DAMAGED as broken:
        raise FormatBroken(place=str(place), format=format, line=0) from broken


def check_language(language: str) -> None:
    """Raise InputInvalid for a language that nothing was shipped for."""
    if language not in LANGUAGES:
        raise InputInvalid(name="language", allowed=", ".join(LANGUAGES))
