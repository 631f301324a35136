"""Finds the formats of this package and the one that reads a file: a new format is a new file."""

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache
from types import ModuleType
from typing import Protocol, cast

from companion import formats
from companion.errors import FormatBroken, FormatUnknown, InputInvalid
from companion.formats.items import BookmarkItem, Parsed, Reader, Writer


class BookmarkWriter(Protocol):
    """A module of this package that writes a format of bookmarks."""

    NAME: str
    HOLDS: str

    def write_bookmarks(self, items: Sequence[BookmarkItem]) -> bytes:
        """A file of this format with these bookmarks."""


def readers(holds: str) -> list[Reader]:
    """The formats that can be read, by name; ``holds`` is "phrases" or "bookmarks"."""
    return [cast(Reader, module) for module in _modules(holds, "read")]


def reader_names(holds: str) -> list[str]:
    """The names of the formats that can be read."""
    return [reader.NAME for reader in readers(holds)]


def writer_names(holds: str) -> list[str]:
    """The names of the formats that can be written."""
    return [str(module.NAME) for module in _modules(holds, f"write_{holds}")]


def reader_named(name: str) -> Reader:
    """The reader of this name. Raises InputInvalid (facts: name, allowed)."""
    return cast(Reader, _named(name, _modules("phrases", "read") + _modules("bookmarks", "read")))


def writer_named(name: str) -> Writer:
    """The writer of phrases of this name. Raises InputInvalid (facts: name, allowed)."""
    return cast(Writer, _named(name, _modules("phrases", "write_phrases")))


def bookmark_writer_named(name: str) -> BookmarkWriter:
    """The writer of bookmarks of this name. Raises InputInvalid (facts: name, allowed)."""
    return cast(BookmarkWriter, _named(name, _modules("bookmarks", "write_bookmarks")))


def read_file(data: bytes, name: str, holds: str, format: str | None = None) -> tuple[str, Parsed]:
    """The format's name and what the file holds, read as ``format`` or else as what it looks like.

    Raises FormatUnknown where no reader knows the content, FormatBroken where one does and
    cannot read it, InputInvalid where ``format`` names no reader of what ``holds`` says.
    """
    if format is not None:
        reader = cast(Reader, _named(format, _modules(holds, "read")))
        return reader.NAME, reader.read(data, name)
    score, best = max(
        ((_score(reader, data, name), reader) for reader in readers(holds)),
        key=lambda scored: scored[0],
        default=(0.0, None),
    )
    if best is None or score <= 0:
        raise FormatUnknown(place=name)
    return best.NAME, best.read(data, name)


def _score(reader: Reader, data: bytes, name: str) -> float:
    """The reader's answer; one that stumbles over the file does not claim it."""
    try:
        return reader.matches(data, name)
    except FormatBroken:
        return 0.0


def _named(name: str, modules: list[ModuleType]) -> ModuleType:
    for module in modules:
        if name == module.NAME:
            return module
    raise InputInvalid(name="format", allowed=", ".join(str(module.NAME) for module in modules))


def _modules(holds: str, ability: str) -> list[ModuleType]:
    return [
        module
        for module in _formats()
        if holds == module.HOLDS and callable(vars(module).get(ability))
    ]


@cache
def _formats() -> list[ModuleType]:
    """Every module of the package that declares a format, by name."""
    found = (
        importlib.import_module(f"{formats.__name__}.{info.name}")
        for info in pkgutil.iter_modules(formats.__path__)
        if info.name != __name__.rpartition(".")[2]
    )
    declared = [module for module in found if {"NAME", "HOLDS"} <= vars(module).keys()]
    return sorted(declared, key=lambda module: str(module.NAME))
