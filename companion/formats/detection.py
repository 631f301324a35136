"""Finds the formats of this package: a new format is a new file."""

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import Any, cast

from companion import formats
from companion.errors import InputInvalid
from companion.formats.items import BookmarkWriter, FolderReader, Reader, Writer

# Which of several formats a file's ending alone stands for.
_USUAL = ("beeftext", "delimited", "netscape")


def readers(holds: str) -> list[Reader]:
    """The formats that can be read, by name; ``holds`` is "phrases" or "bookmarks"."""
    return [cast(Reader, module) for module in _modules(holds, "read")]


def folder_readers(holds: str) -> list[FolderReader]:
    """The formats that can be read from a folder of files, by name."""
    return [cast(FolderReader, module) for module in _modules(holds, "read_folder")]


def reader_names(holds: str) -> list[str]:
    """The names of the formats that can be read."""
    found = _modules(holds, "read") + _modules(holds, "read_folder")
    return sorted({str(module.NAME) for module in found})


def writer_names(holds: str) -> list[str]:
    """The names of the formats that can be written."""
    return [str(module.NAME) for module in _modules(holds, f"write_{holds}")]


def writer_by_ending(holds: str, ending: str) -> Writer | BookmarkWriter | None:
    """The writer whose files end so; None where there is none, or several and none is usual."""
    fit: list[Any] = [m for m in _modules(holds, f"write_{holds}") if ending in m.ENDINGS]
    usual = [module for module in fit if module.NAME in _USUAL]
    return next(iter(usual if len(fit) > 1 else fit), None)


def reader_named(name: str) -> Reader:
    """The reader of this name. Raises InputInvalid (facts: name, allowed)."""
    return cast(Reader, _named(name, _modules("phrases", "read") + _modules("bookmarks", "read")))


def writer_named(name: str) -> Writer:
    """The writer of phrases of this name. Raises InputInvalid (facts: name, allowed)."""
    return cast(Writer, _named(name, _modules("phrases", "write_phrases")))


def bookmark_writer_named(name: str) -> BookmarkWriter:
    """The writer of bookmarks of this name. Raises InputInvalid (facts: name, allowed)."""
    return cast(BookmarkWriter, _named(name, _modules("bookmarks", "write_bookmarks")))


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
