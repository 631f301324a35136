"""What was typed and is no record yet, kept sealed at this desk while it is locked."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from companion.errors import FileUnwritable
from companion.whole_file import write_whole

if TYPE_CHECKING:
    from companion.profile.sealing import ProfileKey


class NewPhrase(msgspec.Struct, frozen=True, tag="phrase"):
    """The form for a new phrase, as far as it was written."""

    title: str = ""
    body: str = ""
    abbr: str = ""
    group: str = ""


class Slots(msgspec.Struct, frozen=True, tag="slots"):
    """The form that fills a phrase in: its entry's id, the wording by its title, and the values.

    The window that it was for: ``handle``, ``program``, ``title``, ``process``; none where
    ``handle`` is 0.
    """

    entry: str
    wording: str
    values: dict[str, str]
    copy_only: bool = False
    handle: int = 0
    program: str = ""
    title: str = ""
    process: int = 0


Draft = NewPhrase | Slots


def drafts_file(sealed_folder: Path) -> Path:
    """Where they lie, where any do, below the folder of a profile's sealed packs."""
    return sealed_folder / "drafts" / "open.sealed"


class Drafts:
    """One file beside the profile's sealed packs, which goes and stays with them.

    Methods may block.
    """

    def __init__(self, sealed_folder: Path, profile: str, key: ProfileKey) -> None:
        self._file = drafts_file(sealed_folder)
        self._bound_to = f"companion drafts {profile}".encode()
        self._key = key

    def keep(self, drafts: list[Draft]) -> None:
        """Keep these instead of those that are there. Raises FileUnwritable."""
        try:
            if not drafts:
                self._file.unlink(missing_ok=True)
                return
            sealed = self._key.seal(msgspec.msgpack.encode(drafts), self._bound_to)
            self._file.parent.mkdir(mode=0o700, exist_ok=True)
            write_whole(self._file, sealed)
        except OSError as error:
            place, reason = str(self._file), type(error).__name__
            raise FileUnwritable(place=place, reason=reason) from error

    def any(self) -> bool:
        """Whether something is kept."""
        return self._file.exists()

    def take(self) -> list[Draft]:
        """Those that were kept: they are here no more. What cannot be read is none."""
        try:
            plain = self._key.open(self._file.read_bytes(), self._bound_to)
            if plain is None:
                return []
            kept = msgspec.msgpack.decode(plain, type=list[Draft])
        except (OSError, msgspec.MsgspecError):
            return []
        with suppress(OSError):
            self._file.unlink()
        return kept
