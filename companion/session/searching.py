"""Searches this desk for an agent's own words, in a time that nobody minds, and says where it did.

Every call may block: never on the GUI thread.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

AT_MOST_S = 1.6
HOME = "home"
_CHUNK = 1 << 18
# Larger files of other programs are no place where a text ends up by accident.
_MOST_BYTES = 64 << 20


@dataclass(frozen=True)
class Place:
    """A folder of this desk's user that is looked at besides our own, ``depth`` folders deep.

    ``name`` is a key of the catalogues (``left.place.NAME``).
    """

    name: str
    folder: Path
    depth: int


class Trace(msgspec.Struct, frozen=True):
    """Something that is left, and ``where``.

    ``why`` is a key of the catalogues (``left.why.WHY``), ``reason`` what the system calls it.
    """

    where: str
    why: str
    reason: str = ""


class Looked(msgspec.Struct, frozen=True):
    """What a search has looked at: the names of places, how many files, what it had no time for.

    ``skipped`` counts files that are too large to be read or not to be read by this user.
    """

    places: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    files: int = 0
    skipped: int = 0


class Search:
    """One search for words, which are bytes; it ends after ``at_most_s`` seconds."""

    def __init__(
        self,
        words: Iterable[bytes],
        at_most_s: float = AT_MOST_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._words = list(words)
        self._overlap = max(map(len, self._words), default=0)
        self._now, self._until = now, now() + at_most_s
        self._files = self._skipped = 0
        self._cut = False

    def look(
        self, home: Path, others: Iterable[Place] = (), since: float = 0.0
    ) -> tuple[list[Trace], Looked]:
        """What is found below home, and elsewhere in files written later than ``since``.

        Elsewhere, because a shared desk is full of files that others have left; ``since`` is in
        Unix seconds.
        """
        found, places, unfinished = list[Trace](), list[str](), list[str]()
        rows = [(Place(HOME, home, 99), 0.0), *((place, since) for place in others)]
        for place, begin in rows if self._words else ():
            if not _is_folder(place.folder):
                continue
            apart = home if place.name != HOME else None
            self._cut = False
            for path in self._below(place, begin, apart):
                if self._is_over():
                    break
                if self._speaks(path):
                    found.append(Trace(str(path), place.name))
            (unfinished if self._cut else places).append(place.name)
        looked = Looked(tuple(places), tuple(unfinished), self._files, self._skipped)
        return sorted(found, key=lambda one: one.where), looked

    def _below(self, place: Place, since: float, apart: Path | None) -> Iterator[Path]:
        """The files and folders that may hold something; never through a link to elsewhere."""
        waiting = [(place.folder, 0)]
        while waiting:
            folder, deep = waiting.pop()
            entries = list[os.DirEntry[str]]()
            with suppress(OSError), os.scandir(folder) as listed:
                entries = list(listed)
            for entry in entries:
                path = Path(entry.path)
                if path == apart:
                    continue
                with suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        if deep < place.depth:
                            waiting.append((path, deep + 1))
                        # Its own name may be one of the words.
                        yield path
                    elif not since or entry.stat(follow_symlinks=False).st_mtime >= since:
                        yield path

    def _speaks(self, path: Path) -> bool:
        if self._holds(os.fsencode(path.name)):
            return True
        try:
            # A pipe would keep whoever opens it waiting.
            if path.is_symlink() or not path.is_file():
                return False
            if path.stat().st_size > _MOST_BYTES:
                self._skipped += 1
                return False
            return self._reads(path)
        except OSError:
            # A file we may not read cannot be one that we wrote; what lay on a share or a stick
            # that is gone is not on this desk.
            self._skipped += 1
            return False

    def _reads(self, path: Path) -> bool:
        with path.open("rb") as file:
            self._files += 1
            tail = b""
            while chunk := file.read(_CHUNK):
                if self._holds(tail + chunk):
                    return True
                if self._is_over():
                    break
                tail = chunk[-self._overlap :]
        return False

    def _is_over(self) -> bool:
        """Whether there is no more time: then something was not looked at, or half a file."""
        self._cut = self._now() > self._until
        return self._cut

    def _holds(self, data: bytes) -> bool:
        # One after the other: for so many words that is faster than one regular expression, and
        # as fast in Chinese text as in ciphertext.
        return any(word in data for word in self._words)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        # The share that it lies on has gone away.
        return False
