"""Reads a file, a folder or an archive as the format that its content shows it to be."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TypeVar

from companion.errors import (
    CompanionError,
    FileTooLarge,
    FileUnreadable,
    FormatBroken,
    FormatUnknown,
    InputInvalid,
)
from companion.formats import bundle
from companion.formats.detection import folder_readers, reader_names, readers
from companion.formats.headers import given_for
from companion.formats.items import (
    Files,
    FolderReader,
    Parsed,
    Problem,
    Reader,
    Watch,
    unwatched,
)
from companion.formats.tables import together

_Named = TypeVar("_Named", Reader, FolderReader)


def read_path(
    path: Path, holds: str, format: str | None = None, watch: Watch = unwatched
) -> tuple[str, Parsed]:
    """The format's name, and what a file, a folder or an archive holds.

    It is read as ``format``, or else as what it looks like. Raises FileUnreadable, FileTooLarge;
    FormatUnknown where no reader knows the content, FormatBroken where one does and can read
    nothing of it, InputInvalid where ``format`` names no reader of what ``holds`` says.
    """
    return _read_content(_content(path), path, holds, format, watch)


def what_it_holds(path: Path, watch: Watch = unwatched) -> list[tuple[str, str, Parsed]]:
    """What it is ("bookmarks" or "phrases"), the format's name, what is in it; see read_path().

    A folder or an archive may hold both: what it has more of comes first.
    """
    content = _content(path)
    several = not isinstance(content, bytes) or bundle.is_archive(content)
    found: list[tuple[str, str, Parsed]] = []
    failed: list[CompanionError] = []
    # Bookmarks first: a page of HTML could pass for a table with one column.
    for holds in ("bookmarks", "phrases"):
        try:
            found.append((holds, *_read_content(content, path, holds, None, watch)))
        except (FormatUnknown, FormatBroken) as error:
            failed.append(error)
        if not several and (found or isinstance(failed[-1], FormatBroken)):
            break
    if not found:
        raise next((one for one in failed if isinstance(one, FormatBroken)), failed[0])
    _forgive(*(parsed for _, _, parsed in found))
    full = [one for one in found if _size(one[2])]
    return sorted(full or found[:1], key=lambda one: -_size(one[2]))


def _forgive(*parsed: Parsed) -> None:
    """A file that is read as one thing was not passed over as the other."""
    missed = [{one.name for one in each.problems if one.kind == "file_not_read"} for each in parsed]
    unread = set[str].intersection(*missed)
    for each in parsed:
        each.problems = [
            one for one in each.problems if one.kind != "file_not_read" or one.name in unread
        ]


def _size(parsed: Parsed) -> int:
    return len(parsed.phrases) + len(parsed.bookmarks)


def read_file(
    data: bytes, name: str, holds: str, format: str | None = None, watch: Watch = unwatched
) -> tuple[str, Parsed]:
    """The format's name, and what the content of a file or an archive holds; see read_path()."""
    _check(holds, format)
    return _read(data, name, _Request(holds, format), watch)


def read_files(
    files: Files, name: str, holds: str, format: str | None = None, watch: Watch = unwatched
) -> tuple[str, Parsed]:
    """What the files of a folder hold: one format together, or each what it looks like.

    Files that no reader knows are named in the problems; see read_path().
    """
    _check(holds, format)
    return _read_files(files, name, _Request(holds, format), watch)


@dataclass(frozen=True)
class _Request:
    """What is asked for, and what has come out of archives on the way."""

    holds: str
    format: str | None
    unpacked: bundle.Unpacked = field(default_factory=bundle.Unpacked)


