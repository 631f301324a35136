"""What a foreign file holds, in our words, before it becomes records of the profile."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from companion.errors import FormatBroken

Watch = Callable[[int, int], None]
"""Called now and then with how many entries are done and how many there are, 0 where that is not
known yet. What it raises stops the work.
"""

Files = Mapping[str, bytes]
"""The files of a folder or an archive: the path below it, with slashes, and what is in it."""


def unwatched(done: int, of: int) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True)
class Problem:
    """Something that was not carried over as it stood.

    ``kind`` is a key of the catalogues (``problem.KIND``); ``name`` names the entry it happened
    to and ``line`` its line in the file, 0 where the format has no lines.
    """

    kind: str
    name: str = ""
    line: int = 0


@dataclass(frozen=True)
class PhraseItem:
    """One phrase. ``body`` is in Companion's own template syntax (see profile/template.py).

    ``rich`` is the same text as HTML, empty where it has none; it is cleaned where it is taken in.
    """

    title: str
    body: str
    abbr: str = ""
    set: str = ""
    tags: tuple[str, ...] = ()
    rich: str = ""


@dataclass(frozen=True)
class BookmarkItem:
    """One bookmark; ``folder`` is its path from the root, ``added`` in Unix seconds, 0 unknown."""

    title: str
    url: str
    folder: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    added: int = 0


Row = tuple[int, list[str]]
"""The number of a row or a line as people count them, and its cells."""


@dataclass(frozen=True)
class Sheet:
    """The rows of a table that are not blank.

    ``name`` is what its author called it, empty where that says nothing. ``joint`` parted the
    cells of a text: what stands beyond a body in the last column belongs to it, and is joined on
    again. ``ditto`` means that an empty category is the one above, as in spreadsheets.
    """

    name: str
    rows: Sequence[Row]
    joint: str = ""
    ditto: bool = False
    problems: list[Problem] = field(default_factory=list)
    broken: FormatBroken | None = None


@dataclass
class Parsed:
    """All that a file held, in its order.

    ``broken`` is set where only a part could be read: nothing of it is imported unless the agent
    says that this part will do. ``sheets`` are the tables that it was read from, where the agent
    may say otherwise what their columns hold.
    """

    phrases: list[PhraseItem] = field(default_factory=list)
    bookmarks: list[BookmarkItem] = field(default_factory=list)
    folders: list[tuple[str, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: FormatBroken | None = None
    sheets: Sequence[Sheet] = field(default=(), compare=False)


@dataclass(frozen=True)
class Written:
    """A file to be kept, or else the ``files`` of a folder.

    ``problems`` names what the format could not hold.
    """

    data: bytes = b""
    problems: list[Problem] = field(default_factory=list)
    files: Files = field(default_factory=dict)


class Reader(Protocol):
    """A module of this package that reads a format; detection.py finds it by these names."""

    NAME: str
    HOLDS: str

    def matches(self, data: bytes, name: str) -> float:
        """How sure this module is that data (from a file called name) is its own: 0 to 1."""

    def read(self, data: bytes, name: str, watch: Watch = unwatched) -> Parsed:
        """What the file holds. Raises FormatBroken (facts: place, format, line) if nothing of it.

        Where it breaks off later, what stands before is given, with ``broken`` set.
        """


class FolderReader(Protocol):
    """A module that reads what stands in many files together, as well as one file or instead."""

    NAME: str
    HOLDS: str

    def belonging(self, name: str) -> Sequence[str]:
        """The names of the files that may stand beside a file and belong to it."""

    def matches_folder(self, files: Files) -> float:
        """How sure this module is that these files are its own: 0 to 1."""

    def read_folder(self, files: Files, name: str, watch: Watch = unwatched) -> Parsed:
        """What a folder of this name holds; see Reader.read()."""


class Writer(Protocol):
    """A module of this package that writes a format of phrases.

    ``ENDINGS`` are the endings its files usually have, the first of them the best; empty for a
    format that is a folder of files.
    """

    NAME: str
    HOLDS: str
    ENDINGS: tuple[str, ...]

    def write_phrases(self, items: Sequence[PhraseItem]) -> Written:
        """These phrases in this format."""


class BookmarkWriter(Protocol):
    """A module of this package that writes a format of bookmarks; see Writer."""

    NAME: str
    HOLDS: str
    ENDINGS: tuple[str, ...]

    def write_bookmarks(self, items: Sequence[BookmarkItem]) -> Written:
        """These bookmarks in this format."""
