"""Remembers the last import of this desk, sealed, so that it can be taken back as a whole."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from companion.errors import FileUnwritable, NothingFound
from companion.profile.profile import Profile
from companion.profile.sealing import ProfileKey
from companion.session.importing import Imported, ImportReport, TakenBack, carry_out, report_of
from companion.session.importing import take_back as undo
from companion.session.planning import Plan
from companion.whole_file import write_whole


class LastImport(msgspec.Struct, frozen=True):
    """An import: the file's name, when (Unix seconds), and what it did."""

    name: str
    at: int
    done: Imported


class Imports:
    """One note for phrases and one for bookmarks, beside the profile's sealed packs.

    Signing out takes them away with those. Methods may block.
    """

    def __init__(
        self, sealed_folder: Path, profile: Profile, key: ProfileKey, save: Callable[[], None]
    ) -> None:
        self._folder, self._profile = sealed_folder / "imports", profile
        self._key, self._save = key, save

    def bring(self, plan: Plan[Any], holds: str, name: str) -> ImportReport:
        """Carry a plan out and save; ``name`` is the file's. Raises FileUnwritable."""
        done = carry_out(self._profile, plan)
        some = bool(done.added or done.changed)
        if some:
            # A process that is killed before it has noted this one takes back no other for it.
            self._forget(holds)
        self._save()
        if some:
            self._put(holds, LastImport(name, int(time.time()), done))
        return report_of(plan)

    def last(self, holds: str) -> LastImport | None:
        """The last import that was not taken back; None where none is known here."""
        try:
            plain = self._key.open(self._file(holds).read_bytes(), self._bound_to(holds))
            return msgspec.msgpack.decode(plain, type=LastImport) if plain else None
        except (OSError, msgspec.MsgspecError):
            return None

    def take_back(self, holds: str) -> TakenBack:
        """Undo the last import and save. Raises NothingFound where there is none."""
        last = self.last(holds)
        if last is None:
            raise NothingFound(kind="import")
        taken = undo(self._profile, last.done)
        self._save()
        self._forget(holds)
        return taken

    def _put(self, holds: str, last: LastImport) -> None:
        file = self._file(holds)
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            write_whole(file, self._key.seal(msgspec.msgpack.encode(last), self._bound_to(holds)))
        except OSError as error:
            raise FileUnwritable(place=str(file), reason=type(error).__name__) from error

    def _forget(self, holds: str) -> None:
        with suppress(OSError):
            self._file(holds).unlink()

    def _file(self, holds: str) -> Path:
        return self._folder / f"{holds}.sealed"

    def _bound_to(self, holds: str) -> bytes:
        return f"companion last import {self._profile.id} {holds}".encode()