def _read_files(
    files: Files, name: str, asked: _Request, watch: Watch, deep: int = 0
) -> tuple[str, Parsed]:
    readers_asked = _asked(folder_readers(asked.holds), asked.format)
    fits = [(reader.matches_folder(files), reader) for reader in readers_asked]
    sure, best = max(fits, key=lambda fit: fit[0], default=(0.0, None))
    whole, kinds, folder = Parsed(), set[str](), ""
    if best is not None and sure > 0:
        whole = best.read_folder(files, name, watch)
        folder = best.NAME
        kinds.add(folder)
        # What lies beside it may be another program's.
        left = {one.name for one in whole.problems if one.kind == "file_not_read"}
        whole.problems = [one for one in whole.problems if one.kind != "file_not_read"]
        files = {path: data for path, data in files.items() if path in left}
    for number, (path, data) in enumerate(files.items()):
        watch(number, len(files))

        def told(_done: int, _of: int, number: int = number) -> None:
            watch(number, len(files))

        try:
            kind, parsed = _read(data, path, asked, told, deep, without=(folder,))
        except FormatUnknown:
            whole.problems.append(Problem("file_not_read", path))
        except FormatBroken as error:
            whole.broken = whole.broken or error
        else:
            kinds.add(kind)
            _join(whole, parsed)
    if not kinds:
        raise whole.broken or FormatUnknown(place=name)
    return ", ".join(sorted(kinds)), whole


def read_table(
    path: Path, columns: str, format: str | None = None, watch: Watch = unwatched
) -> Parsed:
    """The phrases of a file of tables, its columns as the agent gives them (see headers.given()).

    Raises InputInvalid where it is no such file or has no such columns; and as read_path() does.
    """
    sheets = read_path(path, "phrases", format, watch)[1].sheets
    if not sheets:
        raise InputInvalid(name="columns", allowed="CSV, TSV, Excel")
    return together(sheets, given_for(columns, sheets), path.stem, watch)


def _content(path: Path) -> bytes | Files:
    """What a file holds, or the files of a folder."""
    return bundle.folder_files(path) if path.is_dir() else bundle.read_bytes(path)


def _read_content(
    content: bytes | Files, path: Path, holds: str, format: str | None, watch: Watch
) -> tuple[str, Parsed]:
    if not isinstance(content, bytes):
        return read_files(content, path.name, holds, format, watch)
    for reader in _asked(folder_readers(holds), format):
        beside = dict(_beside(path, reader.belonging(path.name)))
        if beside and reader.matches_folder(files := {path.name: content, **beside}) > 0:
            return reader.NAME, reader.read_folder(files, path.parent.name, watch)
    return read_file(content, path.name, holds, format, watch)


def _read(
    data: bytes,
    name: str,
    asked: _Request,
    watch: Watch,
    deep: int = 0,
    *,
    without: Sequence[str] = (),
) -> tuple[str, Parsed]:
    """What a file within so many archives holds, read by any format but some."""
    known = [one for one in _asked(readers(asked.holds), asked.format) if one.NAME not in without]
    reader = known[0] if asked.format and known else _best(known, data, name)
    if reader is not None:
        return reader.NAME, reader.read(data, name, watch)
    if bundle.is_archive(data) and deep < bundle.MOST_DEEP:
        files = bundle.archive_files(data, name, asked.unpacked)
        return _read_files(files, PurePath(name).stem, asked, watch, deep + 1)
    raise FormatUnknown(place=name)


def _best(known: Sequence[Reader], data: bytes, name: str) -> Reader | None:
    """The reader that is surest; one that stumbles over the file does not claim it."""
    best, surest = None, 0.0
    for reader in known:
        with suppress(FormatBroken):
            sure = reader.matches(data, name)
            best, surest = (reader, sure) if sure > surest else (best, surest)
    return best


def _beside(path: Path, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Those files beside a file that are there and can be read: they may be anything."""
    for name in names:
        if path.with_name(name).is_file():
            with suppress(FileUnreadable, FileTooLarge):
                yield name, bundle.read_bytes(path.with_name(name))


def _asked(found: list[_Named], format: str | None) -> list[_Named]:
    return [reader for reader in found if format in (None, reader.NAME)]


def _check(holds: str, format: str | None) -> None:
    names = reader_names(holds)
    if format is not None and format not in names:
        raise InputInvalid(name="format", allowed=", ".join(names))


def _join(whole: Parsed, parsed: Parsed) -> None:
    whole.phrases += parsed.phrases
    whole.bookmarks += parsed.bookmarks
    whole.folders += parsed.folders
    whole.problems += parsed.problems
    whole.broken = whole.broken or parsed.broken
