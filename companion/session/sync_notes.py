"""How the syncs of an open profile went at this desk: kept for the next look, and for no longer."""

import time
from pathlib import Path

import msgspec

from companion.session.kept import keep_whole
from companion.session.seat import Seat
from companion.session.standing import LastSync, keep_last, read_last
from companion.sync.progress import SyncReport


class SyncNotes:
    """``last`` is how the last sync went; ``offline`` whether the store was not reached since the
    profile was opened from what this desk still had.
    """

    def __init__(self, seat: Seat, profile: str) -> None:
        self._seat, self._profile = seat, profile
        self._file: Path = seat.last_sync_file(profile)
        self.last = read_last(self._file)
        self.offline = False
        self._over = False

    def end(self) -> None:
        """Write nothing down any more."""
        self._over = True

    def failed(self, error: Exception, held: set[str] | None = None) -> None:
        """It failed; ``held`` is what the store holds, where more is known than before."""
        self._note(self.last.failed(error), held)

    def went(self, report: SyncReport, address: str, held: set[str] | None) -> None:
        """It went well, with the store at address: this desk has all that it holds."""
        self._note(LastSync(pulled=report.pulled, pushed=report.pushed), held)
        self.offline = False
        if not self._over:
            keep_whole(self._seat, self._profile, address, held or set())
            self._seat.settings.write(synced_at=int(time.time()))

    def begin_offline(self, error: Exception, held: list[str]) -> None:
        """The store, which held these, cannot be reached: it goes on without it."""
        self.offline = True
        self.failed(error, set(self.last.held or held))

    def _note(self, last: LastSync, held: set[str] | None) -> None:
        if not self._over:
            last = msgspec.structs.replace(
                last,
                held=self.last.held if held is None else sorted(held),
                tried_at=int(time.time()),
            )
            self.last = last
            keep_last(self._file, last)
