"""Whether this desk has something of the agent's, and what could not be taken back from it."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from companion.formats.items import BookmarkItem

TITLE = "随席"
"""What the agent's folder in a browser is called, in every language."""


def is_lent(folder: Path) -> bool:
    """Whether anything is noted there as lent; what cannot be read is no proof that nothing is."""
    return folder.is_dir() and any(path.is_file() for path in folder.rglob("*"))


class Remaining(msgspec.Struct, frozen=True):
    """Something that could not be taken back.

    ``where`` is an input method's key of the catalogues (``input_method.WHERE``) or a browser's
    name, ``profile`` that browser's profile; ``why`` is a key of the catalogues.
    """

    where: str
    why: str
    profile: str = ""


@dataclass(frozen=True)
class TakenBack:
    """What went, what remains, and what the agent has put into his folder of bookmarks."""

    gone: int
    remains: tuple[Remaining, ...]
    added: tuple[tuple[str, BookmarkItem], ...]

    def added_by(self, profile: str) -> list[BookmarkItem]:
        """What the agent of this profile has added; nobody else's goes into it."""
        return [item for owner, item in self.added if owner == profile]
